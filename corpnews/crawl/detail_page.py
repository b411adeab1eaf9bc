"""Detail pages between their arrival and the pipelines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from corpnews.discovery import classify

if TYPE_CHECKING:
    from corpnews.cleaning.article import Provenance
    from corpnews.discovery import ArticleCandidate, PageKind, Planner, SourceResponse
    from corpnews.extraction.extracted_page import ExtractedPage


@dataclass(frozen=True, slots=True)
class DetailPage:
    """A detail page as it came in, and how it was come by."""

    answer: SourceResponse
    lead: ArticleCandidate
    plan: Planner
    origin: Provenance

    def kind(self, draft: ExtractedPage | None) -> PageKind:
        """What the page is, by all that is known of it; `draft` is what was read on it, if anything."""
        scope = self.plan.start.scope
        if draft is None:
            return classify(self.answer.page, scope)
        dated = draft.date_published is not None
        return classify(self.answer.page, scope, headline=draft.headline.text, types=draft.types, dated=dated)


@dataclass(frozen=True, slots=True)
class ExtractedRelease:
    """A read detail page on its way through the pipelines."""

    draft: ExtractedPage
    origin: Provenance

    @property
    def url(self) -> str:
        return self.draft.page.url


class LeftForLaterRun(DropItem):
    """The article was not asked for in this run; a later one may."""
