"""What a run has found out and not yet written to its store."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select, update

from corpnews.state.database import insert_into, upsert
from corpnews.state.tables import articles, marks, pages, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy import BindParameter, Connection

    from corpnews.state.records import ArticleRecord, PageVisit

_FIELDS_OF_OTHER_TABLES: Final = ("body", "marks", "removed")
_MAX_VALIDATOR_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class MissingArticle:
    """That an article was gone: in how many runs in a row, and whether that means that it was withdrawn."""

    at: datetime
    times: int
    withdrawn: bool


@dataclass(slots=True)
class PendingWrites:
    """What to write, each thing once: what is said later of the same article or page takes the earlier's place."""

    releases: dict[str, ArticleRecord] = field(default_factory=dict)
    visits: dict[bytes, PageVisit] = field(default_factory=dict)
    listed: dict[str, datetime] = field(default_factory=dict)
    missed: dict[str, MissingArticle] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.releases) + len(self.visits) + len(self.listed) + len(self.missed)

    def originals(self) -> Iterator[ArticleRecord]:
        """The releases that later ones may be duplicates of."""
        return (each for each in self.releases.values() if not each.duplicate_of)

    def alike(self, sought: Collection[int], most: int) -> list[ArticleRecord]:
        """The originals that have most of the marks sought."""
        wanted = frozenset(sought)
        found = [each for each in self.originals() if not wanted.isdisjoint(each.marks)]
        return sorted(found, key=lambda each: -len(wanted.intersection(each.marks)))[:most]

    def write(self, connection: Connection, newsroom: int, run: int) -> None:
        """Write it all, within the connection's transaction; to write it again changes nothing."""
        if self.releases:
            self._write_releases(connection, newsroom)
        if self.listed:
            seen = update(articles).where(articles.c.id == bindparam("article")).values(last_seen=bindparam("at"))
            connection.execute(seen, [{"article": article, "at": at} for article, at in self.listed.items()])
        if self.visits:
            self._write_visits(connection, newsroom)
        if self.missed:
            self._write_missed(connection, run)

    def _write_releases(self, connection: Connection, newsroom: int) -> None:
        rows = [_build_article_row(release, newsroom) for release in self.releases.values()]
        written = upsert(connection, articles, ["id"], keep=["first_seen", "last_seen", "checked", "due"])
        numbers = {each.id: each.number for each in connection.execute(written.returning(articles.c.id, articles.c.number), rows)}
        bodies = [{"article": numbers[each.id], "body": each.body, "removed": each.removed} for each in self.releases.values()]
        connection.execute(upsert(connection, texts, ["article"]), bodies)
        found_by = [{"mark": mark, "article": numbers[each.id]} for each in self.originals() for mark in each.marks]
        if found_by:
            connection.execute(insert_into(connection, marks).on_conflict_do_nothing(), found_by)

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
            }
            for key, visit in self.visits.items()
        ]
        connection.execute(written, rows)
        shown = [{"article": each.article, "at": each.at, "next": each.due} for each in self.visits.values() if each.article]
        if shown:
            seen = update(articles).where(articles.c.id == bindparam("article"))
            at: BindParameter[datetime] = bindparam("at")
            connection.execute(seen.values(last_seen=at, checked=at, due=bindparam("next"), missing=0, missing_in=None), shown)

    def _write_missed(self, connection: Connection, run: int) -> None:
        for article, missed in self.missed.items():
            gone = {"status": "withdrawn", "due": None} if missed.withdrawn else {"due": missed.at}
            said = update(articles).where(articles.c.id == article)
            connection.execute(said.values(missing=missed.times, missing_in=run, checked=missed.at, **gone))


def _build_article_row(release: ArticleRecord, newsroom: int) -> dict[str, object]:
    """The article's row, as it is when it is the first."""
    row = {name: value for name, value in asdict(release).items() if name not in _FIELDS_OF_OTHER_TABLES}
    seen = release.first_seen
    return {**row, "newsroom": newsroom, "last_seen": seen, "checked": seen, "due": None, "missing": 0, "missing_in": None}


def hash_page_key(key: str) -> bytes:
    """What stands for a page's key: as short for a key of any length."""
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()


def _clean_validator(value: str | None) -> str | None:
    """The validator, unless it is none that could be sent back."""
    return value if value and len(value) <= _MAX_VALIDATOR_LENGTH and value.isprintable() else None
