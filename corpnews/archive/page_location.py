"""Where a saved page is, what it holds, and why an input gives no article."""

from __future__ import annotations

import gzip
import logging
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


NO_ARTICLE: Final = "no article: "  # before the reason why a page that was read gives none


@dataclass(frozen=True, slots=True)
class PageLocation:
    """A saved page that has not been read yet.

    Attributes:
        url: the page's URL on the web; the URL of its file if that is unknown.
        via: the kind of input: file, list or warc.
        offset: the position of the WARC record in its file, in bytes.
        id: the id that a page list gives to the page.
        folder: the folder in which the page was found; empty for a page that was named by itself or in a list.
        newsroom: the name of the newsroom of a page whose URL on the web is unknown.
    """

    path: str
    url: str
    via: str
    offset: int = 0
    id: str | int | None = None
    folder: str = ""
    newsroom: str = ""

    def __str__(self) -> str:
        return f"<{self.url}>" if self.id is None else f"{self.id} <{self.url}>"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A saved page as it was read. `fetched_at` is ISO 8601 in UTC, `content_type` the HTTP header of a WARC record."""

    html: bytes
    fetched_at: str
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class SkippedInput:
    """An input file, a line of a page list, or a page that gives no article, and the reason.

    Attributes:
        level: the log level; ERROR means that the input was not read to its end.
        traceback: the traceback if the reason is an error in this program.
    """

    name: str
    reason: str
    level: int = logging.WARNING
    traceback: str = ""


class UnreadableInput(Exception):
    """Raised if a file or a part of it cannot be read; the message says why."""


@contextmanager
def explain_read_errors() -> Iterator[None]:
    """Turn errors of reading a file into UnreadableInput with a message for the user."""
    try:
        yield
    except FileNotFoundError:
        message = "there is no such file"
    except (EOFError, gzip.BadGzipFile, zlib.error):
        message = "damaged or cut short (gzip)"
    except OSError as error:
        message = error.strerror or f"damaged ({error})"
    except ValueError as error:  # a name that no file can have
        message = str(error)
    else:
        return
    raise UnreadableInput(message)
