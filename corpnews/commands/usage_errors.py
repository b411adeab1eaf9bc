"""What every command of this package does with a command line that cannot be run: it prints one line that says why."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand as _ScrapyCommand
else:
    _ScrapyCommand = object  # Scrapy takes every class in this folder that is derived from its own for a command

_LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class OneLineErrors(_ScrapyCommand):
    """Lets a command print errors without its syntax, and refuse unknown options, which Scrapy takes for arguments."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        if not is_help_wanted():
            parser.usage = argparse.SUPPRESS  # argparse prints it above every error

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        if unknown := next((each for each in args if each.startswith("-") and each != "-"), None):
            command = type(self).__module__.rpartition(".")[2]
            raise UsageError(f"there is no option {unknown}; `scrapy {command} --help` shows all", print_help=False)
        try:
            super().process_options(args, opts)
        except (TypeError, ValueError):  # Scrapy reads what is given for settings that are dictionaries
            given = ", ".join(opts.set)
            raise UsageError(
                f'-s {given}: a dictionary is given as JSON, such as {{"name": "value"}}', print_help=False
            ) from None
        if self.settings is not None and str(self.settings["LOG_LEVEL"]).upper() not in _LOG_LEVELS:
            levels = ", ".join(_LOG_LEVELS)
            raise UsageError(f"{self.settings['LOG_LEVEL']!r} is no level of the log; there are {levels}", print_help=False)


def check_url(args: list[str], command: str) -> None:
    """Raise UsageError unless there is one argument, a URL with its scheme."""
    if len(args) != 1 or "://" not in args[0]:
        raise UsageError(f"name one URL with its scheme: scrapy {command} https://…", print_help=False)


def is_help_wanted() -> bool:
    """Whether the command line asks for the description of a command."""
    return not {"-h", "--help"}.isdisjoint(sys.argv)
