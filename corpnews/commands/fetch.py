"""`scrapy fetch`: Scrapy's download of a page, of which only errors are logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import fetch

from corpnews.commands.opening import log_errors_only

if TYPE_CHECKING:
    import argparse


class Command(fetch.Command):
    """A log level on the command line wins."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        log_errors_only(self.settings)
