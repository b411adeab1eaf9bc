"""The fleet's tables and its planner, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager

from corpnews.fleet.due_sites import find_waiting_sites, free_stalled_jobs, plan
from corpnews.fleet.queue import CRAWL_QUEUE, PLAN_QUEUE, PLAN_TASK, create_queue, init_queue
from corpnews.state import Store
from corpnews.state.database import parse_store_url
from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList
from tests.fleet.fleets import Fleet, add_newsroom, wait_until
from tests.helpers import Site, scrapy, start_python
from tests.state import postgresql

if TYPE_CHECKING:
    from procrastinate import App

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def address(server: postgresql.Server) -> str:
    return server.new_schema()


@pytest.fixture
def fleet(address: str, tmp_path: Path) -> Fleet:
    init_queue(Store.open(address))
    return Fleet(tmp_path, address)


def list_newsrooms(address: str, **due: datetime) -> NewsroomList:
    newsroom_list = NewsroomList(Store.open(address))
    newsroom_list.add(ListedNewsroom(name, "newsroom", {}, None, at) for name, at in due.items())
    return newsroom_list


def get_site(newsroom: ListedNewsroom) -> str:
    return newsroom.name.partition("_")[0]


async def lose_worker(queue: App, *queues: str) -> None:
    """Have a worker take a job of each queue and die."""
    worker = await queue.job_manager.register_worker()
    for each in queues:
        assert await queue.job_manager.fetch_job(queues=[each], worker_id=worker)
    await queue.connector.execute_query_async("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


def test_site_is_queued_once_with_the_longest_overdue_first(fleet: Fleet) -> None:
    hour = timedelta(hours=1)
    newsroom_list = list_newsrooms(fleet.address, a_1=NOW - hour, a_2=NOW, b_1=NOW - 2 * hour, c_1=NOW + hour)
    queue = create_queue(parse_store_url(fleet.address))

    async def plan_twice() -> list[int]:
        async with queue.open_async():
            return [await plan(queue, newsroom_list, get_site, NOW) for _ in range(2)]

    assert asyncio.run(plan_twice()) == [2, 0]
    jobs = fleet.query("SELECT lock, queueing_lock, args FROM procrastinate_jobs ORDER BY id")
    assert jobs == [("b", "b", {"site": "b", "newsrooms": ["b_1"]}), ("a", "a", {"site": "a", "newsrooms": ["a_1", "a_2"]})]


def test_jobs_of_a_dead_worker_are_freed_while_their_site_waits_again(fleet: Fleet) -> None:
    newsroom_list = list_newsrooms(fleet.address, a=NOW)
    queue = create_queue(parse_store_url(fleet.address))

    async def plan_after_death() -> None:
        async with queue.open_async():
            await queue.configure_task(PLAN_TASK, queue=PLAN_QUEUE, queueing_lock=PLAN_TASK).defer_async(timestamp=0)
            await plan(queue, newsroom_list, get_site, NOW)
            await lose_worker(queue, CRAWL_QUEUE, PLAN_QUEUE)
            await plan(queue, newsroom_list, get_site, NOW)
            assert await find_waiting_sites(queue) == {"a"}
            worker = await queue.job_manager.register_worker()
            assert await queue.job_manager.fetch_job(queues=[CRAWL_QUEUE], worker_id=worker) is None
            await free_stalled_jobs(queue)
            await free_stalled_jobs(queue)
            job = await queue.job_manager.fetch_job(queues=[CRAWL_QUEUE], worker_id=worker)
            assert job
            await queue.job_manager.finish_job(job, Status.SUCCEEDED, delete_job=True)

    asyncio.run(plan_after_death())
    assert fleet.query("SELECT * FROM procrastinate_jobs") == []


def test_init_upgrades_an_earlier_queue(address: str, tmp_path: Path) -> None:
    store, fleet = Store.open(address), Fleet(tmp_path, address)
    upgrades = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    earlier = [each for each in upgrades if each.name < "03.04"]
    for each in earlier:
        fleet.query(each.read_text(encoding="utf-8"))
    fleet.query("CREATE TABLE corpnews_fleet (queue_version varchar)")
    fleet.query("INSERT INTO corpnews_fleet VALUES (%s)", earlier[-1].stem)
    refused = fleet.scrapy("fleet", "status")
    assert refused.code == 2
    assert f"the queue's tables are of version {earlier[-1].stem}, not of" in refused.last_line
    for _ in range(2):
        init_queue(store)
    assert fleet.query("SELECT queue_version FROM corpnews_fleet") == [(upgrades[-1].stem,)]
    assert fleet.scrapy("fleet", "status").code == 0


@pytest.mark.parametrize("action", ["work", "status"])
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TABLE corpnews_fleet", "the store has no tables of a fleet: run `scrapy fleet init`"),
        ("UPDATE corpnews_schema SET version = 1", "its tables are of version 1, these of"),
        ("UPDATE corpnews_schema SET version = 99", "it was written by a later version of corpnews"),
        ("DROP TABLE corpnews_schema", "it has no tables yet: run `scrapy fleet init`"),
    ],
)
def test_database_of_another_kind_is_one_line(action: str, statement: str, said: str, fleet: Fleet) -> None:
    fleet.query(statement)
    run = fleet.scrapy("fleet", action)
    assert run.code == 2
    assert said in run.last_line


def test_worker_of_an_earlier_version_ends_when_the_tables_are_upgraded(fleet: Fleet, site: Site) -> None:
    fleet.add({"acme": add_newsroom(site, "acme", range(2))})
    worker = fleet.work()
    # until the run has ended, after its lines: what it writes last is when the newsroom is due again
    wait_until(lambda: fleet.count_headlines().total() == 2 and not fleet.count_jobs(), 60)
    fleet.query("UPDATE corpnews_schema SET version = 99")
    fleet.query("UPDATE corpnews_newsrooms SET due = 0")
    assert worker.wait(60) == 2
    assert "it was written by a later version of corpnews" in fleet.read_log(worker)
    assert fleet.count_headlines().total() == 2
    fleet.query("DROP TABLE corpnews_uploads")
    fleet.query("UPDATE corpnews_schema SET version = 5")
    assert "run `scrapy fleet init`" in fleet.scrapy("fleet", "work").last_line
    assert fleet.scrapy("fleet", "init").code == 0
    assert fleet.read_status()["acme"]["verdict"] == "ok"


def test_queue_of_another_program_is_left_alone(fleet: Fleet) -> None:
    fleet.query("DROP TABLE corpnews_fleet")
    run = fleet.scrapy("fleet", "init")
    assert run.code == 2
    assert "another program's queue" in run.last_line


def test_fleet_needs_postgresql_and_newsrooms_of_the_list(fleet: Fleet, tmp_path: Path) -> None:
    assert "a fleet needs a PostgreSQL store" in scrapy(tmp_path, "fleet", "init").last_line
    run = fleet.scrapy("fleet", "run", "nobody")
    assert (run.code, "not on the list: nobody" in run.last_line) == (2, True)
    assert "say what to do" in fleet.scrapy("fleet", "sleep").last_line


def test_worker_ends_with_one_line_when_its_database_does(tmp_path: Path) -> None:
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("needs PostgreSQL's programs")
    with postgresql.serving(binaries) as server, Fleet(tmp_path, server.address) as fleet:
        fleet.add({})
        worker = fleet.work()
        wait_until(lambda: fleet.query("SELECT * FROM procrastinate_workers"), 30)
        server.stop()
        assert worker.wait(60) == 2
        server.start()
        said = [line for line in fleet.read_log(worker).splitlines() if line.strip()]
        assert len(said) <= 4
        assert "the database" in said[-1] or "the store" in said[-1] or "the queue" in said[-1]


def test_commands_of_the_fleet_start_no_reactor(fleet: Fleet) -> None:
    code = """
import sys
from scrapy.cmdline import execute
try:
    execute(["scrapy", "fleet", "status"])
finally:
    import corpnews.fleet.worker
    assert "twisted.internet.reactor" not in sys.modules
"""
    with start_python("-c", code, folder=fleet.folder, CORPNEWS_STORE=fleet.address) as process:
        assert process.wait() == 0
