"""The first articles of a site wait until its template knows some pages of it, and no longer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from corpnews.discovery import Answer, ArticleLink, Ask, Frontier, Lead, Limits, Plan, Scope, first_page
from corpnews.newsroom import NewsroomSpider, Release
from corpnews.newsroom.memory import Memory
from corpnews.newsroom.spider import ENOUGH_PAGES, MOST_WAITING
from corpnews.store import Store
from tests.helpers import Site, crawl
from tests.saved.pages import SLOGAN, html, url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LISTING = "https://www.acme.example/news/"


class Acme(NewsroomSpider):
    """Acme, turbines, from the north."""

    name = "acme"
    company = "Acme"


async def gathered(results: AsyncIterator[object]) -> list[object]:
    return [result async for result in results]


@pytest.fixture
def spider(tmp_path: Path) -> Acme:
    spider = Acme()
    spider.memory = Memory(Store.open(tmp_path / "store.sqlite").run("acme", datetime.now(UTC)), lambda: None)
    return spider


def read(spider: NewsroomSpider, number: int, page: str) -> list[Release]:
    """What comes out of the spider when one more detail page comes in."""
    request = Request(url(number))
    response = HtmlResponse(
        url(number), body=page.encode(), headers={"Content-Type": "text/html"}, encoding="utf-8", request=request
    )
    start = first_page(Answer(Ask(LISTING, "listing"), LISTING, b"", "text/html"), Scope.of(LISTING))
    plan = Plan(start, (), Frontier(), Limits())
    results = asyncio.run(gathered(spider.parse_article(response, Lead(ArticleLink(url(number)), "listing", LISTING), plan)))
    return [result for result in results if isinstance(result, Release)]


def test_first_articles_wait_until_enough_pages_are_known(spider: Acme) -> None:
    out = [len(read(spider, number, html(number))) for number in range(1, 10)]
    assert out == [0] * (ENOUGH_PAGES - 1) + [ENOUGH_PAGES] + [1] * (9 - ENOUGH_PAGES)


def test_no_more_pages_wait_than_memory_has_room_for(spider: Acme) -> None:
    same = html(1)  # pages that only repeat one another teach the template nothing
    out = [len(read(spider, number, same)) for number in range(1, 3 * MOST_WAITING + 1)]
    assert sum(out) == len(out)
    assert max(out) == MOST_WAITING
    assert spider.template.pages == 1


@pytest.mark.parametrize("count", [2, 12])
def test_every_article_comes_out_and_the_first_know_the_template_too(count: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, count + 1))
    for path, answer in site.pages.items():
        site.pages[path] = type(answer)(answer.body.replace(b"</article>", f"<p>{SLOGAN}</p></article>".encode()))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", "CONCURRENT_REQUESTS=1")
    assert len(run.lines) == count
    if count > ENOUGH_PAGES:
        assert not any(SLOGAN in line["body"] for line in run.lines)
