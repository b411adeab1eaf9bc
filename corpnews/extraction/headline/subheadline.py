"""The subheadline (deck) below a headline. In doubt none, rather than the first paragraph or a section's heading."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.extraction.people.person_names import BYLINE_WORDS
from corpnews.extraction.release.dateline import find_dateline
from corpnews.page.layout import BlockKind, Zone
from corpnews.web.text import CAMEL_CASE_BREAK, build_comparison_key, get_word_set, has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpnews.page.layout import Block

_DECK_CLASS = re.compile(
    r"(?<![a-z])(?:sub[-_ ]?(?:title|head|heading|headline|hed|titulo|titular|line)|standfirst|dek|deck|strapline|untertitel|"
    r"unterzeile|sous[-_ ]?titre|bajada|sottotitolo|ondertitel|fubiaoti|"
    r"(?:article|post|entry|story|news)-?(?:dek|deck|sub))(?![a-z])"
)
_LEAD_CLASS = re.compile(
    r"(?<![a-z])(?:lead|lede|intro|introduction|introtext|standfirst|excerpt|summary|abstract|chapo|ingress|preamble|vorspann|"
    r"entradilla|perex|hook|teaser[-_]?text)(?![a-z])"
)
_TEASER_CLASS = re.compile(r"(?<![a-z])teaser")
# "——交付仪式在株洲举行", "～月産356台で開始～": the second line of a Chinese or Japanese headline.
_DASHED_LINE = re.compile(r"(?:——|―|－|‐|-)\s?[^\s—―－-].*|([～〜―－])\s?[^～〜]+\s?\1")
_ZONES_WITHOUT_LEAD: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.HIDDEN | Zone.FORM | Zone.COMMENT | Zone.AD
_SENTENCE_ENDS: Final = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_MIN_LEAD_LENGTH: Final = 80
_MIN_DESCRIPTION_LENGTH: Final = 30
# A byline with further items behind a bar, or the rest of a line that begins with one.
_LINE_OF_ARTICLE: Final = re.compile(rf"(?:{BYLINE_WORDS})\b[^|•·]*[|•·]|\|", re.IGNORECASE)
_MAX_LENGTH_BESIDE_DATE: Final = 30
_MAX_LINK_DENSITY_OF_LEAD: Final = 0.3
_MAX_BLOCKS_BELOW: Final = 4
_MIN_BOLD_SHARE: Final = (9, 10)
_MIN_DATED_PARAGRAPH: Final = 100
_MAX_DECK_LENGTH: Final = 600
_MIN_SINGLE_HEADING_LENGTH: Final = 25
_MIN_SENTENCE_HEADING_LENGTH: Final = 60


def find_subheadline(blocks: Sequence[Block], headline: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of the deck after the headline: those with a deck's class name, or a single lower heading right below."""
    start = headline[-1].index + 1
    own = get_word_set(" ".join(block.text for block in headline))
    for block in blocks[start : start + _MAX_BLOCKS_BELOW]:
        if block.index == start and _is_dashed_line(block) and not get_word_set(block.text) <= own:
            return (block,)
        if block.index <= start + 1 and _is_short_lead(block) and _is_deck((block,), own):
            return (block,)
        if block.text != headline[0].text and _has_class(block, _DECK_CLASS):
            deck = tuple(_iter_same_place(blocks[block.index :]))
            return deck if _is_deck(deck, own) else ()
    if (lines := _find_lines_above_dateline(blocks, start)) and _is_deck(lines, own):
        return lines
    below = blocks[start] if start < len(blocks) else None
    if below is not None and _is_single_heading(below, headline[0], blocks) and _is_deck((below,), own):
        return (below,)
    return ()


def _find_lines_above_dateline(blocks: Sequence[Block], start: int) -> tuple[Block, ...]:
    """Return the heading or the bold lines above the paragraph that opens with a dateline, as news wires have them."""
    for last, text in pairwise(blocks[start : start + _MAX_BLOCKS_BELOW + 1]):
        first = last.index
        while first > start and blocks[first].is_after_line_break:
            first -= 1
        lines = tuple(blocks[first : text.index])
        if any(len(above.text) >= _MIN_DATED_PARAGRAPH for above in blocks[start:first]):
            return ()  # a heading within the text
        is_above_text = last.box.parent is text.box.parent and len(text.text) >= _MIN_DATED_PARAGRAPH
        if is_above_text and all(map(_is_marked_line, lines)) and find_dateline([text.text]):
            return lines
    return ()


def _is_marked_line(block: Block) -> bool:
    is_bold = block.bold_chars * _MIN_BOLD_SHARE[1] >= len(block.text) * _MIN_BOLD_SHARE[0]
    return (is_bold or block.kind is BlockKind.HEADING) and not block.links and not block.text.endswith((":", "："))


def find_lead(blocks: Sequence[Block], headline: Sequence[Block], text: int, description: str = "") -> Block | None:
    """Return the paragraph between the headline and the text, at index `text`, whose box has a lead's class name.

    A line close to the headline that is the page's description is one, too, whatever its box is called.
    """
    own = get_word_set(" ".join(block.text for block in headline))
    start = headline[-1].index + 1
    for block in blocks[start : min(start + _MAX_BLOCKS_BELOW, text)]:
        is_own = not block.zone & _ZONES_WITHOUT_LEAD and block.kind is not BlockKind.CAPTION
        if is_own and _is_description(block.text, description) and _is_deck((block,), own):
            return block
    for block in blocks[headline[-1].index + 1 : text]:
        length = len(block.text) * (2 if has_cjk(block.text) else 1)
        is_cut = block.text.endswith(("...", "…")) and _has_class(block, _TEASER_CLASS)  # of another article
        is_prose = length >= _MIN_LEAD_LENGTH and block.link_density < _MAX_LINK_DENSITY_OF_LEAD and not is_cut
        if is_prose and not block.zone & _ZONES_WITHOUT_LEAD and _has_class(block, _LEAD_CLASS) and _is_deck((block,), own):
            return block
    return None


def _is_description(text: str, description: str) -> bool:
    """Return whether a text is the page's description, which may be cut."""
    stated = description.rstrip(" .…[]")
    return len(stated) >= _MIN_DESCRIPTION_LENGTH and build_comparison_key(text).startswith(build_comparison_key(stated))


def _is_dashed_line(block: Block) -> bool:
    """Return whether a Chinese or Japanese line begins with a dash, or stands between two wave dashes, as no sentence does."""
    text = block.text
    is_line = has_cjk(text) and len(text) <= _MIN_LEAD_LENGTH and not text.endswith(_SENTENCE_ENDS) and not block.links
    return is_line and _DASHED_LINE.fullmatch(text) is not None


def _is_short_lead(block: Block) -> bool:
    """Return whether a line near the headline has a lead's class name and is no sentence, which may be the text's first."""
    is_short = len(block.text) * (2 if has_cjk(block.text) else 1) < _MIN_LEAD_LENGTH
    is_label = block.links > 0 or block.text.endswith((*_SENTENCE_ENDS, ":", "：")) or bool(find_dates(block.text))
    return is_short and not is_label and not block.zone & _ZONES_WITHOUT_LEAD and _has_class(block, _LEAD_CLASS)


def _has_class(block: Block, pattern: re.Pattern[str]) -> bool:
    """Return whether a class name of the block's box or of a small one around it matches the pattern."""
    boxes = [box for box in (block.box, block.box.parent) if box is not None and box.chars <= _MAX_DECK_LENGTH]
    return any(_match_class(box.class_names, pattern) for box in boxes)


@lru_cache(maxsize=4_000)
def _match_class(names: str, pattern: re.Pattern[str]) -> bool:
    """Return whether the pattern matches class names in lower case, with hyphens between words.

    >>> [_match_class(names, _DECK_CLASS) for names in ("post-subTitle", "article__dek", "decker")]
    [True, True, False]
    """
    return pattern.search(CAMEL_CASE_BREAK.sub("-", names).replace("__", "-").lower()) is not None


def _iter_same_place(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the first block and those directly after it at the same path."""
    for block in blocks[:10]:
        if block.box.path_hash != blocks[0].box.path_hash:
            return
        yield block


def _is_deck(deck: tuple[Block, ...], headline: frozenset[str]) -> bool:
    """Return whether the blocks are long enough, no date, and not the headline once more."""
    text = " ".join(block.text for block in deck)
    words = get_word_set(text)
    count = sum(not word.isdigit() for word in words)
    shortest = 6 if has_cjk(text) else 3
    is_long = count >= shortest and len(text) <= _MAX_DECK_LENGTH
    return is_long and not words <= headline and not is_line_of_article(text)


def is_line_of_article(text: str) -> bool:
    """Return whether a line names author, topics or day of the article and no more: "Posted on Monday, 3 May 2024 by Admin"."""
    if _LINE_OF_ARTICLE.match(text):
        return True
    dates = find_dates(text) if len(text) <= 2 * _MAX_LENGTH_BESIDE_DATE else []
    return bool(dates) and len(text) - sum(date.end - date.start for date in dates) <= _MAX_LENGTH_BESIDE_DATE


def _is_single_heading(block: Block, headline: Block, blocks: Sequence[Block]) -> bool:
    """Return whether a lower heading next to the headline is the only one at its path, or long: sections have several."""
    if block.kind is not BlockKind.HEADING or block.box.parent is not headline.box.parent or block.zone & Zone.RELATED:
        return False
    if block.level <= headline.level or block.link_chars or block.text.endswith(("?", "？", ":", "：")):
        return False
    peers = sum(other.box.path_hash == block.box.path_hash for other in blocks)
    length = len(block.text) * (2 if has_cjk(block.text) else 1)
    return length >= (_MIN_SINGLE_HEADING_LENGTH if peers == 1 else _MIN_SENTENCE_HEADING_LENGTH)
