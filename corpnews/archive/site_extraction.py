"""Extraction of one site's pages in this process: what an archive's own engine (Spark, Ray, Dask) calls for each site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.archive.page_cache import PageCache
from corpnews.archive.page_location import SavedPage
from corpnews.archive.site_facts import SiteFacts
from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.discovery.page_classifier.classifier import check_no_obstacle
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.items import ArticleSource
from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.items import Article


def extract_site(
    pages: Iterable[tuple[bytes | str, str]], *, template: SiteTemplate | None = None, company: str | None = None
) -> Iterator[Article | NotAnArticle]:
    """Extract the articles of one site's pages, each given as (html, url); yields one result for each page, in their order.

    What the pages have in common is learned first and is not taken for the articles. A page without an article yields the
    NotAnArticle that says why. The pages of all of the site are held in memory at once.

    Args:
        pages: The pages. Listing pages are welcome: the template learns from them.
        template: What more pages of the site have in common, in place of what these have; see SiteTemplate.merge.
        company: The name of the company, by default what the pages say.
    """
    given = list(pages)

    def read(number: int) -> tuple[Page, SavedPage]:
        html, url = given[number]
        data = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        return Page.from_html(html, url), SavedPage(data, "")

    cache = PageCache(read)
    facts = cache.observe(range(len(given)), SiteFacts())
    for number in range(len(given)):
        page, _ = cache.pop(number)
        try:
            yield _extract(page, template or facts.template, company or facts.company_names.name or "")
        except NotAnArticle as error:
            yield error


@pause_garbage_collection()
def _extract(page: Page, template: SiteTemplate, company: str) -> Article:
    """Extract the article of a page. Raises NotAnArticle."""
    extracted = extract_article(page, template)
    check_no_obstacle(extracted)
    return build_valid_article(extracted, Provenance(page.host, company, ArticleSource("given")))
