"""The Scrapy side of one run: NewsroomSpider, its arguments, its requests, RunSession.

What is changed here: an argument of `scrapy crawl` (arguments.py), how a response is turned into requests and articles.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from corpnews.crawler.newsroom_spider import NewsroomSpider
from corpnews.crawler.search import SKIPPED_STAT_PREFIX

__all__ = ["SKIPPED_STAT_PREFIX", "NewsroomSpider"]


class _CallableModule(ModuleType):
    """The package, which shares its name with the library's function: importing it must not hide `corpnews.crawl(url)`."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return import_module("corpnews.api").crawl(*arguments, **named)


sys.modules[__name__].__class__ = _CallableModule
