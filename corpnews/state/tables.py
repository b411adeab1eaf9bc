"""The tables of a store; their names begin with the project's, as a PostgreSQL database may hold others."""

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


class UnixTime(TypeDecorator[datetime]):
    """A time to the second, stored as seconds since 1970: the same in every database and time zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        return None if value is None else datetime.fromtimestamp(value, UTC)


class CleanText(TypeDecorator[str]):
    """Text without lone surrogates and NUL, which some databases refuse."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        return None if value is None else value.encode("utf-8", "ignore").decode().replace("\0", "")


class CompressedBytes(TypeDecorator[bytes]):
    """A page as it came, compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - as above
        return None if value is None else zlib.decompress(value)


class CompressedText(TypeDecorator[str]):
    """Long text, compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - as above
        return None if value is None else zlib.compress(value.encode("utf-8", "ignore"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as above
        return None if value is None else zlib.decompress(value).decode()


METADATA: Final = MetaData()
# SQLite numbers rows only where the key is an INTEGER
_ROW_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")

schema = Table("corpnews_schema", METADATA, Column("version", Integer, nullable=False))

# A newsroom that is to be crawled regularly has a `due`: `spider` and its `arguments` say how, `every` (seconds) how often,
# `failures` how many of its last runs in a row have failed
newsrooms = Table(
    "corpnews_newsrooms",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("name", CleanText, nullable=False, unique=True),
    Column("template", LargeBinary),
    Column("learned", JSON),
    Column("spider", CleanText),
    Column("arguments", JSON),
    Column("every", Integer),
    Column("due", UnixTime),
    Column("failures", Integer, nullable=False, default=0, server_default="0"),
    Index("corpnews_newsrooms_due", "due"),
)

runs = Table(
    "corpnews_runs",
    METADATA,
    Column("number", _ROW_NUMBER, primary_key=True),
    Column("newsroom", ForeignKey(newsrooms.c.number), nullable=False),
    Column("started", UnixTime, nullable=False),
    Column("ended", UnixTime),
    Column("verdict", CleanText),
    Column("reasons", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Index("corpnews_runs_of", "newsroom", "number"),
)

articles = Table(
    "corpnews_articles",
    METADATA,
    Column("number", _ROW_NUMBER, primary_key=True),
    Column("newsroom", ForeignKey(newsrooms.c.number), nullable=False),
    Column("id", CleanText, nullable=False, unique=True),
    Column("url", CleanText, nullable=False),
    Column("canonical_url", CleanText),
    Column("headline", CleanText, nullable=False),
    Column("language", CleanText),
    Column("date_published", CleanText),
    Column("content_hash", CleanText, nullable=False),
    Column("status", CleanText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("duplicate_of", CleanText),
    Column("first_seen", UnixTime, nullable=False),
    Column("last_seen", UnixTime, nullable=False),
    Column("changed", UnixTime),
    Column("checked", UnixTime, nullable=False),
    Column("due", UnixTime),
    Column("missing", SmallInteger, nullable=False, default=0),
    Column("missing_in", BigInteger),
    postgresql_with={"fillfactor": 90},  # each visit changes its row, which stays in its block where that has room
)
# A partial index: most articles are old and never due again
Index(
    "corpnews_articles_due",
    articles.c.newsroom,
    articles.c.due,
    sqlite_where=articles.c.due.is_not(None),
    postgresql_where=articles.c.due.is_not(None),
)

# The text of an article's last version and the rest of its page: read when the page changes, or when another article may
# be the same
texts = Table(
    "corpnews_texts",
    METADATA,
    Column("article", _ROW_NUMBER, ForeignKey(articles.c.number), primary_key=True, autoincrement=False),
    Column("body", CompressedText, nullable=False),
    Column("removed", CompressedText, nullable=False),
)

# Fetched pages, by the hash of their key: a key may be longer than an index allows. `outcome` is set where `article` is not
pages = Table(
    "corpnews_pages",
    METADATA,
    Column("newsroom", ForeignKey(newsrooms.c.number), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("article", _ROW_NUMBER, ForeignKey(articles.c.number)),
    Column("checked", UnixTime, nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("outcome", CleanText),
)

# What reports show of a newsroom's lines besides their number: fields, boilerplate and samples, as JSON
profiles = Table(
    "corpnews_profiles",
    METADATA,
    Column("newsroom", ForeignKey(newsrooms.c.number), primary_key=True, autoincrement=False),
    Column("profile", CompressedText, nullable=False),
)

# Pages that list articles, as they came with validators: the next run asks for them only if they have changed
listings = Table(
    "corpnews_listings",
    METADATA,
    Column("newsroom", ForeignKey(newsrooms.c.number), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("fetched", UnixTime, nullable=False),
    Column("url", CleanText, nullable=False),
    Column("media_type", CleanText, nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("body", CompressedBytes, nullable=False),
)

# Hashes that articles of much the same text share; in SQLite the primary key is the table
hashes = Table(
    "corpnews_marks",
    METADATA,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("article", _ROW_NUMBER, ForeignKey(articles.c.number), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Output files that runs were about to upload, with what is known of their articles once the file is there (see uploads.py);
# a row goes when that is in the other tables, or when the file turns out not to be there
uploads = Table(
    "corpnews_uploads",
    METADATA,
    Column("uri", CleanText, primary_key=True),
    Column("newsroom", ForeignKey(newsrooms.c.number), nullable=False),
    Column("run", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("writes", CompressedBytes, nullable=False),
    Index("corpnews_uploads_of", "newsroom"),
)
