"""The store: opened, asked about the past, and opened for a run."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import insert, select, update

from corpnews.state.database import create_store_engine, enable_write_ahead_log, insert_into, parse_store_url
from corpnews.state.errors import NewsroomBusyError, raise_as_store_error
from corpnews.state.migrations import upgrade_schema
from corpnews.state.newsroom_store import NewsroomStore
from corpnews.state.queries import find_past_runs
from corpnews.state.run_locks import lock_file, lock_newsroom_row
from corpnews.state.tables import newsrooms, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from corpnews.state.records import PastRun

_KILLED_REASON = "killed before it ended"


class Store:
    """What earlier runs of all newsrooms knew, in a SQLite file or a PostgreSQL database.

    It holds no connection; each run has one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, where: str | Path) -> Self:
        """Open the store at a path or a URL; make it, or bring its tables up to date, if need be.

        Raises StoreError where there is none to be had, or one of a later version.
        """
        url = parse_store_url(where)
        trouble = f"the store {url.render_as_string(hide_password=True)} cannot be opened"
        with raise_as_store_error(trouble):
            engine = create_store_engine(url)
            with engine.connect() as connection:
                upgrade_schema(connection)
                enable_write_ahead_log(connection)
        return cls(engine)

    def run(self, newsroom: str, now: datetime) -> NewsroomStore:
        """Begin a run of the newsroom. Raises Busy while another one is under way, StoreError."""
        with raise_as_store_error("the store cannot be written"), ExitStack() as held:
            connection = held.enter_context(self._engine.connect())
            with connection.begin():
                number = _get_newsroom_number(connection, newsroom)
            try:
                self._lock(connection, number, held)
            except NewsroomBusyError as busy:
                message = f"a run of the newsroom {newsroom!r} is under way already, in {busy}"
                raise NewsroomBusyError(message) from None
            with connection.begin():
                interrupted = _mark_killed_run_failed(connection, newsroom)
                begun = insert(runs).values(newsroom=number, started=now, reasons=[], counts={}).returning(runs.c.number)
                run = connection.execute(begun).scalar_one()
            return NewsroomStore(connection, newsroom, (run, number), interrupted, held.pop_all())

    def history(self, newsroom: str, last: int = 10) -> Sequence[PastRun]:
        """The newsroom's last runs, the latest first."""
        with raise_as_store_error("the store cannot be read"), self._engine.connect() as connection:
            return find_past_runs(connection, newsroom, last)

    def _lock(self, connection: Connection, number: int, held: ExitStack) -> None:
        """Lock the newsroom until `held` lets go. Raises Busy."""
        if connection.dialect.name == "sqlite":
            held.callback(os.close, lock_file(Path(f"{self._engine.url.database}.locks") / str(number)))
        else:
            lock_newsroom_row(connection, number)


def _get_newsroom_number(connection: Connection, newsroom: str) -> int:
    """The newsroom's number in the store, which it gets when it is first asked for."""
    connection.execute(insert_into(connection, newsrooms).values(name=newsroom).on_conflict_do_nothing())
    number: int = connection.execute(select(newsrooms.c.number).where(newsrooms.c.name == newsroom)).scalar_one()
    return number


def _mark_killed_run_failed(connection: Connection, newsroom: str) -> PastRun | None:
    """The newsroom's last run, if it did not come to its end; its verdict is that it failed."""
    last = next(iter(find_past_runs(connection, newsroom, 1)), None)
    if last is None or last.ended:
        return None
    connection.execute(update(runs).where(runs.c.number == last.number).values(verdict="failed", reasons=[_KILLED_REASON]))
    return last
