"""What a run has found out and not yet written to its store."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, select, update

from corpnews.state.database import insert_into, upsert
from corpnews.state.tables import articles, hashes, listings, pages, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import BindParameter, Connection

    from corpnews.state.records import ArticleRecord, KnownListing, PageVisit

_FIELDS_OF_OTHER_TABLES: Final = ("body", "hashes", "removed")
_MAX_VALIDATOR_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class MissingArticle:
    """An article that was gone: in how many runs in a row, and whether it is withdrawn for that."""

    at: datetime
    times: int
    withdrawn: bool


@dataclass(slots=True)
class PendingWrites:
    """Rows to write, each once: a later entry for the same article or page replaces the earlier one."""

    articles: dict[str, ArticleRecord] = field(default_factory=dict)
    visits: dict[bytes, PageVisit] = field(default_factory=dict)
    listed: dict[str, datetime] = field(default_factory=dict)
    missing: dict[str, MissingArticle] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.articles) + len(self.visits) + len(self.listed) + len(self.missing)

    def add(self, other: PendingWrites) -> None:
        """Add the entries of `other`, which are later ones."""
        self.articles |= other.articles
        self.visits |= other.visits
        self.listed |= other.listed
        self.missing |= other.missing

    def originals(self) -> Iterator[ArticleRecord]:
        """The articles that later ones may be duplicates of."""
        return (each for each in self.articles.values() if not each.duplicate_of)

    def find_similar(self, sought: Collection[int], most: int) -> list[ArticleRecord]:
        """The originals that share most of the hashes sought."""
        wanted = frozenset(sought)
        found = [each for each in self.originals() if not wanted.isdisjoint(each.hashes)]
        return sorted(found, key=lambda each: -len(wanted.intersection(each.hashes)))[:most]

    def write(self, connection: Connection, newsroom: int, run: int) -> None:
        """Write all entries within the connection's transaction; writing them again changes nothing."""
        if self.articles:
            self._write_articles(connection, newsroom)
        if self.listed:
            seen = update(articles).where(articles.c.id == bindparam("article")).values(last_seen=bindparam("at"))
            connection.execute(seen, [{"article": article, "at": at} for article, at in self.listed.items()])
        if self.visits:
            self._write_visits(connection, newsroom)
        if self.missing:
            self._write_missing(connection, run)

    def _write_articles(self, connection: Connection, newsroom: int) -> None:
        rows = [_build_article_row(record, newsroom) for record in self.articles.values()]
        written = upsert(connection, articles, ["id"], keep=["first_seen", "last_seen", "checked", "due"])
        numbers = {each.id: each.number for each in connection.execute(written.returning(articles.c.id, articles.c.number), rows)}
        bodies = [{"article": numbers[each.id], "body": each.body, "removed": each.removed} for each in self.articles.values()]
        connection.execute(upsert(connection, texts, ["article"]), bodies)
        found_by = [{"mark": number, "article": numbers[each.id]} for each in self.originals() for number in each.hashes]
        if found_by:
            connection.execute(insert_into(connection, hashes).on_conflict_do_nothing(), found_by)

    def _write_visits(self, connection: Connection, newsroom: int) -> None:
        number = select(articles.c.number).where(articles.c.id == bindparam("id")).scalar_subquery()
        written = upsert(connection, pages, ["newsroom", "key"]).values(newsroom=newsroom, article=number)
        rows = [
            {
                "key": key,
                "id": visit.article,
                "checked": visit.at,
                "etag": _clean_validator(visit.validators.etag),
                "last_modified": _clean_validator(visit.validators.last_modified),
                "outcome": visit.outcome,
            }
            for key, visit in self.visits.items()
        ]
        connection.execute(written, rows)
        shown = [{"article": each.article, "at": each.at, "next": each.due} for each in self.visits.values() if each.article]
        if shown:
            seen = update(articles).where(articles.c.id == bindparam("article"))
            at: BindParameter[datetime] = bindparam("at")
            connection.execute(seen.values(last_seen=at, checked=at, due=bindparam("next"), missing=0, missing_in=None), shown)

    def _write_missing(self, connection: Connection, run: int) -> None:
        for article, missing in self.missing.items():
            gone = {"status": "withdrawn", "due": None, "changed": missing.at} if missing.withdrawn else {"due": missing.at}
            row = update(articles).where(articles.c.id == article)
            connection.execute(row.values(missing=missing.times, missing_in=run, checked=missing.at, **gone))


def write_listings(connection: Connection, newsroom: int, kept: Mapping[bytes, KnownListing]) -> None:
    """Replace the newsroom's listings by these; of one that is as it was, nothing is written."""
    own = listings.c.newsroom == newsroom
    known = {row.key: row.fetched for row in connection.execute(select(listings.c.key, listings.c.fetched).where(own))}
    changed = {key: each for key, each in kept.items() if known.get(key) != each.fetched}
    if gone := [key for key in known if key not in kept or key in changed]:
        connection.execute(delete(listings).where(own & listings.c.key.in_(gone)))
    if changed:
        rows = [
            {
                "newsroom": newsroom,
                "key": key,
                "fetched": each.fetched,
                "url": each.url,
                "media_type": each.media_type,
                "etag": _clean_validator(each.validators.etag),
                "last_modified": _clean_validator(each.validators.last_modified),
                "body": each.body,
            }
            for key, each in changed.items()
        ]
        connection.execute(insert(listings), rows)


def _build_article_row(record: ArticleRecord, newsroom: int) -> dict[str, object]:
    """The row of an article that is recorded for the first time."""
    row = {name: value for name, value in asdict(record).items() if name not in _FIELDS_OF_OTHER_TABLES}
    seen = record.first_seen
    return {**row, "newsroom": newsroom, "last_seen": seen, "checked": seen, "due": None, "missing": 0, "missing_in": None}


def hash_page_key(key: str) -> bytes:
    """16 bytes that stand for a page's key of any length."""
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()


def _clean_validator(value: str | None) -> str | None:
    """The validator, or None if it could not be sent back."""
    return value if value and len(value) <= _MAX_VALIDATOR_LENGTH and value.isprintable() else None
