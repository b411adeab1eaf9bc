"""One run of a newsroom at a time: a lock that ends with the process that holds it, however that ends."""

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

# The newsroom's lock is numbered by the table and the row, so that it is no other store's in the database
_TRY_ADVISORY_LOCK: Final = text(
    f"SELECT pg_try_advisory_lock(CAST(CAST(CAST('{newsrooms.name}' AS regclass) AS oid) AS bigint) << 32 | :number)"
)


def lock_file(path: Path) -> int:
    """Lock the file at `path`, in which the holder's process stands, until the descriptor is closed. Raises Busy, OSError."""
    path.parent.mkdir(exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        message = f"process {holder}" if holder else "another process"
        raise NewsroomBusyError(message) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def lock_newsroom_row(connection: Connection, number: int) -> None:
    """Lock the newsroom `number` of a PostgreSQL store until the connection is closed. Raises Busy."""
    with connection.begin():
        if not connection.execute(_TRY_ADVISORY_LOCK, {"number": number}).scalar_one():
            message = "another process"
            raise NewsroomBusyError(message)
