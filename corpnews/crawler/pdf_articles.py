"""Articles whose text is in a PDF: links that lead to one, and pages that say little more than where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery import ArticleLink
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.listing_entry import InlineArticle
from corpnews.items import RemovedText
from corpnews.pdf.reader import read_pdf

if TYPE_CHECKING:
    from scrapy.http import Response

    from corpnews.discovery import ArticleCandidate
    from corpnews.extraction.extracted_page import ExtractedPage

_TRUNCATED: Final = "the PDF was too long and is cut short"
_REPEATED_ON_PAGES: Final = "on each page of the PDF"


@dataclass(frozen=True, slots=True)
class StubPage:
    """A page that says little more than where the PDF with its article is."""

    draft: ExtractedPage
    response: Response

    async def read_pdf(self, pdf: Response, via: str) -> ExtractedPage:
        """The article with the text of its PDF, or as the page has it, with a warning, if the PDF cannot be read."""
        draft = self.draft
        link = ArticleLink(draft.page.url, draft.headline.text, draft.date_published, language=draft.language)
        try:
            return await _extract(pdf, link, via)
        except ValueError as error:
            return self.without_pdf(f"but {error}")

    def without_pdf(self, reason: str) -> ExtractedPage:
        """The article as the page has it, with a warning that says why the text of the PDF is missing."""
        return replace(self.draft, warnings=(*self.draft.warnings, f"its text is in a PDF, {reason}"))


async def extract_pdf(response: Response, candidate: ArticleCandidate) -> ExtractedPage:
    """The article in a PDF that a link leads to. Raises UnreadablePdf or NotAnArticle, both ValueErrors."""
    return await _extract(response, candidate.link, candidate.via)


async def _extract(response: Response, link: ArticleLink, via: str) -> ExtractedPage:
    pdf = await read_pdf(response.body)
    inline = InlineArticle(pdf.html, attachments=((response.url, None),))
    draft = extract_inline(replace(link, title=link.title or pdf.title, inline_article=inline), via)
    removed = tuple(RemovedText(text, _REPEATED_ON_PAGES, pdf.pages) for text in pdf.removed)
    return replace(draft, warnings=(_TRUNCATED,) if pdf.is_truncated else (), removed=removed)
