"""Filters for the log records of other packages."""

from __future__ import annotations

from logging import ERROR
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import LogRecord


def is_error_record(record: LogRecord) -> bool:
    """Return whether the record is an error; Scrapy resets the levels of its loggers, so a filter is needed."""
    return record.levelno >= ERROR


def drop_traceback(record: LogRecord) -> bool:
    """Remove the traceback from the record and accept it."""
    record.exc_info = None
    return True
