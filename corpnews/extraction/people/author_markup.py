"""Author names that are marked up as such: by rel, itemprop, class or a link to the author's page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.people.person_names import MAX_BYLINE_LENGTH
from corpnews.page.layout import Zone
from corpnews.web.text import CAMEL_CASE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.headline import Headline
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page

_MAX_BLOCKS_ABOVE_HEADLINE_FOR_AUTHORS: Final = 4
_MAX_BLOCKS_BELOW_HEADLINE: Final = 10
_MAX_BODY_BLOCKS: Final = 3
_MAX_BLOCKS_AFTER_BODY: Final = 8
_MAX_AUTHOR_ELEMENTS: Final = 20
_ZONES_WITHOUT_AUTHORS: Final = Zone.NAV | Zone.FOOTER | Zone.COMMENT | Zone.RELATED | Zone.FORM

# Words of class names in several languages; those of the second say that a box contains something else about the author.
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:authors?|byline|(?:posted|written|published|article|post|entry)-by|writer|creator|contributor|username|autor|autorin|autoren|auteur|autore|redacteur|"
    r"reporter|journalist|zuozhe|verfasser|yazar|penulis)(?![a-z])"
)
_OTHER_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:bio|description|desc|avatar|image|photo|job|title|role|position|social|links?|more|comment|comments|"
    r"count|posts)(?![a-z])"
)
_AUTHOR_PAGE_URL = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|people|profiles?|profil|staff|contributors?|writers?|experts?|by|users?|members?|"
    r"reporters?|redaktion|redakteure?|team|yazar)/[^/?#]+/?$|/@[^/?#]+/?$|[?&]author=\w+$"
)
_NAME_SEPARATOR = re.compile(r"[|·•\n]")
_PHRASE_TAGS = ("a", "span", "strong", "b", "em", "cite", "i", "small", "address")


def find_blocks_above(page: Page, headline: Headline | None, region: BodyRegion | None) -> list[Block]:
    """Return the short blocks around the headline and the first ones of the body."""
    start = headline.block.index if headline and headline.block else region.first if region else None
    if start is None:
        return []
    end = start + _MAX_BLOCKS_BELOW_HEADLINE
    if region and region.first > start:
        end = min(end, region.first)
    indexes = set(range(max(0, start - _MAX_BLOCKS_ABOVE_HEADLINE_FOR_AUTHORS), end))
    indexes.update(range(region.first, region.first + _MAX_BODY_BLOCKS) if region else ())
    indexes.difference_update(block.index for block in (headline.blocks if headline else ()))
    blocks = page.layout.blocks
    return [blocks[i] for i in sorted(indexes) if i < len(blocks) and _may_contain_author(blocks[i], inside=start <= i <= end)]


def find_blocks_below(page: Page, region: BodyRegion | None) -> list[Block]:
    """Return the short blocks around the end of the body."""
    if region is None:
        return []
    start = max(region.first + _MAX_BODY_BLOCKS, region.last - _MAX_BODY_BLOCKS)
    return [block for block in page.layout.blocks[start : region.last + 1 + _MAX_BLOCKS_AFTER_BODY] if _may_contain_author(block)]


def _may_contain_author(block: Block, *, inside: bool = False) -> bool:
    """Return whether the block is short and of the article; `inside` the article it may have class names of related articles."""
    if len(block.text) > MAX_BYLINE_LENGTH:
        return False
    others = block.zone & (_ZONES_WITHOUT_AUTHORS & ~Zone.RELATED if inside else _ZONES_WITHOUT_AUTHORS)
    return not others or _is_footer_of_article(block)


def _is_footer_of_article(block: Block) -> bool:
    """Return whether the block is in the footer of an article instead of that of the page."""
    return block.zone & (_ZONES_WITHOUT_AUTHORS | Zone.META) == Zone.FOOTER | Zone.META


def find_marked_authors(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the texts of elements that are marked as the author's name."""
    for block in blocks:
        box = block.box
        phrases = (
            [part for part in box.element.iter(*_PHRASE_TAGS) if _is_author_element(part)]
            if box.chars <= MAX_BYLINE_LENGTH
            else []
        )
        if phrases:
            yield from (" ".join(part.itertext()) for part in _iter_innermost(phrases[:_MAX_AUTHOR_ELEMENTS]))
        elif any(_is_author_element(each.element) for each in (box, box.parent) if each and each.chars <= MAX_BYLINE_LENGTH):
            yield from (piece for text in box.element.itertext() for piece in _NAME_SEPARATOR.split(text))


def _iter_innermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield those of `elements`, which are in document order, that contain none of the others."""
    for element, following in zip(elements, [*elements[1:], None], strict=True):
        if following is None or element not in following.iterancestors():
            yield element


def _is_author_element(element: HtmlElement) -> bool:
    if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
        return True
    if _AUTHOR_PAGE_URL.search(element.get("href") or ""):
        return True
    names = element.get("class")
    return bool(names) and _is_author_class(names)


@lru_cache(maxsize=2_000)
def _is_author_class(names: str) -> bool:
    """Return whether class names say that an element contains an author's name.

    >>> _is_author_class("entry__authorName"), _is_author_class("author-bio"), _is_author_class("authorized")
    (True, False, False)
    """
    names = CAMEL_CASE_BREAK.sub("-", names).lower().replace("_", "-")
    return _AUTHOR_CLASS.search(names) is not None and _OTHER_AUTHOR_CLASS.search(names) is None
