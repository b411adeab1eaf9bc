"""What becomes of a release between two runs: whether it is new, changed or gone, and when to look at it again.

Pure functions: what is known and what came go in, `now` is given.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

from corpnews.items import VIA_REVISIT, Article, ArticleSource, CrawlInfo, format_utc
from corpnews.web.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.items import ArticleStatus
    from corpnews.state.records import KnownArticle

_DAY: Final = timedelta(days=1)
# A release younger than the first is looked at again after the second. A little less than a day, a week and a month, so
# that a run which starts a minute earlier than yesterday's does not skip a day.
_REVISIT_INTERVALS: Final = (
    (2 * _DAY, timedelta(0)),
    (14 * _DAY, timedelta(hours=20)),
    (91 * _DAY, timedelta(days=6, hours=12)),
    (365 * _DAY, 29 * _DAY),
)

_MAX_DIFF_PARAGRAPHS: Final = 1000
MAX_DIFF_LENGTH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """What the next line of an article says of it."""

    status: ArticleStatus
    version: int


def compare_with_known(known: KnownArticle | None, content: str) -> Change | None:
    """What to say of an article that came, by its content_hash; None where there is nothing to say.

    One that was withdrawn and is there again has changed, even if its text has not.
    """
    if known is None:
        return Change("new", 1)
    if known.status != "withdrawn" and known.content_hash == content:
        return None
    return Change("updated", known.version + 1)


def check_withdrawal(known: KnownArticle, run: int) -> Change | None:
    """What to say of an article that the run found gone: withdrawn, if an earlier run found it gone too and none came between.

    The caller knows which answers mean gone (404, 410, a redirect to the listing); that a site is down does not.
    """
    if known.status == "withdrawn" or not known.missing or known.missing_in == run:
        return None
    return Change("withdrawn", known.version)


def is_same_page(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether two versions, each a body and what its page held beside it, differ only in what was taken for the body.

    The more is known of a site, the better its furniture is told from its releases: that changes no release.
    """
    (old_body, old_rest), (new_body, new_rest) = old, new
    before, after = ({fold_text(text) for text in _split_body_paragraphs(body)} for body in (old_body, new_body))
    left, stood = fold_text(new_rest), fold_text(old_rest)
    return all(each in left for each in before - after) and all(each in stood for each in after - before)


def get_next_visit(date_published: str | None, first_seen: datetime, now: datetime) -> datetime | None:
    """When to look at a release again that was looked at now; None for never."""
    age = now - get_latest_publication(date_published, first_seen)
    return next((now + pause for younger_than, pause in _REVISIT_INTERVALS if age < younger_than), None)


def is_visit_due(known: KnownArticle, now: datetime) -> bool:
    """Whether to look at the article again."""
    return known.due is not None and known.due <= now


def get_latest_publication(date_published: str | None, first_seen: datetime) -> datetime:
    """The latest moment at which the release may have been published.

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


def build_diff(old: tuple[str, str], new: tuple[str, str]) -> str:
    r"""What changed between two versions, each a headline and a body: a unified diff by paragraphs, cut where it is long.

    >>> print(build_diff(("Plant opens", "In May.\n\nIt is large."), ("Plant opens", "In June.\n\nIt is large.")))
    @@ -2 +2 @@
    -In May.
    +In June.
    """
    before, after = ([headline, *_split_body_paragraphs(body)][:_MAX_DIFF_PARAGRAPHS] for headline, body in (old, new))
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    said = "\n".join(lines)
    return said if len(said) <= MAX_DIFF_LENGTH else f"{said[:MAX_DIFF_LENGTH]}…"


def _split_body_paragraphs(body: str) -> Iterator[str]:
    """The paragraphs of a body, which blank lines part."""
    return filter(None, body.split("\n\n"))


def build_withdrawn_article(known: KnownArticle, newsroom: str, company: str, body: str, now: datetime) -> Article:
    """Return the line that reports an article as withdrawn, with what earlier runs stored of it."""
    return Article(
        id=known.id,
        url=known.url,
        newsroom=newsroom,
        company=company,
        source=ArticleSource(VIA_REVISIT),
        headline=known.headline,
        body=body,
        body_markdown=body,
        language=known.language,
        date_published=known.date_published,
        status="withdrawn",
        version=known.version,
        first_seen=format_utc(known.first_seen),
        last_seen=format_utc(known.last_seen),
        content_hash=known.content_hash,
        duplicate_of=known.duplicate_of,
        crawl=CrawlInfo(fetched_at=format_utc(now)),
    )
