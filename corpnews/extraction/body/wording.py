"""Words that tell what a text or a box is: bits for the topics of a text's words, and for those of class names.

The weights of the bits are fitted; a word here removes nothing by itself.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final

_TOPICS: Final = tomllib.loads(files("corpnews.extraction.body").joinpath("wording.toml").read_text(encoding="utf-8"))
TEXT_TOPICS: Final = tuple(_TOPICS["text"])
CLASS_TOPICS: Final = tuple(_TOPICS["classes"])
_MAX_TEXT: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]+")
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


def get_text_topics(text: str, wide: int) -> int:
    """Return the bits of the topics at the start of a text; `wide` is its number of CJK characters."""
    start = text[:_MAX_TEXT].lower()
    bits = 0
    for word in _TEXT_BITS.keys() & set(_WORD.findall(start)):
        bits |= _TEXT_BITS[word]
    if wide:
        for part, bit in _CJK_BITS:
            if part in start:
                bits |= bit
    return bits


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
