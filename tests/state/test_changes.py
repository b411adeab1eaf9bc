from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

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
from corpnews.state.records import StoredText
from tests.state.releases import known_article

NOW = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
HEADLINE = "Acme opens “Plant 7” in Nordvik"
BODY = "NORDVIK – Acme's plant cost €1.5 million.\n\nIt will make 1,200 turbines a year – 12% more than today."
KNOWN = known_article(headline=HEADLINE, content_hash=compute_content_hash(HEADLINE, BODY))
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


def test_what_is_found_out_to_be_boilerplate_is_no_change_of_the_text() -> None:
    advert = "Follow us for more news from Nordvik."
    longer, rest = f"{BODY}\n\n{advert}", f"{advert}\nBack"
    assert is_same_page((longer, "Back"), (BODY, rest))
    assert is_same_page((BODY, rest), (longer, "Back"))
    assert not is_same_page((longer, "Back"), (BODY, "Back"))
    assert not is_same_page((BODY, "Back"), (longer, "Back"))
    assert not is_same_page((longer, "Back"), (BODY.replace("12%", "14%"), rest))


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
