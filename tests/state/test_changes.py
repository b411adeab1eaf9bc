from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpnews.cleaning.article import compute_content_hash
from corpnews.state.changes import (
    MAX_DIFF_LENGTH,
    Change,
    build_diff,
    build_withdrawn_article,
    detect_change,
    is_same_page,
    is_withdrawn,
)
from corpnews.state.records import KnownArticle, StoredText
from corpnews.state.revisit import get_latest_publication, get_next_visit, is_visit_due

NOW = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
HEADLINE = "Acme opens “Plant 7” in Nordvik"
BODY = "NORDVIK – Acme's plant cost €1.5 million.\n\nIt will make 1,200 turbines a year – 12% more than today."
KNOWN = KnownArticle(
    id="1",
    url="https://acme.example/news/1",
    headline=HEADLINE,
    language="en",
    date_published="2026-11-20",
    content_hash=compute_content_hash(HEADLINE, BODY),
    status="new",
    version=1,
    duplicate_of=None,
    first_seen=NOW,
    last_seen=NOW,
    checked=NOW,
    due=NOW,
    missing=0,
    missing_in=None,
)
ARTICLE = replace(build_withdrawn_article(KNOWN, "acme", "Acme", BODY, NOW), status="new")


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("'", "’").replace("–", "-"),
        BODY.replace(" ", "\u00a0").replace("\n\n", "\n"),
        BODY.replace("million", "mil\u00adlion"),
        BODY.replace("€1.5", "€ 1.5").replace("12%", "12 %"),
        f"  {BODY.upper()}  ",
    ],
)
def test_typography_makes_no_new_version(body: str) -> None:
    assert compute_content_hash(HEADLINE.replace("“", '"').replace("”", '"'), body) == KNOWN.content_hash


@pytest.mark.parametrize(
    ("said", "corrected"),
    [("1.5", "15"), ("1.5", "2.5"), ("12%", "12"), ("€", "$"), ("1,200", "1.200"), ("more", "less"), ("plant", "plants")],
)
def test_every_word_and_figure_counts(said: str, corrected: str) -> None:
    assert compute_content_hash(HEADLINE, BODY.replace(said, corrected)) != KNOWN.content_hash


def test_sign_of_a_number_counts() -> None:
    assert (
        compute_content_hash("Results", "Sales: −5")
        == compute_content_hash("Results", "Sales: -5")
        != compute_content_hash("Results", "Sales: 5")
    )


@pytest.mark.parametrize(("text", "other"), [("कंपनी", "कपनी"), ("ไม่", "ไม"), ("透水砖", "透水石"), ("завод", "завода")])
def test_every_script_counts(text: str, other: str) -> None:
    assert compute_content_hash("", text) != compute_content_hash("", other)


def test_words_do_not_move_between_headline_and_body_unseen() -> None:
    assert compute_content_hash("Plant opens", "today") != compute_content_hash("Plant", "opens today")


def test_unknown_article_is_new_and_unchanged_one_is_no_news() -> None:
    assert detect_change(ARTICLE, None, None) == Change("new", 1)
    assert detect_change(ARTICLE, KNOWN, None) == Change("unchanged", 1)


def test_each_change_is_a_version() -> None:
    other = StoredText("It opens in spring.")
    assert detect_change(ARTICLE, replace(KNOWN, content_hash="other"), other) == Change("updated", 2)
    again = replace(KNOWN, content_hash="other", status="updated", version=4)
    assert detect_change(ARTICLE, again, other) == Change("updated", 5)


def test_page_that_is_read_differently_is_no_change() -> None:
    known = replace(KNOWN, content_hash="of a body with an advert")
    assert detect_change(ARTICLE, known, StoredText(BODY)) == Change("reread", 1)
    assert detect_change(replace(ARTICLE, headline="Other"), known, StoredText(BODY)) == Change("updated", 2)


def test_article_gone_in_two_runs_is_withdrawn_once() -> None:
    missing = replace(KNOWN, missing=1, missing_in=7)
    assert not is_withdrawn(KNOWN, run=7)
    assert not is_withdrawn(missing, run=7)
    assert is_withdrawn(missing, run=8)
    assert not is_withdrawn(replace(missing, status="withdrawn"), run=8)


def test_withdrawn_article_that_is_back_is_news_even_if_its_text_is_the_same() -> None:
    assert detect_change(ARTICLE, replace(KNOWN, status="withdrawn"), None) == Change("updated", 2)


def test_what_is_found_out_to_be_furniture_is_no_change_of_the_text() -> None:
    advert = "Follow us for more news from Nordvik."
    longer, rest = f"{BODY}\n\n{advert}", f"{advert}\nBack"
    assert is_same_page((longer, "Back"), (BODY, rest))
    assert is_same_page((BODY, rest), (longer, "Back"))
    assert not is_same_page((longer, "Back"), (BODY, "Back"))
    assert not is_same_page((BODY, "Back"), (longer, "Back"))
    assert not is_same_page((longer, "Back"), (BODY.replace("12%", "14%"), rest))


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


def test_difference_shows_paragraphs_that_came_and_went() -> None:
    first, second = BODY.split("\n\n")
    changed = second.replace("1,200", "1,400")
    said = build_diff((HEADLINE, BODY), ("Acme opens plant", f"{first}\n\n{changed}\n\nHiring begins in May."))
    assert said.splitlines() == [
        "@@ -1 +1 @@",
        f"-{HEADLINE}",
        "+Acme opens plant",
        "@@ -3 +3,2 @@",
        f"-{second}",
        f"+{changed}",
        "+Hiring begins in May.",
    ]


def test_difference_of_the_same_text_is_empty() -> None:
    assert build_diff((HEADLINE, BODY), (HEADLINE, BODY)) == ""


@pytest.mark.parametrize("body", ["x\n\n" * 200_000, "x y" * 1_000_000, "\n\n".join(f"{number}" for number in range(100_000))])
def test_difference_of_huge_texts_is_small_and_soon_there(body: str) -> None:
    started = time.process_time()
    assert len(build_diff((HEADLINE, body), (HEADLINE, f"y\n\nx {body[1:]}"))) <= MAX_DIFF_LENGTH + 1
    assert time.process_time() - started < 5
