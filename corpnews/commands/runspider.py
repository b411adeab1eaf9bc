"""`scrapy runspider FILE`: Scrapy's run of a spider in a file outside the project; the exit status follows from the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import runspider
from scrapy.exceptions import UsageError
from scrapy.utils.spider import iter_spider_classes

from corpnews.commands.newsroom_run import check_run, get_exit_status, prepare_run
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
        if self.settings is not None:
            check_run(_load_spider(Path(args[0])), opts.spargs, self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        prepare_run(self.settings)
        super().run(args, opts)
        self.exitcode = self.exitcode or get_exit_status(self._crawler)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler


def _load_spider(file: Path) -> type[Spider]:
    """Load the spider that Scrapy runs of a file. Raises UsageError."""
    try:
        spiders = list(iter_spider_classes(runspider._import_file(file)))  # noqa: SLF001 - it is imported once, as Scrapy does
    except Exception as error:  # noqa: BLE001 - it is code of the user's, which may raise anything
        raise UsageError(f"{file} cannot be loaded: {type(error).__name__}: {error}", print_help=False) from None
    if not spiders:
        raise UsageError(f"there is no newsroom in {file}", print_help=False)
    return spiders[-1]
