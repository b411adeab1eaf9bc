"""The contract that `scrapy check` tests newsrooms with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.contracts import Contract
from scrapy.exceptions import ContractFail

if TYPE_CHECKING:
    from corpnews.crawler.newsroom_spider import NewsroomSpider


class NewsroomContract(Contract):
    """`@newsroom 10` in a callback's docstring: the page at `@url`, or the spider's start page, lists ten articles or more."""

    name = "newsroom"
    spider: NewsroomSpider

    def adjust_request_args(self, args: dict[str, Any]) -> dict[str, Any]:
        self.spider = args["callback"].__self__
        start_urls = [{"url": url} for url in self.spider.start_urls[:1]]
        return dict(*start_urls) | args

    def post_process(self, output: list[Any]) -> None:  # noqa: ARG002 - Scrapy's interface
        expected, found = int(next(filter(None, self.args), 1)), len(self.spider.search.frontier)
        if found < expected:
            raise ContractFail(f"{found} links to articles found, expected {expected} or more")
