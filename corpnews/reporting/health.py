"""Whether a newsroom needs a person, by its last runs: how the last one ended, and whether one is overdue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from corpnews.reporting.run_history import build_run_record
from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.web.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from corpnews.reporting.run_history import RunRecord
    from corpnews.state import PastRun

_MAX_INTERVALS_MISSED: Final = 3
_MIN_OVERDUE: Final = timedelta(days=2)
_OVERDUE_AFTER_SINGLE_RUN: Final = timedelta(days=31)
# What a person should look at first
_URGENCY: Final = (Verdict.BROKEN, Verdict.FAILED, Verdict.BLOCKED, Verdict.DEGRADED, Verdict.OK, Verdict.UNCHANGED)


@dataclass(frozen=True, slots=True)
class NewsroomHealth:
    """The last run of a newsroom that has ended, or never will.

    `overdue` says that there has been no run for long; it is empty if there has been one, or one is under way.
    """

    record: RunRecord
    overdue: str = ""

    @property
    def is_fine(self) -> bool:
        return not (EXIT_STATUS[self.record.verdict] or self.overdue)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the newsroom is not fine."""
        return tuple(filter(None, (self.overdue, *self.record.reasons)))

    @property
    def urgency(self) -> tuple[bool, int, str]:
        """Sorts newsrooms: what needs a person first."""
        return self.is_fine, _URGENCY.index(self.record.verdict), self.record.newsroom


def judge_newsroom(newsroom: str, runs: Sequence[PastRun], now: datetime, *, is_under_way: bool) -> NewsroomHealth | None:
    """Judge a newsroom by its last runs, the latest first; None if its first run is under way."""
    if runs and not runs[0].ended and is_under_way:
        return judge_newsroom(newsroom, runs[1:], runs[0].started, is_under_way=False) if runs[1:] else None
    record = build_run_record(newsroom, runs[0])
    if not runs[0].ended:
        record = replace(record, verdict=Verdict.FAILED, reasons=("it was started and never came to its end",))
    return NewsroomHealth(record, _describe_overdue([run.started for run in runs], now))


def _describe_overdue(starts: Sequence[datetime], now: datetime) -> str:
    intervals = [(later - earlier).total_seconds() for later, earlier in pairwise(starts)]
    usual = timedelta(seconds=median(intervals)) if intervals else None
    limit = max(_MIN_OVERDUE, _MAX_INTERVALS_MISSED * usual) if usual else _OVERDUE_AFTER_SINGLE_RUN
    age = now - starts[0]
    if age <= limit:
        return ""
    known = f", usually every {_describe_duration(usual)}" if usual else ""
    return f"the last run was {_describe_duration(age)} ago{known}"


def _describe_duration(duration: timedelta) -> str:
    """Describe a duration in days, or in hours below two days.

    >>> _describe_duration(timedelta(hours=30)), _describe_duration(timedelta(days=92, hours=4))
    ('30 hours', '92 days')
    """
    hours = round(duration / timedelta(hours=1))
    return plural(hours, "hour") if hours < 48 else plural(round(hours / 24), "day")
