"""corpnews as one of the compared tools: the article of each page of a site, as a crawl makes it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import ArticleSource
from corpnews.page.page import Page

if TYPE_CHECKING:
    from tests.benchmarks.tools import Answer
    from tests.benchmarks.truth import SiteTruth

ORIGIN = Provenance("acme", "Acme", ArticleSource("file"), "2026-11-23T06:10:00Z")


def answer(page: Page, template: SiteTemplate | None) -> Answer:
    try:
        return asdict(build_valid_article(extract_page(page, template), ORIGIN))
    except NotAnArticle:
        return {}


def with_template(site: SiteTruth) -> dict[str, Answer]:
    """Extract all pages with a template that has observed them and the site's listing pages."""
    template = SiteTemplate()
    pages = {row["id"]: Page.from_html(site.pages[row["id"]], row["url"]) for row in site.rows}
    for page in (*(Page.from_html(html, url) for url, html in site.listings.items()), *pages.values()):
        template.observe(page)
    return {known: answer(pages.pop(known), template) for known in list(pages)}


def without_template(site: SiteTruth) -> dict[str, Answer]:
    return {row["id"]: answer(Page.from_html(site.pages[row["id"]], row["url"]), None) for row in site.rows}
