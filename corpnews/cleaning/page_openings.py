"""Starts of end matter that the page tells: by what follows them, and by the name of its host."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.end_matter import reaches_contact
from corpnews.cleaning.section_openings import SectionOpening, parse_section_opening
from corpnews.extraction.release.contacts import is_contact_name
from corpnews.extraction.release.phones import find_phone_numbers
from corpnews.page.layout import BlockKind
from corpnews.web.text import build_comparison_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block
    from corpnews.page.page import Page

# Words for "about" that are also others: an article in Portuguese, and "introduction of" a product.
_ABOUT_NAME: Final = re.compile(
    r"O (\w{3,})(?: .{1,50})?|"
    r"[\[【<〈(■▶◆]? ?([^\s\[【<〈(■▶◆]{2,20}) ?(?:소개|개요|简介|簡介|介绍|介紹|概要)[\]】>〉)]?"
)
_MIN_LENGTH_OF_DESCRIPTION: Final = 60
_MIN_NAME_LENGTH: Final = 3
_MAX_NAME_LENGTH: Final = 50
_MAX_LINES_OF_CONTACT: Final = 5
_MAX_CONTACT_LINE: Final = 100
_MAX_HEADING_LENGTH: Final = 60


def parse_opening_on_page(page: Page, block: Block) -> SectionOpening | None:
    """Return the block as the start of a section; "O Acme" is the heading of what is said of Acme right below it."""
    opening, blocks = parse_section_opening(block), page.layout.blocks
    if opening or len(block.text) > _MAX_HEADING_LENGTH or block.index + 1 >= len(blocks):
        return opening
    if _heads_contacts(block, blocks):
        is_name = is_contact_name(block.text) and not is_contact_name(blocks[block.index + 1].text)
        return SectionOpening("contact", "" if is_name else block.text, block.text if is_name else "")
    below = blocks[block.index + 1].text
    named = _ABOUT_NAME.fullmatch(block.text)
    name = (named[1] or named[2]) if named else block.text if _is_name_of_site(block, below, page.host) else ""
    is_said = name and below.startswith(name) and len(below) >= _MIN_LENGTH_OF_DESCRIPTION
    return SectionOpening("about", block.text, "") if is_said else None


def _is_name_of_site(block: Block, below: str, host: str) -> bool:
    """Return whether a bold line or a heading is a name that the host has, and the text below says what it names.

    >>> from corpnews.page.page import Page
    >>> blocks = Page.from_html("<p><b>Acme Turbines</b><br>Acme Turbines builds turbines.</p>", "").layout.blocks
    >>> _is_name_of_site(blocks[0], blocks[1].text, "www.turbines-acme.example")
    True
    """
    if not (block.kind is BlockKind.HEADING or block.bold_chars == len(block.text)) or block.links:
        return False
    words = block.text.split()
    if not _MIN_NAME_LENGTH <= len(block.text) <= _MAX_NAME_LENGTH or not words[0][0].isupper():
        return False
    if not (below.startswith(f"{block.text} ") and below.endswith(".")):
        return False
    key = build_comparison_key(host)
    return all(build_comparison_key(word) in key for word in words)


def _heads_contacts(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether the block is a heading, or a name as one, below which a person's name and how to reach them follow."""
    if block.kind is not BlockKind.HEADING:
        return False
    below = blocks[block.index + 1 : block.index + 1 + _MAX_LINES_OF_CONTACT]
    if below and is_contact_name(below[0].text.rpartition(" | ")[2]):
        below = below[1:]
    elif not is_contact_name(block.text):
        return False
    lines = takewhile(lambda line: len(line.text) <= _MAX_CONTACT_LINE and line.kind is not BlockKind.HEADING, below)
    return any(reaches_contact(line) or find_phone_numbers(line.text) for line in lines)
