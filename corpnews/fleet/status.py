"""How a fleet is: what each newsroom is doing, and how its last run ended."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from corpnews.fleet.due_sites import find_waiting_sites
from corpnews.fleet.queue import count_workers, raise_queue_errors
from corpnews.items import format_utc
from corpnews.reporting.health import judge_newsroom
from corpnews.reporting.verdict import Verdict
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from procrastinate import App

    from corpnews.reporting.health import NewsroomHealth
    from corpnews.schedule.newsroom_runs import NewsroomRuns
    from corpnews.state.newsroom_list import ListedNewsroom

_LATE_AFTER: Final = timedelta(minutes=15)
_RUNS_COMPARED: Final = 10
_WIDTH_WITHOUT_TERMINAL: Final = 200  # columns
_COLOURS: Final = {"running": "cyan", "late": "red"}


class NewsroomState(StrEnum):
    """What a newsroom of a fleet is doing; it is late if it has been due for a quarter of an hour and is not crawled."""

    RUNNING = "running"
    LATE = "late"
    WAITING = "waiting"
    DUE = "due"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class NewsroomStatus:
    """A newsroom's state and the verdict on its last run, None before the first."""

    newsroom: ListedNewsroom
    state: NewsroomState
    verdict: Verdict | None
    reasons: tuple[str, ...]
    last_run: str | None
    is_fine: bool

    @property
    def line(self) -> dict[str, Any]:
        """The status for programs."""
        return {
            "newsroom": self.newsroom.name,
            "state": self.state,
            "due": format_utc(self.newsroom.due),
            "failures": self.newsroom.failures,
            "verdict": self.verdict,
            "reasons": [*self.reasons],
            "last_run": self.last_run,
        }


@dataclass(frozen=True, slots=True)
class FleetStatus:
    """All newsrooms of the list, and how many workers there are."""

    newsrooms: list[NewsroomStatus]
    workers: int

    @property
    def is_fine(self) -> bool:
        return all(each.is_fine for each in self.newsrooms)


async def read_fleet_status(queue: App, runs: NewsroomRuns, now: datetime) -> FleetStatus:
    """Read how the fleet is at this time. Raises StoreError."""
    with raise_queue_errors():
        async with queue.open_async():
            waiting = await find_waiting_sites(queue)
            workers = await count_workers(queue)
    return FleetStatus(await asyncio.to_thread(lambda: list(_judge_newsrooms(runs, waiting, now))), workers)


def _judge_newsrooms(runs: NewsroomRuns, waiting: set[str], now: datetime) -> Iterator[NewsroomStatus]:
    under_way = runs.newsroom_list.find_under_way()
    past = {each.newsroom: each.runs for each in runs.store.recent_runs(_RUNS_COMPARED)}
    for newsroom in runs.newsroom_list.read():
        is_running = newsroom.name in under_way
        health = None
        if newsroom.name in past:
            health = judge_newsroom(newsroom.name, past[newsroom.name], now, is_under_way=is_running)
        is_waiting = newsroom.due <= now and runs.get_site(newsroom) in waiting
        yield _describe(newsroom, _get_state(newsroom, now, is_running=is_running, is_waiting=is_waiting), health)


def _get_state(newsroom: ListedNewsroom, now: datetime, *, is_running: bool, is_waiting: bool) -> NewsroomState:
    if is_running:
        return NewsroomState.RUNNING
    if newsroom.due + _LATE_AFTER < now:
        return NewsroomState.LATE
    if is_waiting:
        return NewsroomState.WAITING
    return NewsroomState.DUE if newsroom.due <= now else NewsroomState.SCHEDULED


def _describe(newsroom: ListedNewsroom, state: NewsroomState, health: NewsroomHealth | None) -> NewsroomStatus:
    """The status of a newsroom; a run that did not come to leave a record has left a failure."""
    verdict = health.record.verdict if health else None
    reasons = health.reasons if health else ()
    is_fine = health is None or health.is_fine
    if is_fine and newsroom.failures and state is not NewsroomState.RUNNING:
        is_fine, verdict = False, Verdict.FAILED
        reasons = (f"{plural(newsroom.failures, 'run')} in a row did not come to an end",)
    if state is NewsroomState.LATE:
        reasons = (f"due since {format_utc(newsroom.due)}", *reasons)
    last_run = health.record.started if health else None
    return NewsroomStatus(newsroom, state, verdict, reasons, last_run, is_fine and state is not NewsroomState.LATE)


def print_fleet_status(status: FleetStatus, *, as_json: bool) -> None:
    """Print a line of JSON for each newsroom; or a table of those that are at work or not well, and a summary."""
    if as_json:
        for each in status.newsrooms:
            sys.stdout.write(json.dumps(each.line, ensure_ascii=False) + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL, highlight=False)
    shown = [each for each in status.newsrooms if not each.is_fine or each.state is not NewsroomState.SCHEDULED]
    if shown:
        console.print(_build_table(shown))
    console.print(_summarise(status))


def _build_table(shown: Sequence[NewsroomStatus]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("newsroom", "state", "due", "failures", "last run", "verdict"):
        table.add_column(name, no_wrap=True)
    table.add_column("reasons")
    for each in shown:
        state = f"[{_COLOURS.get(each.state, 'default')}]{each.state}[/]"
        verdict = f"[{'green' if each.is_fine else 'red'}]{each.verdict or '-'}[/]"
        row = (escape(each.newsroom.name), state, format_utc(each.newsroom.due), str(each.newsroom.failures))
        table.add_row(*row, each.last_run or "-", verdict, escape("; ".join(each.reasons)))
    return table


def _summarise(status: FleetStatus) -> str:
    states = Counter(each.state for each in status.newsrooms)
    parts = [f"{states[state]} {state}" for state in NewsroomState if states[state]]
    parts.append(f"{sum(each.is_fine for each in status.newsrooms)} fine")
    return f"{plural(len(status.newsrooms), 'newsroom')}: {', '.join(parts)}; {plural(status.workers, 'worker')}"
