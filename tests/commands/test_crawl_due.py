"""`scrapy crawl-due`: all newsrooms of the list that are due, by real runs of real sites on loopback."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.benchmarks.crawl_due import crawl_by_list, crawl_singly
from tests.full import NEEDS_FULL
from tests.helpers import QUICK, SLOW, Answer, Asked, Site, crawl, headline, read, scrapy, serving, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def other() -> Iterator[Site]:
    """A second site on loopback."""
    with serving(Site()) as site:
        yield site


def write_list(folder: Path, **urls: str) -> None:
    rows = "".join(f"{name},{url}\n" for name, url in urls.items())
    (folder / "list.csv").write_text(f"name,url\n{rows}", encoding="utf-8")


def read_headlines(folder: Path, newsroom: str) -> list[str]:
    return [line["headline"] for file in folder.glob(f"output/{newsroom}/2*.jsonl") for line in read(file)]


def read_list(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in map(json.loads, scrapy(folder, "newsrooms", "list", "--json").log.splitlines())}


def test_what_is_due_is_crawled_as_scrapy_crawl_does(site: Site, other: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 8))
    other.listing("/press/", range(11, 15))
    write_list(tmp_path, acme=f"{site.url}/news/", borealis=f"{other.url}/press/", gone="http://127.0.0.1:9/news/")
    run = scrapy(tmp_path, "crawl-due", "list.csv", "--jobs", "2", *QUICK)
    assert run.code == 1  # the worst of all
    said = {line.partition(":")[0]: line for line in run.log.splitlines()}
    assert "acme: ok, 7 new" in said["acme"]
    assert "borealis: ok, 4 new" in said["borealis"]
    assert "gone: failed" in said["gone"]
    assert "log: output/logs/gone.log" in said["gone"]
    assert said["3 newsrooms"] == "3 newsrooms: 2 ok, 1 failed; 11 new"
    (tmp_path / "single").mkdir()
    crawl(tmp_path / "single", "newsroom", "-a", f"url={site.url}/news/", "-a", "name=acme")
    lines, alone = (
        {line["id"]: line for line in read(next(folder.glob("output/acme/2*.jsonl")))}
        for folder in (tmp_path, tmp_path / "single")
    )
    for line in (*lines.values(), *alone.values()):
        for name in ("crawl", "first_seen", "last_seen"):
            line.pop(name)
    assert lines == alone
    assert "acme: 7 articles" in (tmp_path / "output/logs/acme.log").read_text(encoding="utf-8")
    site.asked.clear()
    again = scrapy(tmp_path, "crawl-due", "list.csv", *QUICK)
    assert (again.code, again.log.splitlines()[0], site.asked) == (0, "no newsroom is due", [])
    listed = read_list(tmp_path)
    assert listed["gone"]["failures"] == 1
    assert listed["gone"]["due"] < listed["acme"]["due"]


def test_run_that_does_not_begin_is_not_taken_for_an_earlier_one(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "name=acme")
    time.sleep(1)
    write_list(tmp_path, acme=f"{site.url}/news/")
    hour = (datetime.now().astimezone().hour + 2) % 24
    run = scrapy(tmp_path, "crawl-due", "list.csv", *QUICK, "-s", f"CORPNEWS_CRAWL_HOURS={hour}-{(hour + 1) % 24}")
    assert run.code == 3
    assert run.log.splitlines()[0].startswith("acme: degraded, ")
    assert "new" not in run.log.splitlines()[0].partition("log:")[0]
    assert "1 newsroom: 1 degraded; no news" in run.log
    assert read_list(tmp_path)["acme"]["failures"] == 1  # it is due again soon


def test_newsrooms_of_one_site_are_crawled_one_after_the_other(site: Site, tmp_path: Path) -> None:
    runs: list[str] = []

    def note(asked: Asked) -> None:
        newsroom = asked.path.split("/")[1]
        if newsroom in ("acme", "borealis") and newsroom not in runs[-1:]:
            runs.append(newsroom)

    site.answers.append(note)
    for newsroom in ("acme", "borealis"):
        for number in range(1, 4):
            text = f"<p>The company opens plant {number} in Oslo on Monday and hires {number} hundred people there.</p>"
            site.page(
                f"/{newsroom}/plant-{number}/", f"<article><h1>{headline(number)}</h1>{text * 3}</article>", headline(number)
            )
        links = "".join(f"<li><a href='/{newsroom}/plant-{number}/'>{headline(number)}</a></li>" for number in range(1, 4))
        site.page(f"/{newsroom}/", f"<h1>News</h1><ul>{links}</ul>", "News")
    write_list(tmp_path, acme=f"{site.url}/acme/", borealis=f"{site.url}/borealis/")
    assert scrapy(tmp_path, "crawl-due", "list.csv", "--jobs", "2", *QUICK).code == 0
    assert len(runs) == 2
    assert len(read_headlines(tmp_path, "acme")) == len(read_headlines(tmp_path, "borealis")) == 3


def test_slow_run_is_cut_and_killed_run_is_named_while_others_go_on(site: Site, other: Site, tmp_path: Path) -> None:
    def kill_asker(asked: Asked) -> Answer | None:
        """Have the process that asks for a release crash."""
        if asked.path.startswith("/news/acme"):
            port = int(other.url.rpartition(":")[2])
            for process in psutil.process_iter(["net_connections"]):
                ports = {each.raddr.port for each in process.info["net_connections"] or () if each.raddr}
                if port in ports and process.pid != os.getpid():
                    process.send_signal(signal.SIGSEGV)
        return None

    site.listing("/news/", range(1, 4))
    other.listing("/news/", range(11, 14))
    other.answers.append(kill_asker)
    with serving(Site()) as third:
        third.listing("/news/", range(1, 28))
        third.answers.append(lambda asked: time.sleep(1) if "/news/" in asked.path else None)
        write_list(tmp_path, acme=f"{site.url}/news/", slow=f"{third.url}/news/", killed=f"{other.url}/news/")
        run = scrapy(tmp_path, "crawl-due", "list.csv", "--jobs", "3", "--time-limit", "0.15", *SLOW)
    assert run.code == 1
    said = {line.partition(":")[0]: line for line in run.log.splitlines()}
    assert "acme: ok, 3 new" in said["acme"]
    assert "killed: failed, killed by SIGSEGV" in said["killed"]
    assert "slow: degraded" in said["slow"]
    assert "stopped for" in said["slow"]
    assert len(read_headlines(tmp_path, "acme")) == 3
    listed = read_list(tmp_path)
    assert listed["slow"]["failures"] == listed["killed"]["failures"] == 1


@NEEDS_FULL
def test_unchanged_newsrooms_cost_a_fifth_and_eight_at_once_share_their_memory(tmp_path: Path) -> None:
    with ExitStack() as stack:
        urls = {}
        for number in range(60):
            site = stack.enter_context(serving(Site()))
            site.listing("/news/", range(1, 8))
            urls[f"acme-{number}"] = f"{site.url}/news/"
        write_list(tmp_path, **urls)
        crawl_by_list("", tmp_path)
        (tmp_path / "single").mkdir()
        crawl_singly(urls, "", tmp_path / "single")
        alone, forked = crawl_singly(urls, "", tmp_path / "single"), crawl_by_list("", tmp_path)
    assert forked.runs + forked.start_up <= 0.2 * alone, forked
    assert max(forked.pss.values()) <= 80, forked


def test_runs_end_and_publish_when_the_command_is_killed(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 28))
    write_list(tmp_path, acme=f"{site.url}/news/")
    with start(tmp_path, "crawl-due", "list.csv", *SLOW) as process:
        while sum(path.startswith("/news/") for path in site.asked) < 20:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
    deadline = time.monotonic() + 30
    while not (found := read_headlines(tmp_path, "acme")) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert found
    run = scrapy(tmp_path, "crawl-due", "--all", *QUICK)
    assert run.code == 0, run.log
    assert sorted(read_headlines(tmp_path, "acme")) == sorted(map(headline, range(1, 28)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no newsroom is on the list; add some: scrapy newsrooms add URL|FILE"),
        (["--jobs", "0"], "the number of runs at once and their limits are above 0"),
        (["nowhere.csv"], "No such file"),
    ],
)
def test_command_that_cannot_be_run_is_one_line(words: list[str], said: str, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl-due", *words)
    assert run.code == 2
    assert said in run.last_line
