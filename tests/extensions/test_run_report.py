"""A run in which a component fails is never fine, whoever wrote the component."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Self

import pytest
from scrapy import signals
from scrapy.exporters import JsonLinesItemExporter
from scrapy.logformatter import LogFormatter

from tests.helpers import QUICK, Answer, Run, Site, scrapy

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.crawler import Crawler
    from scrapy.logformatter import LogFormatterResult


class FailingPipeline:
    """Fails on one article in two."""

    count = 0

    def process_item(self, item: Any) -> Any:
        self.count += 1
        if self.count % 2:
            raise ValueError("pipeline")
        return item


class FailingExporter(JsonLinesItemExporter):
    """Fails on every article."""

    def export_item(self, item: Any) -> None:  # noqa: ARG002
        raise ValueError("exporter")


class FailingLogFormatter(LogFormatter):
    """Fails on every article."""

    def scraped(self, item: Any, response: Any, spider: Any) -> LogFormatterResult:  # noqa: ARG002
        raise ValueError("log formatter")


class FailingExtension:
    """Fails on every article, after it was exported."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()
        crawler.signals.connect(extension.item_scraped, signals.item_scraped)
        return extension

    def item_scraped(self) -> None:
        raise ValueError("extension")


SETTINGS: dict[str, dict[str, Any]] = {
    "pipeline": {"ITEM_PIPELINES": {f"{__name__}.FailingPipeline": 350}},
    "exporter": {"FEED_EXPORTERS": {"jsonlines": f"{__name__}.FailingExporter"}},
    "log formatter": {"LOG_FORMATTER": f"{__name__}.FailingLogFormatter"},
    "extension": {"EXTENSIONS": {f"{__name__}.FailingExtension": 10}},
}


SCRAPY_STATS = tuple(
    "downloader/ dupefilter/ elapsed_ feedexport/ finish_ http item log_count/ memusage/ request response retry/ robotstxt/"
    " scheduler/ start_".split()
)


def run_with(failing: str, site: Site, folder: Path) -> Run:
    """Run with the failing component, if one is named."""
    options = []
    for name, value in SETTINGS.get(failing, {}).items():
        options += ["-s", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    folder.mkdir(exist_ok=True)
    return scrapy(folder, "crawl", "newsroom", "-a", f"url={site.url}/news/", *options, *QUICK)


@pytest.mark.parametrize(
    ("failing", "code", "verdict"),
    [("pipeline", 3, "degraded"), ("exporter", 1, "failed"), ("log formatter", 1, "failed"), ("extension", 3, "degraded")],
)
def test_failing_component_counts_in_the_verdict(failing: str, code: int, verdict: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    run = run_with(failing, site, tmp_path)
    assert f"ValueError: {failing}" in run.log
    assert (run.code, run.verdict["verdict"]) == (code, verdict), run.log
    assert run.verdict["counts"]["errors"] >= 2
    assert "in the log above" in run.log


def test_articles_that_failed_come_out_of_the_next_run(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    urls = sorted(site.url + site.release(number) for number in range(1, 5))
    for failing in ("pipeline", "exporter", "log formatter"):
        run_with(failing, site, tmp_path / failing)
        run = run_with("", site, tmp_path / failing)
        assert run.code == 0, run.log
        lines = [line for file in run.files for line in file.read_text(encoding="utf-8").splitlines()]
        assert sorted(json.loads(line)["url"] for line in lines) == urls


def test_new_newsroom_of_which_no_article_came_is_failed(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    for path in [path for path in site.pages if path != "/news/"]:
        site.pages[path] = Answer(b"broken", 500)
    for _ in range(2):
        run = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", "RETRY_ENABLED=0", *QUICK)
        assert run.code == 1
        assert "failed: no article came of 4 listed releases" in run.last_line


def test_stats_are_scrapys_and_those_of_this_package(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    site.pages[site.release(2)] = Answer(b"gone", 404)
    run = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", "STATS_DUMP=1", *QUICK)
    stats = re.findall(r"^[ {]'([^']+)': ", run.log, re.MULTILINE)
    others = {stat for stat in stats if not stat.startswith(SCRAPY_STATS)}
    assert {"corpnews/articles/dated", "corpnews/skipped/gone"} <= others
    assert all(re.fullmatch(r"corpnews/[a-z]+/[a-z_]+", stat) for stat in others), others


def test_known_newsroom_whose_new_releases_cannot_be_fetched_is_degraded(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(3, 7))
    assert run_with("", site, tmp_path).code == 0
    site.listing("/news/", range(1, 7))
    for number in (1, 2):
        site.pages[site.release(number)] = Answer(b"broken", 500)
    run = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", "RETRY_ENABLED=0", *QUICK)
    assert run.code == 3, run.log
    assert "degraded: 2 of 2 pages could not be fetched" in run.last_line
