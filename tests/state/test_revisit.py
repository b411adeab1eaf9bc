from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpnews.extraction.dates import FoundDate
from corpnews.state.records import KnownPage, Validators
from corpnews.state.revisit import (
    MAX_REVISITS_PER_RUN,
    RevisitSchedule,
    get_latest_publication,
    get_next_visit,
    is_visit_due,
)
from tests.state.releases import known_article

NOW = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
KNOWN = known_article(due=NOW)


def page(**fields: object) -> KnownPage:
    return replace(KnownPage(NOW - timedelta(days=1), Validators(), None), **fields)  # type: ignore[arg-type]


def accepts_from_2024(outcome: str) -> bool:
    return outcome >= "too_old 2024"


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (timedelta(hours=3), timedelta(0)),
        (timedelta(days=3), timedelta(hours=20)),
        (timedelta(days=30), timedelta(days=6, hours=12)),
        (timedelta(days=300), timedelta(days=29)),
        (timedelta(days=366), None),
        (timedelta(days=9000), None),
    ],
)
def test_older_releases_are_looked_at_less_often(age: timedelta, pause: timedelta | None) -> None:
    expected = None if pause is None else NOW + pause
    assert get_next_visit((NOW - age).isoformat(), NOW, NOW) == expected
    assert get_next_visit(None, NOW - age, NOW) == expected


def test_daily_run_that_starts_a_minute_early_skips_no_day() -> None:
    due = get_next_visit("2026-11-18", NOW - timedelta(days=5), NOW)
    assert is_visit_due(replace(KNOWN, due=due), NOW + timedelta(days=1, minutes=-1))
    assert not is_visit_due(replace(KNOWN, due=due), NOW + timedelta(hours=12))
    assert not is_visit_due(replace(KNOWN, due=None), NOW + timedelta(days=1))


def test_archive_that_is_found_today_is_old() -> None:
    assert get_next_visit("2015-03-02", NOW, NOW) is None


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2024", "2024-12-31T23:59:59+00:00"),
        ("2024-02", "2024-02-29T23:59:59+00:00"),
        ("2024-02-03", "2024-02-03T23:59:59+00:00"),
        ("2024-02-03T10:00", "2024-02-03T10:00:00+00:00"),
        ("2024-02-03T10:00:00+08:00", "2024-02-03T10:00:00+08:00"),
        ("2026", NOW.isoformat()),
        ("9999-12-31", NOW.isoformat()),
        (None, NOW.isoformat()),
    ],
)
def test_publication_is_no_later_than_the_day_on_which_the_release_was_found(stated: str | None, moment: str) -> None:
    assert get_latest_publication(stated, NOW).isoformat() == moment


@pytest.mark.parametrize(
    ("known", "is_due"),
    [
        (page(), False),
        (page(outcome="not_html"), False),
        (page(outcome="not_html", checked=NOW - timedelta(days=31)), True),
        (page(outcome="too_old 2020-01-01", checked=NOW - timedelta(days=31)), False),
        (page(outcome="too_old 2024-05-03"), True),
        (page(article=replace(KNOWN, due=None)), False),
        (page(article=replace(KNOWN, due=None, status="withdrawn")), True),
    ],
)
def test_known_page_is_fetched_again_by_what_it_was(known: KnownPage, *, is_due: bool) -> None:
    assert RevisitSchedule(NOW, accepts_from_2024).is_due(known, None) is is_due
    assert RevisitSchedule(NOW, accepts_from_2024, full=True).is_due(known, None)


def test_article_that_its_source_says_was_changed_since_is_fetched_again() -> None:
    schedule, known = RevisitSchedule(NOW, accepts_from_2024), page(article=replace(KNOWN, due=None))
    changed = [
        FoundDate(value, "day", value, 0, len(value)) for value in ("2026-11-22", "2026-11-23", "2026-11-22T07:00:00+00:00")
    ]
    assert [schedule.is_due(known, date) for date in changed] == [False, True, True]


def test_no_more_articles_are_fetched_again_than_a_run_has_time_for() -> None:
    schedule = RevisitSchedule(NOW, accepts_from_2024)
    due = [schedule.is_due(page(article=KNOWN), None) for _ in range(MAX_REVISITS_PER_RUN + 5)]
    assert due == [True] * MAX_REVISITS_PER_RUN + [False] * 5
