"""The fleet's queue: Procrastinate in the store's own database, and the version of its tables."""

from __future__ import annotations

from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager
from psycopg import Error as PostgresError
from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select, update

from corpnews.state import StoreError
from corpnews.state.database import build_postgresql_arguments
from corpnews.state.migrations import check_schema, lock_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

    from corpnews.state import Store

CRAWL_TASK: Final = "corpnews:crawl_site"
CRAWL_QUEUE: Final = "corpnews_sites"
PLAN_TASK: Final = "corpnews:plan"
PLAN_QUEUE: Final = "corpnews_plan"
HEARTBEAT: Final = 10.0  # seconds between two signs of life of a worker
STALLED_AFTER: Final = 30.0  # seconds without one, after which its jobs are taken from it
_MAX_CONNECTIONS: Final = 4  # a process, besides one to listen for each of two queues and one of each run
_OPENING: Final = 5.0  # seconds, for a connection
_TABLES: Final = ("procrastinate_jobs", "procrastinate_events")
# Every job leaves dead rows: with the default they would be a fifth of a table before they are vacuumed
_VACUUM: Final = "ALTER TABLE {} SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000)"
_COUNT_HEARTS: Final = (
    "SELECT count(*) AS hearts FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %(seconds)s)"
)
_fleet = Table("corpnews_fleet", MetaData(), Column("queue_version", String, nullable=False))


def create_queue(url: URL) -> App:
    """Procrastinate's app on the database of a PostgreSQL store."""
    arguments = build_postgresql_arguments(url)
    return App(connector=PsycopgConnector(kwargs=arguments, min_size=1, max_size=_MAX_CONNECTIONS, timeout=_OPENING))


@contextmanager
def raise_queue_errors() -> Iterator[None]:
    """Raise what the queue's database refuses as StoreError."""
    try:
        yield
    except (ConnectorException, PostgresError) as error:
        cause = error.__cause__ or error
        reason = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        raise StoreError(f"the queue cannot be reached: {reason}") from error


def init_queue(store: Store) -> None:
    """Create the queue's tables in the store's database, or upgrade them. Raises StoreError.

    Procrastinate's upgrades are files of SQL; the name of the last one is kept, as its tables do not tell it.
    """
    migrations = _list_migrations()
    with store.writing() as connection:
        lock_schema(connection)
        _fleet.create(connection, checkfirst=True)
        version = _read_version(connection)
        if version is None:
            if _TABLES[0] in inspect(connection).get_table_names():
                raise StoreError(
                    "the database holds another program's queue of Procrastinate: give the store a schema of its own"
                )
            _execute_script(connection, SchemaManager.get_schema())
            for table in _TABLES:
                connection.exec_driver_sql(_VACUUM.format(table))
            connection.execute(insert(_fleet).values(queue_version=migrations[-1]))
            return
        for name in migrations:
            if name > version:
                _execute_script(connection, (Path(SchemaManager.get_migrations_path()) / f"{name}.sql").read_text("utf-8"))
        connection.execute(update(_fleet).values(queue_version=max(version, migrations[-1])))


def check_tables(store: Store) -> None:
    """Raise StoreError if the store's tables, or the queue's, are not there or not those of this version."""
    with store.reading() as connection:
        check_schema(connection)
        has_queue = _fleet.name in inspect(connection).get_table_names()
        version = _read_version(connection) if has_queue else None
    newest = _list_migrations()[-1]
    if version is None:
        raise StoreError("the store has no tables of a fleet: run `scrapy fleet init`")
    if version != newest:
        raise StoreError(f"the queue's tables are of version {version}, not of {newest}: run `scrapy fleet init`")


async def count_workers(queue: App) -> int:
    """How many processes work for the fleet: each beats two hearts, one for each queue."""
    row = await queue.connector.execute_query_one_async(_COUNT_HEARTS, seconds=STALLED_AFTER)
    hearts: int = row["hearts"]
    return ceil(hearts / 2)


def _list_migrations() -> list[str]:
    """The names of Procrastinate's upgrades, the oldest first; they begin with the version."""
    return sorted(path.stem for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _read_version(connection: Connection) -> str | None:
    version: str | None = connection.execute(select(_fleet.c.queue_version)).scalar_one_or_none()
    return version


def _execute_script(connection: Connection, script: str) -> None:
    """Execute several statements, with percent signs as they stand."""
    connection.execution_options(no_parameters=True).exec_driver_sql(script)
