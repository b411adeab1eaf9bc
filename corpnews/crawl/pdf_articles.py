"""Releases that are PDFs, or have their text in one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.listing import ArticleLink, InlineArticle
from corpnews.extraction.inline_article import extract_inline
from corpnews.items import RemovedText
from corpnews.pdf.reader import PDF_SIGNATURE, read_pdf

if TYPE_CHECKING:
    from scrapy.http import Response

    from corpnews.extraction.extracted_page import ExtractedPage

_PDF_CUT_SHORT: Final = "the PDF was too long and is cut short"
_REPEATED_ON_PDF_PAGES: Final = "on each page of the PDF"


def is_pdf_response(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").lower()
    return b"pdf" in kind or response.body.startswith(PDF_SIGNATURE)


async def complete_from_pdf(draft: ExtractedPage, response: Response, via: str) -> ExtractedPage:
    """The release on a page that says little more than where its PDF is, with the text of the PDF that came."""
    link = ArticleLink(draft.page.url, draft.headline.text, draft.date_published, language=draft.language)
    try:
        return await extract_pdf_article(response, link, via)
    except ValueError as error:
        return replace(draft, warnings=(*draft.warnings, f"its text is in a PDF, but {error}"))


def keep_without_pdf(draft: ExtractedPage, reason: str) -> ExtractedPage:
    """The release as its page has it, where its PDF did not come."""
    return replace(draft, warnings=(*draft.warnings, f"its text is in a PDF, which did not come: {reason}"))


async def extract_pdf_article(response: Response, link: ArticleLink, via: str) -> ExtractedPage:
    """The release of `link`, whose text is the PDF that came. Raises UnreadablePdf or NotAnArticle, both ValueErrors."""
    done = await read_pdf(response.body)
    written = InlineArticle(done.html, attachments=((response.url, None),))
    draft = extract_inline(replace(link, title=link.title or done.title, inline_article=written), via)
    removed = tuple(RemovedText(text, _REPEATED_ON_PDF_PAGES, done.pages) for text in done.removed)
    return replace(draft, warnings=(_PDF_CUT_SHORT,) if done.is_truncated else (), removed=removed)
