"""The links of a page that lead to other pages of the newsroom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from corpnews.discovery.urls import article_key
from corpnews.discovery.words import MORE, MORE_OPENINGS, label_of
from corpnews.extraction.blocks import Mark
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

    from corpnews.discovery.scope import Scope
    from corpnews.extraction.blocks import Box
    from corpnews.extraction.page import Page

LONGEST_LABEL = 60
LONGEST_LINK = 4000
LOCATION = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)")


@lru_cache(maxsize=4_000)
def units(text: str) -> float:
    """Count the words of a text; two characters of a script without spaces count as one word.

    >>> units("Acme opens new plant"), units("公司新闻动态")
    (4.0, 3.0)
    """
    if text.isascii():
        return float(sum(any(map(str.isalnum, word)) for word in text.split()))
    wide = sum(
        "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af" or "\u0e00" <= character <= "\u0e7f"
        for character in text
    )
    rest = "".join(" " if character > "\u2e7f" else character for character in text)
    return wide / 2 + sum(any(map(str.isalnum, word)) for word in rest.split())


def link_text(element: HtmlElement) -> str:
    """Return a link's text, cut after 4,000 characters: a link that is never closed holds the rest of the page."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > LONGEST_LINK:
            break
    return folded("".join(pieces))


@dataclass(eq=False)
class Anchor:
    """A link to another page. `key` is the article key of its target, `path` a hash of the tags above the link."""

    url: str
    key: str
    mark: Mark
    path: int

    @property
    def box(self) -> Box:
        return self.mark.box

    @property
    def is_box(self) -> bool:
        """Whether the link element is a box itself, not inline text in a box."""
        return self.mark.element is self.box.element

    @cached_property
    def text(self) -> str:
        return link_text(self.mark.element)

    @cached_property
    def label(self) -> str:
        """The text in the form of the vocabulary's labels; empty if it is too long for a label."""
        return label_of(self.text) if len(self.text) <= LONGEST_LABEL else ""

    @cached_property
    def units(self) -> float:
        return units(self.text)

    @property
    def says_more(self) -> bool:
        """Whether the text is only "read more" or empty."""
        return not self.text or self.label in MORE or self.label.startswith(MORE_OPENINGS)

    @cached_property
    def is_headline(self) -> bool:
        return self.units >= 4 and not self.says_more


class TagPaths:
    """Hashes of the tag names above boxes and links; classes do not count."""

    def __init__(self) -> None:
        self.of_box: dict[int, int] = {}

    def box(self, box: Box) -> int:
        known = self.of_box.get(id(box))
        if known is None:
            above = self.box(box.parent) if box.parent else 0
            known = self.of_box[id(box)] = hash((above, box.tag))
        return known

    def link(self, mark: Mark) -> int:
        inline = []
        element = mark.element.getparent()
        while element is not None and element is not mark.box.element:
            inline.append(element.tag)
            element = element.getparent()
        return hash((self.box(mark.box), *inline))


def pressed_address(element: HtmlElement) -> str | None:
    """Return the URL that a click opens by script: onclick="location.href='/news/1'", data-href="/news/1"."""
    called = LOCATION.search(element.get("onclick") or "")
    return called[1] if called else element.get("data-href")


def pressed_boxes(page: Page) -> list[tuple[str, Mark]]:
    """Return the boxes without links that a script makes clickable, each with its URL."""
    boxes = [(href, box) for box in page.layout.boxes if not box.link_chars and (href := pressed_address(box.element))]
    blocks = reversed(page.layout.blocks) if boxes else ()
    firsts = {id(box): block.index for block in blocks for box in block.box.ancestors()}
    return [(href, Mark(box.element, box, firsts[id(box)])) for href, box in boxes if id(box) in firsts]


def anchors_of(page: Page, scope: Scope) -> Iterator[Anchor]:
    """Yield the page's links to other pages of the newsroom's hosts, in document order."""
    return links_to(page, scope.contains)


def files_of(page: Page, scope: Scope) -> Iterator[Anchor]:
    """Yield the page's links to documents on the company's site, in document order."""
    return links_to(page, scope.contains_document)


def links_to(page: Page, is_wanted: Callable[[str], bool]) -> Iterator[Anchor]:
    paths = TagPaths()
    here = article_key(page.url)
    links = [(mark.element.get("href"), mark) for mark in page.layout.links]
    for href, mark in sorted((*links, *pressed_boxes(page)), key=lambda link: link[1].index):
        url = page.absolute(href)
        if url is None or not is_wanted(url):
            continue
        key = article_key(url)
        if key != here:
            yield Anchor(url, key, mark, paths.link(mark))
