"""`scrapy parse`: Scrapy's parsing of a page with a newsroom's spider, of which only errors are logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import parse

from corpnews.commands.opening import log_errors_only
from corpnews.commands.usage_errors import OneLineErrors, check_url

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, parse.Command):
    """A log level on the command line wins."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        check_url(args, "parse")
        log_errors_only(self.settings)
