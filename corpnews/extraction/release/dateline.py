"""The dateline that opens a release: "BOSTON, May 4, 2024 –"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.items import Dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block

# Maximum length of a dateline, in characters of the first text.
_MAX_DATELINE_LENGTH: Final = 160
_MAX_LOCATION_LENGTH: Final = 60
# A dateline is in one of this many first blocks, as subheadlines may precede it.
_MAX_BLOCKS: Final = 4
_WIRE_NAME: Final = re.compile(r"[(/][^()/]{2,30}[)/]|PR ?Newswire|PRWEB|GLOBE ?NEWSWIRE|BUSINESS WIRE", re.IGNORECASE)
_DATELINE_DASH: Final = re.compile(r"^[\s,.)\]）】]{0,4}(?:[–—―‒:：]|-{1,2}(?=\s|$)|\|)")
_SENTENCE_BREAK: Final = re.compile(r"[!?。！？]|[a-z]{4,}\. ")
_TRIMMED_CHARACTERS: Final = " ,.;:-–—(（【[|/\u3000"


def find_dateline(blocks: Sequence[Block], languages: Sequence[str] = ()) -> Dateline | None:
    """Return location and date with which one of the first blocks begins, followed by a dash, or of which it consists."""
    read = (_parse_dateline(block.text[:_MAX_DATELINE_LENGTH], languages) for block in blocks[:_MAX_BLOCKS])
    return next(filter(None, read), None)


def _parse_dateline(text: str, languages: Sequence[str] = ()) -> Dateline | None:
    """Return the dateline at the start of the text, without names of news wires; None if there is none.

    >>> _parse_dateline("NORDVIK, Norway (Acme Wire), May 3, 2024 -- Acme has opened its plant.")
    Dateline(location='NORDVIK, Norway', date='2024-05-03')
    """
    date = next(iter(find_dates(text, languages)), None)
    if date is None:
        return None
    before, after = text[: date.start], _WIRE_NAME.sub("", text[date.end :])
    is_alone = not after.strip(_TRIMMED_CHARACTERS) and _WIRE_NAME.search(
        before
    )  # without a wire's name it may be any line with a date
    if len(before) > _MAX_LOCATION_LENGTH or _SENTENCE_BREAK.search(before) or not (_DATELINE_DASH.match(after) or is_alone):
        return None
    return Dateline(_WIRE_NAME.sub("", before).strip(_TRIMMED_CHARACTERS) or None, date.value)
