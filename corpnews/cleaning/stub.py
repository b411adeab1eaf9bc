"""Detail pages that contain little more than a link to the release's PDF."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.end_matter import OPENINGS, read_opening
from corpnews.cleaning.furniture import MANY_PAGES, NOT_THE_ARTICLE, Judge
from corpnews.extraction.media.attachments import media_type_of
from corpnews.extraction.media.span import ELSEWHERE
from corpnews.extraction.text import text_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.blocks import Block, Mark
    from corpnews.extraction.draft import Draft

# Minimum length of a text that is a release of its own, without links.
LONG_ENOUGH: Final = 200
# Maximum number of blocks between the link to the PDF and the headline below it.
ABOVE: Final = 3
PDF: Final = "application/pdf"
PDF_WORD = re.compile(r"(?<![^\W\d_])pdf(?![^\W\d_])", re.IGNORECASE)


def pdf_stub(draft: Draft) -> str | None:
    """Return the URL of the PDF that contains the release, if the page has little text below its headline and links to one PDF.

    On such a page the body is a guess, so all text that is no boilerplate counts. A link is to a PDF by its URL, by the type
    it declares, or, if no link is, by the word "PDF" in its text.
    """
    judge = Judge(draft)
    links = list(links_below_headline(draft))
    stated = [link for link in links if media_type_of(link.element) == PDF]
    called = stated or [link for link in links if PDF_WORD.search(text_inside(link.element))]
    # a link such as "Download" on each page is boilerplate if the page has another link to a PDF
    own = [link for link in called if not is_common(link, judge)] or called
    urls = {draft.page.absolute(link.element.get("href")) for link in own}
    return urls.pop() if len(urls) == 1 and written(judge) < LONG_ENOUGH else None


def links_below_headline(draft: Draft) -> Iterator[Mark]:
    """Yield the links around and below the headline that have a URL and are in no zone for other content."""
    first = below_headline(draft) - ABOVE
    for link in draft.page.layout.links:
        if link.index >= first and not link.box.zone & ELSEWHERE and draft.page.absolute(link.element.get("href")):
            yield link


def is_common(link: Mark, judge: Judge) -> bool:
    """Return whether the link's text is on many of the site's pages."""
    blocks = judge.draft.page.layout.blocks
    return link.index < len(blocks) and judge.pages(blocks[link.index]) >= MANY_PAGES


def written(judge: Judge) -> int:
    """Return how many characters of text are between the headline and the end matter."""
    draft = judge.draft
    below = draft.page.layout.blocks[below_headline(draft) :]
    text = (block for block in below if judge.around(block) == NOT_THE_ARTICLE)
    return sum(len(block.text) - block.link_chars for block in takewhile(lambda block: not opens_end_matter(block), text))


def below_headline(draft: Draft) -> int:
    return draft.headline.blocks[-1].index + 1 if draft.headline.blocks else 0


def opens_end_matter(block: Block) -> bool:
    opening = read_opening(block)
    return opening is not None and opening.kind in OPENINGS
