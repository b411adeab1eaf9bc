"""A progress bar on the terminal during a crawl."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.log import get_scrapy_root_handler

from corpnews.crawler import NewsroomSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ProgressBar:
    """Shows the newsroom and its numbers of articles and pages; disabled if stderr is no terminal."""

    def __init__(self, newsroom: str) -> None:
        columns = SpinnerColumn(), TextColumn("{task.description}: {task.fields[articles]} articles, {task.fields[pages]} pages")
        self.bar = Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task(newsroom, total=None, articles=0, pages=0)
        self.articles = self.pages = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not sys.stderr.isatty() or not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        progress = cls(crawler.spider.newsroom)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.response_received, signals.response_received)
        crawler.signals.connect(progress.item_scraped, signals.item_scraped)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        self.bar.start()
        redirect_log_to_stderr()  # rich has replaced it, to print log lines above the bar

    def response_received(self) -> None:
        self.pages += 1
        self.bar.update(self.task, pages=self.pages)

    def item_scraped(self) -> None:
        self.articles += 1
        self.bar.update(self.task, articles=self.articles)

    def spider_closed(self) -> None:
        self.bar.stop()
        redirect_log_to_stderr()


def redirect_log_to_stderr() -> None:
    """Point Scrapy's log handler at the current sys.stderr."""
    handler = get_scrapy_root_handler()
    if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
        handler.setStream(sys.stderr)
