"""`scrapy crawl`: checks arguments and settings before the run; the exit status follows from the verdict."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_lookup import check_declared_arguments, load_spider
from corpnews.commands.newsroom_run import check_run, check_settings_of_run, get_exit_status, prepare_run
from corpnews.commands.opening import keeping_nothing, log_errors_only, logging_usage_errors
from corpnews.commands.usage_errors import OneLineErrors, is_help_wanted
from corpnews.lazy import has_package

if TYPE_CHECKING:
    import argparse

    from scrapy import Spider
    from scrapy.crawler import Crawler, CrawlerProcessBase

    from corpnews.crawler import NewsroomSpider
    from corpnews.probe.dry_run import DryRunSearch

_TRUE = ("1", "True", "true")


class Command(OneLineErrors, crawl.Command):
    """The exit status is 2 if the command cannot be run, otherwise EXIT_STATUS of the verdict."""

    _are_settings_checked = False

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="list the articles that would be fetched, and fetch none")
        if is_help_wanted():
            from corpnews.crawler.arguments import NewsroomUrlArguments

            parser.add_argument_group("arguments of newsrooms, each as -a NAME=VALUE", NewsroomUrlArguments.describe())

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if self.settings is not None:
            with logging_usage_errors(self.settings):
                if len(args) != 1:
                    raise UsageError("name one newsroom: scrapy crawl NAME (`scrapy list` shows all)", print_help=False)
                self._are_settings_checked = check_declared_arguments(
                    args[0], opts.spargs, self.settings.getlist("SPIDER_MODULES")
                )
                if self._are_settings_checked:
                    check_settings_of_run(self.settings.copy(), opens_store=not opts.dry_run)
        if opts.dry_run:
            log_errors_only(self.settings)
        if self.settings is not None and str(self.settings["CORPNEWS_LOG_JSON"]) in _TRUE and has_package("pythonjsonlogger"):
            from corpnews.extensions.logs import install_json_log

            install_json_log(self.settings)  # if it cannot be, the check of settings says so

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.crawler import NewsroomSpider

        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        with logging_usage_errors(process.settings):
            spider = load_spider(process.spider_loader, args[0])
            opens_store, are_checked = not opts.dry_run, self._are_settings_checked
            check_run(spider, opts.spargs, process.settings, opens_store=opens_store, are_settings_checked=are_checked)
        if opts.dry_run and issubclass(spider, NewsroomSpider):
            self.exitcode = _list_wanted_articles(process, spider, opts.spargs)
            return
        prepare_run(process.settings)
        super().run(args, opts)
        self.exitcode = self.exitcode or get_exit_status(self._crawler)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler


def _list_wanted_articles(process: CrawlerProcessBase, spider: type[NewsroomSpider], arguments: dict[str, str]) -> int:
    """Print the articles that a crawl would fetch, by what the store knows. Returns the exit status."""
    from corpnews.extensions.run_report import RunReport
    from corpnews.probe.dry_run import build_dry_run, format_candidate
    from corpnews.state.location import find_store
    from corpnews.web.text import plural

    settings = process.settings
    where = find_store(settings)
    if not isinstance(where, Path):
        raise UsageError("--dry-run needs a store in a file: it works on a copy", print_help=False)
    with keeping_nothing(settings) as folder:
        copy = folder / "store.sqlite"
        if where.exists():
            with closing(sqlite3.connect(where)) as store, closing(sqlite3.connect(copy)) as copied:
                store.backup(copied)
        settings.set("CORPNEWS_STORE", str(copy), priority="cmdline")
        settings.set_in_component_priority_dict("EXTENSIONS", RunReport, None)  # there is nothing to report on
        crawler = process.create_crawler(build_dry_run(spider))
        process.crawl(crawler, **arguments)
        process.start()
    search = cast("DryRunSearch", cast("NewsroomSpider", crawler.spider).search)
    wanted = search.list_wanted()
    for each in wanted:
        sys.stdout.write(f"{format_candidate(each)}\n")
    requests = crawler.stats.get_value("downloader/request_count", 0)
    counted = f"{plural(len(wanted), 'article')} of {plural(search.listed_count, 'listed one')} would be fetched"
    sys.stderr.write(f"{counted}; to find them took {plural(requests, 'request')}\n")
    return int(not search.listed_count)
