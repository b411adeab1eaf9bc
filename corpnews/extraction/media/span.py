"""The part of the page in which images, players and links belong to the article."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.headline import Headline
    from corpnews.page.layout import Block, BodyRegion, Box, ElementRef
    from corpnews.page.page import Page

ZONES_OUTSIDE_ARTICLE: Final = (
    Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.FORM | Zone.SHARE | Zone.RELATED | Zone.COMMENT | Zone.AD
)
# Without a known region, the article is taken to end this many blocks after its headline.
_MAX_BLOCKS_WITHOUT_REGION: Final = 60
# A lead image is at most this many blocks above the headline, in a box at most this many levels above the headline's.
_MAX_BLOCKS_ABOVE_HEADLINE: Final = 3
_MAX_BOXES_UP: Final = 3
# The headline counts as the start of the article if it is at most this many blocks above the body.
_MAX_BLOCKS_BETWEEN: Final = 25
_ARTICLE_TAGS: Final = ("article", "main", "figure")
_PAGE_TAGS: Final = ("body", "html", "main")


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    """Block indexes of the article: headline at `title`, body from `body` to before `end`.

    `box` is the body's box, `head` the box around the headline; None if unknown.
    """

    title: int
    body: int
    end: int
    box: Box | None
    head: Box | None

    @classmethod
    def of(cls, page: Page, region: BodyRegion | None, headline: Headline | None = None) -> ArticleSpan:
        block = headline.block if headline else None
        title = block.index if block else None
        head = find_widest_box(block.box) if block else None
        if region is None:
            first = title or 0
            return cls(first, first, min(first + _MAX_BLOCKS_WITHOUT_REGION, len(page.layout.blocks)), None, head)
        near = title is not None and 0 <= region.first - title <= _MAX_BLOCKS_BETWEEN
        return cls(title if title is not None and near else region.first, region.first, region.last + 1, region.box, head)

    def contains(self, ref: ElementRef) -> bool:
        """Return whether an image, player or link belongs to the article."""
        known = self.box.zone if self.box is not None else 0
        if not self.title - _MAX_BLOCKS_ABOVE_HEADLINE <= ref.index <= self.end or ref.box.zone & ZONES_OUTSIDE_ARTICLE & ~known:
            return False
        inside = self.box is None or ref.box.is_inside(self.box)
        if ref.index <= self.title:
            return (inside and self.box is not None) or (self.head is not None and ref.box.is_inside(self.head))
        return inside or ref.index <= self.body or (ref.index == self.end and self._follows_body(ref.box))

    def _follows_body(self, box: Box) -> bool:
        """Return whether the box is the article that contains the body's box."""
        return self.box is not None and box.tag in _ARTICLE_TAGS and self.box.is_inside(box)


def find_widest_box(box: Box, page_tags: Sequence[str] = _PAGE_TAGS) -> Box:
    """Return the outermost box around `box` that is at most a few levels up and is not the page itself."""
    around = [outer for outer in islice(box.ancestors(), _MAX_BOXES_UP) if outer.tag not in page_tags]
    return around[-1] if around else box


def is_in_foot_of_article(box: Box, region: BodyRegion, blocks: Sequence[Block]) -> bool:
    """Return whether a box that is called a footer is the article's: none of the page's header is in the box around both."""
    foot = next((outer for outer in reversed(list(box.ancestors())) if outer.own_zone & outer.zone & Zone.FOOTER), None)
    around = foot.parent if foot is not None else None
    if around is None or around.tag == "body" or not region.box.is_inside(around):
        return False
    above = (block for block in blocks[: region.first] if block.zone & (Zone.NAV | Zone.HEADER))
    return not any(block.box.is_inside(around) for block in above)
