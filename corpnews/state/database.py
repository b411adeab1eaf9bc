"""The two databases that can hold a store, SQLite and PostgreSQL, and what differs between them."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from select import POLLIN, poll
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from sqlalchemy import URL, NullPool, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from corpnews.state.errors import ConnectionLostError, DatabaseRefusedError, NewsroomBusyError, StoreError
from corpnews.state.tables import newsrooms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Engine, Table

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_KEPT_CONNECTIONS: Final = 2  # a process; of more that are needed at once, the rest is closed after its use
_SQLITE_TIMEOUT: Final = 30  # seconds, to wait for another process that writes
# Either side finds out within a minute that the other is gone: a host that vanishes would else keep its locks for two hours
_POSTGRESQL_BOUNDS: Final = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_SERVER_KEEPALIVES: Final = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
# The lock's number is made of the table and the row, so that two stores in one database do not share it
_TRY_ADVISORY_LOCK: Final = text(
    f"SELECT pg_try_advisory_lock(CAST(CAST(CAST('{newsrooms.name}' AS regclass) AS oid) AS bigint) << 32 | :number)"
)
_SELECT_LOCKED: Final = text(
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = CAST(CAST(:table AS regclass) AS oid) "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_POSTGRESQL_DRIVERS: Final = ("postgresql", "postgres", "postgresql+psycopg")


@contextmanager
def raise_as_store_error(trouble: str) -> Iterator[None]:
    """Raise errors of the database and the system as StoreError("`trouble`: reason"); ConnectionLostError if the server went."""
    try:
        yield
    except (SQLAlchemyError, OSError, DatabaseRefusedError) as error:
        is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
        raise (ConnectionLostError if is_lost else StoreError)(f"{trouble}: {_get_first_error_line(error)}") from error


def repeat_if_lost(method: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Have a method that reads or writes in a run's transaction begin again, once, if the server ends the connection during it.

    The run then waits for the server to come back. What the method writes it may write twice: a server may have committed what
    it could not confirm.
    """

    @wraps(method)
    def repeat(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        try:
            return method(*args, **kwargs)
        except ConnectionLostError:
            return method(*args, **kwargs)

    return repeat


def _get_first_error_line(error: Exception) -> str:
    """The first line of the database's or the system's own message."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    lines = str(cause).strip().splitlines()
    return lines[0] if lines else type(cause).__name__


def parse_store_url(where: str | Path) -> URL:
    """The database's URL; a Path is a SQLite file. Raises StoreError for what is neither SQLite nor PostgreSQL.

    >>> str(parse_store_url("postgres://news@db.example/news"))
    'postgresql+psycopg://news@db.example/news'
    >>> parse_store_url("mysql://db.example/news")
    Traceback (most recent call last):
    corpnews.state.errors.StoreError: a store is sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE, not mysql://…
    """
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        url = None
    if url and url.drivername in _POSTGRESQL_DRIVERS:
        return url.set(drivername="postgresql+psycopg")
    if url and url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    kind = f"{where.partition('://')[0]}://…" if "://" in where else repr(where)
    raise StoreError(f"a store is sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE, not {kind}")


def create_store_engine(url: URL, *, keeps_connections: bool = False) -> Engine:
    """The engine for `url`; a connection is closed with its last use, unless those to PostgreSQL are to be kept for the next.

    Raises DatabaseRefusedError, OSError.
    """
    if url.drivername == "sqlite":
        file = Path(url.database or "").absolute()  # the same relative path is another file in another working directory
        file.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(database=str(file))
    return _get_engine(url, keeps_connections=keeps_connections)


@cache
def _get_engine(url: URL, *, keeps_connections: bool) -> Engine:
    """The process's engine for `url`: after its first connection it knows the server, and statements that were compiled."""
    if url.drivername == "sqlite":
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _SQLITE_TIMEOUT})
        event.listen(engine, "connect", _configure_sqlite)
        return engine
    kept: dict[str, Any] = {"pool_size": _KEPT_CONNECTIONS, "max_overflow": -1, "pool_pre_ping": True}
    pool = kept if keeps_connections else {"poolclass": NullPool}
    try:
        return create_engine(url, connect_args=build_postgresql_arguments(url), **pool)
    except ModuleNotFoundError:
        raise DatabaseRefusedError("PostgreSQL needs a driver: pip install 'corpnews[postgres]'") from None


def build_postgresql_arguments(url: URL) -> dict[str, Any]:
    """What psycopg is to connect with, of a PostgreSQL store's URL. Raises ModuleNotFoundError without the driver."""
    arguments = url.get_dialect()().create_connect_args(url)[1]
    options = f"{arguments.get('options', '')} {_SERVER_KEEPALIVES}".lstrip()
    return {**_POSTGRESQL_BOUNDS, **arguments, "options": options}


def find_locked_newsrooms(connection: Connection) -> set[int]:
    """The numbers of the newsrooms of a PostgreSQL store that runs are under way of, on any host."""
    return set(connection.execute(_SELECT_LOCKED, {"table": newsrooms.name}).scalars())


def _configure_sqlite(connection: Any, _record: object) -> None:
    """Make commits survive a power cut; a run commits seldom, so that this costs little."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def enable_write_ahead_log(connection: Connection) -> None:
    """Let processes read a SQLite file while another writes to it; PostgreSQL does so by itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def lock_newsroom_row(connection: Connection, number: int) -> None:
    """Lock the newsroom `number` of a PostgreSQL store until the connection is closed. Raises NewsroomBusyError."""
    with connection.begin():
        if not connection.execute(_TRY_ADVISORY_LOCK, {"number": number}).scalar_one():
            raise NewsroomBusyError("another process")


def is_hung_up(connection: Connection) -> bool:
    """Whether a PostgreSQL server has ended a connection that is idle: then there is something to read, which costs no query."""
    if connection.dialect.name == "sqlite":
        return False
    if connection.invalidated:
        return True
    driver: Any = connection.connection.driver_connection
    if driver.closed:
        return True
    waiting = poll()
    waiting.register(driver.fileno(), POLLIN)
    return bool(waiting.poll(0))


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The database's own INSERT, which can handle rows that exist."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def upsert(
    connection: Connection, table: Table, key: Sequence[str], keep: Sequence[str] = ()
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that overwrites the row with the same `key`, except for the columns in `keep` and its number."""
    statement = insert_into(connection, table)
    kept = {*key, *keep, "number"}
    new = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=list(key), set_=new)
