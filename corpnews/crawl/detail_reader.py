"""Detail pages read, once enough is known of their site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.extract import NotAnArticle, extract_page

if TYPE_CHECKING:
    from corpnews.crawl.detail_page import DetailPage
    from corpnews.discovery import ArticleCandidate, PageKind
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.extraction.selectors import Selectors
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.page.page import Page

MIN_TEMPLATE_PAGES: Final = 6  # a template of so many pages tells furniture from article, and as many show a redesign
MAX_WAITING_PAGES: Final = 8


class DetailReader:
    """Learns the site's template from all pages of a run, and lets the first details wait until it knows some of them."""

    def __init__(self, template: SiteTemplate, selectors: Selectors) -> None:
        self.template = template
        self.selectors = selectors
        self.waiting: list[DetailPage] = []
        self._observed = 0

    def observe(self, page: Page) -> None:
        self.template.observe(page)
        self._observed += 1

    @property
    def is_ready(self) -> bool:
        """Whether those that wait are to be read: the site is known, or no more may wait."""
        return min(self.template.pages, self._observed) >= MIN_TEMPLATE_PAGES or len(self.waiting) >= MAX_WAITING_PAGES

    def take(self) -> list[DetailPage]:
        """Those that wait, to be read now."""
        waiting, self.waiting = self.waiting, []
        return waiting

    def read(self, detail: DetailPage, lead: ArticleCandidate) -> tuple[ExtractedPage | None, PageKind, str]:
        """What stands on the page, what kind of page it is, and why it is no article, if it is none."""
        draft, reason = None, ""
        try:
            draft = extract_page(detail.answer.page, self.template, entry=lead.listing_entry, selectors=self.selectors)
        except NotAnArticle as error:
            reason = str(error)
        kind = detail.kind(draft)
        return draft, kind, reason or kind.reason
