"""A text that the page holds again in another container is in the body once."""

from __future__ import annotations

import pytest

from corpnews.extraction.body import find_region
from corpnews.extraction.headline import find_headline
from corpnews.extraction.structured_data import read_structured_data
from tests.pages import PROSE, detail, paragraphs

LEAD = "Acme, the maker of water turbines, will build its third plant in the north and move four hundred jobs there by spring."
HEADS = ("What is built", "Who pays for it")


def body(markup: str) -> list[str]:
    page = detail(markup)
    headline = find_headline(page, read_structured_data(page))
    region = find_region(page.layout, None, headline)
    titles = headline.blocks if headline else ()
    return [block.text for block in region.blocks if block not in titles] if region else []


def test_variants_of_the_text_for_phones_and_desks_are_read_once() -> None:
    text = (
        f"<h2>{HEADS[0]}</h2>{paragraphs(*PROSE[:2])}<ul><li>Two halls</li><li>A weir</li></ul><h2>{HEADS[1]}</h2>"
        + paragraphs(*PROSE[2:])
    )
    variants = "".join(f"<div class='variant hidden-{name}'><div>{text}</div></div>" for name in ("a7", "b3", "c5"))
    assert body(variants) == [HEADS[0], *PROSE[:2], "Two halls", "A weir", HEADS[1], *PROSE[2:]]


def test_lead_that_stands_again_above_the_text_is_read_once() -> None:
    text = paragraphs(LEAD, *PROSE)
    assert body(f"<div class='intro'><div><p>{LEAD}</p></div></div><div class='rich'>{text}</div>") == [LEAD, *PROSE]


@pytest.mark.parametrize("mark", ["“{}”", "«{}»"])
def test_pull_quote_is_read_once_where_the_text_has_it(mark: str) -> None:
    said = "The river has waited for us long enough, and so have the four hundred people who will find work on its bank again."
    quote = f"<div class='q7'><blockquote>{said}</blockquote></div>"
    assert body(paragraphs(*PROSE[:2]) + quote + paragraphs(mark.format(said), PROSE[3])) == [
        *PROSE[:2],
        mark.format(said),
        PROSE[3],
    ]


def test_what_one_container_says_twice_is_kept() -> None:
    texts = (LEAD, *PROSE[:2], LEAD, PROSE[3])
    assert body(paragraphs(*texts)) == list(texts)


def test_rows_and_items_that_recur_are_kept() -> None:
    item = "Warm up for ten minutes, then run four times a kilometre at an even pace, with three minutes of walking in between."
    weeks = "".join(f"<h3>Week {number}</h3><ul><li>{item}</li><li>Rest</li></ul>" for number in (1, 2))
    assert body(paragraphs(*PROSE[:2]) + weeks + paragraphs(*PROSE[2:])).count(item) == 2
