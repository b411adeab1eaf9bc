"""When a newsroom is crawled again: how often it publishes decides, and how its last run ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from corpnews.reporting.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_SHORTEST: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(days=1)
_RUNS_PER_RELEASE: Final = 8  # a release is then seen after an eighth of the usual time between two
_MIN_DATES: Final = 4
_FIRST_RETRY: Final = timedelta(minutes=15)
_FIRST_RETRY_OF_KILLED: Final = timedelta(minutes=1)  # the site is not to blame, and what it listed waits
_MAX_DOUBLINGS: Final = 6
_JITTER: Final = 0.1  # so that newsrooms that were added together do not stay together
_FAILED_VERDICTS: Final = (Verdict.FAILED, Verdict.BROKEN)


def get_interval(every: timedelta | None, release_dates: Sequence[str]) -> timedelta:
    """How long to wait between two runs that went well; `release_dates` are ISO 8601, `every` decides if it is set.

    >>> get_interval(None, ["2026-11-28", "2026-11-26", "2026-11-24T09:00:00Z", "2026-11-22"])
    datetime.timedelta(seconds=21600)
    """
    if every:
        return every
    days = sorted({date.fromisoformat(each[:10]) for each in release_dates if len(each) >= len("2026-11-28")})
    if len(days) < _MIN_DATES:
        return _LONGEST
    gap = median((later - earlier).days for earlier, later in pairwise(days))
    return max(_SHORTEST, min(_LONGEST, timedelta(days=gap) / _RUNS_PER_RELEASE))


def get_next_due(
    verdict: Verdict, failures: int, interval: timedelta, now: datetime, random: Random, *, is_killed: bool = False
) -> tuple[datetime, int]:
    """When the newsroom is due after a run with this verdict, and how many runs in a row have failed by then.

    A run that failed, was killed or cut short is repeated soon, then at growing distances; a site that refuses robots is left
    alone for longer.
    """
    if verdict is Verdict.BUSY:
        return now + _FIRST_RETRY, failures
    if verdict in _FAILED_VERDICTS:
        first = _FIRST_RETRY_OF_KILLED if is_killed else _FIRST_RETRY
        wait = min(interval, first * 2 ** min(failures, _MAX_DOUBLINGS))
        failures += 1
    elif verdict is Verdict.BLOCKED:
        wait = max(interval, _LONGEST) * 2 ** min(failures, 3)
        failures += 1
    else:
        wait, failures = interval, 0
    return now + wait * random.uniform(1 - _JITTER, 1 + _JITTER), failures
