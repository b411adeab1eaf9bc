"""`scrapy report`: the verdict on the last run of each newsroom, on the terminal or as an HTML file."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.commands.newsroom_lookup import suggest_name
from corpnews.commands.opening import find_existing_store, prepare_settings
from corpnews.commands.usage_errors import OneLineErrors

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from corpnews.reporting.health import NewsroomHealth

_UNWRAPPED = ("newsroom", "last run", "verdict")
_NUMBERS = ("new", "updated", "withdrawn")
_COLUMNS = (*_UNWRAPPED, *_NUMBERS, "reasons")
_VERDICT_COLOURS = {"ok": "green", "unchanged": "green", "degraded": "yellow"}
_RUNS_COMPARED = 10


class Command(OneLineErrors, ScrapyCommand):
    """The exit status is 2 if there is no run, 1 if a newsroom is not fine, otherwise 0."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [NEWSROOM...]"

    def short_desc(self) -> str:
        return "Report how the last run of each newsroom ended"

    def long_desc(self) -> str:
        return (
            "Report how the last run of each newsroom ended, by the store that CORPNEWS_STORE or CORPNEWS_OUTPUT names. "
            "A newsroom that has not been crawled for three times its usual interval is not fine."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON line per newsroom instead of a table")
        parser.add_argument("--html", metavar="FILE", help="write a page with charts, samples and all reasons instead")
        parser.add_argument(
            "--accept",
            metavar="NEWSROOM",
            help="compare later runs of NEWSROOM with its last one, whatever the verdict on it was",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from corpnews.state import StoreError

        where = find_existing_store(prepare_settings(self.settings))
        try:
            if opts.accept:
                _accept_last_run(where, opts.accept)
            judged = list(_judge_newsrooms(where, args))
            if opts.html:
                _write_html(where, args, Path(opts.html))
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        newsrooms = [each for each in judged if each]
        first_runs = len(judged) - len(newsrooms)
        if opts.html:
            sys.stderr.write(f"{_sum_up(newsrooms, first_runs)}; written to {opts.html}\n")
        else:
            _print_report(newsrooms, first_runs, as_json=opts.json)
        self.exitcode = int(not all(each.is_fine for each in newsrooms))


def _accept_last_run(where: str | Path, newsroom: str) -> None:
    """Have later runs compared with the newsroom's last one. Raises UsageError, StoreError."""
    from corpnews.state import Store

    if not Store.open(where).accept_last_run(newsroom):
        raise UsageError(f"no run of a newsroom {newsroom!r} has ended", print_help=False)


def _judge_newsrooms(where: str | Path, names: Sequence[str]) -> Iterator[NewsroomHealth | None]:
    """Yield the health of all newsrooms, or of those named; None while the first run is under way.

    Raises UsageError if there is no run.
    """
    from corpnews.reporting.health import judge_newsroom
    from corpnews.state.recent_runs import read_recent_runs

    found = {each.newsroom: each for each in read_recent_runs(where, _RUNS_COMPARED)}
    if not found:
        raise UsageError("there is no run in the store", print_help=False)
    if unknown := next((name for name in names if name not in found), None):
        raise UsageError(f"there is no run of a newsroom {unknown!r}{suggest_name(unknown, found)}", print_help=False)
    now = datetime.now(UTC)
    for name in names or sorted(found):
        yield judge_newsroom(name, found[name].runs, now, is_under_way=found[name].is_under_way)


def _write_html(where: str | Path, names: Sequence[str], file: Path) -> None:
    from corpnews.feeds import write_atomically
    from corpnews.reporting.html_report import render_html_report
    from corpnews.state import Store

    store = Store.open(where)
    overviews = store.read_overviews(names)
    under_way = {each.newsroom for each in overviews if not each.runs[0].ended and store.is_under_way(each.newsroom)}
    page = render_html_report(overviews, datetime.now(UTC), under_way)
    try:
        with write_atomically(file) as output:
            output.write(page.encode())
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}", print_help=False) from None


def _print_report(newsrooms: Sequence[NewsroomHealth], first_runs: int, *, as_json: bool) -> None:
    if as_json:
        for each in newsrooms:
            line = {**asdict(each.record), "overdue": each.overdue}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif sys.stdout.isatty():
        _print_table(newsrooms, _sum_up(newsrooms, first_runs))
    else:
        rows = [_COLUMNS, *map(_build_row, newsrooms)]
        widths = {name: max(len(row[at]) for row in rows) for at, name in enumerate(_COLUMNS[:-1])}
        form = "  ".join((*(f"{{:{'>' if name in _NUMBERS else '<'}{width}}}" for name, width in widths.items()), "{}"))
        sys.stdout.writelines(f"{form.format(*row).rstrip()}\n" for row in rows)
        sys.stdout.write(f"{_sum_up(newsrooms, first_runs)}\n")


def _print_table(newsrooms: Sequence[NewsroomHealth], caption: str) -> None:
    """Print a table in colours, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, caption=caption, caption_justify="left")
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name in _NUMBERS else "left", no_wrap=name in _UNWRAPPED)
    for each in newsrooms:
        style = _VERDICT_COLOURS.get(each.record.verdict, "red")
        table.add_row(*(Text(cell, style if cell == each.record.verdict else "") for cell in _build_row(each)))
    Console().print(table)


def _build_row(newsroom: NewsroomHealth) -> tuple[str, ...]:
    record, counts = newsroom.record, newsroom.record.counts
    numbers = map(str, (counts.new, counts.updated, counts.withdrawn))
    return (record.newsroom, record.started, record.verdict, *numbers, "; ".join(newsroom.reasons))


def _sum_up(newsrooms: Sequence[NewsroomHealth], first_runs: int) -> str:
    fine = f"{sum(each.is_fine for each in newsrooms)} of {len(newsrooms)} newsrooms are fine"
    return f"{fine}; the first run of {first_runs} more is under way" if first_runs else fine
