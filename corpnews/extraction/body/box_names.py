"""Boxes whose class names tell what they hold: a quotation within the text, or what is said of the author below it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from corpnews.page.layout import Box

# A class name as a whole: themes give the name of the author's account to the article, as in "author-jane".
_AUTHOR_NAME: Final = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?author(?:[-_]{0,2}(?:box|bio|biography|card|info|profile|about|description))?(?:\s|$)", re.IGNORECASE
)
_QUOTATION_NAME: Final = re.compile(
    r"(?<![a-z])(?:testimonial|(?:block|pull)?quote(?:block|box|item|card)?)(?![a-z])", re.IGNORECASE
)
_ZONES_OF_OTHERS: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.RELATED | Zone.COMMENT | Zone.AD | Zone.FORM | Zone.HIDDEN
_MAX_AUTHOR_LENGTH: Final = 1_200
_MAX_QUOTATION_LENGTH: Final = 1_500
_MAX_BOXES_TO_QUOTATION: Final = 5


def is_author_box(box: Box) -> bool:
    """Return whether the box is named after the author: a picture, a name and some words about the person."""
    if not (box.own_zone & Zone.META and 0 < box.chars <= _MAX_AUTHOR_LENGTH):
        return False
    return _AUTHOR_NAME.search(box.class_names) is not None and not is_quotation_box(box)


def is_quotation_box(box: Box) -> bool:
    """Return whether the box, or a small one around it, is named after quotations and is no list of what customers say."""
    around = (outer for outer in islice(box.ancestors(), _MAX_BOXES_TO_QUOTATION) if outer.chars <= _MAX_QUOTATION_LENGTH)
    return not box.zone & _ZONES_OF_OTHERS and any(_QUOTATION_NAME.search(outer.class_names) for outer in around)
