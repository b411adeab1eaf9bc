"""`scrapy runspider FILE`: Scrapy's run of a spider in a file outside the project; the exit status follows from the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import runspider
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_run import get_exit_status, prepare_run
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse

    from scrapy import Spider
    from scrapy.crawler import Crawler


class Command(OneLineErrors, runspider.Command):
    """The exit status is that of `scrapy crawl`."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if len(args) != 1 or Path(args[0]).suffix != ".py" or not Path(args[0]).is_file():
            named = f"; there is no file {args[0]}" if args and args[0].endswith(".py") else ""
            raise UsageError(f"name the Python file of a newsroom: scrapy runspider FILE.py{named}", print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        prepare_run(self.settings)
        super().run(args, opts)
        self.exitcode = self.exitcode or get_exit_status(self._crawler)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler
