"""Author names that are marked up as such: by rel, itemprop, class or a link to the author's page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Zone
from corpnews.extraction.people.names import LONGEST_BYLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Block, Region
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page

BLOCKS_ABOVE: Final = 4
BLOCKS_BELOW: Final = 10
BLOCKS_OF_BODY: Final = 3
BLOCKS_AFTER_BODY: Final = 8
MOST_PHRASES: Final = 20
OTHERS: Final = Zone.NAV | Zone.FOOTER | Zone.COMMENT | Zone.RELATED | Zone.FORM

# Words of class names in several languages; those of the second say that a box contains something else about the author.
AUTHOR_WORD = re.compile(
    r"(?<![a-z])(?:authors?|byline|(?:posted|written|published|article|post|entry)-by|writer|creator|contributor|username|autor|autorin|autoren|auteur|autore|redacteur|"
    r"reporter|journalist|zuozhe|verfasser|yazar|penulis)(?![a-z])"
)
OTHER_WORD = re.compile(
    r"(?<![a-z])(?:bio|description|desc|avatar|image|photo|job|title|role|position|social|links?|more|comment|comments|"
    r"count|posts)(?![a-z])"
)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|people|profiles?|profil|staff|contributors?|writers?|experts?|by|users?|members?|"
    r"reporters?|redaktion|redakteure?|team|yazar)/[^/?#]+/?$|/@[^/?#]+/?$|[?&]author=\w+$"
)
BARS = re.compile(r"[|·•\n]")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
PHRASES = ("a", "span", "strong", "b", "em", "cite", "i", "small", "address")


def blocks_above(page: Page, headline: Headline | None, region: Region | None) -> list[Block]:
    """Return the short blocks around the headline and the first ones of the body."""
    start = headline.block.index if headline and headline.block else region.first if region else None
    if start is None:
        return []
    end = start + BLOCKS_BELOW
    if region and region.first > start:
        end = min(end, region.first)
    indexes = set(range(max(0, start - BLOCKS_ABOVE), end))
    indexes.update(range(region.first, region.first + BLOCKS_OF_BODY) if region else ())
    indexes.difference_update(block.index for block in (headline.blocks if headline else ()))
    blocks = page.layout.blocks
    return [blocks[i] for i in sorted(indexes) if i < len(blocks) and may_name_authors(blocks[i], inside=start <= i <= end)]


def blocks_below(page: Page, region: Region | None) -> list[Block]:
    """Return the short blocks around the end of the body."""
    if region is None:
        return []
    start = max(region.first + BLOCKS_OF_BODY, region.last - BLOCKS_OF_BODY)
    return [block for block in page.layout.blocks[start : region.last + 1 + BLOCKS_AFTER_BODY] if may_name_authors(block)]


def may_name_authors(block: Block, *, inside: bool = False) -> bool:
    """Return whether the block is short and of the article; `inside` the article it may have class names of related articles."""
    if len(block.text) > LONGEST_BYLINE:
        return False
    others = block.zone & (OTHERS & ~Zone.RELATED if inside else OTHERS)
    return not others or is_entry_footer(block)


def is_entry_footer(block: Block) -> bool:
    """Return whether the block is in the footer of an article instead of that of the page."""
    return block.zone & (OTHERS | Zone.META) == Zone.FOOTER | Zone.META


def marked_authors(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the texts of elements that are marked as the author's name."""
    for block in blocks:
        box = block.box
        phrases = [part for part in box.element.iter(*PHRASES) if is_author_element(part)] if box.chars <= LONGEST_BYLINE else []
        if phrases:
            yield from (" ".join(part.itertext()) for part in innermost(phrases[:MOST_PHRASES]))
        elif any(is_author_element(around.element) for around in (box, box.parent) if around and around.chars <= LONGEST_BYLINE):
            yield from (piece for text in box.element.itertext() for piece in BARS.split(text))


def innermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield those of `elements`, which are in document order, that contain none of the others."""
    for element, following in zip(elements, [*elements[1:], None], strict=True):
        if following is None or element not in following.iterancestors():
            yield element


def is_author_element(element: HtmlElement) -> bool:
    if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
        return True
    if AUTHOR_PAGE.search(element.get("href") or ""):
        return True
    names = element.get("class")
    return bool(names) and names_an_author(names)


@lru_cache(maxsize=2_000)
def names_an_author(names: str) -> bool:
    """Return whether class names say that an element contains an author's name.

    >>> names_an_author("entry__authorName"), names_an_author("author-bio"), names_an_author("authorized")
    (True, False, False)
    """
    names = CAPITAL.sub("-", names).lower().replace("_", "-")
    return AUTHOR_WORD.search(names) is not None and OTHER_WORD.search(names) is None
