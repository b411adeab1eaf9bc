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

from corpnews.reporting import run_history as runs
from corpnews.reporting.verdict import EXIT_STATUS, Verdict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_WIDTH_WITHOUT_TERMINAL = 200  # columns
_VERDICT_COLOURS = {Verdict.OK: "green", Verdict.UNCHANGED: "green", Verdict.DEGRADED: "yellow"}


class Command(ScrapyCommand):
    """The exit status is 2 if there is no run, 1 if the last run of a newsroom was not `ok` or `unchanged`, otherwise 0."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [FOLDER]"

    def short_desc(self) -> str:
        return "Report how the last run of each newsroom ended"

    def long_desc(self) -> str:
        return "Report how the last run of each newsroom below FOLDER ended (default: the setting CORPNEWS_OUTPUT_DIR)."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON line per newsroom instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 1:
            raise UsageError("give at most one folder", print_help=False)
        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        folder = Path(args[0] if args else self.settings["CORPNEWS_OUTPUT_DIR"])
        latest = list(runs.iter_latest_runs(folder))
        if not latest:
            raise UsageError(f"no runs of newsrooms below {folder}", print_help=False)
        if opts.json:
            for account in latest:
                sys.stdout.write(json.dumps(asdict(account), ensure_ascii=False) + "\n")
        else:
            Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL).print(_build_report_table(latest))
        self.exitcode = int(any(EXIT_STATUS[account.verdict] for account in latest))


def _build_report_table(accounts: Sequence[runs.RunRecord]) -> Table:
    """Build a table with a row per newsroom and a caption with the number of good runs."""
    good = sum(not EXIT_STATUS[account.verdict] for account in accounts)
    rows = Table(box=None, pad_edge=False, caption=f"{good} of {len(accounts)} newsrooms are fine", caption_justify="left")
    rows.add_column("newsroom", no_wrap=True)
    rows.add_column("last run", no_wrap=True)
    rows.add_column("verdict", no_wrap=True)
    rows.add_column("new", justify="right")
    rows.add_column("updated", justify="right")
    rows.add_column("withdrawn", justify="right")
    rows.add_column("reasons")
    for account in accounts:
        counts = account.counts
        verdict = f"[{_VERDICT_COLOURS.get(account.verdict, 'red')}]{account.verdict}[/]"
        numbers = map(str, (counts.new, counts.updated, counts.withdrawn))
        rows.add_row(account.newsroom, account.started, verdict, *numbers, "; ".join(account.reasons))
    return rows
