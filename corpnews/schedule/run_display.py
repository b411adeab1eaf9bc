"""What a terminal or a log shows of many runs: a live table of those under way, a line for each that has ended, a summary."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.web.text import plural

if TYPE_CHECKING:
    from corpnews.schedule.due_runs import DueRuns
    from corpnews.schedule.newsroom_runs import EndedRun

_WIDTH_OF_LINES = 1000  # columns: a line is not broken
_COLOURS = {Verdict.OK: "green", Verdict.UNCHANGED: "green", Verdict.BUSY: "cyan", Verdict.DEGRADED: "yellow"}


def create_console() -> Console:
    """Standard output; where it is no terminal, lines are not broken."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH_OF_LINES, highlight=False)


class RunDisplay:
    """Writes to standard output; the table is there on terminals only."""

    def __init__(self, runs: DueRuns, total: int) -> None:
        self.console = create_console()
        self.runs = runs
        self.total = total
        self.verdicts: Counter[Verdict] = Counter()
        self.articles: Counter[str] = Counter()
        self.live = Live(console=self.console, transient=True, auto_refresh=False) if self.console.is_terminal else None

    def __enter__(self) -> Self:
        if self.live:
            self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.live:
            self.live.stop()
        self.console.print(self._summarise())

    def update(self, ended: EndedRun | None) -> None:
        """Write the line of a run that has ended, and refresh the table."""
        if ended:
            self.verdicts[ended.verdict] += 1
            self.articles.update(new=ended.counts.new, updated=ended.counts.updated, withdrawn=ended.counts.withdrawn)
            self.console.print(format_ended_run(ended))
        if self.live:
            self.live.update(self._build_table(), refresh=True)

    def _build_table(self) -> Table:
        done = sum(self.verdicts.values())
        table = Table(box=None, pad_edge=False, caption=f"{done} of {plural(self.total, 'newsroom')}", caption_justify="left")
        table.add_column("under way")
        table.add_column("seconds", justify="right")
        for child in self.runs.running:
            table.add_row(escape(child.newsroom.name), f"{monotonic() - child.started:.0f}")
        return table

    def _summarise(self) -> str:
        verdicts = ", ".join(f"{self.verdicts[verdict]} {verdict}" for verdict in Verdict if self.verdicts[verdict])
        articles = ", ".join(f"{number} {name}" for name, number in self.articles.items() if number) or "no news"
        return f"{plural(self.total, 'newsroom')}: {verdicts}; {articles}" if self.total else "no newsroom is due"


def format_ended_run(ended: EndedRun) -> str:
    """The line of a run, in rich's markup."""
    counts = {"new": ended.counts.new, "updated": ended.counts.updated, "withdrawn": ended.counts.withdrawn}
    numbers = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    verdict = f"[{_COLOURS.get(ended.verdict, 'red')}]{ended.verdict}[/]"
    parts = [verdict, numbers, escape("; ".join(ended.reasons)), f"{ended.seconds:.0f} s"]
    if EXIT_STATUS[ended.verdict]:
        parts.append(f"log: {escape(str(ended.log))}")
    return f"{escape(ended.newsroom)}: {', '.join(filter(None, parts))}"
