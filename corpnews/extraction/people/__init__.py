"""Who wrote it. No author is better than a wrong one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Zone
from corpnews.extraction.headline.titles import site_names
from corpnews.extraction.people.names import CJK_WORDS, LONGEST_BYLINE, WORDS, cleaned, looks_like_a_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Block, Region
    from corpnews.extraction.facts import Facts
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page

BLOCKS_ABOVE: Final = 4
BLOCKS_BELOW: Final = 10
BLOCKS_AFTER_BODY: Final = 4
MOST_PHRASES: Final = 20
OTHERS: Final = Zone.NAV | Zone.FOOTER | Zone.COMMENT | Zone.RELATED | Zone.FORM

BYLINE = re.compile(rf"^(?:{WORDS})(?:\s*[:：]\s*|\s+)(?P<names>\S.*)$", re.IGNORECASE)
# Within a line of dates and the like, a name has to be written as one.
BYLINE_WITHIN = re.compile(r"(?i:\b(?:by|von|par|por|di|door|автор:?))\s+(?P<names>(?:[^\W\d_a-zà-ÿа-я][\w.'’-]+\s?){2,4})")
ONLY_OPENING = re.compile(rf"^(?:{WORDS}|{CJK_WORDS})\s*[:：]?$", re.IGNORECASE)
CJK_BYLINE = re.compile(
    rf"(?:^|[\s|(（【])(?:{CJK_WORDS})(?:\s*[:：/／|]\s*|\s+)(?P<names>[\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af·]{{2,8}}"
    r"(?:[、 ][\u4e00-\u9fff·]{2,4}(?=$|[、\s]))*)"
)
KOREAN_REPORTER = re.compile(r"(?P<names>[\uac00-\ud7af]{2,4})\s*기자")
HAS_DIGIT = re.compile(r"\d")
AUTHOR_WORD = re.compile(
    r"(?<![a-z])(?:authors?|byline|writer|autor|autorin|auteur|autore|reporter|journalist|zuozhe|verfasser)(?![a-z])"
)
OTHER_WORD = re.compile(r"(?<![a-z])(?:bio|description|avatar|job|title|role|social|more|date|comment)(?![a-z])")
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|people|profiles?|staff|contributors?|writers?|experts?|by|users?|reporters?)/[^/?#]+/?$"
)
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
PHRASES = ("a", "span", "strong", "b", "em", "cite", "i")


def find_authors(
    page: Page, facts: Facts, headline: Headline | None, region: Region | None
) -> tuple[tuple[str, ...], str] | None:
    """The names of the article's authors, and where they are stated: json-ld, meta, microdata or visible."""
    nobody = site_names(page, facts)
    for source in ("json-ld", "meta", "microdata"):
        names = cleaned((claim.value for claim in facts.authors if claim.source == source), nobody)
        if names:
            return names, source
    near = list(blocks_near(page, headline, region))
    for texts in (marked_authors(near), bylines(near)):
        names = tuple(name for name in cleaned(texts, nobody) if looks_like_a_name(name))
        if names:
            return names, "visible"
    return None


def blocks_near(page: Page, headline: Headline | None, region: Region | None) -> Iterator[Block]:
    """The short blocks around the headline, down into the first of the body, and right after the body."""
    blocks = page.layout.blocks
    start = headline.block.index if headline and headline.block else region.first if region else None
    if start is None:
        return
    title = {block.index for block in headline.blocks} if headline else set()
    end = min(start + BLOCKS_BELOW, region.first + 2) if region and region.first > start else start + BLOCKS_BELOW
    indexes = [*range(max(0, start - BLOCKS_ABOVE), end)]
    if region:
        indexes += range(max(end, region.last), region.last + 1 + BLOCKS_AFTER_BODY)
    for index in indexes:
        if index < len(blocks) and index not in title:
            block = blocks[index]
            if len(block.text) <= LONGEST_BYLINE and not block.zone & OTHERS:
                yield block


def marked_authors(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts that the page marks as an author's name: by rel, itemprop or class."""
    for block in blocks:
        box = block.box
        phrases = [part for part in box.element.iter(*PHRASES) if is_author_element(part)] if box.chars <= LONGEST_BYLINE else []
        if phrases:
            yield from (" ".join(part.itertext()) for part in phrases[:MOST_PHRASES])
        elif any(is_author_element(around.element) for around in (box, box.parent) if around and around.chars <= LONGEST_BYLINE):
            yield block.text


def is_author_element(element: HtmlElement) -> bool:
    if "author" in (element.get("rel"), element.get("itemprop")) or AUTHOR_PAGE.search(element.get("href") or ""):
        return True
    names = element.get("class") or ""
    if not names:
        return False
    names = CAPITAL.sub("-", names).lower()
    return AUTHOR_WORD.search(names) is not None and OTHER_WORD.search(names) is None


def bylines(blocks: Iterable[Block]) -> Iterator[str]:
    """The names in blocks that are by-lines as a whole, or that state an author among dates and the like."""
    opened = False
    for block in blocks:
        text = block.text
        if opened:
            yield text
        opened = ONLY_OPENING.match(text) is not None
        found = BYLINE.match(text) or CJK_BYLINE.search(text) or KOREAN_REPORTER.search(text)
        if not found and (block.zone & Zone.META or HAS_DIGIT.search(text)):
            found = BYLINE_WITHIN.search(text)
        if found:
            yield found["names"]
