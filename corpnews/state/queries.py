"""The queries of a run: each is an indexed look-up, whatever else the store holds."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, select, union_all, update

from corpnews.state.database import insert_into
from corpnews.state.records import DuplicateCandidate, KnownArticle, KnownPage, PastRun, Validators
from corpnews.state.tables import articles, hashes, listings, newsrooms, pages, profiles, runs, texts, uploads

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

# Sentences that a company always repeats may give thousands of articles one hash: only the newest are compared
_MAX_ARTICLES_PER_HASH: Final = 50
_MAX_KEYS_PER_QUERY: Final = 1000
_RUNS_KEPT: Final = 20  # of each newsroom, however long ago they were

_ARTICLE_FIELDS: Final = [each.name for each in fields(KnownArticle)]
_ARTICLE_COLUMNS: Final = [articles.c[name].label(f"article_{name}") for name in _ARTICLE_FIELDS]
_SELECT_PAGES: Final = (
    select(pages.c.key, pages.c.checked, pages.c.etag, pages.c.last_modified, pages.c.outcome, *_ARTICLE_COLUMNS)
    .outerjoin(articles, articles.c.number == pages.c.article)
    .where(pages.c.newsroom == bindparam("newsroom"), pages.c.key.in_(bindparam("keys", expanding=True)))
)
_SELECT_DUE: Final = (
    select(*_ARTICLE_COLUMNS)
    .where(articles.c.newsroom == bindparam("newsroom"), articles.c.due <= bindparam("now"))
    .order_by(articles.c.due)
    .limit(bindparam("most"))
)
_SELECT_ONLINE: Final = (
    select(*_ARTICLE_COLUMNS)
    .where(articles.c.newsroom == bindparam("newsroom"), articles.c.status != "withdrawn")
    .order_by(articles.c.number)
)
SELECT_TEXT: Final = (
    select(texts.c.body, texts.c.removed)
    .join(articles, articles.c.number == texts.c.article)
    .where(articles.c.id == bindparam("id"))
)
_SELECT_PAST_RUNS: Final = (
    select(*(runs.c[each.name] for each in fields(PastRun)))
    .join(newsrooms, newsrooms.c.number == runs.c.newsroom)
    .where(newsrooms.c.name == bindparam("name"))
    .order_by(runs.c.number.desc())
    .limit(bindparam("last"))
)


@cache
def _build_duplicates_query(number: int) -> Select[Any]:
    """Select the articles that share most of `number` hashes, bound as `hash_0` …, the newest of them first."""
    each = []
    for at in range(number):
        newest = select(hashes.c.article).where(hashes.c.mark == bindparam(f"hash_{at}")).order_by(hashes.c.article.desc())
        each.append(select(newest.limit(_MAX_ARTICLES_PER_HASH).subquery().c.article))
    hashed = union_all(*each).subquery()
    shared = func.count()
    most = select(hashed.c.article, shared.label("shared")).group_by(hashed.c.article)
    # One more than asked for: the article itself may be among them
    found = most.order_by(shared.desc(), hashed.c.article.desc()).limit(bindparam("most") + 1).subquery()
    return (
        select(
            articles.c.id,
            newsrooms.c.name.label("newsroom"),
            articles.c.language,
            articles.c.headline,
            texts.c.body,
            articles.c.content_hash,
        )
        .select_from(found)
        .join(articles, articles.c.number == found.c.article)
        .join(texts, texts.c.article == articles.c.number)
        .join(newsrooms, newsrooms.c.number == articles.c.newsroom)
        .where(articles.c.duplicate_of.is_(None))
        .order_by(found.c.shared.desc(), articles.c.number.desc())
    )


def get_newsroom_number(connection: Connection, newsroom: str) -> int:
    """The newsroom's number in the store; a new newsroom gets one, a known one does not use up another."""
    select_number = select(newsrooms.c.number).where(newsrooms.c.name == newsroom)
    number: int | None = connection.execute(select_number).scalar_one_or_none()
    if number is None:
        connection.execute(insert_into(connection, newsrooms).values(name=newsroom).on_conflict_do_nothing())
        number = connection.execute(select_number).scalar_one()
    return number


def find_pages(connection: Connection, newsroom: int, keys: Collection[bytes]) -> dict[bytes, KnownPage]:
    """The known ones of the pages with these key hashes."""
    wanted, found = list(keys), {}
    for first in range(0, len(wanted), _MAX_KEYS_PER_QUERY):
        for row in connection.execute(_SELECT_PAGES, {"newsroom": newsroom, "keys": wanted[first : first + _MAX_KEYS_PER_QUERY]}):
            article = _build_known_article(row) if row.article_id else None
            found[row.key] = KnownPage(row.checked, Validators(row.etag, row.last_modified), article, row.outcome)
    return found


def find_due(connection: Connection, newsroom: int, now: datetime, most: int) -> list[KnownArticle]:
    """The articles that are due for another visit, the longest overdue first."""
    return [
        _build_known_article(row) for row in connection.execute(_SELECT_DUE, {"newsroom": newsroom, "now": now, "most": most})
    ]


def find_online(connection: Connection, newsroom: int) -> list[KnownArticle]:
    """The articles of a newsroom that are not withdrawn."""
    return [_build_known_article(row) for row in connection.execute(_SELECT_ONLINE, {"newsroom": newsroom})]


def find_duplicate_candidates(connection: Connection, sought: Collection[int], most: int) -> list[DuplicateCandidate]:
    """The articles of all newsrooms that share most of the hashes sought."""
    if not sought:
        return []
    bound = {f"hash_{at}": number for at, number in enumerate(sought)}
    return [DuplicateCandidate(*row) for row in connection.execute(_build_duplicates_query(len(sought)), {**bound, "most": most})]


def delete_articles(connection: Connection, newsroom: int) -> int:
    """Delete the articles and pages of a newsroom, what its runs learned of its sources, and what reports show of its lines.

    Returns how many articles there were.
    """
    own = select(articles.c.number).where(articles.c.newsroom == newsroom)
    connection.execute(delete(pages).where(pages.c.newsroom == newsroom))
    connection.execute(delete(hashes).where(hashes.c.article.in_(own)))
    connection.execute(delete(texts).where(texts.c.article.in_(own)))
    connection.execute(delete(uploads).where(uploads.c.newsroom == newsroom))
    connection.execute(delete(profiles).where(profiles.c.newsroom == newsroom))
    connection.execute(update(newsrooms).where(newsrooms.c.number == newsroom).values(learned=None))
    return connection.execute(delete(articles).where(articles.c.newsroom == newsroom)).rowcount


def delete_runs(connection: Connection, newsroom: int) -> int:
    """Delete the newsroom's runs, and what they saw of its listings. Returns how many runs there were."""
    connection.execute(delete(listings).where(listings.c.newsroom == newsroom))
    return connection.execute(delete(runs).where(runs.c.newsroom == newsroom)).rowcount


def delete_old_runs(connection: Connection, newsroom: int, before: datetime) -> None:
    """Delete the newsroom's runs that began before then, except for the last ones, with which later runs are compared."""
    own = runs.c.newsroom == newsroom
    kept = select(runs.c.number).where(own).order_by(runs.c.number.desc()).limit(1).offset(_RUNS_KEPT).scalar_subquery()
    connection.execute(delete(runs).where(own, runs.c.number <= kept, runs.c.started < before))


def find_past_runs(connection: Connection, newsroom: str, last: int) -> list[PastRun]:
    """The newsroom's last runs, the latest first."""
    return [_build_past_run(row) for row in connection.execute(_SELECT_PAST_RUNS, {"name": newsroom, "last": last})]


def _build_past_run(row: Row[Any]) -> PastRun:
    return PastRun(row.number, row.started, row.ended, row.verdict, tuple(row.reasons), row.counts)


def _build_known_article(row: Row[Any]) -> KnownArticle:
    columns = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    return KnownArticle(**{name: columns[f"article_{name}"] for name in _ARTICLE_FIELDS})
