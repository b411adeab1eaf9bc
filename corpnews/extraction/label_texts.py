"""Labels as structured data state them, and the class names of boxes that hold one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COMMA: Final = re.compile(r"\s?[,，、]\s?")
# "Chemicals, Oil & Gas" is one section, "News, Funding" are two.
_CONJUNCTION: Final = re.compile(r"&|\b(?:and|und|et|y|e|en|og|och|i|и)\b", re.IGNORECASE)
# The pairs that a publishing system notes, such as a category or the number of a record.
_KEY_AND_VALUE: Final = re.compile(r"([A-Za-z][\w -]{1,24}):\s?(\S.*)")
_MIN_KEYED_LABELS: Final = 2
_KEYS_OF_TOPICS: Final = frozenset(("category", "subject", "topic", "tag", "keyword"))
# Class names, in lower case, of boxes that hold the section of an article, and of those that hold a line above its headline
SECTION_CLASS: Final = re.compile(
    r"(?<![a-z])(?:categor(?:y|ie|ia|ía)|kategorie|rubri(?:k|que|ca)|kicker|eyebrow|cate?|(?:news|press|release|article|content)[-_]?type)(?![a-z])"
)
OVERLINE_CLASS: Final = re.compile(
    r"(?<![a-z])(?:super[-_]?(?:header|title)|sur[-_]?title|over[-_]?line|top[-_]?line|dachzeile)(?![a-z])"
)
# "editors_pick", "/article", the identifier of a record
_MACHINE_LABEL: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+|/.*|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.ASCII)


def get_first_section(stated: str) -> str:
    """Return the first of the sections that one string states.

    >>> get_first_section("News, Funding"), get_first_section("Chemicals, Oil & Gas")
    ('News', 'Chemicals, Oil & Gas')
    """
    first, *others = _COMMA.split(stated)
    return first if first and others and not _CONJUNCTION.search(others[-1]) else stated


def iter_topics(keywords: Sequence[str]) -> Iterator[str]:
    """Yield the keywords that are topics: of a publishing system's "key: value" pairs only the values that name one.

    >>> list(iter_topics(["Category: Wind", "contentId: 4711", "editors_pick", "Jobs"]))
    ['Wind', 'Jobs']
    """
    keyed = [_KEY_AND_VALUE.fullmatch(keyword) for keyword in keywords]
    are_pairs = sum(found is not None for found in keyed) >= _MIN_KEYED_LABELS
    for keyword, found in zip(keywords, keyed, strict=True):
        if found and are_pairs:
            if found[1].lower() in _KEYS_OF_TOPICS:
                yield found[2]
        elif not _MACHINE_LABEL.fullmatch(keyword):
            yield keyword
