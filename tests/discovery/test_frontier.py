from __future__ import annotations

import json

from corpnews.discovery import ArticleCandidate, ArticleLink, Frontier
from corpnews.discovery.frontier import build_row, parse_row
from corpnews.extraction.dates import find_dates

NEWS = "https://www.example.com/news/"


def lead(name: str, via: str = "listing", **known: object) -> ArticleCandidate:
    return ArticleCandidate(ArticleLink(f"{NEWS}{name}/", **known), via, NEWS)  # type: ignore[arg-type]


def names(leads: list[ArticleCandidate]) -> list[str]:
    return [each.link.url.removeprefix(NEWS).strip("/") for each in leads]


def test_articles_are_given_out_once_in_the_order_in_which_they_were_found() -> None:
    frontier = Frontier()
    for name in "cab":
        assert frontier.add(lead(name))
    assert not frontier.add(lead("a"))
    assert names(frontier.next_batch(2)) == ["c", "a"]
    assert frontier.list_pending()
    assert names(frontier.next_batch(9)) == ["b"]
    assert not frontier.list_pending()
    assert len(frontier) == 3


def test_spellings_of_one_url_are_one_article() -> None:
    frontier = Frontier()
    frontier.add(lead("a"))
    assert not frontier.add(ArticleCandidate(ArticleLink("http://example.com/News/A?utm_source=mail"), "feed", NEWS))
    assert frontier.contains("https://example.com/news/a/index.html")


def test_article_with_a_number_like_a_year_is_one_with_and_without_a_slash() -> None:
    frontier = Frontier()
    assert frontier.add(lead("2024"))
    assert not frontier.add(ArticleCandidate(ArticleLink(f"{NEWS}2024", title="Acme opens a plant"), "listing", NEWS))
    assert [each.link.title for each in frontier.next_batch(9)] == ["Acme opens a plant"]
    assert not frontier.contains(f"{NEWS}2024")  # which may be the archive of the year


def test_article_that_was_claimed_is_not_given_out() -> None:
    frontier = Frontier()
    frontier.add(lead("a"))
    assert frontier.claim(f"{NEWS}a/")
    assert not frontier.claim(f"{NEWS}a/")
    assert frontier.next_batch(9) == []


def test_all_that_is_known_of_an_article_comes_back() -> None:
    (day,), (time,) = find_dates("May 3, 2024"), find_dates("2024-05-04T10:00:00+02:00")
    known = lead(
        "a", title="Acme opens plant", date=day, modified=time, language="en", translations=(("de", "https://a.example/de"),)
    )
    frontier = Frontier()
    frontier.add(known)
    (back,) = frontier.next_batch(1)
    assert (back.link.title, back.link.language, back.link.translations) == (
        "Acme opens plant",
        "en",
        (("de", "https://a.example/de"),),
    )
    assert back.link.date
    assert (back.link.date.value, back.link.date.precision, back.link.date.raw) == (day.value, day.precision, day.raw)
    assert back.link.modified
    assert back.link.modified.value == time.value


def test_candidate_survives_as_plain_values() -> None:
    (day,) = find_dates("2024-05-03")
    known = ArticleCandidate(
        ArticleLink(f"{NEWS}a/", "Acme opens plant", day, day, "en", (("de", "https://a.example/de"),)),
        "feed",
        NEWS,
        2,
        "listing",
    )
    assert parse_row(json.loads(json.dumps(build_row(known)))) == known
    assert parse_row(build_row(ArticleCandidate(ArticleLink(NEWS), "feed", NEWS))).link == ArticleLink(NEWS)


def test_a_later_source_fills_missing_fields_and_changes_nothing_else() -> None:
    (day,), (other,) = find_dates("2024-05-03"), find_dates("2024-06-01")
    frontier = Frontier()
    frontier.add(lead("a", title="Acme opens its new…", date=day))
    frontier.add(lead("a", "feed", title="Acme opens its new plant", date=other, language="en"))
    merged = frontier.get(f"{NEWS}a/")
    assert merged
    assert (merged.via, merged.link.title, merged.link.language) == ("listing", "Acme opens its new plant", "en")
    assert merged.listing_entry.date
    assert (merged.listing_entry.date.value, merged.listing_entry.date_source) == ("2024-05-03", "listing")


def test_a_more_precise_date_is_taken_and_its_source_named() -> None:
    (day,), (time,) = find_dates("2024-05-03"), find_dates("2024-05-03T10:00:00+02:00")
    frontier = Frontier()
    frontier.add(lead("a", date=day))
    frontier.add(lead("a", "feed", date=time))
    merged = frontier.get(f"{NEWS}a/")
    assert merged
    assert merged.listing_entry.date
    assert (merged.listing_entry.date.value, merged.listing_entry.date_source) == ("2024-05-03T10:00:00+02:00", "feed")
