"""The Scrapy side of one run: NewsroomSpider, its arguments, its requests, RunSession.

What is changed here: an argument of `scrapy crawl` (arguments.py), how a response is turned into requests and articles.
"""

from typing import TYPE_CHECKING

from corpnews.lazy import lazy_names

if TYPE_CHECKING:
    from corpnews.crawler.newsroom_spider import NewsroomSpider
    from corpnews.crawler.search import SKIPPED_STAT_PREFIX

__all__ = ["SKIPPED_STAT_PREFIX", "NewsroomSpider"]

if not TYPE_CHECKING:  # type checkers would take any name for one of these
    __getattr__ = lazy_names(
        __name__,
        {"corpnews.crawler.newsroom_spider": "NewsroomSpider", "corpnews.crawler.search": "SKIPPED_STAT_PREFIX"},
    )
