"""What goes wrong with a store, in one line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreError(Exception):
    """The store cannot be opened, read or written; the message says which and why."""


class NewsroomBusyError(StoreError):
    """Another run of the newsroom is under way."""


class DatabaseRefusedError(Exception):
    """The database that was named is none to use; the message says why."""


@contextmanager
def raise_as_store_error(trouble: str) -> Iterator[None]:
    """Let what the database, the system or we say against it come out as a StoreError: "`trouble`: why"."""
    try:
        yield
    except (SQLAlchemyError, OSError, DatabaseRefusedError) as error:
        message = f"{trouble}: {_get_first_error_line(error)}"
        raise StoreError(message) from error


def _get_first_error_line(error: Exception) -> str:
    """The first line of what the database or the system itself says."""
    said = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(said, OSError) and said.strerror:
        return said.strerror
    lines = str(said).strip().splitlines()
    return lines[0] if lines else type(said).__name__
