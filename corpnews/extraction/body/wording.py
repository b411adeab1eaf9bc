"""Words that tell what a text or a box is: bits for the topics of a text's words, and for those of class names.

The weights of the bits are fitted; a word here removes nothing by itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOPICS: Final = tomllib.loads(files("corpnews.extraction.body").joinpath("wording.toml").read_text(encoding="utf-8"))
TEXT_TOPICS: Final = tuple(_TOPICS["text"])
CLASS_TOPICS: Final = tuple(_TOPICS["classes"])
MAX_TEXT_WITH_TOPICS: Final = 300
_END_OF_TEXT: Final = -1  # in place of the bits of a word
_NAME_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _index_words(topics: dict[str, str]) -> dict[str, int]:
    """Return the bits of the topics of each word."""
    found: dict[str, int] = {}
    for number, words in enumerate(topics.values()):
        for word in words.split():
            found[word] = found.get(word, 0) | 1 << number
    return found


_TEXT_BITS: Final = _index_words(_TOPICS["text"])
_CLASS_BITS: Final = _index_words(_TOPICS["classes"])
_CJK_BITS: Final = tuple(
    (part, 1 << TEXT_TOPICS.index(topic)) for topic, parts in _TOPICS["text_without_spaces"].items() for part in parts.split()
)


def find_text_topics(lower: str, separator: str, wide: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return the bits of the topics of texts in lower case, each followed by the separator; `wide` are their CJK characters."""
    words = re.compile(rf"[^\W\d_]+|{re.escape(separator)}").findall(lower)
    bits = np.fromiter(map({**_TEXT_BITS, separator: _END_OF_TEXT}.get, words, repeat(0)), dtype=int, count=len(words))
    ends = np.flatnonzero(bits == _END_OF_TEXT)
    bits[ends] = 0
    topics: NDArray[np.int_] = np.bitwise_or.reduceat(bits, np.concatenate(((0,), ends[:-1] + 1)))
    parts = [(part, bit) for part, bit in _CJK_BITS if part in lower] if wide.any() else []
    if parts:
        texts = lower.split(separator)
        for number in np.flatnonzero(wide).tolist():
            for part, bit in parts:
                topics[number] |= bit if part in texts[number] else 0
    return topics


@lru_cache(maxsize=20_000)
def get_class_topics(names: str) -> int:
    """Return the bits of the topics of class names.

    >>> get_class_topics("post-excerpt imageCaption") == 1 << CLASS_TOPICS.index("lead") | 1 << CLASS_TOPICS.index("picture")
    True
    """
    bits = 0
    for word in map(str.lower, _NAME_WORD.findall(names[:200])):
        bits |= _CLASS_BITS.get(word, 0)
    return bits
