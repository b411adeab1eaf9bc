"""`scrapy forget`: delete what the store knows of a newsroom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.opening import open_store, prepare_settings

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCommand):
    """Exit status: 2 if the store knows nothing of the newsroom."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "NEWSROOM"

    def short_desc(self) -> str:
        return "Delete what the store knows of a newsroom"

    def long_desc(self) -> str:
        return (
            "Delete what the store knows of a newsroom, and take it off the list. Its lines stay where they are; its next run "
            "writes all releases again, as new."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        from corpnews.state import StoreError
        from corpnews.state.newsroom_list import forget_newsroom

        if len(args) != 1:
            raise UsageError("name one newsroom: scrapy forget NEWSROOM", print_help=False)
        try:
            is_forgotten = forget_newsroom(open_store(prepare_settings(self.settings)), args[0])
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        if not is_forgotten:
            raise UsageError(f"the store knows no newsroom {args[0]!r}", print_help=False)
        sys.stderr.write(f"{args[0]} is forgotten\n")
