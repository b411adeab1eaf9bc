"""The part of the page in which images, players and links belong to the article."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Zone

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Box, Mark, Region
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page

ELSEWHERE: Final = Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
# Without a known region, the article is taken to end this many blocks after its headline.
REACH: Final = 60
# A lead image is at most this many blocks above the headline, in a box at most this many levels above the headline's.
ABOVE: Final = 3
BOXES_UP: Final = 3
# The headline counts as the start of the article if it is at most this many blocks above the body.
MOST_BETWEEN: Final = 25
PAGE: Final = ("body", "html", "main")


@dataclass(frozen=True, slots=True)
class Span:
    """Block indexes of the article: headline at `title`, body from `body` to before `end`.

    `box` is the body's box, `head` the box around the headline; None if unknown.
    """

    title: int
    body: int
    end: int
    box: Box | None
    head: Box | None

    @classmethod
    def of(cls, page: Page, region: Region | None, headline: Headline | None = None) -> Span:
        block = headline.block if headline else None
        title = block.index if block else None
        head = widest_around(block.box) if block else None
        if region is None:
            first = title or 0
            return cls(first, first, min(first + REACH, len(page.layout.blocks)), None, head)
        near = title is not None and 0 <= region.first - title <= MOST_BETWEEN
        return cls(title if title is not None and near else region.first, region.first, region.last + 1, region.box, head)

    def holds(self, mark: Mark) -> bool:
        """Return whether an image, player or link belongs to the article."""
        known = self.box.zone if self.box is not None else 0
        if not self.title - ABOVE <= mark.index <= self.end or mark.box.zone & ELSEWHERE & ~known:
            return False
        inside = self.box is None or is_inside(mark.box, self.box)
        if mark.index <= self.title:
            return (inside and self.box is not None) or (self.head is not None and is_inside(mark.box, self.head))
        return inside or mark.index <= self.body


def widest_around(box: Box) -> Box:
    """Return the outermost box around `box` that is at most a few levels up and is not the page itself."""
    around = [outer for outer in islice(box.ancestors(), BOXES_UP) if outer.tag not in PAGE]
    return around[-1] if around else box


def is_inside(box: Box, outer: Box) -> bool:
    return any(around is outer for around in box.ancestors())
