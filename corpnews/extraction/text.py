"""Text as a reader sees it: white space folded, what shows nothing gone."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Characters that show nothing, control characters among them; and halves of characters, which JSON can name and UTF-8 not write.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\ud800-\udfff]+")
MOST_PIECES = 200


def folded(text: str) -> str:
    """White space folded to single spaces, invisible characters gone."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return " ".join(INVISIBLE.sub("", text).split())


def lines_of_code(text: str) -> str:
    r"""The text with its line ends and indents, blank lines at its ends gone.

    >>> lines_of_code("\n  if dry:  \n    pump()\n")
    '  if dry:\n    pump()'
    """
    return "\n".join(INVISIBLE.sub("", line.expandtabs(4)).rstrip() for line in text.splitlines()).strip("\n")


def text_inside(element: HtmlElement) -> str:
    """The text inside an element that should hold little, such as a link; no more than the start of much."""
    return folded("".join(islice(element.itertext(), MOST_PIECES)))
