"""Words that tell what a text or a box is: bits for the topics of a text's words, and for those of class names.

The weights of the bits are fitted; a word here removes nothing by itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_TOPICS: Final = tomllib.loads(files("corpnews.extraction.body").joinpath("wording.toml").read_text(encoding="utf-8"))
TEXT_TOPICS: Final = tuple(_TOPICS["text"])
CLASS_TOPICS: Final = tuple(_TOPICS["classes"])
MAX_TEXT_WITH_TOPICS: Final = 300
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


def find_word_topics(words: Sequence[str], counts: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return the bits of the topics of texts from their words in lower case; `counts` are the numbers of each text's words."""
    bits = np.fromiter(chain(map(_TEXT_BITS.get, words, repeat(0)), (0,)), dtype=int, count=len(words) + 1)
    topics: NDArray[np.int_] = np.where(counts > 0, np.bitwise_or.reduceat(bits, np.cumsum(counts) - counts), 0)
    return topics


def add_topics_without_spaces(topics: NDArray[np.int_], texts: Sequence[str], wide: NDArray[np.int_]) -> None:
    """Add the bits of the topics of texts in lower case that are written without spaces; `wide` are their CJK characters."""
    numbers = np.flatnonzero(wide).tolist()
    together = "\n".join(texts[number] for number in numbers)
    parts = [(part, bit) for part, bit in _CJK_BITS if part in together]
    for number in numbers if parts else ():
        for part, bit in parts:
            topics[number] |= bit if part in texts[number] else 0


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
