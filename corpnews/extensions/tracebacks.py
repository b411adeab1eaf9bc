"""Log records of what went wrong elsewhere than in this code: a line, no traceback."""

from __future__ import annotations

from logging import ERROR
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import LogRecord


def errors_alone(record: LogRecord) -> bool:
    """Leave out what is less than an error: Scrapy sets the levels of its own loggers anew."""
    return record.levelno >= ERROR


def without_traceback(record: LogRecord) -> bool:
    """Let the record through, in one line."""
    record.exc_info = None
    return True
