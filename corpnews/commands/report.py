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

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from rich.table import Table
    from scrapy.settings import BaseSettings

    from corpnews.reporting.health import NewsroomHealth
    from corpnews.state import Store

_WIDTH_WITHOUT_TERMINAL = 200  # columns
_VERDICT_COLOURS = {"ok": "green", "unchanged": "green", "degraded": "yellow"}
_RUNS_COMPARED = 10


class Command(ScrapyCommand):
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
        from corpnews.addon import apply_defaults
        from corpnews.state import StoreError

        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        apply_defaults(self.settings)
        try:
            store = _open_store(self.settings)
            if opts.accept and not store.accept_last_run(opts.accept):
                raise UsageError(f"no run of a newsroom {opts.accept!r} has ended", print_help=False)
            newsrooms = list(_judge_newsrooms(store, args))
            if opts.html:
                _write_html(store, args, Path(opts.html))
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from None
        if not opts.html:
            _print_report(newsrooms, as_json=opts.json)
        self.exitcode = int(not all(each.is_fine for each in newsrooms))


def _open_store(settings: BaseSettings) -> Store:
    """Open the store, without creating one. Raises UsageError, StoreError."""
    from corpnews.state import Store
    from corpnews.state.location import find_store

    where = find_store(settings)
    if isinstance(where, Path) and not where.exists():
        raise UsageError(f"there is no run in the store {where}", print_help=False)
    return Store.open(where)


def _judge_newsrooms(store: Store, names: Sequence[str]) -> Iterator[NewsroomHealth]:
    """Yield the health of all newsrooms, or of those named. Raises UsageError if there is no run."""
    from corpnews.reporting.health import judge_newsroom

    runs = store.recent_runs(_RUNS_COMPARED)
    if not runs:
        raise UsageError("there is no run in the store", print_help=False)
    if unknown := next((name for name in names if name not in runs), None):
        raise UsageError(f"there is no run of a newsroom {unknown!r}", print_help=False)
    now = datetime.now(UTC)
    for name in names or sorted(runs):
        is_under_way = not runs[name][0].ended and store.is_under_way(name)
        if health := judge_newsroom(name, runs[name], now, is_under_way=is_under_way):
            yield health


def _write_html(store: Store, names: Sequence[str], file: Path) -> None:
    from corpnews.feeds import write_atomically
    from corpnews.reporting.html_report import render_html_report

    overviews = store.read_overviews(names)
    under_way = {each.newsroom for each in overviews if not each.runs[0].ended and store.is_under_way(each.newsroom)}
    page = render_html_report(overviews, datetime.now(UTC), under_way)
    try:
        with write_atomically(file) as output:
            output.write(page.encode())
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}", print_help=False) from None


def _print_report(newsrooms: Sequence[NewsroomHealth], *, as_json: bool) -> None:
    from rich.console import Console

    if as_json:
        for each in newsrooms:
            line = {**asdict(each.record), "overdue": each.overdue}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL).print(_build_report_table(newsrooms))


def _build_report_table(newsrooms: Sequence[NewsroomHealth]) -> Table:
    """Build a table with a row per newsroom and a caption with the number of those that are fine."""
    from rich.table import Table

    good = sum(each.is_fine for each in newsrooms)
    table = Table(box=None, pad_edge=False, caption=f"{good} of {len(newsrooms)} newsrooms are fine", caption_justify="left")
    for name in ("newsroom", "last run", "verdict"):
        table.add_column(name, no_wrap=True)
    for name in ("new", "updated", "withdrawn"):
        table.add_column(name, justify="right")
    table.add_column("reasons")
    for each in newsrooms:
        record, counts = each.record, each.record.counts
        verdict = f"[{_VERDICT_COLOURS.get(record.verdict, 'red')}]{record.verdict}[/]"
        numbers = map(str, (counts.new, counts.updated, counts.withdrawn))
        table.add_row(record.newsroom, record.started, verdict, *numbers, "; ".join(each.reasons))
    return table
