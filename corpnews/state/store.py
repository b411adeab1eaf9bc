"""The store of all newsrooms: opened, read, and opened for a run of one newsroom."""

from __future__ import annotations

import logging
import os
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import NullPool, StaticPool, create_engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from corpnews.state.database import (
    create_store_engine,
    enable_write_ahead_log,
    is_hung_up,
    lock_newsroom_row,
    parse_store_url,
    raise_as_store_error,
)
from corpnews.state.errors import DatabaseRefusedError, NewsroomBusyError
from corpnews.state.locks import find_lock_file, lock_file
from corpnews.state.migrations import check_schema, upgrade_schema
from corpnews.state.overview import read_overviews
from corpnews.state.queries import delete_articles, delete_runs, find_past_runs, get_newsroom_number
from corpnews.state.recent_runs import SELECT_RECENT_RUNS, build_recent_runs
from corpnews.state.tables import newsrooms, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine.interfaces import IsolationLevel

    from corpnews.state.overview import NewsroomOverview
    from corpnews.state.recent_runs import RecentRuns
    from corpnews.state.records import PastRun

_KILLED_REASON = "killed before it ended"
_RETRY_AFTER: Final = 0.5  # seconds

logger = logging.getLogger(__name__)


class Store:
    """What runs know of their newsrooms, in a SQLite file or a PostgreSQL database.

    It holds no connection; each run has one. Methods raise StoreError if the database fails.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, where: str | Path, *, may_upgrade: bool = True, keeps_connections: bool = False) -> Self:
        """Open the store at a path or URL; create it or upgrade its tables if necessary, unless that is left to another command.

        A process that asks it all the time should keep its connections: PostgreSQL starts a process for each new one.
        Raises StoreError if it cannot be opened, or is of a version that it may not be.
        """
        url = parse_store_url(where)
        with raise_as_store_error(f"the store {url.render_as_string(hide_password=True)} cannot be opened"):
            engine = create_store_engine(url, keeps_connections=keeps_connections)
            with engine.connect() as connection:
                if may_upgrade:
                    upgrade_schema(connection)
                else:
                    check_schema(connection)
                    connection.rollback()
                enable_write_ahead_log(connection)
        return cls(engine)

    @classmethod
    def in_memory(cls) -> Self:
        """A store that is forgotten with the process."""
        engine = create_engine("sqlite://", poolclass=StaticPool)
        with engine.connect() as connection:
            upgrade_schema(connection)
        return cls(engine)

    def start_run(self, newsroom: str, now: datetime, *, wait: float = 0) -> StoreRun:
        """Begin a run of the newsroom. Raises NewsroomBusyError while another one is under way, StoreError.

        The run waits so many seconds for a server that goes away to come back.
        """
        with raise_as_store_error("the store cannot be written"), ExitStack() as held:
            connection = held.enter_context(self._engine.connect())
            connection.execution_options(isolation_level="AUTOCOMMIT")
            with connection.begin():
                number = get_newsroom_number(connection, newsroom)
            try:
                self._lock(connection, number, held)
            except NewsroomBusyError as busy:
                raise NewsroomBusyError(f"a run of the newsroom {newsroom!r} is under way already, in {busy}") from None
            with connection.execution_options(isolation_level=connection.default_isolation_level).begin():
                _mark_killed_run_failed(connection, newsroom)
                begun = insert(runs).values(newsroom=number, started=now, reasons=[], counts={}).returning(runs.c.number)
                run = connection.execute(begun).scalar_one()
            return StoreRun(connection, newsroom, number, run, held.pop_all(), wait)

    def past_runs(self, newsroom: str, last: int = 10) -> Sequence[PastRun]:
        """The newsroom's last runs, the latest first."""
        with self.reading() as connection:
            return find_past_runs(connection, newsroom, last)

    def accept_last_run(self, newsroom: str) -> bool:
        """Record that the newsroom is now as its last run found it; returns False if no run has ended."""
        with self.writing() as connection:
            last = next(iter(find_past_runs(connection, newsroom, 1)), None)
            if last is None or not last.ended:
                return False
            values = {"verdict": "ok", "counts": {**last.counts, "accepted": True}}
            connection.execute(update(runs).where(runs.c.number == last.number).values(**values))
            return True

    def forget_articles(self, newsroom: str) -> int:
        """Forget the newsroom's articles and pages, so that the next run finds all of them new. Returns how many there were.

        Raises NewsroomBusyError while a run is under way.
        """
        return self._delete(newsroom, delete_articles)

    def forget_runs(self, newsroom: str) -> int:
        """Forget the newsroom's runs, with which reports and later runs compare it. Returns how many there were.

        Raises NewsroomBusyError while a run is under way.
        """
        return self._delete(newsroom, delete_runs)

    def _delete(self, newsroom: str, delete_rows: Callable[[Connection, int], int]) -> int:
        with raise_as_store_error("the store cannot be written"), ExitStack() as held:
            connection = held.enter_context(self._engine.connect())
            number = connection.execute(select(newsrooms.c.number).where(newsrooms.c.name == newsroom)).scalar_one_or_none()
            connection.rollback()
            if number is None:
                return 0
            self._lock(connection, number, held)
            with connection.begin():
                return delete_rows(connection, number)

    def recent_runs(self, last: int) -> list[RecentRuns]:
        """So many last runs of each newsroom."""
        with self.reading() as connection:
            rows = connection.execute(text(SELECT_RECENT_RUNS), {"last": last}).all()
        return build_recent_runs(rows, lambda newsroom, _: self.is_under_way(newsroom))

    def read_overviews(self, names: Sequence[str] = ()) -> list[NewsroomOverview]:
        """What the store has of all newsrooms, or of those of these names."""
        with self.reading() as connection:
            return read_overviews(connection, names)

    def is_under_way(self, newsroom: str) -> bool:
        """Whether a run of the newsroom holds its lock."""
        with raise_as_store_error("the store cannot be read"), ExitStack() as held:
            connection = held.enter_context(self._engine.connect())
            number = connection.execute(select(newsrooms.c.number).where(newsrooms.c.name == newsroom)).scalar_one_or_none()
            connection.rollback()
            try:
                if number is not None:
                    self._lock(connection, number, held)
            except NewsroomBusyError:
                return True
            return False

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with. Raises StoreError."""
        return self._connection("the store cannot be read")

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to write in. Raises StoreError; then nothing is written."""
        return self._connection("the store cannot be written")

    @contextmanager
    def _connection(self, trouble: str) -> Iterator[Connection]:
        with raise_as_store_error(trouble), self._engine.begin() as connection:
            yield connection

    def _lock(self, connection: Connection, number: int, held: ExitStack) -> None:
        """Lock the newsroom until `held` is closed. Raises NewsroomBusyError."""
        if not self._engine.url.database:
            return
        if connection.dialect.name == "sqlite":
            held.callback(os.close, lock_file(find_lock_file(self._engine.url.database, number)))
        else:
            lock_newsroom_row(connection, number)
            if not isinstance(self._engine.pool, NullPool):  # the lock is the connection's, which is not to be kept with it
                held.callback(connection.invalidate)


class StoreRun:
    """A run's connection to its store, with the lock on the newsroom.

    `number` is the run's, `newsroom_number` its newsroom's.
    """

    def __init__(
        self, connection: Connection, newsroom: str, newsroom_number: int, number: int, held: ExitStack, wait: float
    ) -> None:
        self.newsroom = newsroom
        self.newsroom_number = newsroom_number
        self.number = number
        self._connection = connection
        self._held = held
        self._wait = wait  # 0 after it was in vain
        is_file = connection.dialect.name == "sqlite" and connection.engine.url.database
        self._file = Path(connection.engine.url.database or "") if is_file else None

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with, each statement for itself, which saves BEGIN and COMMIT. Raises StoreError."""
        return self._transaction("the store cannot be read", "AUTOCOMMIT")

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to write in. Raises StoreError; then nothing is written."""
        return self._transaction("the store cannot be written", self._connection.default_isolation_level)

    def update(self, connection: Connection, **columns: Any) -> None:
        """Set columns of the run's own row."""
        connection.execute(update(runs).where(runs.c.number == self.number).values(**columns))

    def delete(self, connection: Connection) -> None:
        """Delete the run's own row."""
        connection.execute(delete(runs).where(runs.c.number == self.number))

    def close(self) -> None:
        """Release the newsroom; a run that has written no end then counts as killed."""
        with raise_as_store_error("the store cannot be closed"):
            self._held.close()

    @contextmanager
    def _transaction(self, trouble: str, isolation_level: IsolationLevel | None) -> Iterator[Connection]:
        with raise_as_store_error(trouble):
            if self._connection.closed or is_hung_up(self._connection):
                self._reconnect()
            if self._file and not self._file.exists():
                raise DatabaseRefusedError(f"{self._file} was deleted")
            with self._connection.execution_options(isolation_level=isolation_level).begin():
                yield self._connection

    def _reconnect(self) -> None:
        """Connect again and take the newsroom's lock again, once the server is back. Raises DatabaseRefusedError."""
        engine, end = self._connection.engine, monotonic() + self._wait
        self._connection.close()
        if self._wait:
            logger.warning("%s: the connection to the store was lost; the run waits for it (%g s)", self.newsroom, self._wait)
        while monotonic() < end:
            with suppress(DBAPIError, NewsroomBusyError), ExitStack() as held:
                connection = held.enter_context(engine.connect())
                lock_newsroom_row(connection, self.newsroom_number)
                self._check_last(connection)
                self._held.push(held.pop_all())
                self._connection = connection
                return
            sleep(_RETRY_AFTER)
        self._wait = 0
        raise DatabaseRefusedError("the connection was lost")

    def _check_last(self, connection: Connection) -> None:
        """Raise DatabaseRefusedError if another run of the newsroom has begun in the meantime."""
        with connection.begin():
            last = connection.execute(select(func.max(runs.c.number)).where(runs.c.newsroom == self.newsroom_number)).scalar_one()
        if last != self.number:
            raise DatabaseRefusedError("the connection was lost, and another run has begun since")


def _mark_killed_run_failed(connection: Connection, newsroom: str) -> None:
    """Give the newsroom's last run the verdict `failed` if it has written no end."""
    last = next(iter(find_past_runs(connection, newsroom, 1)), None)
    if last and not last.ended:
        connection.execute(update(runs).where(runs.c.number == last.number).values(verdict="failed", reasons=[_KILLED_REASON]))
