"""What the texts of a page's blocks look like: how they end and begin, their length in letters, their signs and topics."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from corpnews.extraction.body.wording import MAX_TEXT_WITH_TOPICS, add_topics_without_spaces, find_word_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpnews.page.layout import Block

_END_OF_SENTENCE = re.compile(r"[.!?。！？…؟।][\"'”’»」』)）\]]*$")
_ENDS_OF_SENTENCES: Final = frozenset(".!?。！？…؟।\"'”’»」』)）]")
_CJK_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_OTHER_COMMAS: Final = "，、،"
_COPYRIGHT_SIGNS: Final = ("©", "(c)", "all rights reserved", "版权")
_URL_PREFIXES: Final = ("http://", "https://", "www.")
# One character of Chinese, Japanese or Korean counts as this many letters.
_CJK_WEIGHT: Final = 2.5
# A text of the first number of letters is prose; of the second number, if it ends like a sentence.
MIN_PROSE_LETTERS: Final = 80
MIN_SENTENCE_LETTERS: Final = 30

_ENDS_SENTENCE, _ENDS_WITH_COLON, _ENDS_WITH_COMMA, _ENDS_OPEN, _ENDS_WITH_ELLIPSIS = range(5)
_ELLIPSES: Final = ("…", "...", "…]", "...]", "…)", "...)")
_ENDING_BY_CHARACTER: Final = {":": _ENDS_WITH_COLON, "：": _ENDS_WITH_COLON, ",": _ENDS_WITH_COMMA, "，": _ENDS_WITH_COMMA}
_LOWER, _UPPER, _NUMBER, _QUOTE, _BULLET, _BRACKET, _OTHER = range(7)
_BEGINNING_BY_CHARACTER: Final = {
    **dict.fromkeys("\"'“”„«»‘「『《", _QUOTE),
    **dict.fromkeys("•·-–—*▪●■►▶→›+", _BULLET),
    **dict.fromkeys("([{<（【［", _BRACKET),
}
# Stands between the texts of a page when they are read at once; no text contains it.
SEPARATOR: Final = "\0"
# The characters that are counted at the starts of texts. All counts of a text are fields of one number: a start is too short
# to fill one.
_COUNTED: Final = (r"\d", "[@]", '["“«„「]', r"[{}<>\\=;]", " ", r"[A-ZÀ-ÞА-Я]")
_DIGITS, _AT_SIGNS, _QUOTES, _MARKUP, _SPACES, _CAPITALS = range(len(_COUNTED))
# Beyond are no characters of words (Unicode 17 ends at U+3347F); a table of all 0x110000 costs each process 0.1 s more.
_END_OF_WORD_CHARACTERS: Final = 0x40000
_FIELD_BITS: Final = MAX_TEXT_WITH_TOPICS.bit_length()
_MAX_KEPT_LENGTH: Final = 60
_MAX_KEPT_TEXTS: Final = 10_000
_SIGNS_OF_SHORT_TEXTS: Final[dict[str, tuple[int, ...]]] = {}


@dataclass(frozen=True, slots=True)
class TextSigns:
    """Signs of the texts of a page: small numbers, an array of one for each text.

    Attributes:
        endings: How it ends.
        wide: Number of CJK characters.
        commas: Number of commas.
        signs: Number of digits, addresses and copyright signs at its start, at most 3; plus 4 with a copyright sign.
        capitals: Whether it is in capitals.
        beginnings: The kind of its first character.
        casings: Share of the words of its start that begin with a capital letter, in quarters.
        figures: Share of digits of its start, in tenths up to 5.
        inner: Whether its start has sentences inside (1), quotation marks (2), markup (4).
        topics: Bits of wording.TEXT_TOPICS.
    """

    endings: NDArray[np.int_]
    wide: NDArray[np.int_]
    commas: NDArray[np.int_]
    signs: NDArray[np.int_]
    capitals: NDArray[np.int_]
    beginnings: NDArray[np.int_]
    casings: NDArray[np.int_]
    figures: NDArray[np.int_]
    inner: NDArray[np.int_]
    topics: NDArray[np.int_]


_NUMBER_OF_SIGNS: Final = len(fields(TextSigns))


def read_text_signs(texts: Sequence[str]) -> TextSigns:
    """Return the signs of texts, none of which is empty. Those of short texts are kept for the site's next pages: its menus."""
    found = {text: signs for text in texts if (signs := _SIGNS_OF_SHORT_TEXTS.get(text))}
    unknown = [text for text in dict.fromkeys(texts) if text not in found]
    read = dict(zip(unknown, _read_signs(unknown), strict=True)) if unknown else {}
    if len(_SIGNS_OF_SHORT_TEXTS) > _MAX_KEPT_TEXTS:
        _SIGNS_OF_SHORT_TEXTS.clear()
    _SIGNS_OF_SHORT_TEXTS.update((text, signs) for text, signs in read.items() if len(text) <= _MAX_KEPT_LENGTH)
    found |= read
    table = np.fromiter(chain.from_iterable(map(found.__getitem__, texts)), dtype=int, count=len(texts) * _NUMBER_OF_SIGNS)
    return TextSigns(*table.reshape(len(texts), _NUMBER_OF_SIGNS).T)


def _read_signs(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the fields of TextSigns for each text."""
    starts = [text[:MAX_TEXT_WITH_TOPICS] for text in texts]
    together = SEPARATOR.join((*starts, ""))
    lower = together.lower()
    lower_starts = lower.split(SEPARATOR)[:-1]
    sizes = np.array([len(start) for start in starts])
    counts = _count_characters(together, sizes)
    wide = np.zeros(len(texts), dtype=int) if together.isascii() else np.array([_count_wide(text) for text in texts])
    topics = find_word_topics(*_split_words(lower))
    add_topics_without_spaces(topics, lower_starts, wide)
    columns = (
        [_classify_ending(text) for text in texts],
        wide,
        [_count_commas(text) for text in texts],
        _combine_signs(lower_starts, lower, counts[_DIGITS] + counts[_AT_SIGNS]),
        [text.isupper() for text in texts],
        [_classify_beginning(text[0]) for text in texts],
        np.minimum(4, counts[_CAPITALS] * 4 // (counts[_SPACES] + 1)),
        np.minimum(5, 10 * counts[_DIGITS] // sizes),
        _find_sentences_inside(starts) + 2 * (counts[_QUOTES] > 0) + 4 * (counts[_MARKUP] * 12 > sizes),
        topics,
    )
    return list(zip(*(column if isinstance(column, list) else column.tolist() for column in columns), strict=True))


@cache
def _load_character_table() -> tuple[NDArray[np.uint64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each character the fields in which it counts, and whether it is of a word, and a letter of one.

    The last entry is of all others.
    """
    characters = "".join(map(chr, range(_END_OF_WORD_CHARACTERS)))
    fields = np.zeros(len(characters), dtype=np.uint64)
    for number, pattern in enumerate(_COUNTED):
        fields[[found.start() for found in re.finditer(pattern, characters)]] |= np.uint64(1 << _FIELD_BITS * number)
    is_word = np.zeros(len(characters), dtype=np.bool_)
    for run in re.finditer(r"\w+", characters):
        is_word[run.start() : run.end()] = True
    is_letter = is_word & (fields & np.uint64(1 << _FIELD_BITS * _DIGITS) == 0)
    is_letter[ord("_")] = False
    return fields, is_word, is_letter


def _count_characters(together: str, sizes: NDArray[np.int_]) -> list[NDArray[np.int_]]:
    """Return how many characters of each kind of _COUNTED the texts have; capitals count at the start of words only."""
    fields, is_word, _ = _load_character_table()
    codes = _encode(together)
    values, follows_word = fields.take(codes, mode="clip"), is_word.take(codes[:-1], mode="clip")
    values[1:][follows_word] &= np.uint64((1 << _FIELD_BITS * _CAPITALS) - 1)
    sums = np.add.reduceat(values, np.cumsum(sizes + 1) - sizes - 1)
    mask = np.uint64((1 << _FIELD_BITS) - 1)
    return [(sums >> np.uint64(_FIELD_BITS * number) & mask).astype(int) for number in range(len(_COUNTED))]


def _encode(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _split_words(together: str) -> tuple[list[str], NDArray[np.int_]]:
    """Return the words of all texts, which consist of letters alone, and the number of words of each text."""
    codes = _encode(together)
    is_letter = _load_character_table()[2].take(codes, mode="clip")
    words = np.where(is_letter, codes, np.uint32(ord(" "))).tobytes().decode("utf-32-le").split()
    is_start = is_letter.copy()
    is_start[1:] &= ~is_letter[:-1]
    return words, np.diff(np.cumsum(is_start)[codes == ord(SEPARATOR)], prepend=0)


def _combine_signs(starts: Sequence[str], together: str, counted: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return TextSigns.signs from the starts of texts in lower case, and the numbers of their digits and at signs."""
    rights = _count_parts(_COPYRIGHT_SIGNS, starts, together)
    counted = counted + _count_parts(_URL_PREFIXES, starts, together) + rights
    signs: NDArray[np.int_] = np.minimum(3, counted) + 4 * (rights > 0)
    return signs


def _count_parts(parts: Sequence[str], texts: Sequence[str], together: str) -> NDArray[np.int_]:
    """Return how often each text contains any of the parts; most parts are in none of them."""
    counts: NDArray[np.int_] = np.zeros(len(texts), dtype=int)
    for part in parts:
        if part in together:
            counts += [text.count(part) for text in texts]
    return counts


def _find_sentences_inside(starts: Sequence[str]) -> NDArray[np.int_]:
    return np.array([". " in start or "。" in start[:-1] for start in starts]).astype(int)


def measure_text(lengths: NDArray[np.int_], link_chars: NDArray[np.int_], wide: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return the lengths of texts outside links in letters; each of their `wide` CJK characters counts as several."""
    return lengths - link_chars + wide * (_CJK_WEIGHT - 1) * (1 - link_chars / lengths)


def is_prose_length(lengths: NDArray[np.float64], endings: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Return for each text whether it is prose, by its length in letters and its ending."""
    is_sentence = (endings == _ENDS_SENTENCE) | (endings == _ENDS_WITH_ELLIPSIS)
    prose: NDArray[np.bool_] = (lengths >= MIN_PROSE_LETTERS) | ((lengths >= MIN_SENTENCE_LETTERS) & is_sentence)
    return prose


def _classify_ending(text: str) -> int:
    last = text[-1]
    if last not in _ENDS_OF_SENTENCES:
        return _ENDING_BY_CHARACTER.get(last, _ENDS_OPEN)
    if text.endswith(_ELLIPSES):
        return _ENDS_WITH_ELLIPSIS
    return _ENDS_SENTENCE if _END_OF_SENTENCE.search(text, max(0, len(text) - 8)) else _ENDS_OPEN


def is_prose(block: Block) -> bool:
    """Return whether the block is prose rather than a label or a link."""
    text, density = block.text, block.link_density
    if density > 0.5:
        return False
    length = len(text) - block.link_chars + _count_wide(text) * (_CJK_WEIGHT - 1) * (1 - density)
    return length >= MIN_PROSE_LETTERS or (
        length >= MIN_SENTENCE_LETTERS and _classify_ending(text) in (_ENDS_SENTENCE, _ENDS_WITH_ELLIPSIS)
    )


def _count_wide(text: str) -> int:
    return 0 if text.isascii() else sum(map(len, _CJK_RUN.findall(text)))


def _count_commas(text: str) -> int:
    return text.count(",") + (0 if text.isascii() else sum(map(text.count, _OTHER_COMMAS)))


def _classify_beginning(first: str) -> int:
    if first.isdigit():
        return _NUMBER
    if first.islower():
        return _LOWER
    return _UPPER if first.isalpha() else _BEGINNING_BY_CHARACTER.get(first, _OTHER)
