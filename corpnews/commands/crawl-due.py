"""`scrapy crawl-due`: crawl all newsrooms of the list that are due, several at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.opening import open_store, prepare_settings
from corpnews.commands.run_options import add_run_options, build_runs
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: that of the worst run, 75 if all were busy; 2 if the command cannot be run or a row of FILE is wrong."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [FILE]"

    def short_desc(self) -> str:
        return "Crawl the newsrooms of the list that are due"

    def long_desc(self) -> str:
        return (
            "Crawl the newsrooms of the list (see `scrapy newsrooms`) that are due, each in a process of its own with its own "
            "log; never two of one site at once. With FILE, a list as `scrapy newsrooms add` takes, these newsrooms are added to "
            "the list, and only they are crawled. How often a newsroom is due follows from how often it publishes, or from its "
            "`every`."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--jobs", type=int, default=4, metavar="N", help="newsrooms crawled at once, by default 4")
        parser.add_argument("--all", action="store_true", help="crawl those that are not due, too")
        add_run_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.schedule.crawl_due import crawl_newsrooms, find_due_newsrooms
        from corpnews.schedule.list_file import RowError
        from corpnews.state import StoreError

        if len(args) > 1:
            raise UsageError("`scrapy crawl-due` takes one FILE at most", print_help=False)
        settings = prepare_settings(self.settings)
        runs = build_runs(settings, open_store(settings), opts, opts.jobs)
        try:
            due, row_status = find_due_newsrooms(runs, Path(args[0]) if args else None, is_all=opts.all)
            self.exitcode = max(row_status, crawl_newsrooms(runs, due))
        except (StoreError, OSError, RowError) as error:
            raise UsageError(str(error), print_help=False) from None
