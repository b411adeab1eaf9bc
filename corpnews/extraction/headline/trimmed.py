"""The headline alone, where a kicker, a deck or the site's name is set in one piece with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.headline.titles import squeezed
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.headline.titles import Title

# What parts a kicker from the headline, and the headline from the site's name, to a reader; a colon parts but one word.
SEPARATOR = re.compile(r"\s*[|｜»•·/]+\s*|\s+[-–—]+\s+")
LABEL = re.compile(r"[^\W\d]+\s?[:：]\s*")
LONGEST_PIECES: Final = 12
SHORTEST: Final = 6


def trimmed(blocks: Sequence[Block], text: str, titles: Sequence[Title], site: frozenset[str]) -> tuple[str, str | None]:
    """The headline within the `text` of `blocks`, and the deck after it if one is set with it.

    The page's own titles tell what of it is the headline. `site` are the squeezed names of the site.
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
    """The texts of the blocks as their elements part them."""
    for block in blocks:
        whole = block.box.chars <= len(block.text)
        for text in block.box.element.itertext() if whole else (block.text,):
            if folded(text):
                yield folded(text)
