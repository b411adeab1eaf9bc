"""Whether two articles are the same release: under two URLs, or sent over a news wire.

Likely pairs are found by their marks, which are few, so that a database can look them up; each pair is then compared as
a whole. A copy may have another dateline, a wire's name and other end matter, but the same headline, wording and figures:
the results of two quarters share most sentences and are two releases.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from rensa import RMinHash  # type: ignore[import-untyped]  # it comes without types

from corpnews.cleaning.article import compute_content_hash
from corpnews.cleaning.phrases import CJK_RANGES
from corpnews.extraction.dates.locales import fold_month_name, get_month_numbers
from corpnews.web.languages import get_primary_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.state.records import DuplicateCandidate

# Words; numbers with what stands within them; in scripts without spaces, single characters
_WORD_OR_CHARACTER: Final = re.compile(rf"\d+(?:[.,:/]\d+)*|[{CJK_RANGES}]|[^\W\d_{CJK_RANGES}]+")
_MAX_COMPARED_WORDS: Final = 20_000
_SHINGLE_LENGTH: Final = 3
_CJK_NUMERALS: Final = frozenset("一二三四五六七八九十百千万亿萬億")

# Two texts that share the part s of their shingles have a mark in common with a chance of 1 - (1 - s**ROWS)**BANDS: 0.99 at
# s = 0.8, 0.15 at 0.3 (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4)
HASH_BANDS: Final = 6
_HASHES_PER_BAND: Final = 3
_HASH_SEED: Final = 1

# A shorter text may be a stub that points elsewhere: only the same words under the same headline are a copy of it
_MIN_COMPARABLE_WORDS: Final = 40
# A text of so many words is the same release under any headline, if all its words are the same
_MIN_WORDS_FOR_ANY_HEADLINE: Final = 100
_MIN_TITLE_WORDS: Final = 3
# What two texts share begins and ends where so many words in a row stand in both; before it is a dateline or a deck
_ANCHOR_LENGTH: Final = 8
_MAX_WORDS_BEFORE_ANCHOR: Final = 60
_MIN_COVERED_SHARE: Final = 0.6
_MIN_SHARED_SHINGLES: Final = 0.8
# Of the figures, as few may differ: a misprint that was put right
_MAX_DIFFERENT_FIGURES: Final = 0.04


@dataclass(frozen=True)
class Fingerprint:
    """An article as it is compared; `language` is BCP 47, `hash` its content_hash, if that is known."""

    headline: str
    body: str
    language: str | None = None
    hash: str | None = None

    @cached_property
    def content(self) -> str:
        return self.hash or compute_content_hash(self.headline, self.body)

    @cached_property
    def title(self) -> list[str]:
        return _split_words(self.headline)

    @cached_property
    def words(self) -> list[str]:
        return _split_words(self.body)


def compute_min_hashes(text: Fingerprint) -> tuple[int, ...]:
    """What the like of the text is found by: 64-bit numbers, of which near-duplicates have at least one in common."""
    found = [_hash_to_int64(bytes.fromhex(text.content))]
    if len(text.words) >= _MIN_COMPARABLE_WORDS:
        sketch = RMinHash(HASH_BANDS * _HASHES_PER_BAND, _HASH_SEED)
        sketch.update([" ".join(shingle) for shingle in _build_shingles(text.words, _SHINGLE_LENGTH)])
        values = sketch.digest()
        for band in range(HASH_BANDS):
            # The library numbers its ways of hashing: marks of another one are other marks
            kind = (RMinHash.ALGORITHM_VERSION, band)
            found.append(
                _hash_to_int64(
                    struct.pack(
                        f"<{_HASHES_PER_BAND + 2}Q", *kind, *values[band * _HASHES_PER_BAND : (band + 1) * _HASHES_PER_BAND]
                    )
                )
            )
    return tuple(found)


def _hash_to_int64(data: bytes) -> int:
    """A signed 64-bit hash, as databases have numbers."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def find_original(text: Fingerprint, candidates: Iterable[DuplicateCandidate]) -> str | None:
    """The id of the first candidate that is the same release, or None."""
    for each in candidates:
        if is_duplicate(text, Fingerprint(each.headline, each.body, each.language, each.content_hash)):
            return each.id
    return None


def is_duplicate(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the two are the same release; a translation is another one."""
    if one.language and other.language and get_primary_language(one.language) != get_primary_language(other.language):
        return False
    if one.content == other.content:
        return True
    shorter, longer = sorted((one, other), key=lambda text: len(text.words))
    language = one.language or other.language or "en"
    if len(shorter.words) < _MIN_COMPARABLE_WORDS or _have_other_figures(
        _count_figures(one.title, language), _count_figures(other.title, language)
    ):
        return False
    if shorter.words == longer.words and len(shorter.words) >= _MIN_WORDS_FOR_ANY_HEADLINE:
        return True
    return _is_same_title(one.title, other.title) and _is_same_story(shorter.words, longer.words, language)


def _have_other_figures(one: Counter[str], other: Counter[str]) -> bool:
    """Whether each headline names a figure that the other does not; one may leave figures out."""
    return not one <= other and not other <= one


def _is_same_title(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one headline is the other or stands within it ("Acme: …"), and says something: "News" may be any release's."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter) >= _MIN_TITLE_WORDS and shorter <= longer


def _is_same_story(shorter: Sequence[str], longer: Sequence[str], language: str) -> bool:
    """Whether the texts are the same between dateline and end matter."""
    anchors = _build_shingles(shorter, _ANCHOR_LENGTH) & _build_shingles(longer, _ANCHOR_LENGTH)
    spans = [_find_anchored_span(words, anchors) for words in (shorter, longer)]
    if any(span.stop == 0 or span.start > _MAX_WORDS_BEFORE_ANCHOR for span in spans) or len(spans[0]) < _MIN_COVERED_SHARE * len(
        shorter
    ):
        return False
    here, there = shorter[spans[0].start : spans[0].stop], longer[spans[1].start : spans[1].stop]
    ours, theirs = _build_shingles(here, _SHINGLE_LENGTH), _build_shingles(there, _SHINGLE_LENGTH)
    if len(ours & theirs) < _MIN_SHARED_SHINGLES * len(ours | theirs):
        return False
    said, repeated = _count_figures(here, language), _count_figures(there, language)
    different = (said - repeated).total() + (repeated - said).total()
    return different <= _MAX_DIFFERENT_FIGURES * (said.total() + repeated.total())


def _find_anchored_span(words: Sequence[str], anchors: set[tuple[str, ...]]) -> range:
    """From the first to the last of the anchors among the words; an empty range at 0 where there is none."""
    starts = [start for start, each in enumerate(_iter_word_runs(words, _ANCHOR_LENGTH)) if each in anchors]
    return range(starts[0], starts[-1] + _ANCHOR_LENGTH) if starts else range(0)


def _count_figures(words: Iterable[str], language: str) -> Counter[str]:
    """The numbers and the months among the words: what tells one quarter's release from the next one's."""
    months = get_month_numbers(language)
    return Counter(word for word in words if word[0].isdigit() or word in _CJK_NUMERALS or fold_month_name(word) in months)


def _build_shingles(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return set(_iter_word_runs(words, length))


def _iter_word_runs(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """All runs of `length` words.

    >>> list(_iter_word_runs(["a", "b", "c"], 2))
    [('a', 'b'), ('b', 'c')]
    """
    return zip(*(words[start:] for start in range(length)), strict=False)


def _split_words(text: str) -> list[str]:
    """The text's words, without what typography adds.

    >>> _split_words("Net sales: €1.5 m — 透水砖")
    ['net', 'sales', '1.5', 'm', '透', '水', '砖']
    """
    return _WORD_OR_CHARACTER.findall(normalize("NFKC", text).casefold())[:_MAX_COMPARED_WORDS]
