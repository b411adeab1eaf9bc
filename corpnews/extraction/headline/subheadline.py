"""The subheadline (deck) below a headline. In doubt none, rather than the first paragraph or a section's heading."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Kind, Zone
from corpnews.extraction.headline.titles import CJK, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.extraction.blocks import Block

DECK_WORD = re.compile(
    r"(?<![a-z])(?:sub[-_ ]?(?:title|head|heading|headline|hed|titulo|titular|line)|standfirst|dek|deck|strapline|untertitel|"
    r"unterzeile|sous[-_ ]?titre|bajada|sottotitolo|ondertitel|fubiaoti|"
    r"(?:article|post|entry|story|news)-?(?:dek|deck|sub))(?![a-z])"
)
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
CJK_LETTER = re.compile(rf"[{CJK}]")
NEAR: Final = 4
LONGEST_DECK: Final = 600
SHORTEST_HEADING: Final = 25
SENTENCE_HEADING: Final = 60


def deck_below(blocks: Sequence[Block], headline: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the deck after the headline: those with a deck's class name, or a single lower heading right below."""
    start = headline[-1].index + 1
    own = words(" ".join(block.text for block in headline))
    for block in blocks[start : start + NEAR]:
        if block.text != headline[0].text and classed_as_deck(block):
            deck = tuple(same_place(blocks[block.index :]))
            return deck if is_deck(deck, own) else ()
    below = blocks[start] if start < len(blocks) else None
    if below is not None and is_lone_heading(below, headline[0], blocks) and is_deck((below,), own):
        return (below,)
    return ()


def classed_as_deck(block: Block) -> bool:
    boxes = [box for box in (block.box, block.box.parent) if box is not None and box.chars <= LONGEST_DECK]
    return any(names_a_deck(box.element.get("class") or "") for box in boxes)


@lru_cache(maxsize=2_000)
def names_a_deck(names: str) -> bool:
    """Return whether class names say that a box contains a deck.

    >>> names_a_deck("post-subTitle"), names_a_deck("article__dek"), names_a_deck("decker")
    (True, True, False)
    """
    return DECK_WORD.search(CAPITAL.sub("-", names).replace("__", "-").lower()) is not None


def same_place(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the first block and those directly after it at the same path."""
    for block in blocks[:10]:
        if block.box.place != blocks[0].box.place:
            return
        yield block


def is_deck(deck: tuple[Block, ...], headline: frozenset[str]) -> bool:
    """Return whether the blocks are long enough, no date, and not the headline once more."""
    text = " ".join(block.text for block in deck)
    found = words(text)
    said = sum(not word.isdigit() for word in found)
    shortest = 6 if CJK_LETTER.search(text) else 3
    return said >= shortest and len(text) <= LONGEST_DECK and not found <= headline


def is_lone_heading(block: Block, headline: Block, blocks: Sequence[Block]) -> bool:
    """Return whether a lower heading next to the headline is the only one at its path, or long: sections have several."""
    if block.kind is not Kind.HEADING or block.box.parent is not headline.box.parent or block.zone & Zone.RELATED:
        return False
    if block.level <= headline.level or block.link_chars or block.text.endswith(("?", "？", ":", "：")):
        return False
    peers = sum(other.box.place == block.box.place for other in blocks)
    length = len(block.text) * (2 if CJK_LETTER.search(block.text) else 1)
    return length >= (SHORTEST_HEADING if peers == 1 else SENTENCE_HEADING)
