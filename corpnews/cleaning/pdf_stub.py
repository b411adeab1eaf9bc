"""Detail pages that contain little more than a link to the release's PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.boilerplate import MIN_BOILERPLATE_PAGES, NOT_THE_ARTICLE, RELATED_HEADING, BoilerplateDetector
from corpnews.cleaning.end_matter import OPENING_KINDS
from corpnews.cleaning.section_openings import parse_section_opening
from corpnews.extraction.media.attachments import get_media_type
from corpnews.extraction.media.span import ZONES_OUTSIDE_ARTICLE
from corpnews.web.text import get_short_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.layout import Block, ElementRef

# Minimum length of a text that is a release of its own, without links.
_MIN_RELEASE_LENGTH: Final = 200
# Maximum number of blocks between the link to the PDF and the headline below it.
_MAX_BLOCKS_ABOVE_HEADLINE: Final = 3
_PDF_MEDIA_TYPE: Final = "application/pdf"
_PDF_WORD = re.compile(r"(?<![^\W\d_])pdf(?![^\W\d_])", re.IGNORECASE)


def find_stub_pdf(extracted: ExtractedPage) -> str | None:
    """Return the URL of the PDF that contains the release, if the page has little text below its headline and links to one PDF.

    On such a page the body is a guess, so all text that is no boilerplate counts. A link is to a PDF by its URL, by the type
    it declares, or, if no link is, by the word "PDF" in its text.
    """
    detector = BoilerplateDetector(extracted)
    links = list(_iterate_links_below_headline(extracted))
    stated = [link for link in links if get_media_type(link.element) == _PDF_MEDIA_TYPE]
    called = stated or [link for link in links if _PDF_WORD.search(get_short_text(link.element))]
    # a link such as "Download" on each page is boilerplate if the page has another link to a PDF
    own = [link for link in called if not _is_common_link(link, detector)] or called
    urls = {extracted.page.resolve_url(link.element.get("href")) for link in own}
    return urls.pop() if len(urls) == 1 and _count_release_characters(detector) < _MIN_RELEASE_LENGTH else None


def _iterate_links_below_headline(extracted: ExtractedPage) -> Iterator[ElementRef]:
    """Yield the links around and below the headline that have a URL and are in no zone for other content."""
    first = _get_first_index_below_headline(extracted) - _MAX_BLOCKS_ABOVE_HEADLINE
    for link in extracted.page.layout.links:
        if (
            link.index >= first
            and not link.box.zone & ZONES_OUTSIDE_ARTICLE
            and extracted.page.resolve_url(link.element.get("href"))
        ):
            yield link


def _is_common_link(link: ElementRef, detector: BoilerplateDetector) -> bool:
    """Return whether the link's text is on many of the site's pages."""
    blocks = detector.extracted.page.layout.blocks
    return link.index < len(blocks) and detector.pages(blocks[link.index]) >= MIN_BOILERPLATE_PAGES


def _count_release_characters(detector: BoilerplateDetector) -> int:
    """Return how many characters of text are between the headline and the end matter or the heading of other articles."""
    below = detector.extracted.page.layout.blocks[_get_first_index_below_headline(detector.extracted) :]
    count = 0
    for block in below:
        reason = detector.reason_outside_body(block)
        if reason == RELATED_HEADING or (reason == NOT_THE_ARTICLE and _opens_end_matter(block)):
            break
        if reason == NOT_THE_ARTICLE and not block.zone & ZONES_OUTSIDE_ARTICLE:
            count += len(block.text) - block.link_chars
    return count


def _get_first_index_below_headline(extracted: ExtractedPage) -> int:
    return extracted.headline.blocks[-1].index + 1 if extracted.headline.blocks else 0


def _opens_end_matter(block: Block) -> bool:
    opening = parse_section_opening(block)
    return opening is not None and opening.kind in OPENING_KINDS
