"""`scrapy preview NAME|URL`: print what a crawl would write of the newest releases, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from scrapy import signals
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_lookup import check_newsroom_url, load_spider
from corpnews.commands.opening import keeping_nothing, log_errors_only, log_verdict_of_nothing
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse

    from scrapy.crawler import CrawlerProcessBase

    from corpnews.items import Article


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 for a command that cannot be run, 1 if no release was found."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] NAME|URL"

    def short_desc(self) -> str:
        return "Print the newest releases of a newsroom as they would be written, to read"

    def long_desc(self) -> str:
        return "Crawl the newest releases of a newsroom, by its name or URL, and print their fields, text and what was removed."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-n", "--number", metavar="N", default="5", help="how many releases, by default 5")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        log_errors_only(self.settings)
        if len(args) != 1:
            raise UsageError("name one newsroom, by its name or its URL", print_help=False)
        if not opts.number.isdecimal() or int(opts.number) < 1:
            raise UsageError(f"-n: {opts.number!r} is not a whole number above 0", print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from rich.console import Console

        from corpnews.probe.article_text import render_preview

        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        name, arguments = args[0], {"max_articles": opts.number}
        if "/" in name or ("." in name and name not in process.spider_loader.list()):
            check_newsroom_url(name)
            arguments["url"], name = name, "newsroom"
        spider = load_spider(process.spider_loader, name)
        articles: list[Article] = []

        def keep(item: Any) -> None:
            articles.append(item)

        log_verdict_of_nothing(lambda: bool(articles))
        with keeping_nothing(process.settings):
            crawler = process.create_crawler(spider)
            crawler.signals.connect(keep, signals.item_scraped)
            process.crawl(crawler, **arguments)
            process.start()
        self.exitcode = int(not articles)
        console = Console()
        for each in render_preview(articles):
            console.print(each)
