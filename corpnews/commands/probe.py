"""`scrapy probe URL`: print what a newsroom is and how to crawl it."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.crawler.arguments import parse_http_url
from corpnews.platforms.source_registry import load_sources
from corpnews.probe.spider import ProbeSpider
from corpnews.probe.tables import render_probe_report

if TYPE_CHECKING:
    import argparse

    from scrapy.crawler import CrawlerProcessBase
    from scrapy.settings import Settings


class Command(ScrapyCommand):
    """Exit status: 2 for a command that cannot be run, 1 if no newsroom was found."""

    requires_project = True

    def syntax(self) -> str:
        return "URL"

    def short_desc(self) -> str:
        return "Describe a newsroom: platform, sources of releases, a sample, a spider file"

    def long_desc(self) -> str:
        return (
            "Describe the newsroom at URL, or that of the company whose home page is at URL: its platform, the sources of its "
            "releases with their counts, five extracted releases, and a spider file for it."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        settings = cast("Settings", self.settings)  # scrapy.cmdline has set them by now
        settings.setdict(
            {"FEEDS": {}, "LOG_LEVEL": "ERROR", "CORPNEWS_STORE": ""}, priority="project"
        )  # -s has a higher priority

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if len(args) != 1:
            raise UsageError("name one URL: that of a newsroom, or of a company's home page", print_help=False)
        try:
            url = parse_http_url(args[0])
        except ValueError as expected:
            raise UsageError(f"{args[0]!r} is not {expected}", print_help=False) from None
        try:
            load_sources()
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        with TemporaryDirectory() as folder:
            process.settings.set("CORPNEWS_OUTPUT", folder)
            crawler = process.create_crawler(ProbeSpider)
            process.crawl(crawler, url=url)
            process.start()
        spider = cast("ProbeSpider", crawler.spider)
        if not spider.articles:
            self.exitcode = 1
            return
        console = Console()
        for each in render_probe_report(spider.search.planners[0], spider.articles):
            console.print(each)
