"""What the text of a block looks like: how it ends and begins, its length in letters, its signs and topics."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.extraction.body.wording import get_text_topics

if TYPE_CHECKING:
    from corpnews.page.layout import Block

_END_OF_SENTENCE = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]*$")
_CJK_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DIGIT = re.compile(r"\d")
_OTHER_COMMAS: Final = "，、،"
_COPYRIGHT_SIGNS: Final = ("©", "(c)", "all rights reserved", "版权")
_URL_PREFIXES: Final = ("http://", "https://", "www.")
# One character of Chinese, Japanese or Korean counts as this many letters.
_CJK_WEIGHT: Final = 2.5
# A text of the first number of letters is prose; of the second number, if it ends like a sentence.
MIN_PROSE_LETTERS: Final = 80
MIN_SENTENCE_LETTERS: Final = 30
_MAX_SEARCHED_FOR_SIGNS: Final = 300
_MAX_CACHED_TEXT: Final = 100

_ENDS_SENTENCE, _ENDS_WITH_COLON, _ENDS_WITH_COMMA, _ENDS_OPEN, _ENDS_WITH_ELLIPSIS = range(5)
_ELLIPSES: Final = ("…", "...", "…]", "...]", "…)", "...)")
_ENDING_BY_CHARACTER: Final = {":": _ENDS_WITH_COLON, "：": _ENDS_WITH_COLON, ",": _ENDS_WITH_COMMA, "，": _ENDS_WITH_COMMA}
_LOWER, _UPPER, _NUMBER, _QUOTE, _BULLET, _BRACKET, _OTHER = range(7)
_BEGINNING_BY_CHARACTER: Final = {
    **dict.fromkeys("\"'“”„«»‘「『《", _QUOTE),
    **dict.fromkeys("•·-–—*▪●■►▶→›+", _BULLET),
    **dict.fromkeys("([{<（【［", _BRACKET),
}
_CAPITAL: Final = re.compile(r"\b[A-ZÀ-ÞА-Я]")
_MARKUP: Final = re.compile(r"[{}<>\\=;]")


class TextSigns(NamedTuple):
    """Signs of a text, small numbers.

    Attributes:
        ending: How it ends.
        wide: Number of CJK characters.
        commas: Number of commas.
        signs: See _classify_signs.
        capitals: Whether it is in capitals.
        beginning: The kind of its first character.
        casing: Share of its words that begin with a capital letter, in quarters.
        figures: Share of digits, in tenths up to 5.
        inner: Whether it has sentences inside (1), quotation marks (2), markup (4).
        topics: Bits of wording.TEXT_TOPICS.
    """

    ending: int
    wide: int
    commas: int
    signs: int
    capitals: bool
    beginning: int
    casing: int
    figures: int
    inner: int
    topics: int


def read_text_signs(text: str) -> TextSigns:
    """Return the signs of a text; those of short texts are cached, because menus are on all pages of a site."""
    return _compute_text_signs_cached(text) if len(text) <= _MAX_CACHED_TEXT else _compute_text_signs(text)


def _compute_text_signs(text: str) -> TextSigns:
    wide = count_wide(text)
    start = text[:_MAX_SEARCHED_FOR_SIGNS]
    return TextSigns(
        classify_ending(text),
        wide,
        _count_commas(text),
        _classify_signs(start),
        text.isupper(),
        _classify_beginning(text[0]),
        _measure_casing(start),
        min(5, 10 * len(_DIGIT.findall(start)) // len(start)),
        _classify_inner(start),
        get_text_topics(start, wide),
    )


_compute_text_signs_cached = lru_cache(maxsize=10_000)(_compute_text_signs)


def measure_text(block: Block, wide: int) -> float:
    """Return the length of the block's text outside links in letters; each of its `wide` CJK characters counts as several."""
    length = float(len(block.text) - block.link_chars)
    return length + wide * (_CJK_WEIGHT - 1) * (1 - block.link_density) if wide else length


def classify_ending(text: str) -> int:
    if text.endswith(_ELLIPSES):
        return _ENDS_WITH_ELLIPSIS
    return (
        _ENDS_SENTENCE if _END_OF_SENTENCE.search(text, max(0, len(text) - 8)) else _ENDING_BY_CHARACTER.get(text[-1], _ENDS_OPEN)
    )


def is_prose(block: Block) -> bool:
    """Return whether the block is prose rather than a label or a link."""
    text = block.text
    return block.link_density <= 0.5 and is_prose_length(measure_text(block, count_wide(text)), classify_ending(text))


def is_prose_length(length: float, end: int) -> bool:
    return length >= MIN_PROSE_LETTERS or (length >= MIN_SENTENCE_LETTERS and end in (_ENDS_SENTENCE, _ENDS_WITH_ELLIPSIS))


def count_wide(text: str) -> int:
    return 0 if text.isascii() else sum(map(len, _CJK_RUN.findall(text)))


def _count_commas(text: str) -> int:
    return text.count(",") + (0 if text.isascii() else sum(map(text.count, _OTHER_COMMAS)))


def _classify_signs(start: str) -> int:
    """Return the number of digits, addresses and copyright signs at the text's start, at most 3; plus 4 with a copyright sign."""
    start = start.lower()
    signs = len(_DIGIT.findall(start)) + start.count("@")
    if "://" in start or "www." in start:
        signs += sum(map(start.count, _URL_PREFIXES))
    rights = sum(map(start.count, _COPYRIGHT_SIGNS))
    return min(3, signs + rights) + (4 if rights else 0)


def _classify_beginning(first: str) -> int:
    if first.isdigit():
        return _NUMBER
    if first.islower():
        return _LOWER
    return _UPPER if first.isalpha() else _BEGINNING_BY_CHARACTER.get(first, _OTHER)


def _measure_casing(start: str) -> int:
    """Return the number of capital letters at starts of words as quarters of the number of words."""
    return min(4, len(_CAPITAL.findall(start)) * 4 // (start.count(" ") + 1))


def _classify_inner(start: str) -> int:
    quotes = start.count('"') + start.count("“") + start.count("«") + start.count("„") + start.count("「")
    markup = len(_MARKUP.findall(start)) * 12 > len(start)
    return (". " in start or "。" in start[:-1]) + 2 * (quotes > 0) + 4 * markup
