"""What a newsroom decides itself: which URLs are articles', what becomes of an article, which sources are queried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import QUICK, ROOT, SENTENCES, Run, Site, headline, scrapy

if TYPE_CHECKING:
    from pathlib import Path

SPIDER = """
from dataclasses import dataclass
from corpnews import Article, NewsroomSpider
from corpnews.discovery.sources.listing_source import ListingSource

@dataclass(slots=True, kw_only=True)
class Release(Article):
    region: str = ""

class Acme(NewsroomSpider):
    name = "acme"
    company = "Acme"
    start_urls = ["{url}/news/"]
    {hooks}
"""
PROCESS = """
    def process_article(self, article, response):
        if article.headline.endswith("number 2"):
            return None
        return Release(**{name: getattr(article, name) for name in Article.__dataclass_fields__}, region=response.url[:4])
"""
URLS = """
    def is_article_url(self, url):
        return False if "number-1" in url else True if "/x?" in url else None
"""
SOURCES = """
    sources = [ListingSource()]
"""


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 4))
    return site


def run(site: Site, folder: Path, hooks: str) -> Run:
    (folder / "own.py").write_text(SPIDER.replace("{url}", site.url).replace("{hooks}", hooks))
    return scrapy(folder, "crawl", "acme", "-s", "SPIDER_MODULES=own", *QUICK, PYTHONPATH=f"{ROOT}:{folder}")


def test_process_article_changes_replaces_and_leaves_out(newsroom: Site, tmp_path: Path) -> None:
    done = run(newsroom, tmp_path, PROCESS)
    assert done.code == 0, done.log
    assert {line["headline"]: line["region"] for line in done.lines} == {headline(1): "http", headline(3): "http"}
    newsroom.asked.clear()
    run(newsroom, tmp_path, PROCESS)
    assert newsroom.release(2) not in newsroom.asked


def test_is_article_url_wins_over_what_a_link_looks_like(newsroom: Site, tmp_path: Path) -> None:
    newsroom.page("/x?n=7", f"<h1>Acme hires</h1><time>2024-05-02</time><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>")
    page = newsroom.pages["/news/"].body
    newsroom.pages["/news/"] = type(newsroom.pages["/news/"])(
        page.replace(b"</main>", b"<p><a href='/x?n=7'>Jobs</a></p></main>")
    )
    done = run(newsroom, tmp_path, URLS)
    assert sorted(line["headline"] for line in done.lines) == sorted(["Acme hires", headline(2), headline(3)]), done.log


def test_only_the_declared_sources_are_queried(newsroom: Site, tmp_path: Path) -> None:
    assert len(run(newsroom, tmp_path, SOURCES).lines) == 3
    assert not any("sitemap" in path for path in newsroom.asked)
