"""When to fetch a known page again: the answer to "how often are old articles revisited?" is here alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.extraction.dates import FoundDate
    from corpnews.state.records import KnownArticle, KnownPage

_DAY: Final = timedelta(days=1)
# An article younger than the first is fetched again after the second. A little less than a day, a week and a month, so that
# a run which starts a minute earlier than yesterday's does not skip a day
_REVISIT_INTERVALS: Final = (
    (2 * _DAY, timedelta(0)),
    (14 * _DAY, timedelta(hours=20)),
    (91 * _DAY, timedelta(days=6, hours=12)),
    (365 * _DAY, 29 * _DAY),
)
GONE_OUTCOME: Final = "gone"  # the outcome of a page with status 404 or 410
_GONE_RECHECK: Final = timedelta(hours=20)  # a listing that still names it may be early, or the site be mended
_NO_ARTICLE_RECHECK: Final = timedelta(days=30)  # a page without an article is fetched again after this
MAX_REVISITS_PER_RUN: Final = 25  # articles fetched again only because their time has come


class RevisitSchedule:
    """Decides which of the known pages that a run meets are fetched again.

    `full` has all of them fetched. `accepts` tells of a page's `outcome` whether this run wants what an earlier run with
    other limits skipped ("too_old 2024-03-01").
    """

    def __init__(self, now: datetime, accepts: Callable[[str], bool], *, full: bool = False) -> None:
        self.now = now
        self._accepts = accepts
        self._full = full
        self._revisits = 0

    def is_due(self, page: KnownPage, modified: FoundDate | None) -> bool:
        """Whether to fetch the page again; `modified` is when the source says that it was changed."""
        if self._full:
            return True
        if page.article is None:
            if page.outcome == GONE_OUTCOME:
                return self._has_time(due=self.now - page.checked > _GONE_RECHECK)
            skipped_by_limit = page.outcome is not None and " " in page.outcome
            return self._accepts(page.outcome or "") if skipped_by_limit else self.now - page.checked > _NO_ARTICLE_RECHECK
        if page.article.status == "withdrawn" or _is_modified_since(modified, page.checked):
            return True
        return self._has_time(due=is_visit_due(page.article, self.now))

    def _has_time(self, *, due: bool) -> bool:
        """Whether a page that is due is among the first MAX_REVISITS_PER_RUN of the run."""
        has_time = due and self._revisits < MAX_REVISITS_PER_RUN
        self._revisits += has_time
        return has_time


def _is_modified_since(modified: FoundDate | None, checked: datetime) -> bool:
    """Whether an article was changed after a run fetched it; a change on the same day counts only with its time."""
    if modified is None:
        return False
    value = modified.value
    if len(value) > len("2024-05-03T14:30") and value[-6] in "+-":
        return datetime.fromisoformat(value) > checked
    return modified.day > checked.date().isoformat()


def get_next_visit(date_published: str | None, first_seen: datetime, now: datetime) -> datetime | None:
    """When to fetch an article again that was fetched now; None for never."""
    age = now - get_latest_publication(date_published, first_seen)
    return next((now + pause for younger_than, pause in _REVISIT_INTERVALS if age < younger_than), None)


def is_visit_due(known: KnownArticle, now: datetime) -> bool:
    """Whether the article is due for another visit."""
    return known.due is not None and known.due <= now


def get_latest_publication(date_published: str | None, first_seen: datetime) -> datetime:
    """The latest time at which the article may have been published.

    >>> get_latest_publication("2024-02", datetime(2026, 11, 23, tzinfo=UTC)).isoformat()
    '2024-02-29T23:59:59+00:00'
    """
    if not date_published:
        return first_seen
    if "T" in date_published:
        stated = datetime.fromisoformat(date_published)
        return min(first_seen, stated if stated.tzinfo else stated.replace(tzinfo=UTC))
    year, month, day = (*map(int, date_published.split("-")), 0, 0)[:3]
    month = month or 12
    return min(first_seen, datetime(year, month, day or monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC))
