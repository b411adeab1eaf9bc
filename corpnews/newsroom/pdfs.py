"""Releases that are PDFs, or have their text in one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.listing import ArticleLink, Written
from corpnews.extraction.written import extract_written
from corpnews.items import Removed
from corpnews.pdf.reader import MARK, read_pdf

if TYPE_CHECKING:
    from scrapy.http import Response

    from corpnews.extraction.draft import Draft

CUT_SHORT: Final = "the PDF was too long and is cut short"
RUNNING: Final = "on each page of the PDF"


def is_pdf(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").lower()
    return b"pdf" in kind or response.body.startswith(MARK)


async def completed(draft: Draft, response: Response, via: str) -> Draft:
    """The release on a page that says little more than where its PDF is, with the text of the PDF that came."""
    link = ArticleLink(draft.page.url, draft.headline.text, draft.date_published, language=draft.language)
    try:
        return await draft_of_pdf(response, link, via)
    except ValueError as error:
        return replace(draft, remarks=(*draft.remarks, f"its text is in a PDF, but {error}"))


def without_pdf(draft: Draft, reason: str) -> Draft:
    """The release as its page has it, where its PDF did not come."""
    return replace(draft, remarks=(*draft.remarks, f"its text is in a PDF, which did not come: {reason}"))


async def draft_of_pdf(response: Response, link: ArticleLink, via: str) -> Draft:
    """The release of `link`, whose text is the PDF that came. Raises UnreadablePdf or NotAnArticle, both ValueErrors."""
    done = await read_pdf(response.body)
    written = Written(done.html, attachments=((response.url, None),))
    draft = extract_written(replace(link, title=link.title or done.title, written=written), via)
    removed = tuple(Removed(text, RUNNING, done.pages) for text in done.removed)
    return replace(draft, remarks=(CUT_SHORT,) if done.is_cut_short else (), removed=removed)
