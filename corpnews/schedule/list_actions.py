"""What `scrapy newsrooms` does with the list: add, remove, list, check. Each action returns the exit status."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table

from corpnews.items import format_utc
from corpnews.schedule.list_file import ListRow, RowError, find_list_errors, parse_rows, read_list_file
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.spiderloader import SpiderLoaderProtocol

    from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList

_WIDTH_WITHOUT_TERMINAL: Final = 200  # columns
_WRONG_ROWS: Final = 2
_LIST_SUFFIXES: Final = (".csv", ".tsv", ".jsonl", ".txt")  # a host without its scheme has another ending


def add_newsrooms(newsroom_list: NewsroomList, words: Sequence[str], loader: SpiderLoaderProtocol) -> int:
    """Add what the words stand for, each a spider's name, a file, or a URL; name each row that cannot be crawled.

    Raises RowError for a file that is no list, OSError, StoreError.
    """
    return add_rows(newsroom_list, _read_rows(words, loader.list()), loader)[1]


def add_rows(newsroom_list: NewsroomList, rows: Sequence[ListRow], loader: SpiderLoaderProtocol) -> tuple[set[str], int]:
    """Add the newsrooms of rows, and return their names with the exit status. Raises StoreError."""
    added, errors = parse_rows(rows, newsroom_list.read(), loader)
    newsroom_list.add(added)
    for error in errors:
        sys.stderr.write(f"{error}\n")
    sys.stderr.write(f"{plural(len(added), 'newsroom')} added or changed\n")
    return {each.name for each in added}, _WRONG_ROWS if errors else 0


def _read_rows(words: Sequence[str], spiders: Sequence[str]) -> list[ListRow]:
    rows: list[ListRow] = []
    for word in words:
        if word in spiders:
            rows.append(ListRow(word, {"name": word}))
        elif Path(word).is_file():
            rows.extend(read_list_file(Path(word)))
        elif word.lower().endswith(_LIST_SUFFIXES) and "://" not in word:
            raise RowError(f"{word}: there is no such file")
        else:
            rows.append(ListRow(word, {"url": word}))
    return rows


def remove_newsrooms(newsroom_list: NewsroomList, names: Sequence[str]) -> int:
    """Take newsrooms off the list. Raises RowError if one of them is not on it; then the list is as it was."""
    listed = {each.name for each in newsroom_list.read()}
    if unknown := [name for name in names if name not in listed]:
        raise RowError(f"not on the list: {', '.join(unknown)}")
    for name in names:
        newsroom_list.remove(name)
    return 0


def check_newsrooms(newsroom_list: NewsroomList, loader: SpiderLoaderProtocol) -> int:
    """Print which newsrooms of the list can no longer be crawled; the exit status is 1 if there are any."""
    listed = newsroom_list.read()
    errors = list(find_list_errors(listed, loader))
    for error in errors:
        sys.stdout.write(f"{error}\n")
    sys.stdout.write(f"{len(listed) - len(errors)} of {plural(len(listed), 'newsroom')} can be crawled\n")
    return int(bool(errors))


def print_newsrooms(newsroom_list: NewsroomList, *, as_json: bool) -> int:
    """Print the list as a table, or as JSON Lines."""
    listed = newsroom_list.read()
    if as_json:
        for each in listed:
            sys.stdout.write(json.dumps(_describe(each), ensure_ascii=False) + "\n")
        return 0
    table = Table(box=None, pad_edge=False, caption=plural(len(listed), "newsroom"), caption_justify="left")
    for name in ("name", "due", "every", "failures", "url or spider"):
        table.add_column(name, no_wrap=name != "url or spider")
    for each in listed:
        row = _describe(each)
        table.add_row(each.name, row["due"], row["every"] or "", str(each.failures), row["url"] or each.spider)
    Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL).print(table)
    return 0


def _describe(newsroom: ListedNewsroom) -> dict[str, Any]:
    return {
        "name": newsroom.name,
        "url": newsroom.arguments.get("url"),
        "spider": newsroom.spider,
        "arguments": dict(newsroom.arguments),
        "every": f"{newsroom.every.total_seconds() / 3600:g}h" if newsroom.every else None,
        "due": format_utc(newsroom.due),
        "failures": newsroom.failures,
    }
