"""`scrapy report`: the verdict on the last run of each newsroom."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from corpnews.addon import apply_defaults
from corpnews.crawler.run_session import find_store
from corpnews.reporting.run_history import build_run_record
from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.state import Store, StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from scrapy.settings import BaseSettings

    from corpnews.reporting.run_history import RunRecord

_WIDTH_WITHOUT_TERMINAL = 200  # columns
_VERDICT_COLOURS = {Verdict.OK: "green", Verdict.UNCHANGED: "green", Verdict.DEGRADED: "yellow"}


class Command(ScrapyCommand):
    """The exit status is 2 if there is no run, 1 if the last run of a newsroom was not `ok` or `unchanged`, otherwise 0."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Report how the last run of each newsroom ended"

    def long_desc(self) -> str:
        return "Report how the last run of each newsroom ended, by the store that CORPNEWS_STORE or CORPNEWS_OUTPUT names."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON line per newsroom instead of a table")
        parser.add_argument(
            "--accept",
            metavar="NEWSROOM",
            help="compare later runs of NEWSROOM with its last one, whatever the verdict on it was",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("`scrapy report` takes no arguments", print_help=False)
        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        apply_defaults(self.settings)
        records = _read_latest_runs(self.settings)
        if opts.accept:
            _accept_last_run(self.settings, opts.accept)
            records = _read_latest_runs(self.settings)
        if opts.json:
            for record in records:
                sys.stdout.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
        else:
            Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL).print(_build_report_table(records))
        self.exitcode = int(any(EXIT_STATUS[record.verdict] for record in records))


def _read_latest_runs(settings: BaseSettings) -> list[RunRecord]:
    """Read the last run of each newsroom. Raises UsageError if there is none."""
    try:
        where = find_store(settings)
        is_there = not isinstance(where, Path) or where.exists()
        latest = Store.open(where).latest_runs() if is_there else {}
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from None
    if not latest:
        shown = where if isinstance(where, Path) else "of CORPNEWS_STORE"
        raise UsageError(f"there is no run in the store {shown}", print_help=False)
    return [build_run_record(newsroom, latest[newsroom]) for newsroom in sorted(latest)]


def _accept_last_run(settings: BaseSettings, newsroom: str) -> None:
    """Take a newsroom's last run for its new normal. Raises UsageError if it has none that has ended."""
    try:
        is_accepted = Store.open(find_store(settings)).accept_last_run(newsroom)
    except StoreError as error:
        raise UsageError(str(error), print_help=False) from None
    if not is_accepted:
        raise UsageError(f"no run of a newsroom {newsroom!r} has ended", print_help=False)


def _build_report_table(records: Sequence[RunRecord]) -> Table:
    """Build a table with a row per newsroom and a caption with the number of good runs."""
    good = sum(not EXIT_STATUS[record.verdict] for record in records)
    table = Table(box=None, pad_edge=False, caption=f"{good} of {len(records)} newsrooms are fine", caption_justify="left")
    for name in ("newsroom", "last run", "verdict"):
        table.add_column(name, no_wrap=True)
    for name in ("new", "updated", "withdrawn"):
        table.add_column(name, justify="right")
    table.add_column("reasons")
    for record in records:
        counts = record.counts
        verdict = f"[{_VERDICT_COLOURS.get(record.verdict, 'red')}]{record.verdict}[/]"
        numbers = map(str, (counts.new, counts.updated, counts.withdrawn))
        table.add_row(record.newsroom, record.started, verdict, *numbers, "; ".join(record.reasons))
    return table
