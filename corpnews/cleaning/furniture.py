"""Why a block is not the article: by place and role in the tree first, by wording second."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.wordings import furniture_wording
from corpnews.extraction.blocks import Zone
from corpnews.extraction.body import is_prose
from corpnews.extraction.dates import find_dates

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Block
    from corpnews.extraction.draft import Draft

ZONE_REASONS: Final = {
    Zone.HIDDEN: "hidden",
    Zone.NAV: "navigation",
    Zone.SHARE: "share bar",
    Zone.RELATED: "related articles",
    Zone.COMMENT: "comments",
    Zone.AD: "advertisement",
    Zone.FORM: "form",
    Zone.FOOTER: "page footer",
    Zone.ASIDE: "sidebar",
    Zone.HEADER: "page header",
}
# A line above the text that is neither prose nor longer than this may hold the date, the author or a label.
LONGEST_LABEL_LINE: Final = 120
# A text on so many of the site's pages is called what it is.
MANY_PAGES: Final = 3


@dataclass(frozen=True)
class Judge:
    """Tells furniture from article for one draft: `amid` for the body's blocks, `around` for the rest of the page."""

    draft: Draft

    @cached_property
    def headline_lines(self) -> frozenset[str]:
        headline = self.draft.headline
        return frozenset(text.casefold() for text in (headline.text, headline.subheadline) if text)

    @cached_property
    def headline_blocks(self) -> frozenset[Block]:
        return frozenset(self.draft.headline.blocks)

    @cached_property
    def first_prose(self) -> int:
        """The number of the body's first block of prose."""
        prose = (block.index for block in self.draft.region.blocks if is_prose(block) and block not in self.headline_blocks)
        return next(prose, self.draft.region.last + 1)

    def amid(self, block: Block) -> str | None:
        """Why a block among the body's is not the body's, None if it is."""
        if block in self.headline_blocks or block.text.casefold() in self.headline_lines:
            return "headline"
        if block.index in self.draft.captions:
            return "caption"
        if block.index < self.first_prose and self.is_label_line(block):
            return "date, author or label line"
        return furniture_wording(block.text)

    def is_label_line(self, block: Block) -> bool:
        """Whether the line says little more than a date, or stands where templates put author and date."""
        text = block.text
        if len(text) > LONGEST_LABEL_LINE or is_prose(block):
            return False
        if block.zone & Zone.META:
            return True
        published = self.draft.date_published
        if published is not None and published.raw in text and len(published.raw) * 2 > len(text):
            return True
        return sum(date.end - date.start for date in find_dates(text)) * 2 > len(text)

    def around(self, block: Block) -> str | None:
        """What a block outside the body is, None if it is the headline or a caption, which have fields of their own."""
        if block in self.headline_blocks or block.index in self.draft.captions:
            return None
        by_zone = next((reason for zone, reason in ZONE_REASONS.items() if block.zone & zone), None)
        if by_zone or furniture_wording(block.text):
            return by_zone or furniture_wording(block.text)
        return "stands on many pages" if self.pages(block) >= MANY_PAGES else "not the article"

    def pages(self, block: Block) -> int:
        """On how many known pages of the site the block's text stands, this one counted."""
        template = self.draft.template
        return max(1, template.pages_with(block)) if template else 1
