"""Detail pages between their arrival and the pipelines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from corpnews.discovery import page_kind

if TYPE_CHECKING:
    from corpnews.article import Origin
    from corpnews.discovery import Answer, Lead, PageKind, Plan
    from corpnews.extraction.draft import Draft


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail page as it came in, and how it was come by."""

    answer: Answer
    lead: Lead
    plan: Plan
    origin: Origin

    def kind(self, draft: Draft | None) -> PageKind:
        """What the page is, by all that is known of it; `draft` is what was read on it, if anything."""
        scope = self.plan.start.scope
        if draft is None:
            return page_kind(self.answer.page, scope)
        dated = draft.date_published is not None
        return page_kind(self.answer.page, scope, headline=draft.headline.text, types=draft.types, dated=dated)


@dataclass(frozen=True, slots=True)
class Release:
    """A read detail page on its way through the pipelines."""

    draft: Draft
    origin: Origin

    @property
    def url(self) -> str:
        return self.draft.page.url


class NotNow(DropItem):
    """The article was not asked for in this run; a later one may."""
