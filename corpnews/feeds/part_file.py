"""Files that take their name when they are whole, and what a killed run left of one."""

from __future__ import annotations

import io
import logging
import os
import shutil
from contextlib import contextmanager
from secrets import token_hex
from typing import IO, TYPE_CHECKING, Literal

from corpnews.state.locks import is_still_at, try_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from _typeshed import ReadableBuffer

_PART_SUFFIX = ".part"
_UNFINISHED_SUFFIX = ".unfinished"
_COPIED_AT_ONCE = 1 << 20  # bytes

logger = logging.getLogger(__name__)


class PartFile(io.FileIO):
    """A file under a hidden name, until it is published; locked as long as its process lives.

    What is written is with the operating system at once, where the end of the process does not touch it.
    """

    def __init__(self, path: Path, mode: Literal["x+b", "r+b"]) -> None:
        super().__init__(path, mode)
        self.path = path
        self.is_appended = False  # to what the target holds already
        self.error: OSError | None = None  # the first that was met; nothing is written after it
        self.has_lock = try_lock(self.fileno()) and is_still_at(self.fileno(), path)

    @property
    def target(self) -> Path:
        """Where the file is published."""
        return self.path.with_name(self.path.name[1:].rsplit(".", 2)[0])

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of `data`. Raises OSError, then and at every later call."""
        self._raise_earlier_error()
        rest = memoryview(data).cast("B")
        try:
            while rest:
                rest = rest[super().write(rest) :]
        except OSError as error:
            self.error = error
            raise
        return memoryview(data).nbytes

    def sync(self) -> None:
        """Return when all that was written is on disk, in a file of this path. Raises OSError."""
        if not is_still_at(self.fileno(), self.path):
            self._write_again()
        os.fsync(self.fileno())

    def publish(self, *, append: bool) -> None:
        """Give the file its name, in place of a file that has it; with `append`, behind the content of that file."""
        self._raise_earlier_error()
        self.sync()
        if append and self.target.exists():
            with self.path.open("rb") as lines, self.target.open("ab") as whole:
                shutil.copyfileobj(lines, whole)
                whole.flush()
                os.fsync(whole.fileno())
            self.path.unlink()
        else:
            self.path.replace(self.target)
        _fsync_folder(self.target.parent)
        self.close()

    def _write_again(self) -> None:
        """Put what was written into a new file, as somebody has deleted this one."""
        logger.warning("%s was deleted while it was written; it is written again", self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with PartFile(self.path, "x+b") as again:
            size, position = os.fstat(self.fileno()).st_size, 0
            while position < size:
                position += again.write(os.pread(self.fileno(), _COPIED_AT_ONCE, position))
            os.dup2(again.fileno(), self.fileno())  # with the new file's lock and position

    def keep_unfinished(self) -> Path:
        """Leave the file in sight, under a name that no reader of results takes. Returns its new path."""
        token = self.path.name.rsplit(".", 2)[1]
        kept = self.target.with_name(f"{self.target.name}.{token}{_UNFINISHED_SUFFIX}")
        self.path.replace(kept)
        self.close()
        return kept

    def discard(self) -> None:
        """Remove the file, if it is still there."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _raise_earlier_error(self) -> None:
        if self.error:
            raise self.error


def create_part_file(target: Path) -> PartFile:
    """A new file, to be published as `target`. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    while True:
        part = PartFile(target.with_name(f".{target.name}.{token_hex(4)}{_PART_SUFFIX}"), "x+b")
        if part.has_lock:
            return part
        part.close()  # in the moment before it was locked, another process took it for an unfinished one


def find_unfinished(folder: Path | None, elsewhere: Iterable[Path] = ()) -> Iterator[PartFile]:
    """Files that killed runs left in the folder and of those `elsewhere`, each locked while the caller holds it."""
    for path in sorted({*(folder.glob(f".*{_PART_SUFFIX}") if folder else ()), *elsewhere}):
        try:
            part = PartFile(path, "r+b")
        except FileNotFoundError:  # published since
            continue
        with part:
            if part.has_lock:
                yield part


@contextmanager
def write_atomically(target: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which replaces `target` when all is written; after an error it is removed."""
    part = create_part_file(target)
    try:
        with open(part.fileno(), "wb", closefd=False) as file:  # buffered, unlike a part
            yield file
        part.publish(append=False)
    except BaseException:
        part.discard()
        raise


def _fsync_folder(folder: Path) -> None:
    """Return when the names in the folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
