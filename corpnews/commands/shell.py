"""`scrapy shell`: Scrapy's console, of which only errors are logged, so that the answer is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import shell

from corpnews.commands.opening import log_errors_only
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, shell.Command):
    """A log level on the command line wins."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        log_errors_only(self.settings)
