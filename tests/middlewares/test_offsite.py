from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.test import get_crawler

from corpnews.browser.render_request import build_render_request
from corpnews.crawler import NewsroomSpider
from corpnews.crawler.search import NewsroomSearch
from corpnews.discovery import Scope
from corpnews.middlewares.offsite import NewsroomOffsiteMiddleware

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class AcmeSearch(NewsroomSearch):
    skipped = ""

    def find_scope(self, request: Request) -> Scope | None:
        return None if request.meta.get("is_start") else Scope.from_start_url("https://www.acme.example/news/")

    def skip_offsite(self, request: Request) -> None:
        self.skipped = request.url


class AcmeSpider(NewsroomSpider):
    name = "acme"
    search_type = AcmeSearch


class PlainSpider(Spider):
    name = "plain"
    allowed_domains = ("acme.example",)


def build(spider: type[Spider]) -> tuple[NewsroomOffsiteMiddleware, Crawler]:
    crawler = get_crawler(spider)
    crawler.spider = spider.from_crawler(crawler)
    return NewsroomOffsiteMiddleware.from_crawler(crawler), crawler


@pytest.mark.parametrize(
    "request_",
    [
        Request("https://news.acme.example/1", dont_filter=True),
        Request("https://cdn.example/release.pdf"),
        Request("https://acme-news.example/", meta={"is_start": True}),
    ],
    ids=["another host of the site", "a PDF elsewhere", "a start page that has moved"],
)
def test_request_within_the_scope_is_sent(request_: Request) -> None:
    build(AcmeSpider)[0].process_request(request_)


def test_request_that_leaves_the_site_is_dropped_counted_and_reported_to_the_spider() -> None:
    middleware, crawler = build(AcmeSpider)
    with pytest.raises(IgnoreRequest):
        middleware.process_request(Request("https://other.example/1", dont_filter=True))
    assert crawler.stats is not None
    assert crawler.stats.get_value("offsite/filtered") == 1
    assert isinstance(crawler.spider, AcmeSpider)
    assert isinstance(crawler.spider.search, AcmeSearch)
    assert crawler.spider.search.skipped == "https://other.example/1"


def test_spider_that_is_no_newsroom_keeps_the_filter_of_allowed_domains() -> None:
    middleware, _ = build(PlainSpider)
    middleware.process_request(Request("https://www.acme.example/"))
    with pytest.raises(IgnoreRequest):
        middleware.process_request(Request("https://other.example/"))


def test_request_for_rendering_can_be_stored_on_disk() -> None:
    request = build_render_request("https://www.acme.example/news/")
    assert pickle.loads(pickle.dumps(request.to_dict())) == request.to_dict()  # noqa: S301
