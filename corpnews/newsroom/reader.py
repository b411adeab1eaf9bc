"""Detail pages read, once enough is known of their site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.extract import NotAnArticle, extract

if TYPE_CHECKING:
    from corpnews.discovery import Lead, PageKind
    from corpnews.extraction.draft import Draft
    from corpnews.extraction.page import Page
    from corpnews.extraction.selectors import Selectors
    from corpnews.extraction.template import SiteTemplate
    from corpnews.newsroom.details import Detail

ENOUGH_PAGES: Final = 6  # a template of so many pages tells furniture from article, and as many show a redesign
MOST_WAITING: Final = 8


class Reader:
    """Learns the site's template from all pages of a run, and lets the first details wait until it knows some of them."""

    def __init__(self, template: SiteTemplate, selectors: Selectors) -> None:
        self.template = template
        self.selectors = selectors
        self.waiting: list[Detail] = []
        self._observed = 0

    def observe(self, page: Page) -> None:
        self.template.observe(page)
        self._observed += 1

    @property
    def is_ready(self) -> bool:
        """Whether those that wait are to be read: the site is known, or no more may wait."""
        return min(self.template.pages, self._observed) >= ENOUGH_PAGES or len(self.waiting) >= MOST_WAITING

    def take(self) -> list[Detail]:
        """Those that wait, to be read now."""
        waiting, self.waiting = self.waiting, []
        return waiting

    def read(self, detail: Detail, lead: Lead) -> tuple[Draft | None, PageKind, str]:
        """What stands on the page, what kind of page it is, and why it is no article, if it is none."""
        draft, reason = None, ""
        try:
            draft = extract(detail.answer.page, self.template, listed=lead.listed, selectors=self.selectors)
        except NotAnArticle as error:
            reason = str(error)
        kind = detail.kind(draft)
        return draft, kind, reason or kind.reason
