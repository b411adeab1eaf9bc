"""Whether two articles are the same release, published under two URLs or sent over a news wire.

Likely pairs share one of a few MinHashes, which a database can look up; each pair is then compared as a whole. A copy may
have another dateline, a wire's name and other end matter, but has the same headline, wording and figures: the results of two
quarters share most sentences and are two releases.
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

# A word, a number with its separators, or a character of a script without spaces
_WORD_OR_CHARACTER: Final = re.compile(rf"\d+(?:[.,:/]\d+)*|[{CJK_RANGES}]|[^\W\d_{CJK_RANGES}]+")
_MAX_COMPARED_WORDS: Final = 20_000
_SHINGLE_LENGTH: Final = 3
_CJK_NUMERALS: Final = frozenset("一二三四五六七八九十百千万亿萬億")

# Two texts that share the part s of their shingles share a hash with a probability of 1 - (1 - s**rows)**bands: 0.99 for
# s = 0.8, 0.15 for s = 0.3 (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4)
HASH_BANDS: Final = 6
_HASHES_PER_BAND: Final = 3
_HASH_SEED: Final = 1

# A shorter text may be a stub that points elsewhere; it is a copy only of the same words under the same headline
_MIN_COMPARABLE_WORDS: Final = 40
# Texts of so many words, all of them the same, are the same release under any headline
_MIN_WORDS_FOR_ANY_HEADLINE: Final = 100
_MIN_TITLE_WORDS: Final = 3
# The part that two texts share begins and ends with so many words in a row; before it is a dateline or a subheadline
_ANCHOR_LENGTH: Final = 8
_MAX_WORDS_BEFORE_ANCHOR: Final = 60
_MIN_COVERED_SHARE: Final = 0.6
_MIN_SHARED_SHINGLES: Final = 0.8
# A share of the figures: a misprint may have been corrected
_MAX_DIFFERENT_FIGURES: Final = 0.04


@dataclass(frozen=True)
class Fingerprint:
    """The text of an article, for comparison; `language` is BCP 47, `hash` the content_hash if known."""

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
    """Signed 64-bit hashes of the text; near-duplicates very probably share one."""
    found = [_hash_to_int64(bytes.fromhex(text.content))]
    if len(text.words) >= _MIN_COMPARABLE_WORDS:
        sketch = RMinHash(HASH_BANDS * _HASHES_PER_BAND, _HASH_SEED)
        sketch.update([" ".join(shingle) for shingle in _build_shingles(text.words, _SHINGLE_LENGTH)])
        values = sketch.digest()
        for band in range(HASH_BANDS):
            of_band = values[band * _HASHES_PER_BAND : (band + 1) * _HASHES_PER_BAND]
            # with the library's version: hashes of another version must not be taken for equal
            found.append(_hash_to_int64(struct.pack(f"<{_HASHES_PER_BAND + 2}Q", RMinHash.ALGORITHM_VERSION, band, *of_band)))
    return tuple(found)


def _hash_to_int64(data: bytes) -> int:
    """A signed 64-bit hash, which fits a database's BIGINT."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def find_original(text: Fingerprint, candidates: Iterable[DuplicateCandidate]) -> str | None:
    """The id of the first candidate that is the same release, or None."""
    for each in candidates:
        if is_duplicate(text, Fingerprint(each.headline, each.body, each.language, each.content_hash)):
            return each.id
    return None


def is_duplicate(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether the two are the same release; a translation is not."""
    if one.language and other.language and get_primary_language(one.language) != get_primary_language(other.language):
        return False
    if one.content == other.content:
        return True
    shorter, longer = sorted((one, other), key=lambda text: len(text.words))
    language = one.language or other.language or "en"
    figures = (_count_figures(each.title, language) for each in (one, other))
    if len(shorter.words) < _MIN_COMPARABLE_WORDS or _have_other_figures(*figures):
        return False
    if shorter.words == longer.words and len(shorter.words) >= _MIN_WORDS_FOR_ANY_HEADLINE:
        return True
    return _is_same_title(one.title, other.title) and _is_same_story(shorter.words, longer.words, language)


def _have_other_figures(one: Counter[str], other: Counter[str]) -> bool:
    """Whether each headline has a figure that the other lacks; one of them may leave figures out."""
    return not one <= other and not other <= one


def _is_same_title(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all words of one headline are in the other, and they are enough to identify a release ("News" does not)."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter) >= _MIN_TITLE_WORDS and shorter <= longer


def _is_same_story(shorter: Sequence[str], longer: Sequence[str], language: str) -> bool:
    """Whether the texts have the same words and figures between dateline and end matter."""
    anchors = _build_shingles(shorter, _ANCHOR_LENGTH) & _build_shingles(longer, _ANCHOR_LENGTH)
    spans = [_find_anchored_span(words, anchors) for words in (shorter, longer)]
    if any(span.stop == 0 or span.start > _MAX_WORDS_BEFORE_ANCHOR for span in spans):
        return False
    if len(spans[0]) < _MIN_COVERED_SHARE * len(shorter):
        return False
    here, there = shorter[spans[0].start : spans[0].stop], longer[spans[1].start : spans[1].stop]
    ours, theirs = _build_shingles(here, _SHINGLE_LENGTH), _build_shingles(there, _SHINGLE_LENGTH)
    if len(ours & theirs) < _MIN_SHARED_SHINGLES * len(ours | theirs):
        return False
    one, other = _count_figures(here, language), _count_figures(there, language)
    different = (one - other).total() + (other - one).total()
    return different <= _MAX_DIFFERENT_FIGURES * (one.total() + other.total())


def _find_anchored_span(words: Sequence[str], anchors: set[tuple[str, ...]]) -> range:
    """The range from the first to the last anchor among the words; an empty range at 0 if there is none."""
    starts = [start for start, each in enumerate(_iter_word_runs(words, _ANCHOR_LENGTH)) if each in anchors]
    return range(starts[0], starts[-1] + _ANCHOR_LENGTH) if starts else range(0)


def _count_figures(words: Iterable[str], language: str) -> Counter[str]:
    """The numbers and months among the words, which tell one quarter's release from the next one's."""
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
