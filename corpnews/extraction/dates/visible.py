"""Visible dates of a page: next to the headline, at the start and at the end of the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from corpnews.extraction.dates.date_elements import iter_stated_dates
from corpnews.extraction.dates.parse import find_dates
from corpnews.extraction.dates.publication_notes import find_date_of_note
from corpnews.extraction.dates.roles import DateRole, classify_date, remove_date_words
from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.extraction.dates.date_match import FoundDate
    from corpnews.page.layout import Block, BodyRegion, Layout

_BLOCKS_BEFORE: Final = 8
_BLOCKS_AFTER: Final = 14
_BLOCKS_FROM_BODY: Final = 4
_BLOCKS_PAST_BODY: Final = 20
_BLOCKS_BEFORE_BODY: Final = 4
_MAX_SCORE_PAST_BODY: Final = 5.5  # below a body of one line there may be the dates of other articles
_MAX_LINE_LENGTH: Final = 250
# Maximum number of other letters in a line with a date: a byline, a place, a section, a view counter.
_MAX_OTHER_LETTERS: Final = 90
# Of a line of metadata that begins with its date, more letters do not count: sections and tags.
_MAX_LETTERS_BEHIND_DATE: Final = 40
_MAX_PHRASE_LETTERS: Final = 24
_MAX_LETTERS_NEXT_TO_MONTH: Final = 20
_MIN_PROSE_LENGTH: Final = 110
_MIN_PROSE_LENGTH_CJK: Final = 50
_MAX_DATELINE_LENGTH: Final = 160
_MAX_LEAF_LENGTH: Final = 14
_MAX_LABEL_LENGTH: Final = 28

_ZONES_OF_OTHER_CONTENT = Zone.RELATED | Zone.FOOTER | Zone.COMMENT | Zone.ASIDE | Zone.NAV | Zone.AD | Zone.HIDDEN
_ZONES_NEXT_TO_HEADLINE = Zone.FOOTER | Zone.ASIDE | Zone.AD
_BLOCKS_RIGHT_BELOW: Final = 4
_BLOCKS_TO_PLACE: Final = 2
_PLACE_CLASS = re.compile(r"(?<![a-z])(?:location|venue|event-?place)(?![a-z])")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|版权|版權", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]{0,2}$")
_DIGIT = re.compile(r"\d")
_CJK_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DATELINE_START = re.compile(r"[^!?。！？]{0,70}$")
# Nothing or a place before the date, and a new sentence after it.
_PLACE_BEFORE_DATE = re.compile(r"(?:[^\W\d_][^\d.!?。！？,，]{1,30}(?:,\s(?:den\s|le\s)?|\s(?=[(（])))?[(（\[【]?$")
_SENTENCE_AFTER = re.compile(r"[,，、]?\s?[^\d()（）.。]{0,20}[)）\]】][.:]?\s?\S|\s?[.]\s[^\W\d_]|\s[„“\"«]")
# A word may follow the date: the year's sign, a time zone, a weekday.
_DATELINE_END = re.compile(
    r"[\s,.)\]）】]{0,3}(?:[^\W\d_]{1,9}\.?\s)?(?:[/(（][^/()（）]{1,40}[/)）]\s{0,3})?[,.]?\s?(?:[-–—‒―:：|]|/PRNewswire|[电電讯訊])"
)
# Place names are capitalised but for a word or so: Frankfurt am Main, New York and London.
_LONG_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_MAX_LOWERCASE_WORDS: Final = 1


# A block and the score of a date at its place.
_ScoredBlock: TypeAlias = "tuple[Block, float]"


@dataclass(frozen=True, slots=True)
class VisibleDate:
    """A visible date, its role and its score; `source` is "visible" or "dateline"."""

    date: FoundDate
    role: DateRole
    score: float
    source: str = "visible"


class DateWindow:
    """The blocks around headline and body in which the article's date may stand."""

    def __init__(self, layout: Layout, headline: Block | None, region: BodyRegion | None) -> None:
        self.blocks = layout.blocks
        self.first = region.first if region else 0
        self.head = headline.index if headline else self.first
        self.headless = headline is None
        self.zone = headline.zone if headline else Zone.NONE
        self.last = region.last if region else len(self.blocks) - 1

    def iterate_near_headline(self) -> Iterator[_ScoredBlock]:
        """Yield the blocks around the headline with their scores; a date in the headline itself is part of the news."""
        for block in self.blocks[max(0, self.head - _BLOCKS_BEFORE) : self.head]:
            yield block, 7.5 - 0.5 * (self.head - block.index)
        score = 8.0 if self.headless else 3.0
        for block in self.blocks[self.head : self.head + _BLOCKS_AFTER]:
            yield block, score if block.index <= self.last else min(score, _MAX_SCORE_PAST_BODY)
            score = 8.0 if block.index == self.head else score - (2 if _is_long_line(block) else 0.2)

    def iterate_before_body(self) -> Iterator[_ScoredBlock]:
        """Yield the blocks above the body's first paragraph, if that is far below the headline."""
        body = next(
            (block for block in self.blocks[max(self.head + 1, self.first) : self.last + 1] if _is_long_line(block)), None
        )
        if body is not None:
            for block in self.blocks[max(self.head + _BLOCKS_AFTER, body.index - _BLOCKS_BEFORE_BODY) : body.index]:
                yield block, 6 - 0.5 * (body.index - block.index)

    def iterate_at_end(self) -> Iterator[_ScoredBlock]:
        """Yield the blocks at the end of the body and after it."""
        start = max(self.head + _BLOCKS_AFTER, self.last - _BLOCKS_FROM_BODY)
        for block in self.blocks[start : max(start, self.last + 1) + _BLOCKS_PAST_BODY]:
            yield block, 4 - 0.3 * abs(block.index - max(start, self.last))


def _is_long_line(block: Block) -> bool:
    return len(block.text) - block.link_chars >= (
        _MIN_PROSE_LENGTH_CJK if _CJK_CHARACTER.search(block.text) else _MIN_PROSE_LENGTH
    )


class VisibleDates:
    """The dates of the window, each line of which is read once for each order of numeric dates."""

    def __init__(self, window: DateWindow, languages: Sequence[str]) -> None:
        self._window, self._languages = window, languages
        self._near = list(window.iterate_near_headline())
        self._near_dates: dict[str | None, list[VisibleDate]] = {}
        self._further_dates: dict[str | None, list[VisibleDate]] = {}

    def find(self, *, near_headline_only: bool, order: str | None = None) -> list[VisibleDate]:
        """Return the dates by descending score; a date of modification ranks below one of publication."""
        if order not in self._near_dates:
            self._near_dates[order] = [*self._read(self._near, order), *_find_stated_dates(self._near, self._window)]
        found = self._near_dates[order]
        if not near_headline_only:
            if order not in self._further_dates:
                self._further_dates[order] = list(self._find_further(order))
            found = [*found, *self._further_dates[order]]
        return sorted((printed for printed in found if printed.score > 0), key=lambda printed: -printed.score)

    def _find_further(self, order: str | None) -> Iterator[VisibleDate]:
        window = self._window
        further, end = list(window.iterate_before_body()), list(window.iterate_at_end())
        yield from self._read(further, order)
        yield from _drop_conflicting_dates(self._read(end, order))
        yield from _find_stated_dates(further, window)
        yield from _drop_conflicting_dates(list(_find_stated_dates(end, window)))
        yield from _find_dates_of_notes([*self._near, *end], window, self._languages, order=order)
        yield from _find_dateline_dates(self._near, window.head, self._languages, order=order)

    def _read(self, places: Iterable[_ScoredBlock], order: str | None) -> list[VisibleDate]:
        return [found for place in places for found in _find_dates_in_block(self._window, *place, self._languages, order=order)]


def _find_stated_dates(places: Sequence[_ScoredBlock], window: DateWindow) -> Iterator[VisibleDate]:
    """Yield the dates that attributes of elements at these places state."""
    scores = dict(reversed(places))
    for block, date, role in iter_stated_dates(block for block, _ in places):
        if not block.zone & ~window.zone & Zone.COMMENT:
            yield VisibleDate(date, role, scores[block] + 1.5 + _score_role(role) - _score_zone(block, window))


def _find_dates_of_notes(
    places: Sequence[_ScoredBlock], window: DateWindow, languages: Sequence[str], *, order: str | None
) -> Iterator[VisibleDate]:
    """Yield the dates of sentences about the article's publication."""
    for block, score in places:
        date = find_date_of_note(block.spaced_text, languages, order=order)
        if date and not block.zone & ~window.zone & Zone.COMMENT:
            role = DateRole.PUBLISHED
            yield VisibleDate(date, role, score + _score_role(role) - _score_zone(block, window))


def _drop_conflicting_dates(dates: list[VisibleDate]) -> list[VisibleDate]:
    """Drop dates after the body that differ from each other and have no word for their role: they belong to other articles."""
    days = {date.date.day for date in dates if date.role is DateRole.UNKNOWN and date.score > 0}
    return dates if len(days) <= 1 else [date for date in dates if date.role is not DateRole.UNKNOWN]


def _find_dates_in_block(
    window: DateWindow, block: Block, score: float, languages: Sequence[str], *, order: str | None
) -> Iterator[VisibleDate]:
    """Yield the dates of a block that contains little else."""
    text = block.spaced_text
    if (
        len(text) > _MAX_LINE_LENGTH
        or not _DIGIT.search(text)
        or _COPYRIGHT.search(text)
        or block.zone & ~window.zone & Zone.COMMENT
    ):
        return
    if is_next_to_place(block, window.blocks):
        return
    dates = find_dates(text, languages, order=order)
    if len(text) <= _MAX_LEAF_LENGTH and not any(date.precision != "month" for date in dates):
        text = " ".join(
            piece.text for piece in window.blocks[block.index : block.index + 3] if len(piece.text) <= _MAX_LEAF_LENGTH
        )
        dates = find_dates(text, languages, order=order) or dates
    if not dates:
        return
    ends = [0, *(date.end for date in dates)]
    starts = [*(date.start for date in dates), len(text)]
    pieces = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    quality = score + _score_line(block, pieces, window)
    label = window.blocks[block.index - 1].text if block.index else ""
    if not pieces[0].strip() and len(label) <= _MAX_LABEL_LENGTH:
        pieces[0] = label
    for date, before, after in zip(dates, pieces, pieces[1:], strict=False):
        # a word that ends the linked title of another article says nothing of its date
        is_title = block.link_chars == len(before.strip())
        role = classify_date("" if is_title else before, after)
        yield VisibleDate(date, role, quality + _score_role(role) - (_score_month(pieces) if date.precision == "month" else 0))


def _score_month(pieces: Sequence[str]) -> float:
    """Return the penalty for a month without a day: with other words next to it, it is part of a history or a title."""
    return 6 if sum(map(str.isalpha, remove_date_words(pieces))) <= _MAX_LETTERS_NEXT_TO_MONTH else 100


def _score_role(role: DateRole) -> float:
    return {DateRole.PUBLISHED: 3, DateRole.UNKNOWN: 0, DateRole.MODIFIED: -5, DateRole.OTHER: -100}[role]


def _score_line(block: Block, pieces: Sequence[str], window: DateWindow) -> float:
    """Return how likely a line exists for its date; `pieces` are its texts around the dates."""
    letters = sum(char.isalpha() for char in remove_date_words(pieces))
    if block.zone & Zone.META and not pieces[0].strip():
        letters = min(letters, _MAX_LETTERS_BEHIND_DATE)
    if letters > _MAX_OTHER_LETTERS or _is_dated_sentence(block, letters):
        return -100
    score = 2 - letters / 20
    if block.zone & Zone.META:
        score += 1
    score -= _score_zone(block, window)
    if letters > 25 and block.link_density > 0.7:
        score -= 4
    return score


def _score_zone(block: Block, window: DateWindow) -> float:
    """Return the penalty for a zone of other content that is not the headline's zone.

    Right below the headline, a footer or aside is often the headline's.
    """
    foreign = block.zone & _ZONES_OF_OTHER_CONTENT & ~window.zone
    if not foreign:
        return 0
    if 0 < block.index - window.head <= _BLOCKS_RIGHT_BELOW and not foreign & ~_ZONES_NEXT_TO_HEADLINE:
        return 1
    return 2 if _is_article_footer(block) else 5


def is_next_to_place(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether a line right below the block is marked as a place, and the block not as published: it dates an event."""
    below = blocks[block.index + 1 : block.index + 1 + _BLOCKS_TO_PLACE]
    return any(map(_is_place, below)) and "publ" not in _get_class_names(block)


def _is_place(block: Block) -> bool:
    return len(block.text) <= _MAX_OTHER_LETTERS and _PLACE_CLASS.search(_get_class_names(block)) is not None


def _get_class_names(block: Block) -> str:
    """Return the class names of the two innermost boxes around a block."""
    return " ".join(box.element.get("class") or "" for box in islice(block.box.ancestors(), 2)).lower()


def _is_dated_sentence(block: Block, letters: int) -> bool:
    """Return whether the line is a sentence that contains a date; `letters` counts the letters besides date and markers."""
    if block.zone & Zone.META:
        return False
    most = _MAX_PHRASE_LETTERS / 3 if _CJK_CHARACTER.search(block.text) else _MAX_PHRASE_LETTERS
    return letters > most and _SENTENCE_END.search(block.text) is not None


def _is_article_footer(block: Block) -> bool:
    """Return whether the line is in the footer of an article rather than of the page."""
    return block.zone & (_ZONES_OF_OTHER_CONTENT | Zone.META) == Zone.FOOTER | Zone.META


def _find_dateline_dates(
    places: Sequence[_ScoredBlock], head: int, languages: Sequence[str], *, order: str | None
) -> Iterator[VisibleDate]:
    """Yield the date in the dateline that opens the body: DALLAS, Jan. 30, 2013 –"""
    for block, _ in places:
        text = block.text[:_MAX_DATELINE_LENGTH]
        if block.index < head or not _DIGIT.search(text):
            continue
        date = next(iter(find_dates(text, languages, order=order)), None)
        if date and date.precision != "month" and _is_dateline(text[: date.start], text[date.end :]):
            yield VisibleDate(date, DateRole.UNKNOWN, 2.5 - 0.1 * (block.index - head), "dateline")


def _is_dateline(before: str, after: str) -> bool:
    """Return whether a date between these texts is part of a dateline rather than of a sentence.

    >>> _is_dateline("DALLAS, ", " – Acme said"), _is_dateline("Berlin, ", ". Die Firma"), _is_dateline("On ", " Acme said")
    (True, True, False)
    """
    if sum(word.islower() for word in _LONG_WORD.findall(before)) > _MAX_LOWERCASE_WORDS:
        return False
    if _DATELINE_START.match(before) and _DATELINE_END.match(after):
        return True
    return bool(_PLACE_BEFORE_DATE.match(before) and _SENTENCE_AFTER.match(after))
