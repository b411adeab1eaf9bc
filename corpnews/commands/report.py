"""`scrapy report`: how the last run of each newsroom ended."""

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

from corpnews import runs
from corpnews.verdict import EXIT_STATUS, Verdict

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

WIDE = 200  # columns, where no terminal says how many there are
COLOURS = {Verdict.OK: "green", Verdict.UNCHANGED: "green", Verdict.DEGRADED: "yellow"}


class Command(ScrapyCommand):
    """The exit status is 2 where there are no runs to report on, 1 if one of them did not end as it should."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [FOLDER]"

    def short_desc(self) -> str:
        return "Report how the last run of each newsroom ended"

    def long_desc(self) -> str:
        return "Report how the last run of each newsroom ended, whose lines are in FOLDER, by default that of all results."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON line a newsroom, not a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 1:
            message = "name one folder"
            raise UsageError(message, print_help=False)
        assert self.settings is not None  # noqa: S101 - scrapy.cmdline has set them by now
        folder = Path(args[0] if args else self.settings["OUTPUT_DIR"])
        latest = list(runs.latest(folder))
        if not latest:
            message = f"there is no account of a run below {folder}"
            raise UsageError(message, print_help=False)
        if opts.json:
            for account in latest:
                sys.stdout.write(json.dumps(asdict(account), ensure_ascii=False) + "\n")
        else:
            Console(width=None if sys.stdout.isatty() else WIDE).print(table(latest))
        self.exitcode = int(any(EXIT_STATUS[account.verdict] for account in latest))


def table(accounts: Sequence[runs.Account]) -> Table:
    """A row a newsroom, and the sum of all."""
    good = sum(not EXIT_STATUS[account.verdict] for account in accounts)
    rows = Table(box=None, pad_edge=False, caption=f"{good} of {len(accounts)} as they should be", caption_justify="left")
    rows.add_column("newsroom", no_wrap=True)
    rows.add_column("last run", no_wrap=True)
    rows.add_column("verdict", no_wrap=True)
    rows.add_column("new", justify="right")
    rows.add_column("updated", justify="right")
    rows.add_column("withdrawn", justify="right")
    rows.add_column("reasons")
    for account in accounts:
        counts = account.counts
        verdict = f"[{COLOURS.get(account.verdict, 'red')}]{account.verdict}[/]"
        numbers = map(str, (counts.new, counts.updated, counts.withdrawn))
        rows.add_row(account.newsroom, account.started, verdict, *numbers, "; ".join(account.reasons))
    return rows
