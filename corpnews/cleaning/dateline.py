"""The dateline that opens a release: "BOSTON, May 4, 2024 –"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.items import Dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block

# Maximum length of a dateline, in characters of the first text.
WITHIN: Final = 160
LONGEST_PLACE: Final = 60
# A dateline is in one of this many first blocks, as subheadlines may precede it.
FIRST_BLOCKS: Final = 4
WIRE: Final = re.compile(r"[(/][^()/]{2,30}[)/]|PR ?Newswire|PRWEB|GLOBE ?NEWSWIRE|BUSINESS WIRE", re.IGNORECASE)
DASH: Final = re.compile(r"^[\s,.)\]）】]{0,4}(?:[–—―‒:：]|-{1,2}(?=\s|$)|\|)")
SENTENCE: Final = re.compile(r"[!?。！？]|[a-z]{4,}\. ")
TRIM: Final = " ,.;:-–—(（【[|/\u3000"


def read_dateline(blocks: Sequence[Block], languages: Sequence[str] = ()) -> Dateline | None:
    """Return location and date with which one of the first blocks begins, followed by a dash, or of which it consists."""
    read = (dateline_of(block.text[:WITHIN], languages) for block in blocks[:FIRST_BLOCKS])
    return next(filter(None, read), None)


def dateline_of(text: str, languages: Sequence[str] = ()) -> Dateline | None:
    """Return the dateline at the start of the text, without names of news wires; None if there is none.

    >>> dateline_of("NORDVIK, Norway (Acme Wire), May 3, 2024 -- Acme has opened its plant.")
    Dateline(location='NORDVIK, Norway', date='2024-05-03')
    """
    date = next(iter(find_dates(text, languages)), None)
    if date is None:
        return None
    before, behind = text[: date.start], WIRE.sub("", text[date.end :])
    is_alone = not behind.strip(TRIM) and WIRE.search(before)  # without a wire's name it may be any line with a date
    if len(before) > LONGEST_PLACE or SENTENCE.search(before) or not (DASH.match(behind) or is_alone):
        return None
    return Dateline(WIRE.sub("", before).strip(TRIM) or None, date.value)
