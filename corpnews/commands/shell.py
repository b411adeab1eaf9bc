"""`scrapy shell`: Scrapy's console, of which only errors are logged, so that the answer is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.commands import shell
from scrapy.exceptions import UsageError

from corpnews.commands.opening import log_errors_only
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse

_SCHEMES: Final = ("http", "https", "file")


class Command(OneLineErrors, shell.Command):
    """A log level on the command line wins."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        scheme, mark, _ = args[0].partition("://") if args else ("", "", "")
        if mark and scheme.lower() not in _SCHEMES:
            raise UsageError(f"{args[0]}: a shell opens URLs of {', '.join(_SCHEMES)}, and files by their path", print_help=False)
        log_errors_only(self.settings)
