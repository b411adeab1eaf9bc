"""`scrapy forget`: have the next run of a newsroom write all its releases again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.opening import open_store, prepare_settings
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 if the store has no articles of the newsroom."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "NEWSROOM"

    def short_desc(self) -> str:
        return "Have the next run of a newsroom write all its releases again"

    def long_desc(self) -> str:
        return (
            "Delete the articles and pages of a newsroom from the store: its next run writes all releases again, as new. Its "
            "lines and the history of its runs stay."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        from corpnews.state import StoreError
        from corpnews.web.text import plural

        if len(args) != 1:
            raise UsageError("name one newsroom: scrapy forget NEWSROOM", print_help=False)
        try:
            number = open_store(prepare_settings(self.settings)).forget_articles(args[0])
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        if not number:
            raise UsageError(f"the store has no articles of a newsroom {args[0]!r}", print_help=False)
        sys.stderr.write(f"{plural(number, 'article')} of {args[0]} forgotten\n")
