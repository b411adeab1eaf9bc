"""What a newsroom declares wins over what would be found; where it matches nothing, what is found stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cssselect import SelectorError

from corpnews.extraction.extract import extract_page
from corpnews.extraction.selectors import NO_SELECTORS, Selectors, select_date, select_headline, select_region
from tests.pages import HEADLINE, PROSE, detail, paragraphs

if TYPE_CHECKING:
    from corpnews.page.page import Page

LEDE = "The hall is as long as the old rope walk that stood in its place, and twice as high."


def page() -> Page:
    """A page whose obvious headline, date and text are not those that its newsroom means."""
    before = f"<div class='deck'><b>Plant in</b> Nordvik</div><div id='lede'><p>{LEDE}</p></div>"
    return detail(
        f"<p class='date'>1 May 2024</p>{paragraphs(*PROSE)}", before=before, after="<p class='made'>Made: 3 May 2024</p>"
    )


def test_declared_headline_date_and_body_win() -> None:
    draft = extract_page(page(), selectors=Selectors(headline=".deck", date=".made", body="#lede"))
    assert draft.headline.text == "Plant in Nordvik"
    assert draft.date_published is not None
    assert draft.date_published.value == "2024-05-03"
    assert [block.text for block in draft.region.blocks] == [LEDE]
    assert (draft.sources["headline"], draft.sources["date_published"]) == ("selector", "selector")


def test_selectors_that_match_nothing_leave_it_to_what_is_found() -> None:
    draft = extract_page(page(), selectors=Selectors(headline=".gone", date=".gone", body=".gone"))
    assert draft.headline.text == HEADLINE
    assert draft.date_published is not None
    assert draft.date_published.value == "2024-05-01"
    assert set(PROSE) <= {block.text for block in draft.region.blocks}


def test_nothing_declared_selects_nothing() -> None:
    assert select_headline(page(), NO_SELECTORS) is None
    assert select_date(page(), NO_SELECTORS) is None
    assert select_region(page(), NO_SELECTORS) is None


def test_selected_headline_knows_its_blocks() -> None:
    found = select_headline(detail(before="<div class='deck'><p>Plant</p><p>in Nordvik</p></div>"), Selectors(headline=".deck"))
    assert found is not None
    assert [block.text for block in found.blocks] == ["Plant", "in Nordvik"]
    assert found.block is found.blocks[0]


def test_selected_headline_may_be_part_of_a_block() -> None:
    found = select_headline(detail(before="<p>News: <b class='t'>Plant in Nordvik</b></p>"), Selectors(headline="b.t"))
    assert found is not None
    assert (found.text, found.block) == ("Plant in Nordvik", None)


@pytest.mark.parametrize(
    "element", ["<time datetime='2024-05-03T08:00'>yesterday</time>", "<time>3. Mai 2024</time>", "<time>2024年5月3日</time>"]
)
def test_selected_date_is_read_from_its_attribute_or_its_text(element: str) -> None:
    found = select_date(detail(before=element), Selectors(date="time"))
    assert found is not None
    assert found[0].value.startswith("2024-05-03")


def test_selected_element_without_a_date_or_text_selects_nothing() -> None:
    empty = detail(before="<p class='date'>soon</p><h2 class='title'> </h2><div class='empty'></div>")
    assert select_date(empty, Selectors(date=".date")) is None
    assert select_headline(empty, Selectors(headline=".title")) is None
    assert select_region(empty, Selectors(body=".empty")) is None


def test_first_of_several_matches_is_taken() -> None:
    found = select_region(detail(after=f"<div class='text'>{paragraphs(LEDE)}</div>"), Selectors(body=".text"))
    assert found is not None
    assert [block.text for block in found.blocks] == list(PROSE)


def test_selector_that_is_none_is_named_as_such() -> None:
    with pytest.raises(SelectorError):
        select_headline(page(), Selectors(headline="h1["))
