"""What robots.txt allows, whatever the server answers for it (RFC 9309)."""

from __future__ import annotations

import asyncio
import itertools
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from corpnews.middlewares.robots_txt import NewsroomRobotsTxtMiddleware
from tests.helpers import QUICK, Answer, Asked, Run, Site, crawl, scrapy

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {"Content-Type": "text/plain"}


def run(site: Site, folder: Path) -> Run:
    site.listing("/news/", range(1, 5))
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", *QUICK)


@pytest.mark.parametrize("status", [401, 404, 410])
def test_missing_robots_txt_allows_everything_whatever_its_error_page_says(status: int, site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", status, PLAIN)
    assert len(run(site, tmp_path).lines) == 4


@pytest.mark.parametrize("status", [500, 503])
def test_robots_txt_that_fails_forbids_everything_until_the_next_run(status: int, site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"busy", status, PLAIN)
    failed = run(site, tmp_path)
    assert failed.code != 0
    assert f"robots.txt cannot be read: HTTP {status}" in failed.log
    assert {path for path in site.asked if path != "/robots.txt"} == set()
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/\n", headers=PLAIN)
    assert len(run(site, tmp_path).lines) == 4


def test_no_more_of_robots_txt_is_read_than_500_kib(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\n" + b"# comment\n" * 52_000 + b"Disallow: /\n", headers=PLAIN)
    assert len(run(site, tmp_path).lines) == 4


def test_crawl_delay_is_kept_between_requests(site: Site, tmp_path: Path) -> None:
    times: list[float] = []
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.3\nDisallow: /private/\n", headers=PLAIN)

    def note_time(asked: Asked) -> Answer | None:
        if asked.path.startswith("/news/"):
            times.append(monotonic())
        return None

    site.answers.append(note_time)
    site.listing("/news/", range(1, 5))
    done = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", "AUTOTHROTTLE_START_DELAY=0.01")
    assert len(done.lines) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) > 0.25


def test_robots_txt_is_not_waited_for_as_long_as_a_page() -> None:
    middleware = NewsroomRobotsTxtMiddleware(get_crawler(settings_dict={"ROBOTSTXT_OBEY": True}))
    request = Request("https://acme.example/robots.txt", meta={"dont_obey_robotstxt": True})
    asyncio.run(middleware.process_request(request))
    assert request.meta["download_timeout"] == 20
