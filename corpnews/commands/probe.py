"""`scrapy probe URL`: what a newsroom is, and how to crawl it."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.arguments import read_url
from corpnews.probe.report import report
from corpnews.probe.spider import Probe

if TYPE_CHECKING:
    import argparse

    from scrapy.crawler import CrawlerProcessBase
    from scrapy.settings import Settings


class Command(ScrapyCommand):
    """The exit status is 2 for a command that cannot be run, 1 if no newsroom was found."""

    requires_project = True

    def syntax(self) -> str:
        return "URL"

    def short_desc(self) -> str:
        return "Tell what a newsroom is: platform, ways to its releases, a sample, a spider file"

    def long_desc(self) -> str:
        return (
            "Look at the newsroom at URL, or find that of the company whose home page is there: its platform, the ways to its "
            "releases with their counts, five releases as they would come out, and what a spider file for it would say."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        settings = cast("Settings", self.settings)  # scrapy.cmdline has set them by now
        settings.setdict({"FEEDS": {}, "LOG_LEVEL": "ERROR", "STORE": ""}, priority="project")  # below what -s says

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if len(args) != 1:
            message = "name one URL: that of a newsroom, or of a company's home page"
            raise UsageError(message, print_help=False)
        try:
            url = read_url(args[0])
        except ValueError as wanted:
            message = f"{args[0]!r} is not {wanted}"
            raise UsageError(message, print_help=False) from None
        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        with TemporaryDirectory() as folder:
            process.settings.set("OUTPUT_DIR", folder)
            crawler = process.create_crawler(Probe)
            process.crawl(crawler, url=url)
            process.start()
        spider = cast("Probe", crawler.spider)
        if not spider.articles:
            self.exitcode = 1
            return
        console = Console()
        for each in report(spider.plans[0], spider.articles):
            console.print(each)
