"""Errors of the store, each with a message of one line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreError(Exception):
    """The store cannot be opened, read or written; the message names it and the reason."""


class NewsroomBusyError(StoreError):
    """Another run of the newsroom is under way."""


class DatabaseRefusedError(Exception):
    """The named database cannot serve as a store; the message says why."""


@contextmanager
def raise_as_store_error(trouble: str) -> Iterator[None]:
    """Raise errors of the database and the system as StoreError("`trouble`: reason")."""
    try:
        yield
    except (SQLAlchemyError, OSError, DatabaseRefusedError) as error:
        raise StoreError(f"{trouble}: {_get_first_error_line(error)}") from error


def _get_first_error_line(error: Exception) -> str:
    """The first line of the database's or the system's own message."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    lines = str(cause).strip().splitlines()
    return lines[0] if lines else type(cause).__name__
