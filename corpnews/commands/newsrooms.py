"""`scrapy newsrooms`: the list of newsrooms that `scrapy crawl-due` crawls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.opening import open_store, prepare_settings
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_TAKE_WORDS = frozenset(("add", "remove"))
_ACTIONS = _TAKE_WORDS | {"list", "check"}


class Command(OneLineErrors, ScrapyCommand):
    """Exit status: 2 for a command that cannot be run and for wrong rows, 1 where `check` finds errors."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "add URL|FILE|SPIDER … | remove NAME … | list | check"

    def short_desc(self) -> str:
        return "Keep the list of newsrooms that `scrapy crawl-due` crawls"

    def long_desc(self) -> str:
        return (
            "Keep the list of newsrooms that `scrapy crawl-due` crawls, in the store. `add` takes URLs, names of the project's "
            "own newsrooms and files: text with a URL a line, JSON Lines, CSV or TSV with a first line that names the columns "
            "(url, name, every, company, languages, since …). A newsroom that is listed already is changed. `check` says which "
            "can no longer be crawled."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="list: print one JSON line per newsroom instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.schedule.list_file import RowError
        from corpnews.state import StoreError

        action, *words = args or [""]
        if action not in _ACTIONS or (action in _TAKE_WORDS) != bool(words):
            raise UsageError(f"say what to do: scrapy newsrooms {self.syntax()}", print_help=False)
        try:
            self.exitcode = self._act(action, words, as_json=opts.json)
        except (StoreError, OSError, RowError) as error:
            raise UsageError(str(error), print_help=False) from None

    def _act(self, action: str, words: Sequence[str], *, as_json: bool) -> int:
        from scrapy.spiderloader import get_spider_loader

        from corpnews.schedule import list_actions
        from corpnews.state.newsroom_list import NewsroomList

        settings = prepare_settings(self.settings)
        newsroom_list = NewsroomList(open_store(settings))
        if action == "add":
            return list_actions.add_newsrooms(newsroom_list, words, get_spider_loader(settings))
        if action == "remove":
            return list_actions.remove_newsrooms(newsroom_list, words)
        if action == "check":
            return list_actions.check_newsrooms(newsroom_list, get_spider_loader(settings))
        return list_actions.print_newsrooms(newsroom_list, as_json=as_json)
