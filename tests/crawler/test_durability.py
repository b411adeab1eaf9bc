"""A release is known to later runs only once its line is durable in every feed that takes it, and nothing is lost in silence."""

from __future__ import annotations

import csv
import gzip
import json
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import QUICK, ROOT, SLOW, Run, Site, crawl, headline, read, scrapy, start

if TYPE_CHECKING:
    from pathlib import Path

URI = "%(output)s/%(newsroom)s/%(started)s"
PARAMS = {"uri_params": "corpnews.feeds.uri_params"}
COUNT = 12
OWN_CODE = '''
import sqlite3
from scrapy import signals
from scrapy.exporters import JsonLinesItemExporter
from scrapy.logformatter import LogFormatter

class NoUpload:
    """A storage that is full."""
    def __init__(self, uri, *, feed_options=None): pass
    def open(self, spider):
        from tempfile import NamedTemporaryFile
        return NamedTemporaryFile()
    def store(self, file):
        raise OSError(28, "No space left on device")

class BufferingExporter(JsonLinesItemExporter):
    """Writes its lines when it ends."""
    def start_exporting(self):
        self.items = []
    def export_item(self, item):
        self.items.append(item)
    def finish_exporting(self):
        for item in self.items:
            super().export_item(item)

class PickyExporter(JsonLinesItemExporter):
    def export_item(self, item):
        if item.headline.endswith("number 3"):
            raise ValueError("three")
        super().export_item(item)

class PickyPipeline:
    def process_item(self, item):
        if item.headline.endswith("number 3"):
            raise ValueError("three")
        return item

class KeepingPipeline:
    """Keeps articles itself, as items of another class."""
    def process_item(self, item):
        with open("kept.txt", "a") as kept:
            print(item.headline, file=kept)
        return {"title": item.headline}

class StoreBreaker:
    """An extension that takes a table from the store before the run ends."""
    @classmethod
    def from_crawler(cls, crawler):
        breaker = cls()
        crawler.signals.connect(breaker.spider_closed, signals.spider_closed)
        return breaker
    def spider_closed(self):
        with sqlite3.connect("output/store.sqlite") as store:
            store.execute("ALTER TABLE corpnews_runs RENAME TO away")

class PickyFormatter(LogFormatter):
    def scraped(self, item, response, spider):
        if item.headline.endswith("number 3"):
            raise ValueError("three")
        return super().scraped(item, response, spider)
'''


@pytest.fixture
def newsroom(site: Site, tmp_path: Path) -> Site:
    """A newsroom of twelve releases, and a module of the user's own."""
    site.listing("/news/", range(1, COUNT + 1))
    (tmp_path / "own.py").write_text(OWN_CODE)
    return site


def options(site: Site, **settings: Any) -> list[str]:
    values = {name: value if isinstance(value, str) else json.dumps(value) for name, value in settings.items()}
    return ["newsroom", "-a", f"url={site.url}/news/", *(f"-s{name}={value}" for name, value in values.items())]


def run(site: Site, folder: Path, *more: str, **settings: Any) -> Run:
    path = f"{ROOT}:{folder}"
    return scrapy(folder, "crawl", *options(site, **settings), *more, *QUICK, PYTHONPATH=path)


def feed(suffix: str, **more: Any) -> dict[str, Any]:
    return {f"{URI}.{suffix}": {**PARAMS, **more}}


def titles(lines: list[dict[str, Any]]) -> list[str]:
    return sorted(line["headline"] for line in lines)


ALL = sorted(map(headline, range(1, COUNT + 1)))


def new_in_next_run(site: Site, folder: Path) -> list[str]:
    """The headlines that come out of a further run with the usual output."""
    before = set(folder.glob("output/*/[0-9]*.jsonl"))
    crawl(folder, "newsroom", "-a", f"url={site.url}/news/")
    return titles([line for file in set(folder.glob("output/*/[0-9]*.jsonl")) - before for line in read(file)])


def kill(site: Site, folder: Path, **settings: Any) -> None:
    """Kill a crawl when some articles of it are known."""
    process = start(folder, "crawl", *options(site, **settings), *SLOW, PYTHONPATH=f"{ROOT}:{folder}", stderr=-3)
    while process.poll() is None and sum(part.stat().st_size for part in folder.glob("output/*/.*.part")) < 12_000:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_killed_csv_run_loses_no_row_and_repeats_none(newsroom: Site, tmp_path: Path) -> None:
    feeds = feed("csv", format="csv")
    kill(newsroom, tmp_path, FEEDS=feeds)
    last = run(newsroom, tmp_path, FEEDS=feeds)
    assert last.code == 0, last.log
    rows = [row for file in tmp_path.glob("output/*/*.csv") for row in csv.DictReader(file.read_text().splitlines())]
    assert len(list(tmp_path.glob("output/*/*.csv"))) == 2
    assert titles(rows) == ALL
    assert list(tmp_path.glob("output/*/.*.part")) == []


def test_killed_run_of_a_format_that_cannot_be_mended_keeps_its_file_and_knows_nothing(newsroom: Site, tmp_path: Path) -> None:
    feeds = feed("json", format="json")
    kill(newsroom, tmp_path, FEEDS=feeds)
    (left,) = tmp_path.glob("output/*/.*.part")
    written = left.read_bytes()
    last = run(newsroom, tmp_path, FEEDS=feeds)
    (kept,) = tmp_path.glob("output/*/*.unfinished")
    assert kept.read_bytes() == written
    assert str(kept.relative_to(tmp_path)) in last.log
    (file,) = tmp_path.glob("output/*/*.json")
    assert titles(json.loads(file.read_text())) == ALL


@pytest.mark.parametrize(
    "settings",
    [
        {"FEEDS": feed("csv", format="csv")},
        {"FEEDS": feed("json", format="json")},
        {"FEEDS": feed("jsonl.gz", format="jsonl", postprocessing=["scrapy.extensions.postprocessing.GzipPlugin"])},
        {"FEEDS": {"stdout:": {"format": "jsonlines"}}},
        {"FEEDS": feed("jsonl", format="own"), "FEED_EXPORTERS": {"own": "own.BufferingExporter"}},
        {"FEEDS": feed("%(batch_id)d.jsonl", format="jsonlines", batch_item_count=5)},
        {"FEEDS": feed("jsonl", format="jsonlines", fields={"headline": "title"})},
        {"FEEDS": feed("jsonl", format="jsonlines") | feed("xml", format="xml")},
    ],
)
def test_what_any_feed_has_stored_is_known(settings: dict[str, Any], newsroom: Site, tmp_path: Path) -> None:
    first = run(newsroom, tmp_path, **settings)
    assert first.code == 0, first.log
    assert f"{COUNT} articles" in first.last_line
    assert run(newsroom, tmp_path, **settings).last_line.split(": ", 1)[1].startswith("unchanged")


def test_compressed_feed_is_whole(newsroom: Site, tmp_path: Path) -> None:
    run(
        newsroom, tmp_path, FEEDS=feed("jsonl.gz", format="jsonl", postprocessing=["scrapy.extensions.postprocessing.GzipPlugin"])
    )
    (file,) = tmp_path.glob("output/*/*.gz")
    assert titles([json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]) == ALL


@pytest.mark.parametrize("beside", [{}, feed("jsonl", format="jsonlines")])
def test_failed_upload_leaves_nothing_known(beside: dict[str, Any], newsroom: Site, tmp_path: Path) -> None:
    feeds = {"full://bucket/lines.jsonl": {"format": "jsonlines"}} | beside
    failed = run(newsroom, tmp_path, FEEDS=feeds, FEED_STORAGES={"full": "own.NoUpload"})
    assert failed.code == 1, failed.log
    assert failed.verdict["verdict"] == "failed"
    assert new_in_next_run(newsroom, tmp_path) == ALL


@pytest.mark.parametrize(
    "settings",
    [
        {"FEEDS": feed("jsonl", format="own"), "FEED_EXPORTERS": {"own": "own.PickyExporter"}},
        {"ITEM_PIPELINES": {"own.PickyPipeline": 950}},
        {"ITEM_PIPELINES": {"own.PickyPipeline": 50}},
        {"LOG_FORMATTER": "own.PickyFormatter"},
    ],
)
def test_exception_in_the_users_own_code_costs_the_run_its_good_verdict(
    settings: dict[str, Any], newsroom: Site, tmp_path: Path
) -> None:
    first = run(newsroom, tmp_path, **settings)
    assert first.code in (1, 3), first.log
    assert first.verdict["verdict"] in ("failed", "degraded")
    assert headline(3) in new_in_next_run(newsroom, tmp_path)


def test_store_that_fails_at_the_end_of_the_run_is_no_success(newsroom: Site, tmp_path: Path) -> None:
    broken = run(newsroom, tmp_path, EXTENSIONS={"own.StoreBreaker": 1})
    assert broken.code == 1, broken.log
    assert broken.verdict["verdict"] == "failed"
    assert "the store cannot be" in broken.last_line


def test_full_disk_is_one_line_and_no_traceback(newsroom: Site, tmp_path: Path) -> None:
    done = run(newsroom, tmp_path, "-o", "/dev/full:jsonlines")
    assert done.code == 1
    assert "Traceback" not in done.log
    assert done.log.count("ERROR") == 2, done.log  # when it is met, and the verdict
    assert "failed: stopped early (cannot write: No space left on device)" in done.last_line


@pytest.mark.parametrize("settings", [{}, {"ITEM_PIPELINES": {"own.KeepingPipeline": 950}}])
def test_without_feeds_is_known_what_a_pipeline_of_the_users_keeps(
    settings: dict[str, Any], newsroom: Site, tmp_path: Path
) -> None:
    run(newsroom, tmp_path, FEEDS={}, **settings)
    assert new_in_next_run(newsroom, tmp_path) == ([] if settings else ALL)


def test_item_of_another_class_is_exported_and_its_article_known(newsroom: Site, tmp_path: Path) -> None:
    first = run(newsroom, tmp_path, ITEM_PIPELINES={"own.KeepingPipeline": 950})
    assert first.code == 0, first.log
    assert {tuple(line) for line in first.lines} == {("title",)}
    assert new_in_next_run(newsroom, tmp_path) == []


def test_page_that_this_run_did_not_want_is_fetched_again_only_by_one_that_does(newsroom: Site, tmp_path: Path) -> None:
    """The listing does not say how old the second release is, nor that the third is German."""
    old, german = newsroom.release(2, "2020-01-01"), newsroom.release(3)
    german_text = "<p>Das Unternehmen hat am Montag sein Werk eröffnet, in dem im nächsten Jahr Menschen arbeiten werden.</p>" * 3
    page = f"<article><h1>{headline(3)}</h1><time>2024-05-25</time>{german_text}</article>"
    newsroom.page(german, page)
    newsroom.pages[german] = type(newsroom.pages[german])(newsroom.pages[german].body.replace(b'lang="en"', b'lang="de"'))
    items = "".join(f"<li><a href='{path}'>{headline(number)}</a></li>" for number, path in ((2, old), (3, german)))
    newsroom.page(
        "/news/",
        f"<h1>News</h1><ul><li><time>2024-05-27</time> <a href='{newsroom.release(1)}'>{headline(1)}</a></li>{items}</ul>",
    )
    limits = "-a", "since=2024-01-01", "-a", "languages=en"
    assert titles(run(newsroom, tmp_path, *limits).lines) == [headline(1)]
    newsroom.asked.clear()
    run(newsroom, tmp_path, *limits)
    assert old not in newsroom.asked
    assert german not in newsroom.asked
    assert new_in_next_run(newsroom, tmp_path) == [headline(2), headline(3)]


@pytest.mark.parametrize("content", [(b"%PDF-1.7 broken", "application/pdf"), (b"\x89PNG", "image/png")])
def test_page_that_is_no_article_is_not_fetched_by_the_next_run(
    content: tuple[bytes, str], newsroom: Site, tmp_path: Path
) -> None:
    path = newsroom.release(3)
    newsroom.pages[path] = type(newsroom.pages[path])(content[0], headers={"Content-Type": content[1]})
    run(newsroom, tmp_path)
    newsroom.asked.clear()
    run(newsroom, tmp_path, "-a", "sources=listing")
    assert path not in newsroom.asked


def test_run_that_is_stopped_and_resumed_from_its_jobdir_gives_each_release_once(newsroom: Site, tmp_path: Path) -> None:
    jobdir = {"JOBDIR": "job"}
    with start(tmp_path, "crawl", *options(newsroom, **jobdir), *SLOW) as process:
        next(line for line in process.stderr if " Article " in line)
        process.send_signal(signal.SIGINT)
        process.communicate()
    resumed = run(newsroom, tmp_path, **jobdir)
    assert "Traceback" not in resumed.log
    assert "Resuming crawl" in resumed.log
    assert resumed.code == 0, resumed.log
    parts = [read(file) for file in sorted(tmp_path.glob("output/*/[0-9]*.jsonl"))]
    assert len(parts) == 2
    assert titles([line for part in parts for line in part]) == ALL
