"""Real crawls whose runs share a store, in either database."""

from __future__ import annotations

from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

from corpnews.state import Store
from tests.benchmarks.large_newsroom import large_newsroom
from tests.benchmarks.store_latency import measure_runs
from tests.full import NEEDS_FULL
from tests.helpers import QUICK, Run, Site, crawl, read, scrapy, serving, start_python

if TYPE_CHECKING:
    from pathlib import Path

    from tests.state.postgresql import Server


def run(url: str, address: str, folder: Path) -> tuple[Run, list[dict[str, Any]]]:
    """Crawl with the store at `address`, in a folder of its own; the run, and its lines."""
    folder.mkdir()
    done = crawl(folder, "newsroom", "-a", f"url={url}/news/", "-s", f"CORPNEWS_STORE={address}")
    return done, [line for file in folder.glob("output/*/[0-9]*.jsonl") for line in read(file)]


def test_second_run_knows_what_the_first_found_wherever_its_lines_went(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    first, lines = run(site.url, address, tmp_path / "monday")
    assert len(lines) == 8, first.log
    second, none = run(site.url, address, tmp_path / "tuesday")
    assert second.code == 0, second.log
    assert none == []
    assert second.verdict["verdict"] == "unchanged"


COUNTING = """
import sys
from scrapy.cmdline import execute
from sqlalchemy import event
from sqlalchemy.engine import Engine

statements = []
event.listen(Engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
try:
    execute(["scrapy", *sys.argv[1:]])
finally:
    print(len(statements))
"""


def count_statements(url: str, address: str, folder: Path) -> int:
    words = ("crawl", "newsroom", "-a", f"url={url}/news/", "-s", f"CORPNEWS_STORE={address}", *QUICK)
    with start_python("-c", COUNTING, *words, folder=folder, stderr=DEVNULL) as process:
        number = int(process.stdout.read())
        assert process.wait() == 0
    return number


def test_run_asks_the_store_little(address: str, site: Site, tmp_path: Path) -> None:
    """A first run asks once an article whether another newsroom has it; the rest does not grow with their number."""
    Store.open(address)
    site.listing("/news/", range(1, 29))
    assert count_statements(site.url, address, tmp_path) <= 28 + 45
    assert count_statements(site.url, address, tmp_path) <= 20


@NEEDS_FULL
def test_database_that_is_4_ms_away_costs_a_fifth_of_the_time_at_most(server: Server, tmp_path: Path) -> None:
    with serving(large_newsroom(200)) as site:
        near, far = (list(measure_runs(server, f"{site.url}/news/", delay, tmp_path)) for delay in (0.0, 0.004))
    assert far[0][0] <= 1.2 * near[0][0], (near, far)


def test_hosts_that_share_a_store_judge_as_one_would(server: Server, site: Site, tmp_path: Path) -> None:
    address = server.new_schema()
    site.listing("/news/", range(1, 9))
    listing = site.pages["/news/"]
    verdicts: list[list[tuple[int, str]]] = []
    for hosts in (("one",) * 4, ("first", "second", "third", "second")):
        verdicts.append([])
        name = f"name={'-'.join(hosts)}"
        for number, host in enumerate(hosts):
            (tmp_path / host).mkdir(exist_ok=True)
            site.pages["/news/"] = listing
            if number > 1:
                site.page("/news/", "<h1>News</h1><p>There is nothing here.</p>")
            words = ("-a", f"url={site.url}/news/", "-a", name, "-a", "full=1", "-s", f"CORPNEWS_STORE={address}")
            done = crawl(tmp_path / host, "newsroom", *words)
            verdicts[-1].append((done.code, done.last_line.partition(": ")[2]))
    assert [code for code, _ in verdicts[0]] == [0, 0, 5, 5]
    assert [said.partition(" written to")[0] for _, said in verdicts[0]] == [
        said.partition(" written to")[0] for _, said in verdicts[1]
    ]
    reports = {
        scrapy(tmp_path / host, "report", "--json", "-s", f"CORPNEWS_STORE={address}").log for host in ("one", "first", "third")
    }
    assert len(reports) == 1
    assert len(reports.pop().splitlines()) == 2


def test_release_that_two_newsrooms_have_is_told_across_them(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    _, originals = run(site.url, address, tmp_path / "company")
    _, copies = run(site.url.replace("127.0.0.1", "localhost"), address, tmp_path / "group")
    assert {line["newsroom"] for line in copies} == {"localhost"}
    assert {line["headline"]: line["duplicate_of"] for line in copies} == {line["headline"]: line["id"] for line in originals}
    assert {line["duplicate_of"] for line in originals} == {None}
