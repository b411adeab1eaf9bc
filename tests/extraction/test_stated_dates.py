"""The dates that a page states in its data, beside those that it shows, and those of its updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.dates import ArticleDates, find_dates
from corpnews.extraction.structured_data import read_structured_data
from tests.extraction.dated_pages import article_page, day_of, json_ld, parts, published

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_structured_data_comes_first_with_the_time_that_it_states() -> None:
    page = article_page(after="<p>May 3, 2024</p>", head=json_ld("2024-05-03T08:15:00+02:00"))
    assert published(page) == ("2024-05-03T08:15:00+02:00", "json-ld")


def test_printed_day_has_the_time_that_an_attribute_states_for_it() -> None:
    times = ("08:07:00+02:00", "00:00:00", "12:00:00Z", "12:00:00+02:00")
    found = [published(article_page(after=f"<p><time datetime='2024-05-03T{time}'>3 May 2024</time></p>")) for time in times]
    days = [("2024-05-03", "visible")] * 2  # midnight, and the noon with which Drupal fills a day
    assert found == [("2024-05-03T08:07:00+02:00", "visible"), *days, ("2024-05-03T12:00:00+02:00", "visible")]


def test_meta_element_with_publication_date_in_its_name_is_read() -> None:
    assert published(article_page(head="<meta name='acme.published-date' content='20240503'>")) == ("2024-05-03", "meta")


def test_stated_day_that_is_printed_wins_over_another_printed_day() -> None:
    lines = "<p>May 4, 2024</p><p>May 3, 2024</p>"
    assert published(article_page(after=lines, head=json_ld("2024-05-03T21:36:57Z"))) == ("2024-05-03T21:36:57+00:00", "json-ld")


def test_local_midnight_that_is_stated_in_utc_is_the_visible_day() -> None:
    page = article_page(after="<p>May 4, 2024</p>", head=json_ld("2024-05-03T23:00:00Z"))
    assert published(page) == ("2024-05-04T00:00:00+01:00", "visible")


def test_earlier_visible_day_wins_over_data_that_gives_the_day_of_the_last_change_for_both() -> None:
    line = "<p class='date'>3 May 2024</p>"
    assert published(article_page(after=line, head=json_ld("2024-06-12", "2024-06-12"))) == ("2024-05-03", "visible")
    assert published(article_page(after=line, head=json_ld("2024-06-12", "2024-05-03"))) == ("2024-05-03", "visible")


def test_visible_day_overrides_the_same_time_in_another_time_zone() -> None:
    page = article_page(after="<p>May 4, 2024</p>", head=json_ld("2024-05-03T20:15:00Z"))
    assert published(page) == ("2024-05-04", "visible")


def test_visible_day_overrides_the_day_on_which_the_site_was_migrated() -> None:
    page = article_page(after="<p>Published 3 May 2014</p>", head=json_ld("2022-11-02T10:00:00Z"))
    assert published(page) == ("2014-05-03", "visible")


def test_visible_day_of_the_stated_modification_is_no_publication_date() -> None:
    page = article_page(after="<p>June 9, 2024</p>", head=json_ld("2024-05-03", "2024-06-09T10:00:00Z"))
    assert published(page) == ("2024-05-03", "json-ld")


def test_date_of_an_update_is_no_publication_date_if_both_are_visible() -> None:
    page = article_page(after="<p>Last updated: June 9, 2024 | Published: May 3, 2024</p>")
    assert published(page) == ("2024-05-03", "visible")
    changed = ArticleDates(page, read_structured_data(page), *parts(page)).find_modified(find_dates("2024-05-03")[0])
    assert changed is not None
    assert changed.value == "2024-06-09"


def test_date_of_an_update_is_used_after_those_of_listing_and_url() -> None:
    line = "<p>Updated June 9, 2024</p>"
    assert published(article_page(after=line)) == ("2024-06-09", "visible")
    assert published(article_page(after=line), find_dates("3 May 2024")[0]) == ("2024-05-03", "listing")
    assert published(article_page(after=line, url="https://example.com/2024/05/03/stand")) == ("2024-05-03", "url")
    below = "<p>2024-05-03 | Views: 12</p>"
    assert published(article_page(after=line, end=below, url="https://example.com/2024/05/stand")) == ("2024-05-03", "visible")
    assert published(article_page(after=line, url="https://example.com/2024/05/stand")) == ("2024-05", "url")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (("2024-05-03", "2024-05-03"), None),
        (("2024-05-03", "2024-06-09"), "2024-06-09"),
        (("2024-05-03", ""), None),
        (("2024-05-03", "2024-01-01"), None),
    ],
)
def test_a_modification_date_is_given_only_if_it_is_later_than_publication(claims: Sequence[str], expected: str | None) -> None:
    page = article_page(head=json_ld(*claims))
    found = ArticleDates(page, read_structured_data(page), *parts(page)).find_modified(find_dates(claims[0])[0])
    assert (found.value if found else None) == expected


def test_only_date_in_the_scripts_of_a_page_without_another_is_taken() -> None:
    script = "<script>window.state = {{'article': {{'published_at': '{}T06:22:28+01:00'}}}}</script>"
    assert (day_of(article_page(head=script.format("2019-03-02"))) or "")[:10] == "2019-03-02"
    assert day_of(article_page(head=script.format("2019-03-02") + script.format("2019-03-03"))) is None


def test_meta_element_and_script_may_call_the_day_of_publication_pubtime() -> None:
    assert day_of(article_page(head='<meta name="apub:time" content="2019-9-7 21:30:50">')) == "2019-09-07T21:30:50"
    assert day_of(article_page(head='<script>var data = {"pubtime": "2019-09-07 19:02:26"};</script>')) == "2019-09-07"


def test_page_that_states_only_an_update_was_modified_then() -> None:
    page = article_page(end="<p><em>Last updated: 5/25/20</em></p>", lang="en-US")
    headline, region = parts(page)
    data = read_structured_data(page)
    dates = ArticleDates(page, data, headline, region)
    found = dates.find_published()
    changed = dates.find_modified(found[0] if found else None)
    assert changed is not None
    assert changed.value == "2020-05-25"
