"""Separating the headline from a kicker, a deck or the site's name in the same heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.web.text import build_comparison_key, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.headline.stated_titles import StatedTitle
    from corpnews.page.layout import Block

# Separators between kicker, headline and site name; a colon separates only a single word.
_KICKER_SEPARATOR = re.compile(r"\s*[|｜»•·/]+\s*|\s+[-–—]+\s+")
_LABEL_BEFORE_COLON = re.compile(r"[^\W\d]+\s?[:：]\s*")
_MAX_HEADLINE_PIECES: Final = 12
_MIN_HEADLINE_LENGTH: Final = 6


def trim_headline(
    blocks: Sequence[Block], text: str, titles: Sequence[StatedTitle], site: frozenset[str]
) -> tuple[str, str | None]:
    """Return the part of the text that is the headline, and the deck after it if there is one.

    Args:
        blocks: The blocks of the heading.
        text: Their text.
        titles: The stated titles, which tell what part of the text is the headline.
        site: Comparison keys of the site's names.
    """
    stated = {build_comparison_key(title.text) for title in titles if title.source != "url"}
    if build_comparison_key(text) in stated:
        return text, None
    for start, end in _iter_separators(text):
        if build_comparison_key(text[end:]) in stated and len(text) - end >= _MIN_HEADLINE_LENGTH:
            return text[end:], None
        if build_comparison_key(text[end:]) in site:
            return text[:start], None
    parts = list(_iter_text_pieces(blocks))[:_MAX_HEADLINE_PIECES]
    for cut in range(1, len(parts)):
        before, after = " ".join(parts[:cut]), " ".join(parts[cut:])
        if build_comparison_key(after) in stated and len(after) >= _MIN_HEADLINE_LENGTH:
            return after, None
        if build_comparison_key(before) in stated and len(before) >= _MIN_HEADLINE_LENGTH:
            return before, after
    return text, None


def _iter_separators(text: str) -> Iterator[tuple[int, int]]:
    label = _LABEL_BEFORE_COLON.match(text)
    for found in (*([label] if label else ()), *_KICKER_SEPARATOR.finditer(text)):
        if 0 < found.end() < len(text):
            yield found.span()


def _iter_text_pieces(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the texts of the elements inside the blocks."""
    for block in blocks:
        whole = block.box.chars <= len(block.text)
        for text in block.box.element.itertext() if whole else (block.text,):
            if normalize_space(text):
                yield normalize_space(text)
