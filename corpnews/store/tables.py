"""The tables of a store.

Their names begin with the project's, so that they may stand in a PostgreSQL database beside others.
"""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    TypeDecorator,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Moment(TypeDecorator[datetime]):
    """A moment to the second, kept as seconds since 1970: the same in every database and time zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Words(TypeDecorator[str]):
    """Text that any database takes: halves of characters and NUL, which some refuse, are left out."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        return None if value is None else value.encode("utf-8", "ignore").decode().replace("\0", "")


class Packed(TypeDecorator[str]):
    """Long text, compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - as above
        return None if value is None else zlib.compress(value.encode("utf-8", "ignore"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        return None if value is None else zlib.decompress(value).decode()


METADATA: Final = MetaData()
# SQLite numbers the rows of a table by itself where the key is an INTEGER and nothing else
NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")

schema = Table("corpnews_schema", METADATA, Column("version", Integer, nullable=False))

newsrooms = Table(
    "corpnews_newsrooms",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("template", LargeBinary),
    Column("learned", JSON),
)

runs = Table(
    "corpnews_runs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("newsroom", ForeignKey(newsrooms.c.number), nullable=False),
    Column("started", Moment, nullable=False),
    Column("ended", Moment),
    Column("verdict", Words),
    Column("reasons", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Index("corpnews_runs_of", "newsroom", "number"),
)

articles = Table(
    "corpnews_articles",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("newsroom", ForeignKey(newsrooms.c.number), nullable=False),
    Column("id", Words, nullable=False, unique=True),
    Column("url", Words, nullable=False),
    Column("canonical_url", Words),
    Column("headline", Words, nullable=False),
    Column("language", Words),
    Column("date_published", Words),
    Column("content_hash", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("duplicate_of", Words),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("checked", Moment, nullable=False),
    Column("due", Moment),
    Column("missing", SmallInteger, nullable=False, default=0),
    Column("missing_in", Integer),
)
# Most articles are old and never due again, so that few stand in here
Index(
    "corpnews_articles_due",
    articles.c.newsroom,
    articles.c.due,
    sqlite_where=articles.c.due.is_not(None),
    postgresql_where=articles.c.due.is_not(None),
)

# The text of an article's last version and what its page held beside it, compressed: read when it changes, or when another
# article may be the same
texts = Table(
    "corpnews_texts",
    METADATA,
    Column("article", NUMBER, ForeignKey(articles.c.number), primary_key=True, autoincrement=False),
    Column("body", Packed, nullable=False),
    Column("removed", Packed, nullable=False),
)

# What is known of a URL, by the digest of its key: a key may be longer than an index takes
pages = Table(
    "corpnews_pages",
    METADATA,
    Column("newsroom", ForeignKey(newsrooms.c.number), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("article", NUMBER, ForeignKey(articles.c.number)),
    Column("checked", Moment, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
)

# Marks that articles of much the same text have in common; one tree without a table beside it, in SQLite
marks = Table(
    "corpnews_marks",
    METADATA,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("article", NUMBER, ForeignKey(articles.c.number), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
