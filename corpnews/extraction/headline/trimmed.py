"""Separating the headline from a kicker, a deck or the site's name in the same heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.headline.titles import squeezed
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.headline.titles import Title

# Separators between kicker, headline and site name; a colon separates only a single word.
SEPARATOR = re.compile(r"\s*[|｜»•·/]+\s*|\s+[-–—]+\s+")
LABEL = re.compile(r"[^\W\d]+\s?[:：]\s*")
LONGEST_PIECES: Final = 12
SHORTEST: Final = 6


def trimmed(blocks: Sequence[Block], text: str, titles: Sequence[Title], site: frozenset[str]) -> tuple[str, str | None]:
    """Return the part of the text that is the headline, and the deck after it if there is one.

    Args:
        blocks: The blocks of the heading.
        text: Their text.
        titles: The stated titles, which tell what part of the text is the headline.
        site: Comparison keys of the site's names.
    """
    stated = {squeezed(title.text) for title in titles if title.source != "url"}
    if squeezed(text) in stated:
        return text, None
    for start, end in separators(text):
        if squeezed(text[end:]) in stated and len(text) - end >= SHORTEST:
            return text[end:], None
        if squeezed(text[end:]) in site:
            return text[:start], None
    parts = list(pieces(blocks))[:LONGEST_PIECES]
    for cut in range(1, len(parts)):
        before, after = " ".join(parts[:cut]), " ".join(parts[cut:])
        if squeezed(after) in stated and len(after) >= SHORTEST:
            return after, None
        if squeezed(before) in stated and len(before) >= SHORTEST:
            return before, after
    return text, None


def separators(text: str) -> Iterator[tuple[int, int]]:
    label = LABEL.match(text)
    for found in (*([label] if label else ()), *SEPARATOR.finditer(text)):
        if 0 < found.end() < len(text):
            yield found.span()


def pieces(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the texts of the elements inside the blocks."""
    for block in blocks:
        whole = block.box.chars <= len(block.text)
        for text in block.box.element.itertext() if whole else (block.text,):
            if folded(text):
                yield folded(text)
