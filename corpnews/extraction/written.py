"""An article that came without a page around it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from corpnews.extraction.extract import extract
from corpnews.extraction.listed import Listed
from corpnews.extraction.page import Page
from corpnews.extraction.selectors import Selectors

if TYPE_CHECKING:
    from corpnews.discovery.listing import ArticleLink
    from corpnews.extraction.draft import Draft


def extract_written(link: ArticleLink, via: str) -> Draft:
    """Read the article that the way `via` brought along with its link. Raises NotAnArticle."""
    html = link.written.html if link.written else ""
    title = escape(link.title or "")
    page = Page.from_html(f"<article><h1>{title}</h1><div class='written'>{html}</div></article>", link.url)
    listed = Listed(link.title, link.date, via, link.translations)
    return extract(page, listed=listed, selectors=Selectors(headline="h1", body="div.written"))
