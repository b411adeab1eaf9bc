"""Which of the articles that were found a run takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.web.languages import get_edition_language, is_wanted_language

if TYPE_CHECKING:
    from corpnews.discovery.listing import ArticleLink
    from corpnews.extraction.dates import FoundDate


@dataclass(frozen=True, slots=True)
class CrawlFilter:
    """Limits of a run: articles since a day (YYYY-MM-DD), in some languages (BCP 47), up to a number. Unset means no limit."""

    since: str | None = None
    languages: tuple[str, ...] = ()
    max_articles: int | None = None

    def is_too_old(self, date: FoundDate | None) -> bool:
        """Whether the date is before `since`, compared at its own precision: "2024" is not before 2024-05-03."""
        return self.since is not None and date is not None and date.value[:10] < self.since[: len(date.value)]

    def has_language(self, tag: str | None) -> bool:
        return is_wanted_language(tag, self.languages)

    def rejection(self, link: ArticleLink) -> str | None:
        """Return the reason to skip an article, else None. An article last changed before `since` was published before it."""
        if self.is_too_old(link.date) or self.is_too_old(link.modified):
            return self.too_old
        return None if self.has_language(link.language or get_edition_language(link.url)) else self.foreign

    @property
    def too_old(self) -> str:
        return f"older than {self.since}"

    @property
    def foreign(self) -> str:
        return f"not in {' or '.join(self.languages)}"
