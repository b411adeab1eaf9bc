"""The limits of a run: which of the articles that were found it takes, and why others are skipped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from corpnews.web.languages import get_edition_language, is_wanted_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.listing_entry import ArticleLink


class SkipReason(StrEnum):
    """Why a link or page gives no article: the bounded keys of the skip counts in a run's stats.

    The first three are the run's own limits; the next ones are failed requests; then come pages that stand in the place of
    others, pages without an article, and articles that are not exported.
    """

    TOO_OLD = "too_old"
    WRONG_LANGUAGE = "wrong_language"
    BEYOND_MAX_ARTICLES = "beyond_max_articles"
    ROBOTS_TXT = "robots_txt"
    REFUSED_ADDRESS = "refused_address"
    OFF_SITE = "off_site"
    GONE = "gone"
    HTTP_ERROR = "http_error"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    DOWNLOAD_FAILED = "download_failed"
    NOT_HTML = "not_html"
    UNREADABLE_PDF = "unreadable_pdf"
    WALL = "wall"
    ERROR_PAGE = "error_page"
    SCRIPT_SHELL = "script_shell"
    REPEATED_TEXT = "repeated_text"
    NO_ARTICLE = "no_article"
    NO_HEADLINE = "no_headline"
    NO_BODY = "no_body"
    NO_COMPANY = "no_company"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    DROPPED = "dropped"


# What a later run may succeed in
FAILED_REQUESTS: Final = (
    SkipReason.REFUSED_ADDRESS, SkipReason.HTTP_ERROR, SkipReason.TIMED_OUT, SkipReason.TOO_LARGE, SkipReason.TRUNCATED,
    SkipReason.DOWNLOAD_FAILED, SkipReason.WALL, SkipReason.ERROR_PAGE, SkipReason.SCRIPT_SHELL, SkipReason.REPEATED_TEXT,
)  # fmt: skip
# Links that lead to something else than a page of the newsroom
ASTRAY_LINKS: Final = (SkipReason.ROBOTS_TXT, SkipReason.OFF_SITE, SkipReason.NOT_HTML, SkipReason.UNREADABLE_PDF)
_PHRASES: Final = {
    SkipReason.BEYOND_MAX_ARTICLES: "beyond max_articles",
    SkipReason.ROBOTS_TXT: "forbidden by robots.txt",
    SkipReason.REFUSED_ADDRESS: "at an address that is refused",
    SkipReason.OFF_SITE: "on another site",
    SkipReason.HTTP_ERROR: "HTTP error",
    SkipReason.TRUNCATED: "broken off before the end",
    SkipReason.NOT_HTML: "not HTML",
    SkipReason.UNREADABLE_PDF: "unreadable PDF",
    SkipReason.WALL: "behind a wall",
    SkipReason.ERROR_PAGE: "replaced by an error page",
    SkipReason.SCRIPT_SHELL: "empty without its scripts",
    SkipReason.REPEATED_TEXT: "with the text of other pages",
}


@dataclass(frozen=True, slots=True)
class CrawlFilter:
    """Limits of a run: articles since a day (YYYY-MM-DD), in some languages (BCP 47), up to a number. Unset means no limit."""

    since: str | None = None
    languages: tuple[str, ...] = ()
    max_articles: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether the run ends before the oldest article."""
        return self.since is not None or self.max_articles is not None

    def is_too_old(self, date: FoundDate | None) -> bool:
        """Whether the date is before `since`, compared at its own precision: "2024" is not before 2024-05-03."""
        return self.since is not None and date is not None and date.value[:10] < self.since[: len(date.value)]

    def are_too_old(self, links: Iterable[ArticleLink]) -> bool:
        """Whether all dated links are older than the run wants, and so what follows them."""
        dates = [link.date for link in links if link.date]
        return bool(dates) and all(map(self.is_too_old, dates))

    def has_language(self, tag: str | None) -> bool:
        return is_wanted_language(tag, self.languages)

    def rejection(self, link: ArticleLink) -> SkipReason | None:
        """Return the reason to skip an article, else None. An article last changed before `since` was published before it."""
        if self.is_too_old(link.date) or self.is_too_old(link.modified):
            return SkipReason.TOO_OLD
        return None if self.has_language(link.language or get_edition_language(link.url)) else SkipReason.WRONG_LANGUAGE

    def describe(self, reason: SkipReason) -> str:
        """Describe a skip reason as a phrase for the log.

        >>> CrawlFilter(since="2024-05-03").describe(SkipReason.TOO_OLD)
        'older than 2024-05-03'
        """
        if reason is SkipReason.TOO_OLD:
            return f"older than {self.since}"
        if reason is SkipReason.WRONG_LANGUAGE:
            return f"not in {' or '.join(self.languages)}"
        return describe_skip_reason(reason)


def describe_skip_reason(reason: SkipReason) -> str:
    """Describe a skip reason that does not depend on a run's limits, as a phrase for the log."""
    return _PHRASES.get(reason) or reason.replace("_", " ")
