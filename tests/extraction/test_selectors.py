"""What a newsroom's selectors select wins over what extraction finds; a selector without a match has no effect."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.extract import extract_page
from corpnews.extraction.selectors import NO_SELECTORS, Selectors, select_date, select_headline, select_region
from tests.pages import HEADLINE, PROSE, detail, paragraphs

if TYPE_CHECKING:
    from corpnews.page.page import Page

LEDE = "The hall is as long as the old rope walk that stood in its place, and twice as high."


def page() -> Page:
    """A page whose obvious headline, date and text are not those of the release."""
    before = f"<div class='deck'><b>Plant in</b> Nordvik</div><div id='lede'><p>{LEDE}</p></div>"
    return detail(
        f"<p class='date'>1 May 2024</p>{paragraphs(*PROSE)}", before=before, after="<p class='made'>Made: 3 May 2024</p>"
    )


def test_declared_headline_date_and_body_win() -> None:
    extracted = extract_page(page(), selectors=Selectors(headline=".deck", date=".made", body="#lede"))
    assert extracted.headline.text == "Plant in Nordvik"
    assert extracted.date_published is not None
    assert extracted.date_published.value == "2024-05-03"
    assert [block.text for block in extracted.region.blocks] == [LEDE]
    assert (extracted.sources["headline"], extracted.sources["date_published"]) == ("selector", "selector")


def test_selectors_without_a_match_leave_the_part_to_extraction() -> None:
    extracted = extract_page(page(), selectors=Selectors(headline=".gone", date=".gone", body=".gone"))
    assert extracted.headline.text == HEADLINE
    assert extracted.date_published is not None
    assert extracted.date_published.value == "2024-05-01"
    assert set(PROSE) <= {block.text for block in extracted.region.blocks}


def test_no_selectors_select_nothing() -> None:
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


BYLINE = "<p class='who'>Words: <b>Ada Berg</b> and <b>Kari Nord</b></p><p class='topic'> Wind  power </p>"


def test_selected_authors_and_section_win() -> None:
    extracted = extract_page(detail(before=BYLINE), selectors=Selectors(author=".who b", section=".topic"))
    assert extracted.authors == ("Ada Berg", "Kari Nord")
    assert extracted.section == "Wind power"
    assert (extracted.sources["authors"], extracted.sources["section"]) == ("selector", "selector")


def test_names_are_read_from_a_selected_byline() -> None:
    assert extract_page(detail(before=BYLINE), selectors=Selectors(author=".who")).authors == ("Ada Berg", "Kari Nord")


def test_selected_images_are_the_only_ones() -> None:
    page = detail(
        f"{paragraphs(*PROSE)}<img src='/plant.jpg'>",
        after="<aside class='press'><img src='/logo-large.svg' width='20'><a href='/x'>Kit <img src='/hall.jpg'></a></aside>",
    )
    urls = [image.url.rpartition("/")[2] for image in extract_page(page, selectors=Selectors(images=".press")).images]
    assert urls == ["logo-large.svg", "hall.jpg"]
    assert [image.url.rpartition("/")[2] for image in extract_page(page).images] == ["plant.jpg"]


def test_removed_elements_are_in_no_field_and_are_named_as_removed() -> None:
    rest = "After it, the text goes on without a box of its own."
    note = f"<div class='note'><p>{LEDE}</p><img src='/note.jpg'></div>"
    page = detail(f"<p>{PROSE[0]}</p>{note}{rest}<p>{PROSE[1]}</p>")
    extracted = extract_page(page, selectors=Selectors(remove=".note, .note p"))
    assert [block.text for block in extracted.region.blocks] == [PROSE[0], rest, PROSE[1]]
    assert not extracted.images
    assert [(removed.text, removed.reason) for removed in extracted.removed] == [(LEDE, "selector")]
    assert LEDE in [block.text for block in page.layout.blocks]


@pytest.mark.parametrize("name", [field.name for field in fields(Selectors)])
def test_invalid_selector_is_named_in_one_line(name: str) -> None:
    selectors = Selectors(**{name: "h1["})
    with pytest.raises(ValueError, match=rf"^selector {name}='h1\[' is no CSS selector: .+$"):
        selectors.check()
    with pytest.raises(ValueError, match=rf"^selector {name}="):
        extract_page(page(), selectors=selectors)


def test_selector_of_another_type_is_named() -> None:
    with pytest.raises(ValueError, match=r"^selector body=3 is no CSS selector"):
        Selectors(body=3).check()  # type: ignore[arg-type]
