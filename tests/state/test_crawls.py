"""Real crawls whose runs share a store, in either database."""

from __future__ import annotations

from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

from tests.helpers import QUICK, Run, Site, crawl, read, start_python

if TYPE_CHECKING:
    from pathlib import Path


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


def test_unchanged_run_asks_the_store_little(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 29))
    run(site.url, address, tmp_path / "monday")
    words = ("crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_STORE={address}", *QUICK)
    with start_python("-c", COUNTING, *words, folder=tmp_path, stderr=DEVNULL) as process:
        number = int(process.stdout.read())
        assert process.wait() == 0
    assert number <= 30


def test_release_that_two_newsrooms_have_is_told_across_them(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    _, originals = run(site.url, address, tmp_path / "company")
    _, copies = run(site.url.replace("127.0.0.1", "localhost"), address, tmp_path / "group")
    assert {line["newsroom"] for line in copies} == {"localhost"}
    assert {line["headline"]: line["duplicate_of"] for line in copies} == {line["headline"]: line["id"] for line in originals}
    assert {line["duplicate_of"] for line in originals} == {None}
