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
    """Exit status: 2 if the store has neither articles nor runs of the newsroom."""

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

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--runs", action="store_true", help="delete its runs too: a wrong URL is no more in the report")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.state import StoreError
        from corpnews.web.text import plural

        if len(args) != 1:
            raise UsageError("name one newsroom: scrapy forget NEWSROOM", print_help=False)
        try:
            store = open_store(prepare_settings(self.settings))
            articles = store.forget_articles(args[0])
            runs = store.forget_runs(args[0]) if opts.runs else 0
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        if not articles and not runs:
            wanted = "articles and runs" if opts.runs else "articles"
            raise UsageError(f"the store has no {wanted} of a newsroom {args[0]!r}", print_help=False)
        deleted = f" and {plural(runs, 'run')}" if opts.runs else ""
        sys.stderr.write(f"{plural(articles, 'article')}{deleted} of {args[0]} forgotten\n")
