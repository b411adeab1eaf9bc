"""The version of a store's tables, and the ladder from each version to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, inspect, select, text, update

from corpnews.state.errors import DatabaseRefusedError
from corpnews.state.tables import METADATA, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

# What makes a store of version 2 out of one of version 1, and so on; a new store is made whole from the tables.
_MIGRATIONS: Final[tuple[Callable[[Connection], None], ...]] = ()
# PostgreSQL's name for the lock of whoever changes the tables; any number will do that no other program takes.
_MIGRATION_LOCK: Final = 0x636F7270


def upgrade_schema(connection: Connection, steps: Sequence[Callable[[Connection], None]] = _MIGRATIONS) -> None:
    """Make the tables, or bring those of an earlier version up to this one, whole or not at all.

    Raises Refused for a store of a later version and for a SQLite file of another program.
    """
    newest = 1 + len(steps)
    with connection.begin():
        _lock_schema(connection)
        version = _read_schema_version(connection)
        if version is None:
            METADATA.create_all(connection)
            connection.execute(insert(schema).values(version=newest))
            return
        if version > newest:
            message = f"it was written by a later version of corpnews (its tables are of version {version}, these of {newest})"
            raise DatabaseRefusedError(message)
        for step in steps[version - 1 :]:
            step(connection)
        if version < newest:
            connection.execute(update(schema).values(version=newest))


def _lock_schema(connection: Connection) -> None:
    """Wait until no other process changes the tables."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
    else:
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def _read_schema_version(connection: Connection) -> int | None:
    """The version of the tables; None where there are none as yet."""
    names = inspect(connection).get_table_names()
    if schema.name in names:
        version: int = connection.execute(select(schema.c.version)).scalar_one()
        return version
    if names and connection.dialect.name == "sqlite":
        message = "it is another program's database"
        raise DatabaseRefusedError(message)
    return None
