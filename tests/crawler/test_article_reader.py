"""The first articles of a site wait until its template knows all pages, or many."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from corpnews.crawler import NewsroomSpider
from corpnews.crawler.article_reader import MAX_WAITING_PAGES
from corpnews.discovery import ArticleCandidate, ArticleLink
from corpnews.discovery.frontier import build_row
from corpnews.items import Article
from tests.archive.sample_pages import SITE_SLOGAN, release_html, release_url
from tests.helpers import QUICK, SENTENCES, Answer, Asked, Site, crawl

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
def spider() -> Acme:
    spider = Acme()
    spider.start_urls = [LISTING]
    return spider


def read(spider: NewsroomSpider, number: int, page: str) -> list[Article]:
    """What comes out of the spider when one more detail page comes in."""
    request = Request(release_url(number))
    response = HtmlResponse(
        release_url(number), body=page.encode(), headers={"Content-Type": "text/html"}, encoding="utf-8", request=request
    )
    candidate = ArticleCandidate(ArticleLink(release_url(number)), "listing", LISTING)
    results = asyncio.run(gathered(spider.parse_article(response, spider.run.number, build_row(candidate))))
    return [result for result in results if isinstance(result, Article)]


def test_first_articles_wait_until_many_pages_are_known(spider: Acme) -> None:
    out = [len(read(spider, number, release_html(number))) for number in range(1, MAX_WAITING_PAGES + 3)]
    assert out == [0] * (MAX_WAITING_PAGES - 1) + [MAX_WAITING_PAGES, 1, 1]


def test_no_more_pages_wait_than_memory_has_room_for(spider: Acme) -> None:
    long = release_html(1) + " " * 5_000_000
    out = [len(read(spider, number, long)) for number in range(1, 10)]
    assert sum(out) == len(out)
    assert max(out) == 7


@pytest.mark.parametrize("count", [2, 12])
def test_every_article_comes_out_and_the_first_know_the_template_too(count: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, count + 1))
    for path, answer in site.pages.items():
        site.pages[path] = type(answer)(answer.body.replace(b"</article>", f"</article><div><p>{SITE_SLOGAN}</p></div>".encode()))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", "CONCURRENT_REQUESTS=1")
    assert len(run.lines) == count
    if count > 2:
        assert not any(SITE_SLOGAN in line["body"] for line in run.lines)


def test_first_link_of_two_copies_leads_to_the_original_though_its_page_comes_last(site: Site, tmp_path: Path) -> None:
    paths = ["/news/acme-builds-the-largest-turbine-hall/", "/news/stories/acme-builds-the-largest-turbine-hall/"]

    def delay_first(asked: Asked) -> Answer | None:
        if asked.path == paths[0]:
            time.sleep(1)
        return None

    site.answers.append(delay_first)
    text = "".join(f"<p>{sentence.format(number=20, day='2024-05-03')}</p>" for sentence in SENTENCES)
    title = "Acme builds the largest turbine hall of all"
    for path in paths:
        site.page(path, f"<article><h1>{title}</h1><time>2024-05-03</time>{text}</article>")
    links = "".join(f"<li><time>2024-05-03</time> <a href='{path}'>{title} {at}</a></li>" for at, path in enumerate(paths))
    site.page("/news/", f"<h1>News</h1><ul>{links}</ul>")
    lines = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").lines
    assert [line["url"].removeprefix(site.url) for line in lines] == paths
    assert [line["duplicate_of"] for line in lines] == [None, lines[0]["id"]]


def test_line_warns_of_a_page_that_search_engines_are_not_to_list(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 5))
    by_header, by_meta = site.release(1), site.release(2)
    page = site.pages[by_header]
    site.pages[by_header] = Answer(page.body, headers={**page.headers, "X-Robots-Tag": "otherbot: noindex"})
    site.pages[by_meta] = Answer(site.pages[by_meta].body.replace(b"<title>", b"<meta name=robots content='none'><title>"))
    lines = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", *QUICK).lines
    warned = {
        line["url"].removeprefix(site.url) for line in lines if any("noindex" in each for each in line["crawl"]["warnings"])
    }
    assert (len(lines), warned) == (4, {by_header, by_meta})
