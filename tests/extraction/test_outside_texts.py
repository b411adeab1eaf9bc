"""Comments, teasers, forms and notes below the text are no part of the article, however likely their blocks seem."""

from __future__ import annotations

import numpy as np
import pytest

from corpnews import extract
from corpnews.extraction.body.outside_texts import find_outside_texts
from corpnews.extraction.body.page_blocks import PageBlocks
from corpnews.page.page import Page

URL = "https://acme.example/news/plant-opens"
TEXT = "".join(
    f"<p>The plant in Oslo makes {number} turbines a day, the company said, and its yard will employ {number} people more.</p>"
    for number in range(3, 6)
)
NOTE = "Great news for the town, I have waited for it since the spring of last year."


def find_texts_outside(html: str) -> list[str]:
    """Return the texts that are outside the article if all blocks of the page were likely."""
    page = Page.from_html(f"<body><h1>Plant opens</h1><div class=text>{TEXT}</div>{html}</body>".encode(), URL)
    blocks = PageBlocks(page.layout, None, None)
    outside = find_outside_texts(blocks, np.ones(len(blocks.blocks), dtype=bool), page.host)
    return [block.text for block in blocks.blocks if outside[block.index]]


def build_entries(entry: str) -> str:
    return "".join(f"<div class=row>{entry.format(n=n)}</div>" for n in range(1, 5))


@pytest.mark.parametrize(
    "box",
    ["<div class=comments>{}</div>", "<footer>{}</footer>", "<form>{}</form>", "<div class=author-bio>{}</div>"],
)
def test_texts_in_boxes_named_after_something_else_are_outside(box: str) -> None:
    assert find_texts_outside(box.format(f"<p>{NOTE}</p>")) == [NOTE]


def test_section_of_the_text_named_like_comments_is_inside() -> None:
    assert find_texts_outside(f"<div id=comments-on-the-law><p>{NOTE}</p></div><p>{NOTE} More of it follows.</p>") == []


@pytest.mark.parametrize(
    "entry",
    [
        "<p>Jo Lee</p><p>[2024-05-0{n} 14:26]</p><p>" + NOTE + "</p>",
        "<p>Jo Lee wrote on May {n}, 2024 at 4:05 pm</p><p>" + NOTE + "</p>",
        "<h3><a href=/news/{n}>Acme opens plant number {n}</a></h3><p>0{n}.05.2024</p><p>" + NOTE + "</p>",
        "<p>Today at 13:0{n}</p><h3><a href=https://acme.example/{n}>Acme opens plant {n}</a></h3><p>" + NOTE + "</p>",
    ],
)
def test_dated_comments_and_teasers_of_other_articles_are_outside(entry: str) -> None:
    assert find_texts_outside(build_entries(entry)).count(NOTE) == 4


@pytest.mark.parametrize(
    "entry",
    [
        "<h3>Step {n} of the works</h3><p>" + NOTE + "</p>",
        "<h3>0{n}.05.2024</h3><p>" + NOTE + "</p>",
        "<h3><a href=https://paper.example/{n}>A paper on the plant {n}</a></h3><p>0{n}.05.2024</p><p>" + NOTE + "</p>",
        "<p>1{n}:00 – 1{n}:45</p><h3><a href=/sessions/{n}>How to make turbines {n}</a></h3><p>" + NOTE + "</p>",
        "<h3><a href=/products/{n}>Turbine number {n}</a></h3><p>" + NOTE + "</p>",
    ],
)
def test_sections_chronicles_programmes_and_links_to_other_sites_are_inside(entry: str) -> None:
    assert find_texts_outside(build_entries(entry)) == []


def test_list_that_is_most_of_the_page_is_inside() -> None:
    entries = build_entries("<p>Jo Lee</p><p>[2024-05-0{n} 14:26]</p><p>" + NOTE + "</p>")
    page = Page.from_html(f"<body><h1>Plant opens</h1><p>The hours of the day:</p>{entries}</body>".encode(), URL)
    blocks = PageBlocks(page.layout, None, None)
    assert not find_outside_texts(blocks, np.ones(len(blocks.blocks), dtype=bool), page.host).any()


def test_text_of_a_page_whose_only_box_is_named_after_its_author_comes_out() -> None:
    page = f"<h1>Plant opens in Oslo</h1><time>2024-05-20</time><div class='entry author'><p>{NOTE}</p></div>"
    assert extract(f"<body>{page}</body>", URL).body == NOTE
