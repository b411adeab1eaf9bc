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

from corpnews.cleaning.wordings import CJK
from corpnews.extraction.dates.names import folded_name, months_of
from corpnews.extraction.language import primary
from corpnews.lifecycle import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.store.records import Candidate

# Words; numbers with what stands within them; in scripts without spaces, single characters
WORD: Final = re.compile(rf"\d+(?:[.,:/]\d+)*|[{CJK}]|[^\W\d_{CJK}]+")
MOST_WORDS: Final = 20_000
SHINGLE: Final = 3
NUMERALS: Final = frozenset("一二三四五六七八九十百千万亿萬億")

# Two texts that share the part s of their shingles have a mark in common with a chance of 1 - (1 - s**ROWS)**BANDS: 0.99 at
# s = 0.8, 0.15 at 0.3 (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4)
BANDS: Final = 6
ROWS: Final = 3
SEED: Final = 1

# A shorter text may be a stub that points elsewhere: only the same words under the same headline are a copy of it
SHORTEST: Final = 40
# A text of so many words is the same release under any headline, if all its words are the same
LONG: Final = 100
SHORTEST_TITLE: Final = 3
# What two texts share begins and ends where so many words in a row stand in both; before it is a dateline or a deck
ANCHOR: Final = 8
LONGEST_LEAD: Final = 60
LEAST_COVERED: Final = 0.6
LEAST_SHARED: Final = 0.8
# Of the figures, as few may differ: a misprint that was put right
MOST_OTHER_FIGURES: Final = 0.04


@dataclass(frozen=True)
class Text:
    """An article as it is compared; `language` is BCP 47, `hash` its content_hash, if that is known."""

    headline: str
    body: str
    language: str | None = None
    hash: str | None = None

    @cached_property
    def content(self) -> str:
        return self.hash or content_hash(self.headline, self.body)

    @cached_property
    def title(self) -> list[str]:
        return words_of(self.headline)

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.body)


def marks(text: Text) -> tuple[int, ...]:
    """What the like of the text is found by: 64-bit numbers, of which near-duplicates have at least one in common."""
    found = [mark(bytes.fromhex(text.content))]
    if len(text.words) >= SHORTEST:
        sketch = RMinHash(BANDS * ROWS, SEED)
        sketch.update([" ".join(shingle) for shingle in shingles(text.words, SHINGLE)])
        values = sketch.digest()
        for band in range(BANDS):
            # The library numbers its ways of hashing: marks of another one are other marks
            kind = (RMinHash.ALGORITHM_VERSION, band)
            found.append(mark(struct.pack(f"<{ROWS + 2}Q", *kind, *values[band * ROWS : (band + 1) * ROWS])))
    return tuple(found)


def mark(data: bytes) -> int:
    """A signed 64-bit hash, as databases have numbers."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def original_of(text: Text, candidates: Iterable[Candidate]) -> str | None:
    """The id of the first candidate that is the same release, or None."""
    for each in candidates:
        if is_duplicate(text, Text(each.headline, each.body, each.language, each.content_hash)):
            return each.id
    return None


def is_duplicate(one: Text, other: Text) -> bool:
    """Whether the two are the same release; a translation is another one."""
    if one.language and other.language and primary(one.language) != primary(other.language):
        return False
    if one.content == other.content:
        return True
    shorter, longer = sorted((one, other), key=lambda text: len(text.words))
    language = one.language or other.language or "en"
    if len(shorter.words) < SHORTEST or contradict(figures(one.title, language), figures(other.title, language)):
        return False
    if shorter.words == longer.words and len(shorter.words) >= LONG:
        return True
    return is_same_title(one.title, other.title) and is_same_story(shorter.words, longer.words, language)


def contradict(one: Counter[str], other: Counter[str]) -> bool:
    """Whether each headline names a figure that the other does not; one may leave figures out."""
    return not one <= other and not other <= one


def is_same_title(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one headline is the other or stands within it ("Acme: …"), and says something: "News" may be any release's."""
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter) >= SHORTEST_TITLE and shorter <= longer


def is_same_story(shorter: Sequence[str], longer: Sequence[str], language: str) -> bool:
    """Whether the texts are the same between dateline and end matter."""
    anchors = shingles(shorter, ANCHOR) & shingles(longer, ANCHOR)
    spans = [span_of(words, anchors) for words in (shorter, longer)]
    if any(span.stop == 0 or span.start > LONGEST_LEAD for span in spans) or len(spans[0]) < LEAST_COVERED * len(shorter):
        return False
    here, there = shorter[spans[0].start : spans[0].stop], longer[spans[1].start : spans[1].stop]
    ours, theirs = shingles(here, SHINGLE), shingles(there, SHINGLE)
    if len(ours & theirs) < LEAST_SHARED * len(ours | theirs):
        return False
    said, repeated = figures(here, language), figures(there, language)
    different = (said - repeated).total() + (repeated - said).total()
    return different <= MOST_OTHER_FIGURES * (said.total() + repeated.total())


def span_of(words: Sequence[str], anchors: set[tuple[str, ...]]) -> range:
    """From the first to the last of the anchors among the words; an empty range at 0 where there is none."""
    starts = [start for start, each in enumerate(runs_of(words, ANCHOR)) if each in anchors]
    return range(starts[0], starts[-1] + ANCHOR) if starts else range(0)


def figures(words: Iterable[str], language: str) -> Counter[str]:
    """The numbers and the months among the words: what tells one quarter's release from the next one's."""
    months = months_of(language)
    return Counter(word for word in words if word[0].isdigit() or word in NUMERALS or folded_name(word) in months)


def shingles(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return set(runs_of(words, length))


def runs_of(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """All runs of `length` words.

    >>> list(runs_of(["a", "b", "c"], 2))
    [('a', 'b'), ('b', 'c')]
    """
    return zip(*(words[start:] for start in range(length)), strict=False)


def words_of(text: str) -> list[str]:
    """The text's words, without what typography adds.

    >>> words_of("Net sales: €1.5 m — 透水砖")
    ['net', 'sales', '1.5', 'm', '透', '水', '砖']
    """
    return WORD.findall(normalize("NFKC", text).casefold())[:MOST_WORDS]
