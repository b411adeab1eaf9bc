"""Scrapy's own commands and settings do in this project what Scrapy's documentation says."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.helpers import QUICK, SLOW, Site, read, scrapy, start

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = """
import scrapy

class Plain(scrapy.Spider):
    name = "plain"

    def __init__(self, url):
        self.start_urls = [url]

    def parse(self, response):
        yield {"title": response.css("title::text").get(), "url": response.url}
"""


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 5))
    return site


def test_shell_opens_a_url_and_leaves_no_trace(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "shell", f"{newsroom.url}/news/", "-c", "response.css('h1::text').get()")
    assert run.code == 0, run.log
    assert "News\n" in run.log
    assert list(tmp_path.iterdir()) == []


def test_shell_opens_a_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<title>Saved</title>")
    run = scrapy(tmp_path, "shell", "./page.html", "-c", "response.css('title::text').get()")
    assert run.code == 0, run.log
    assert "Saved\n" in run.log
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_runspider_runs_a_plain_spider(newsroom: Site, tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    run = scrapy(tmp_path, "runspider", "plain.py", "-a", f"url={newsroom.url}/news/", "-O", "plain.json", *QUICK)
    assert run.code == 0, run.log
    item = {"title": "News", "url": f"{newsroom.url}/news/"}
    assert json.loads((tmp_path / "plain.json").read_text()) == [item]
    assert not list(tmp_path.glob("**/runs.jsonl"))
    assert not list(tmp_path.glob("**/store.sqlite"))


def test_feeds_of_the_command_line_replace_the_projects(newsroom: Site, tmp_path: Path) -> None:
    feeds = json.dumps({"mine.csv": {"format": "csv", "fields": ["url", "headline"]}})
    run = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={newsroom.url}/news/", "-s", f"FEEDS={feeds}", *QUICK)
    assert run.code == 0, run.log
    header, *rows = (tmp_path / "mine.csv").read_text().splitlines()
    assert header == "url,headline"
    assert len(rows) == 4
    assert not list(tmp_path.glob("output/*/[0-9]*.jsonl"))


def test_http_cache_spares_the_site(newsroom: Site, tmp_path: Path) -> None:
    cache = ("-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}")
    arguments = ("crawl", "newsroom", "-a", f"url={newsroom.url}/news/", *cache, *QUICK)
    assert scrapy(tmp_path, *arguments).code == 0
    newsroom.asked.clear()
    run = scrapy(tmp_path, *arguments, "-a", "full=1", CORPNEWS_OUTPUT="again")
    assert run.code == 0, run.log
    assert len(read(next(tmp_path.glob("again/*/[0-9]*.jsonl")))) == 4
    assert newsroom.asked == []


def test_parse_reads_a_listing_and_leaves_no_trace(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "parse", "--spider", "auxgroup", "--nocolour", f"{newsroom.url}/news/")
    assert run.code == 0, run.log
    assert "STATUS DEPTH LEVEL 1" in run.log
    assert f"<GET {newsroom.url}/" in run.log
    assert list(tmp_path.iterdir()) == []


def test_parse_reads_an_article(newsroom: Site, tmp_path: Path) -> None:
    url = newsroom.url + newsroom.release(1)
    run = scrapy(tmp_path, "parse", "--spider", "auxgroup", "-c", "parse_article", "--nocolour", "--nolinks", url)
    assert run.code == 0, run.log
    assert "'headline': 'Acme opens its turbine plant number 1'" in run.log
    assert "'company': 'AUX Group'" in run.log
    assert list(tmp_path.iterdir()) == []


def test_check_of_all_newsrooms_lists_them(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "check", "--list")
    assert run.code == 0
    assert "auxgroup\n  * parse" in run.log
    assert "newsroom\n" not in run.log


def test_jobdir_resumes_a_run_that_was_stopped(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 25))
    arguments = ("crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", "JOBDIR=job")
    with start(tmp_path, *arguments, *SLOW) as stopped:
        while sum(path.startswith("/news/acme-") for path in site.asked) < 10:
            assert stopped.poll() is None
            time.sleep(0.02)
        stopped.send_signal(signal.SIGINT)
        assert "stopped early (shutdown)" in stopped.communicate()
    fetched = [path for path in site.asked if path.startswith("/news/acme-")]
    assert len(fetched) < 24
    run = scrapy(tmp_path, *arguments, *QUICK)
    assert run.code == 0, run.log
    urls = [line["url"] for file in run.files if file.suffix == ".jsonl" for line in read(file)]
    assert sorted(urls) == sorted(site.url + site.release(number) for number in range(1, 25))
