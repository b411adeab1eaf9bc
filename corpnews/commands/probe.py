"""`scrapy probe URL`: print what a newsroom is and how to crawl it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_lookup import check_newsroom_url, find_free_spider_file, name_run_command
from corpnews.commands.opening import keeping_nothing, log_errors_only, log_verdict_of_nothing
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse

    from scrapy.crawler import CrawlerProcessBase

    from corpnews.probe.spider import ProbeSpider


_TITLE_OF_SPIDER_FILE = "A spider file for it, which --write NAME writes:"


class Command(OneLineErrors, ScrapyCommand):
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

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--write", metavar="NAME", help="write the spider file of a newsroom of this name")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        log_errors_only(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from rich.console import Console

        from corpnews.platforms.source_registry import load_sources
        from corpnews.probe.probe_report import render_probe_report, render_spider_file
        from corpnews.probe.spider import ProbeSpider

        if len(args) != 1:
            raise UsageError("name one URL: that of a newsroom, or of a company's home page", print_help=False)
        check_newsroom_url(args[0])
        process = cast("CrawlerProcessBase", self.crawler_process)  # scrapy.cmdline has set it by now
        file = find_free_spider_file(opts.write, process.settings, process.spider_loader) if opts.write else None
        try:
            load_sources()
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from None
        with keeping_nothing(process.settings):
            crawler = process.create_crawler(ProbeSpider)
            log_verdict_of_nothing(lambda: bool(cast("ProbeSpider", crawler.spider).articles))
            process.crawl(crawler, url=args[0])
            process.start()
        spider = cast("ProbeSpider", crawler.spider)
        if not spider.articles:
            self.exitcode = 1
            return
        console, planner = Console(), spider.search.planners[0]
        for each in render_probe_report(planner, spider.articles):
            console.print(each)
        text = render_spider_file(planner, spider.articles, opts.write or "")
        if file:
            file.write_text(text, encoding="utf-8")
        title = f"Written to {file}; to crawl it: {name_run_command(file, opts.write)}" if file else _TITLE_OF_SPIDER_FILE
        console.print(f"\n{title}\n", style="bold", soft_wrap=True)
        console.print(text, highlight=False, markup=False, end="")
