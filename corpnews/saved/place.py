"""Where a saved page is, and what was passed over on the way to it."""

from __future__ import annotations

import gzip
import logging
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """A saved page that has not been read yet.

    `url` is where the page stood on the web, or the file's own address where nobody knows. `via` names the kind of input:
    file, list or warc. `offset` is where a WARC's record starts. `id` is what a page list calls the page.
    """

    path: str
    url: str
    via: str
    offset: int = 0
    id: str | int | None = None

    def __str__(self) -> str:
        return f"<{self.url}>" if self.id is None else f"{self.id} <{self.url}>"


@dataclass(frozen=True, slots=True)
class Content:
    """What stands at a place. `content_type` is the HTTP header, where there was one; `fetched_at` is ISO 8601 in UTC."""

    html: bytes
    fetched_at: str
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, a line of a list or a page that gives no article, why, and how loud that is to be said.

    ERROR is for an input that was not read to its end. `trace` is that of an error in this program.
    """

    name: str
    reason: str
    level: int = logging.WARNING
    trace: str = ""


class Unreadable(Exception):
    """A file or a part of it cannot be read; the message says why."""


@contextmanager
def reading() -> Iterator[None]:
    """Say in words what goes wrong with a file. Raises Unreadable."""
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
    raise Unreadable(message)
