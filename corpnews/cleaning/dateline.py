"""The opening of a release: "BOSTON, May 4, 2024 –"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.dates import find_dates
from corpnews.items import Dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block

# A dateline is within so many characters of the first text.
WITHIN: Final = 160
LONGEST_PLACE: Final = 60
WIRE: Final = re.compile(r"[(/][^()/]{2,30}[)/]|PR ?Newswire|PRWEB|GLOBE ?NEWSWIRE|BUSINESS WIRE", re.IGNORECASE)
DASH: Final = re.compile(r"^[\s,.)\]）】]{0,4}(?:[–—―‒:：]|-{1,2}(?=\s|$)|\|)")
SENTENCE: Final = re.compile(r"[!?。！？]|[a-z]{4,}\. ")
TRIM: Final = " ,.;:-–—(（【[|/\u3000"


def read_dateline(blocks: Sequence[Block], languages: Sequence[str] = ()) -> Dateline | None:
    """Place and date that the first text begins with, up to the dash behind them; None where it begins otherwise.

    The place, if any, stands right before the date or right behind it; names of news wires are left out.
    """
    text = next((block.text[:WITHIN] for block in blocks), "")
    date = next(iter(find_dates(text, languages)), None)
    if date is None:
        return None
    before, behind = text[: date.start], WIRE.sub("", text[date.end :])
    if len(before) > LONGEST_PLACE or SENTENCE.search(before) or not DASH.match(behind):
        return None
    place = WIRE.sub("", before).strip(TRIM)
    return Dateline(place or None, date.value)
