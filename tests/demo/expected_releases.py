"""The expected results of a crawl of the demo newsroom, read from its release files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

from corpnews.demo.pages import DEMO_EDITIONS, load_demo_releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

BLOCKS = ".//p | .//h2 | .//li | .//tr | .//cite"


@dataclass(frozen=True, slots=True)
class ExpectedRelease:
    """One release; `body` and `end_matter` are the lines of its text.

    A line is a paragraph, list item, subheading or table row, whose cells are separated by " | ".
    """

    path: str
    language: str
    headline: str
    date_published: str | None
    date_modified: str | None
    body: tuple[str, ...]
    end_matter: tuple[str, ...]


def read_expected_releases() -> list[ExpectedRelease]:
    """Every release of both editions, in listing order."""
    return [
        ExpectedRelease(
            release.path,
            release.language,
            release.headline,
            release.date,
            release.updated,
            tuple(read_paragraphs(release.body)),
            tuple(read_paragraphs(release.end_matter)),
        )
        for edition in DEMO_EDITIONS
        for release in load_demo_releases(edition)
    ]


def read_paragraphs(fragment: str) -> Iterator[str]:
    """The text of each block in `fragment`, without captions and links to files."""
    if not fragment:
        return
    for element in html.fragment_fromstring(fragment.replace("<br>", "\n"), create_parent="div").xpath(BLOCKS):
        cells = [collapse_text(cell) for cell in element.iter("td", "th")]
        if cells:
            yield " | ".join(cells)
        elif not is_caption(element) and not is_file(element):
            yield from (line for line in map(str.strip, element.text_content().splitlines()) if line)


def collapse_text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def is_caption(element: HtmlElement) -> bool:
    """Whether it is a centred paragraph that contains or follows an image."""
    before = element.getprevious()
    return "center" in element.get("style", "") and any(
        each is not None and each.find("img") is not None for each in (element, before)
    )


def is_file(element: HtmlElement) -> bool:
    return any(link.get("href", "").endswith(".pdf") for link in element.iter("a"))
