"""Workers of a fleet, killed, stopped and interrupted: the servers' logs and the published lines are the witnesses."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.fleet.fleets import STALLED_AFTER, Fleet, add_newsroom, find_askers, find_children, log_requests, wait_until
from tests.full import IS_FULL
from tests.helpers import Answer, Asked, Site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.state.postgresql import Server

SITES, NEWSROOMS = (40, 60) if IS_FULL else (8, 12)
RELEASES = 2
RETRY = 60 if IS_FULL else 4  # seconds
SLOW_RELEASES = range(900, 924 if IS_FULL else 912)


@pytest.fixture
def fleet(server: Server, tmp_path: Path) -> Iterator[Fleet]:
    with Fleet(tmp_path, server.new_schema()) as fleet:
        yield fleet


def slow_down(site: Site, seconds: float) -> None:
    """Let the site answer one request after the other, each after so many seconds."""
    lock = threading.Lock()

    def wait(_: Asked) -> Answer | None:
        with lock:
            time.sleep(seconds)
        return None

    site.answers.append(wait)


def has_state(fleet: Fleet, state: str) -> bool:
    """Whether all newsrooms are in the state, as `scrapy fleet status` has it."""
    return all(each["state"] == state for each in fleet.read_status().values())


def test_each_release_comes_out_once_whatever_happens_to_workers(fleet: Fleet) -> None:
    """Newsrooms of several sites: of four workers one is told to end, one is killed, as is a run of it, and one is stopped."""
    with ExitStack() as stack:
        sites = [stack.enter_context(serving(Site())) for _ in range(SITES)]
        logs: list[list[str]] = [[] for _ in sites]
        slow = stack.enter_context(serving(Site()))
        urls = {"slow": add_newsroom(slow, "slow", SLOW_RELEASES)}
        for number in range(NEWSROOMS):
            name = f"acme-{number}"
            urls[name] = add_newsroom(sites[number % SITES], name, range(number * RELEASES, (number + 1) * RELEASES))
        for site, log in zip(sites, logs, strict=True):
            log_requests(site, log)
        slow_down(slow, 1.2)
        fleet.add(urls)
        workers = [fleet.work("--at-once", "2", retry=RETRY) for _ in range(3)]
        wait_until(lambda: len(slow.asked) > 3 and len(fleet.count_headlines()) >= 4, 120)

        (slow_run,) = find_askers(slow)
        stopped = next(worker for worker in workers if slow_run in find_children(worker))
        stopped.send_signal(signal.SIGSTOP)
        since = time.monotonic()
        told, killed = (worker for worker in workers if worker is not stopped)
        runs = find_children(killed)
        for run in runs[:1]:  # a run alone, and then its worker with those that are left
            run.kill()
        killed.kill()
        told.terminate()
        last = fleet.work("--at-once", "3", retry=RETRY)
        assert told.wait(30) == 0
        assert time.monotonic() - since < 30
        wait_until(lambda: time.monotonic() - since > 1.5 * STALLED_AFTER, 60)
        stopped.send_signal(signal.SIGCONT)
        wait_until(lambda: sum(fleet.count_headlines().values()) >= NEWSROOMS * RELEASES + len(SLOW_RELEASES), 240)
        # a newsroom whose run was killed is run once more, when its lease has ended
        wait_until(lambda: not fleet.count_jobs() and has_state(fleet, "scheduled"), 120)
        assert time.monotonic() - since < 120 or not IS_FULL
        last.terminate()
        stopped.terminate()
        assert last.wait(30) == 0
        stopped.wait(30)

        assert set(fleet.count_headlines().values()) == {1}
        assert len(fleet.count_headlines()) == NEWSROOMS * RELEASES + len(SLOW_RELEASES)
        assert not list(fleet.folder.glob("output/*/.*.part"))
        assert not fleet.query("SELECT * FROM procrastinate_jobs WHERE status = 'doing'")
        assert not [each for site in [*sites, slow] for each in find_askers(site)]
        # no newsroom of a site is asked for while another one is: each comes again as often as it was run
        begun = fleet.count_runs()
        assert all(log.count(name) <= begun[name] for log in logs for name in set(log))
        listings = slow.asked.count("/slow/")
        assert 1 <= listings <= begun["slow"]
        assert has_state(fleet, "scheduled")
        assert {each["verdict"] for each in fleet.read_status().values()} <= {"ok", "unchanged"}


def test_newsroom_that_fails_is_tried_at_growing_distances_while_its_site_is_crawled(fleet: Fleet) -> None:
    def kill_asker(asked: Asked) -> Answer | None:
        if asked.path.startswith("/killed/opens"):
            for run in find_askers(site):
                with suppress(psutil.Error):  # another request has had it killed
                    run.kill()
        return None

    def release_lease(name: str) -> None:
        assert fleet.scrapy("fleet", "run", name).code == 0

    with serving(Site()) as site, serving(Site()) as other:
        urls = {"killed": add_newsroom(site, "killed", range(3)), "sound": add_newsroom(site, "sound", range(3, 6))}
        urls["slow"] = add_newsroom(other, "slow", range(10, 40))
        site.answers.append(kill_asker)
        slow_down(other, 0.5)
        fleet.add(urls)
        worker = fleet.work("--at-once", "3", "--time-limit", "0.15")
        wait_until(lambda: len(fleet.count_headlines()) >= 3, 120)
        waits = []
        for failures in (1, 2, 3):
            wait_until(partial(has_failed, fleet, "killed", site, failures), 90)
            (due,) = fleet.query("SELECT due - extract(epoch FROM now()) FROM corpnews_newsrooms WHERE name = 'killed'")
            waits.append(float(due[0]))
            if failures < 3:
                # its site waits again while it is crawled: what fails then must not keep the site
                release_lease("killed")
        assert waits[0] < 70 < waits[1] < 140 < waits[2] < 280
        wait_until(lambda: not fleet.count_jobs(), 60)
        status = fleet.read_status()
        assert (status["killed"]["verdict"], status["killed"]["failures"]) == ("failed", 3)
        assert (status["slow"]["verdict"], status["slow"]["failures"]) == ("degraded", 1)
        assert any("stopped" in reason for reason in status["slow"]["reasons"])
        shown = fleet.scrapy("fleet", "status")
        assert shown.code == 1
        assert "3 newsrooms: 3 scheduled, 1 fine; 1 worker" in shown.log
        site.answers.clear()
        other.answers.clear()
        release_lease("slow")
        release_lease("killed")
        wait_until(lambda: len(fleet.count_headlines()) == 3 + 3 + 30, 90)
        assert set(fleet.count_headlines().values()) == {1}
        wait_until(lambda: not fleet.count_jobs(), 60)
        worker.terminate()
        assert worker.wait(30) == 0
        assert "killed: failed, killed by SIGKILL" in fleet.read_log(worker)
        assert fleet.scrapy("fleet", "status").code == 0


def has_failed(fleet: Fleet, newsroom: str, site: Site, times: int) -> bool:
    """Whether so many runs of the newsroom have failed, and no job of its site is left."""
    found = fleet.query("SELECT 1 FROM corpnews_newsrooms WHERE name = %s AND failures = %s", newsroom, times)
    return bool(found) and not fleet.query("SELECT 1 FROM procrastinate_jobs WHERE lock = %s", site.url.removeprefix("http://"))
