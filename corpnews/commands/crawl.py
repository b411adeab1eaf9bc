"""`scrapy crawl`: checks arguments and settings before the run; the exit status follows from the verdict."""

from __future__ import annotations

import gc
import logging
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from corpnews.addon import apply_defaults, check_settings
from corpnews.crawler import NewsroomSpider
from corpnews.extensions.run_report import VERDICT_STAT
from corpnews.platforms.source_registry import load_sources
from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.spiders.newsroom import NewsroomUrlArguments
from corpnews.state import Store, StoreError
from corpnews.state.location import find_store

if TYPE_CHECKING:
    import argparse

    from scrapy import Spider
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoaderProtocol

_VERBOSE_LOGGERS = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware")  # each logs pages of settings and class names


class Command(crawl.Command):
    """The exit status is 2 if the command cannot be run, otherwise EXIT_STATUS of the verdict."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument_group("arguments of newsrooms, each as -a NAME=VALUE", NewsroomUrlArguments.describe())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        if len(args) == 1:
            _check(_load_spider(process.spider_loader, args[0]), opts.spargs, process.settings)
        if process.settings["LOG_LEVEL"] != "DEBUG":
            for name in _VERBOSE_LOGGERS:
                logging.getLogger(name).setLevel(logging.WARNING)
        # Loaded modules live until the end; leaving them out of garbage collection saves 3 % of a crawl's CPU time
        gc.freeze()
        super().run(args, opts)
        if not self.exitcode and isinstance(self._crawler.spider, NewsroomSpider):
            self.exitcode = EXIT_STATUS[self._crawler.stats.get_value(VERDICT_STAT, Verdict.FAILED)]

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler


def _load_spider(loader: SpiderLoaderProtocol, name: str) -> type[Spider]:
    try:
        return loader.load(name)
    except KeyError:
        near = get_close_matches(name, loader.list(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"no newsroom is named {name!r}{hint} (`scrapy list` shows all)", print_help=False) from None


def _check(spider: type[Spider], given: dict[str, str], settings: Settings) -> None:
    """Raise UsageError if an argument or a setting of a newsroom spider is wrong."""
    if issubclass(spider, NewsroomSpider):
        settings = settings.copy()
        spider.update_settings(settings)
        apply_defaults(settings)
        try:
            spider.arguments_type.parse(given)
            spider.selectors.check()
            check_settings(settings)
            load_sources()
            Store.open(find_store(settings))
        except (ValueError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from None
