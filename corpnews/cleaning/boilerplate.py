"""Why a block is boilerplate: by its zone and place on the page first, by its wording second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.end_matter import reaches_contact
from corpnews.cleaning.legal_phrases import is_legal_paragraph
from corpnews.cleaning.phrases import find_boilerplate_reason
from corpnews.extraction.body import is_prose
from corpnews.extraction.dates import find_dates
from corpnews.extraction.media.attachments import get_media_type
from corpnews.extraction.media.captions import is_caption_of_no_image
from corpnews.page.elements import is_for_screen_readers
from corpnews.page.layout import BlockKind, Zone
from corpnews.page.zones import is_hidden_by_state

if TYPE_CHECKING:
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.layout import Block, Box

_REASON_BY_ZONE: Final = {
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
# Elements that are hidden one by one; a hidden box of many may be the answer in an accordion.
_TEXT_TAGS: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
# Maximum length of a line above the text that holds the date, the author or a label.
_MAX_LABEL_LINE_LENGTH: Final = 120
# Number of blocks at the body's start among which such lines stand.
_MAX_LABEL_LINES: Final = 40
# Maximum length of a line of labels and values, such as date, source, author and views.
_MAX_INFO_LINE_LENGTH: Final = 200
_MIN_LABELS: Final = 2
_LABEL_PATTERN: Final = re.compile(r"(?:^|[\s|｜;；,，【\[(（])\w{1,16} ?[:：]")
_MAX_TITLE_LENGTH: Final = 300
_MAX_LINES_BELOW_LEAD: Final = 2
_SITE_NAME: Final = re.compile(r"\s*[|_»·：]\s*\S|\s+[–—:/-]\s+\S")
_TRAIL_SEPARATOR: Final = re.compile(r"\s*[/\\|>›»→:·•-]\s*")
# Share of link text from which on a line in a sidebar leads to another page.
_MIN_LINK_DENSITY: Final = 0.9
# Share of link text from which on a line in a header names categories and tags; spaces and commas between them are no links.
_MIN_LINK_DENSITY_OF_HEADER: Final = 0.6
# Class names of links that are buttons, and of what asks readers to do something.
_BUTTON_NAME: Final = re.compile(r"(?<![a-z])(?:btn|button|download)(?![a-z])")
_ACTION_NAME: Final = re.compile(r"(?<![a-z])(?:cta|call-?to-?action)(?![a-z])")
# Minimum number of the site's pages on which boilerplate stands.
MIN_BOILERPLATE_PAGES: Final = 3
ON_MANY_PAGES: Final = "stands on many pages"
NOT_THE_ARTICLE: Final = "not the article"
RELATED_HEADING: Final = "related heading"  # a group of phrases.toml


@lru_cache(maxsize=4096)
def _get_zone_reason(zone: int) -> str | None:
    """Return the most specific reason among those of the zone's bits."""
    return next((reason for bit, reason in _REASON_BY_ZONE.items() if zone & bit), None)


def _find_table(block: Block) -> Box | None:
    return next((box for box in block.box.ancestors() if box.tag == "table"), None)


def _is_sentence(text: str) -> bool:
    return len(text) > _MAX_LABEL_LINE_LENGTH and text.endswith((".", "。"))


def find_button_reason(block: Block) -> str | None:
    """Return what a line that is one link styled as a button leads to: a file, or a call to action; None for other lines."""
    link = next(block.box.element.iter("a"), None)
    if link is None:
        return None
    names = " ".join(filter(None, (link.get("class"), block.box.class_names))).lower()
    if _BUTTON_NAME.search(names) and get_media_type(link):
        return "button of a file"
    return "call to action" if _ACTION_NAME.search(names) else None


@dataclass(frozen=True)
class BoilerplateDetector:
    """Finds the boilerplate of one page: `removal_reason` for the body's blocks, `reason_outside_body` for the others."""

    extracted: ExtractedPage

    @cached_property
    def headline_lines(self) -> frozenset[str]:
        headline = self.extracted.headline
        return frozenset(text.casefold() for text in (headline.text, headline.subheadline) if text)

    @cached_property
    def headline_blocks(self) -> frozenset[Block]:
        return frozenset(self.extracted.headline.blocks)

    @cached_property
    def first_prose(self) -> int:
        """The index of the body's first block of prose."""
        texts = (block for block in self.extracted.region.blocks if block not in self.headline_blocks and is_prose(block))
        return next((block.index for block in texts if not self.is_info_line(block.text)), self.extracted.region.last + 1)

    @cached_property
    def info_tables(self) -> frozenset[Box]:
        """The tables above the text with the release's headline or date in a cell, as on bulletin boards."""
        region, published = self.extracted.region, self.extracted.date_published
        stated = {self.extracted.headline.text, published.raw if published else ""} - {""}
        above = takewhile(lambda block: block.index < min(self.first_prose, region.first + _MAX_LABEL_LINES), region.blocks)
        rows = (block for block in above if block.kind is BlockKind.TABLE_ROW and self.first_prose <= region.last)
        return frozenset(box for row in rows if stated & set(row.text.split(" | ")) and (box := _find_table(row)))

    def removal_reason(self, block: Block) -> str | None:
        """Return why a block in the body is not part of it, None if it is."""
        reason = self.reason_by_markup(block) or self.reason_by_place(block)
        return reason or (None if is_legal_paragraph(block.text) else find_boilerplate_reason(block.text))

    def reason_by_markup(self, block: Block) -> str | None:
        """Return the reason of the headline, of captions and of hidden paragraphs."""
        if block in self.headline_blocks or block.text.casefold() in self.headline_lines or self.is_page_title(block):
            return "headline"
        if self.is_breadcrumb(block):
            return "navigation"
        if block.index in self.extracted.captions:
            return "caption"
        if is_caption_of_no_image(block):
            return "caption without image"
        if block.links == 1 and block.link_density > _MIN_LINK_DENSITY and (reason := find_button_reason(block)):
            return reason
        box = block.box
        is_hidden = box.own_zone & Zone.HIDDEN and box.tag in _TEXT_TAGS and is_hidden_by_state(box.element)
        is_read_out = len(block.text) <= _MAX_LABEL_LINE_LENGTH and is_for_screen_readers(box.class_names)
        return "hidden" if is_hidden or is_read_out else None

    def is_page_title(self, block: Block) -> bool:
        """Return whether the line above the headline is the headline and the site's name, as in <title>."""
        headline = self.extracted.headline
        is_above = headline.block is not None and block.index < headline.block.index
        if not is_above or len(block.text) > _MAX_TITLE_LENGTH or not block.text.startswith(headline.text):
            return False
        return _SITE_NAME.match(block.text, len(headline.text)) is not None

    def is_breadcrumb(self, block: Block) -> bool:
        """Return whether the line is a trail of links that ends with the headline: "Acme / News / Acme builds a plant"."""
        if not block.links:
            return False
        headline, text = self.extracted.headline.text.casefold(), block.text.casefold()
        if not text.endswith(headline):
            return False
        return len(_TRAIL_SEPARATOR.sub("", text.removesuffix(headline))) <= block.link_chars

    def reason_by_place(self, block: Block) -> str | None:
        """Return the reason of labels above the text and of links in a sidebar."""
        if block.index < min(self.first_prose, self.extracted.region.first + _MAX_LABEL_LINES) and self.is_label_line(block):
            return "date, author or label line"
        if block.index <= self.first_prose + _MAX_LINES_BELOW_LEAD and self.is_dated_meta_line(block):
            return "date, author or label line"
        if block.kind is BlockKind.TABLE_ROW and block.index < self.first_prose and _find_table(block) in self.info_tables:
            return "date, author or label line"
        is_sidebar = block.zone & Zone.ASIDE & ~self.extracted.region.box.zone
        return "sidebar" if is_sidebar and block.link_density > _MIN_LINK_DENSITY and not reaches_contact(block) else None

    def is_label_line(self, block: Block) -> bool:
        """Return whether the line is mostly a date, or in a box that templates use for author and date."""
        text = block.text
        if self.is_info_line(text):
            return True
        if len(text) > _MAX_LABEL_LINE_LENGTH or is_prose(block):
            return False
        own_zone = block.zone & ~self.extracted.region.box.zone
        is_link_of_header = own_zone & Zone.HEADER and block.link_density > _MIN_LINK_DENSITY_OF_HEADER
        if own_zone & Zone.META or is_link_of_header:
            return True
        published = self.extracted.date_published
        if published is not None and published.raw in text and len(published.raw) * 2 >= len(text):
            return True
        return sum(date.end - date.start for date in find_dates(text)) * 2 > len(text)

    def is_dated_meta_line(self, block: Block) -> bool:
        """Return whether the line has the release's date and is in a box for such data: it may stand below a lead."""
        published = self.extracted.date_published
        is_meta = block.zone & ~self.extracted.region.box.zone & Zone.META and len(block.text) <= _MAX_LABEL_LINE_LENGTH
        return bool(is_meta) and published is not None and published.raw in block.text and not _is_sentence(block.text)

    def is_info_line(self, text: str) -> bool:
        """Return whether the line has the date and further labels with a colon: "Date: … Source: … Views: …"."""
        published = self.extracted.date_published
        if published is None or len(text) > _MAX_INFO_LINE_LENGTH or published.raw not in text or _is_sentence(text):
            return False
        return len(_LABEL_PATTERN.findall(text)) >= _MIN_LABELS

    def reason_outside_body(self, block: Block) -> str | None:
        """Return what a block outside the body is; None for headline and captions, which have fields of their own."""
        if block in self.headline_blocks or block.index in self.extracted.captions:
            return None
        reason = _get_zone_reason(block.zone) or find_boilerplate_reason(block.text)
        if reason:
            return reason
        return ON_MANY_PAGES if self.pages(block) >= MIN_BOILERPLATE_PAGES else NOT_THE_ARTICLE

    def pages(self, block: Block) -> int:
        """Return the number of known pages of the site that have the block's text, including this one."""
        template = self.extracted.template
        return max(1, template.count_pages_with(block)) if template else 1
