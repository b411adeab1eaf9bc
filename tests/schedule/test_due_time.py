"""When a newsroom is crawled again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from corpnews.reporting.verdict import Verdict
from corpnews.schedule.due_time import get_interval, get_next_due

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def every(days: int, number: int = 12) -> list[str]:
    return [(date(2026, 11, 28) - timedelta(days=days * at)).isoformat() for at in range(number)]


@pytest.mark.parametrize(
    ("dates", "interval"),
    [
        (every(30), DAY),
        (every(4), timedelta(hours=12)),
        (every(1), timedelta(hours=3)),
        (["2026-11-28T09:00:00Z", "2026-11-28T12:00:00Z"] * 6, DAY),
        (every(1, 3), DAY),
        (["2026", "2025"], DAY),
    ],
)
def test_newsrooms_that_publish_often_are_crawled_often(dates: list[str], interval: timedelta) -> None:
    assert get_interval(None, dates) == interval


def test_what_the_list_says_wins() -> None:
    assert get_interval(timedelta(minutes=30), every(30)) == timedelta(minutes=30)


def wait(verdict: Verdict, failures: int, interval: timedelta = DAY) -> timedelta:
    return get_next_due(verdict, failures, interval, NOW, Random(1))[0] - NOW


def test_failed_runs_are_repeated_soon_then_seldom() -> None:
    waits = [wait(Verdict.FAILED, failures) for failures in range(12)]
    assert waits[0] < 17 * timedelta(minutes=1)
    assert all(1.5 < later / earlier < 2.5 for earlier, later in pairwise(waits[:7]))
    assert max(waits) < 1.1 * DAY


def test_site_that_refuses_robots_is_left_alone_for_longer() -> None:
    assert wait(Verdict.BLOCKED, 0, HOUR) > 0.9 * DAY
    assert wait(Verdict.BLOCKED, 3, HOUR) > 7 * DAY


def test_good_run_ends_the_count_of_failures() -> None:
    assert get_next_due(Verdict.FAILED, 2, DAY, NOW, Random(1))[1] == 3
    assert get_next_due(Verdict.DEGRADED, 2, DAY, NOW, Random(1))[1] == 0
    assert get_next_due(Verdict.BUSY, 2, DAY, NOW, Random(1))[1] == 2


def test_newsrooms_added_together_do_not_stay_together() -> None:
    random = Random(7)
    dues = [get_next_due(Verdict.OK, 0, DAY, NOW, random)[0] for _ in range(100)]
    assert max(dues) - min(dues) > 3 * HOUR
    assert all(0.9 * DAY <= due - NOW <= 1.1 * DAY for due in dues)
