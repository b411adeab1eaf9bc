"""`scrapy fetch`: Scrapy's download of a page, of which only errors are logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import fetch

from corpnews.commands.opening import log_errors_only
from corpnews.commands.usage_errors import OneLineErrors, check_url

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, fetch.Command):
    """A log level on the command line wins."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        check_url(args, "fetch")
        log_errors_only(self.settings)
