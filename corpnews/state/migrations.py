"""The version of a store's tables, and the steps from each version to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from corpnews.state.errors import DatabaseRefusedError
from corpnews.state.tables import METADATA, listings, profiles, schema, uploads
from corpnews.state.views import create_views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection


def _add_page_outcome(connection: Connection) -> None:
    """Version 2: a page without an article says what it was."""
    connection.execute(text("ALTER TABLE corpnews_pages ADD COLUMN outcome VARCHAR"))


def _add_report_data(connection: Connection) -> None:
    """Version 3: when an article changed, what reports show of a newsroom's lines, and views."""
    connection.execute(text("ALTER TABLE corpnews_articles ADD COLUMN changed BIGINT"))
    connection.execute(text("UPDATE corpnews_articles SET changed = first_seen"))
    profiles.create(connection)
    create_views(connection)


def _add_listings(connection: Connection) -> None:
    """Version 4: listings are kept, to be asked for only if they have changed."""
    listings.create(connection)


def _add_newsroom_list(connection: Connection) -> None:
    """Version 5: newsrooms may be on the list of those to crawl regularly."""
    for column in ("spider VARCHAR", "arguments JSON", "every INTEGER", "due BIGINT", "failures INTEGER NOT NULL DEFAULT 0"):
        connection.execute(text(f"ALTER TABLE corpnews_newsrooms ADD COLUMN {column}"))
    connection.execute(text("CREATE INDEX corpnews_newsrooms_due ON corpnews_newsrooms (due)"))


def _add_uploads(connection: Connection) -> None:
    """Version 6: files on their way to a storage; and as many runs as there may be, in a database that bounds their number."""
    uploads.create(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE corpnews_runs ALTER COLUMN number TYPE BIGINT"))
        connection.execute(text("ALTER SEQUENCE corpnews_runs_number_seq AS BIGINT"))
        connection.execute(text("ALTER TABLE corpnews_articles ALTER COLUMN missing_in TYPE BIGINT"))
        connection.execute(text("ALTER TABLE corpnews_articles SET (fillfactor = 90)"))


# The first makes a store of version 2 out of one of version 1, and so on; a new store is made from the tables
MIGRATIONS: Final[tuple[Callable[[Connection], None], ...]] = (
    _add_page_outcome,
    _add_report_data,
    _add_listings,
    _add_newsroom_list,
    _add_uploads,
)
# PostgreSQL's number for the lock on the tables; any number that no other program uses
_MIGRATION_LOCK: Final = 0x636F7270


def upgrade_schema(connection: Connection, migrations: Sequence[Callable[[Connection], None]] = MIGRATIONS) -> None:
    """Create the tables, or upgrade those of an earlier version, in one transaction.

    Raises DatabaseRefusedError for a store of a later version and for a SQLite file of another program.
    """
    newest = 1 + len(migrations)
    if _is_of_version(connection, newest):
        return
    with connection.begin():
        lock_schema(connection)
        version = _read_schema_version(connection)
        if version is None:
            METADATA.create_all(connection)
            create_views(connection)
            connection.execute(insert(schema).values(version=newest))
            return
        _refuse_later_version(version, newest)
        for migrate in migrations[version - 1 :]:
            migrate(connection)
        if version < newest:
            connection.execute(update(schema).values(version=newest))


def check_schema(connection: Connection) -> None:
    """Leave the tables as they are; raises DatabaseRefusedError if they are not there, or of another version."""
    version, newest = _read_schema_version(connection), 1 + len(MIGRATIONS)
    if version is not None:
        _refuse_later_version(version, newest)
    if version != newest:
        said = "it has no tables yet" if version is None else f"its tables are of version {version}, these of {newest}"
        raise DatabaseRefusedError(f"{said}: run `scrapy fleet init`")


def lock_schema(connection: Connection) -> None:
    """Wait until no other process changes the tables."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
    else:
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def _is_of_version(connection: Connection, version: int) -> bool:
    """Whether the tables are there, and of this version, in one statement: each command and run asks it first."""
    try:
        with connection.begin():
            return connection.execute(select(schema.c.version)).scalar_one_or_none() == version
    except DBAPIError:  # which of the reasons it is, is found out by those who make the tables
        return False


def _refuse_later_version(version: int, newest: int) -> None:
    if version > newest:
        raise DatabaseRefusedError(
            f"it was written by a later version of corpnews (its tables are of version {version}, these of {newest})"
        )


def _read_schema_version(connection: Connection) -> int | None:
    """The version of the tables; None if there are none yet. Raises DatabaseRefusedError."""
    names = inspect(connection).get_table_names()
    if schema.name in names:
        version: int = connection.execute(select(schema.c.version)).scalar_one()
        return version
    if names and connection.dialect.name == "sqlite":
        raise DatabaseRefusedError("it is another program's database")
    return None
