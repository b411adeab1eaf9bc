"""Extraction of pages that are already at hand, for notebooks and other programs. No crawl, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.extraction import extract as extraction
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import Article, format_utc
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def extract(html: bytes | str, url: str, template: SiteTemplate | None = None, *, fetched_at: datetime | None = None) -> Article:
    """Extract the article of a page.

    Args:
        html: the page as bytes or str.
        url: its URL.
        template: what pages of the site have in common, from `learn`.
        fetched_at: when the page was fetched, if it was.

    Raises:
        NotAnArticle: a ValueError; the page has no article, and the message says why.

    >>> article = extract("<h1>Plant opens</h1><p>Acme opened its plant in Oslo on Monday, in the rain.</p>", "https://acme.example/1")
    >>> article.headline, article.body
    ('Plant opens', 'Acme opened its plant in Oslo on Monday, in the rain.')
    >>> extract(b"", "https://acme.example/2")
    Traceback (most recent call last):
    corpnews.extraction.extract.NotAnArticle: no text
    """
    page = Page.from_html(html, url)
    origin = Provenance(page.host or "unnamed", "", fetched_at=format_utc(fetched_at) if fetched_at else None)
    return build_valid_article(extraction.extract_page(page, template), origin)


def learn_template(pages: Iterable[tuple[bytes | str, str]]) -> SiteTemplate:
    """Learn the template of a site from the HTML and URL of some of its pages, listing pages included.

    Six pages are a good start; the pages to be extracted should be among them. `SiteTemplate.merge` joins templates of one site,
    `to_bytes` and `from_bytes` store them.

    >>> learn_template([("<p>Acme builds turbines.</p>", f"https://acme.example/{number}") for number in range(6)]).pages
    1
    """
    template = SiteTemplate()
    for html, url in pages:
        template.observe(Page.from_html(html, url))
    return template
