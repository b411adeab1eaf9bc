"""Visible dates of a page: next to the headline, at the start and at the end of the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from corpnews.extraction.blocks import Zone
from corpnews.extraction.dates.markers import Role, role_of, without_markers
from corpnews.extraction.dates.parse import FoundDate, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from corpnews.extraction.blocks import Block, Layout, Region

BLOCKS_BEFORE: Final = 8
BLOCKS_AFTER: Final = 14
BLOCKS_FROM_BODY: Final = 4
BLOCKS_PAST_BODY: Final = 20
BLOCKS_BEFORE_BODY: Final = 4
LONGEST_LINE: Final = 250
# Maximum number of other letters in a line with a date: a byline, a place, a section, a view counter.
MOST_LETTERS: Final = 90
MOST_LETTERS_OF_A_PHRASE: Final = 24
PROSE: Final = 110
WIDE_PROSE: Final = 50
LONGEST_DATELINE: Final = 160
LEAF_PIECE: Final = 14
LONGEST_LABEL: Final = 28
NEAREST_BOXES: Final = 4

FOREIGN = Zone.RELATED | Zone.FOOTER | Zone.COMMENT | Zone.ASIDE | Zone.NAV | Zone.AD | Zone.HIDDEN
COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|版权|版權", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]{0,2}$")
DIGIT = re.compile(r"\d")
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DATELINE_START = re.compile(r"[^!?。！？]{0,70}$")
# Nothing or a place before the date, and a new sentence after it.
PLACE = re.compile(r"(?:[^\W\d_][^\d.!?。！？,，]{1,30}(?:,\s(?:den\s|le\s)?|\s(?=[(（])))?[(（\[【]?$")
SENTENCE_AFTER = re.compile(r"[,，、]?\s?[^\d()（）.。]{0,20}[)）\]】][.:]?\s?\S|\s?[.]\s[^\W\d_]|\s[„“\"«]")
DATELINE_END = re.compile(
    r"[\s,.)\]）】]{0,3}(?:[/(（][^/()（）]{2,40}[/)）]\s{0,3})?[,.]?\s?(?:[-–—‒―:：|]|/PRNewswire|[电電讯訊])"
)
# Place names are capitalised but for a word or so: Frankfurt am Main, New York and London.
LONG_WORD = re.compile(r"[^\W\d_]{3,}")
MOST_LOWER_WORDS: Final = 1
MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\d")


# A block and the score of a date at its place.
Place: TypeAlias = "tuple[Block, float]"


@dataclass(frozen=True, slots=True)
class Printed:
    """A visible date, its role and its score; `source` is "visible" or "dateline"."""

    date: FoundDate
    role: Role
    score: float
    source: str = "visible"


class Window:
    """The blocks around headline and body in which the article's date may stand."""

    def __init__(self, layout: Layout, headline: Block | None, region: Region | None, *, near_headline_only: bool) -> None:
        self.blocks = layout.blocks
        self.near_headline_only = near_headline_only
        self.first = region.first if region else 0
        self.head = headline.index if headline else self.first
        self.headless = headline is None
        self.last = region.last if region else len(self.blocks) - 1

    def near_headline(self) -> Iterator[Place]:
        """Yield the blocks around the headline with their scores; a date in the headline itself is part of the news."""
        for block in self.blocks[max(0, self.head - BLOCKS_BEFORE) : self.head]:
            yield block, 7.5 - 0.5 * (self.head - block.index)
        worth = 8.0 if self.headless else 3.0
        for block in self.blocks[self.head : self.head + BLOCKS_AFTER]:
            yield block, worth
            worth = 8.0 if block.index == self.head else worth - (2 if is_prose(block) else 0.2)

    def before_body(self) -> Iterator[Place]:
        """Yield the blocks above the body's first paragraph, if that is far below the headline."""
        body = next((block for block in self.blocks[max(self.head + 1, self.first) : self.last + 1] if is_prose(block)), None)
        if body is not None:
            for block in self.blocks[max(self.head + BLOCKS_AFTER, body.index - BLOCKS_BEFORE_BODY) : body.index]:
                yield block, 6 - 0.5 * (body.index - block.index)

    def at_end(self) -> Iterator[Place]:
        """Yield the blocks at the end of the body and after it."""
        start = max(self.head + BLOCKS_AFTER, self.last - BLOCKS_FROM_BODY)
        for block in self.blocks[start : max(start, self.last + 1) + BLOCKS_PAST_BODY]:
            yield block, 4 - 0.3 * abs(block.index - max(start, self.last))


def is_prose(block: Block) -> bool:
    return len(block.text) - block.link_chars >= (WIDE_PROSE if WIDE.search(block.text) else PROSE)


def printed_dates(window: Window, root: HtmlElement, languages: Sequence[str], *, day_first: bool | None = None) -> list[Printed]:
    """Return the dates of the window by descending score; a date of modification ranks below one of publication."""

    def dates_of(places: Iterable[Place]) -> list[Printed]:
        return [found for place in places for found in dates_of_block(window, *place, languages, day_first=day_first)]

    near = list(window.near_headline())
    found = [*dates_of(near), *marked_up(near, root)]
    if not window.near_headline_only:
        further, end = list(window.before_body()), list(window.at_end())
        found += [*dates_of(further), *only_one(dates_of(end)), *marked_up([*further, *end], root)]
        found += datelines(near, window.head, languages, day_first=day_first)
    return sorted((printed for printed in found if printed.score > 0), key=lambda printed: -printed.score)


def only_one(dates: list[Printed]) -> list[Printed]:
    """Drop dates after the body that differ from each other and have no word for their role: they belong to other articles."""
    days = {date.date.day for date in dates if date.role is Role.UNSAID and date.score > 0}
    return dates if len(days) <= 1 else [date for date in dates if date.role is not Role.UNSAID]


def dates_of_block(
    window: Window, block: Block, worth: float, languages: Sequence[str], *, day_first: bool | None
) -> Iterator[Printed]:
    """Yield the dates of a block that contains little else."""
    text = block.text
    if len(text) > LONGEST_LINE or not DIGIT.search(text) or COPYRIGHT.search(text):
        return
    dates = find_dates(text, languages, day_first=day_first)
    if len(text) <= LEAF_PIECE and not any(date.precision != "month" for date in dates):
        text = " ".join(piece.text for piece in window.blocks[block.index : block.index + 3] if len(piece.text) <= LEAF_PIECE)
        dates = find_dates(text, languages, day_first=day_first) or dates
    if not dates:
        return
    ends = [0, *(date.end for date in dates)]
    starts = [*(date.start for date in dates), len(text)]
    pieces = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    quality = worth + line_worth(block, pieces)
    label = window.blocks[block.index - 1].text if block.index else ""
    if not pieces[0].strip() and len(label) <= LONGEST_LABEL:
        pieces[0] = label
    for date, before, after in zip(dates, pieces, pieces[1:], strict=False):
        role = role_of(before, after)
        yield Printed(date, role, quality + role_worth(role) - (6 if date.precision == "month" else 0))


def role_worth(role: Role) -> float:
    return {Role.PUBLISHED: 3, Role.UNSAID: 0, Role.MODIFIED: -5, Role.OTHER: -100}[role]


def line_worth(block: Block, pieces: Sequence[str]) -> float:
    """Return how likely a line exists for its date; `pieces` are its texts around the dates."""
    letters = sum(char.isalpha() for char in without_markers(pieces))
    if letters > MOST_LETTERS or is_sentence(block, letters):
        return -100
    worth = 2 - letters / 20
    if block.zone & Zone.META:
        worth += 1
    if block.zone & FOREIGN:
        worth -= 2 if is_entry_footer(block) else 5
    if letters > 25 and block.link_density > 0.7:
        worth -= 4
    return worth


def is_sentence(block: Block, letters: int) -> bool:
    """Return whether the line is a sentence that contains a date; `letters` counts the letters besides date and markers."""
    if block.zone & Zone.META:
        return False
    most = MOST_LETTERS_OF_A_PHRASE / 3 if WIDE.search(block.text) else MOST_LETTERS_OF_A_PHRASE
    return letters > most and SENTENCE_END.search(block.text) is not None


def is_entry_footer(block: Block) -> bool:
    """Return whether the line is in the footer of an article rather than of the page."""
    return block.zone & (FOREIGN | Zone.META) == Zone.FOOTER | Zone.META


def marked_up(places: Sequence[Place], root: HtmlElement) -> Iterator[Printed]:
    """Yield the dates of <time> elements in the window, which may be more precise than their text."""
    times = [element for element in root.iter("time") if MACHINE_TIME.match(element.get("datetime") or "")]
    worths = {block.box.element: (block, worth) for block, worth in reversed(places)} if times else {}
    for element in times:
        place = next((worths[box] for box in ancestors(element) if box in worths), None)
        date = next(iter(find_dates((element.get("datetime") or "")[:40])), None) if place else None
        if date is None or place is None:
            continue
        block, worth = place
        role = role_of_element(element)
        score = worth + 1.5 + role_worth(role) - (5 if block.zone & FOREIGN else 0)
        yield Printed(date, role, score)


def ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the element and the few around it that may be its line."""
    found: HtmlElement | None = element
    for _ in range(NEAREST_BOXES):
        if found is None:
            return
        yield found
        found = found.getparent()


def role_of_element(element: HtmlElement) -> Role:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "publish" in names:
        return Role.PUBLISHED
    return Role.MODIFIED if "updated" in names or "modified" in names else Role.UNSAID


def datelines(places: Sequence[Place], head: int, languages: Sequence[str], *, day_first: bool | None) -> Iterator[Printed]:
    """Yield the date in the dateline that opens the body: DALLAS, Jan. 30, 2013 –"""
    for block, _ in places:
        text = block.text[:LONGEST_DATELINE]
        if block.index < head or not DIGIT.search(text):
            continue
        date = next(iter(find_dates(text, languages, day_first=day_first)), None)
        if date and date.precision != "month" and is_dateline(text[: date.start], text[date.end :]):
            yield Printed(date, Role.UNSAID, 2.5 - 0.1 * (block.index - head), "dateline")


def is_dateline(before: str, after: str) -> bool:
    """Return whether a date between these texts is part of a dateline rather than of a sentence.

    >>> is_dateline("DALLAS, ", " – Acme said"), is_dateline("Berlin, ", ". Die Firma"), is_dateline("On ", " Acme said")
    (True, True, False)
    """
    if sum(word.islower() for word in LONG_WORD.findall(before)) > MOST_LOWER_WORDS:
        return False
    if DATELINE_START.match(before) and DATELINE_END.match(after):
        return True
    return bool(PLACE.match(before) and SENTENCE_AFTER.match(after))
