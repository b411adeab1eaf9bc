"""Locks that end with the process that holds them, however it ends: on open files, and on a newsroom in a store."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from corpnews.state.errors import NewsroomBusyError
from corpnews.state.tables import newsrooms

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

# The lock's number is made of the table and the row, so that two stores in one database do not share it
_TRY_ADVISORY_LOCK: Final = text(
    f"SELECT pg_try_advisory_lock(CAST(CAST(CAST('{newsrooms.name}' AS regclass) AS oid) AS bigint) << 32 | :number)"
)


def try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed. Returns False if another process holds the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int) -> None:
    """Lock an open file until it is closed, waiting until no other process holds the lock."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def is_still_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one at `path`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def lock_file(path: Path) -> int:
    """Lock the file at `path` until the returned descriptor is closed, and write this process's id into it.

    Raises NewsroomBusyError if another process holds the lock, OSError if the file cannot be made.
    """
    path.parent.mkdir(exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not try_lock(descriptor):
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise NewsroomBusyError(f"process {holder}" if holder else "another process")
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def lock_newsroom_row(connection: Connection, number: int) -> None:
    """Lock the newsroom `number` of a PostgreSQL store until the connection is closed. Raises NewsroomBusyError."""
    with connection.begin():
        if not connection.execute(_TRY_ADVISORY_LOCK, {"number": number}).scalar_one():
            raise NewsroomBusyError("another process")
