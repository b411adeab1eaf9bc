"""`scrapy runspider FILE`: Scrapy's run of a spider in a file outside the project; the exit status follows from the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import runspider

from corpnews.commands.newsroom_run import get_exit_status, prepare_run

if TYPE_CHECKING:
    import argparse

    from scrapy import Spider
    from scrapy.crawler import Crawler


class Command(runspider.Command):
    """The exit status is that of `scrapy crawl`."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        prepare_run(self.settings)
        super().run(args, opts)
        self.exitcode = self.exitcode or get_exit_status(self._crawler)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._crawler = super()._create_crawler(spidercls)
        return self._crawler
