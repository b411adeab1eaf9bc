"""A file that is not whole yet, and what a run that was killed has left of one."""

from __future__ import annotations

import io
import json
import os
import shutil
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

from corpnews.state.file_locks import is_still_at, try_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import ReadableBuffer

_PART_SUFFIX = ".part"


class PartFile(io.FileIO):
    """A file under a hidden name, until it is published; locked as long as its process lives.

    What is written is with the operating system at once, where the end of the process does not touch it.
    """

    def __init__(self, path: Path, mode: Literal["xb", "r+b"]) -> None:
        super().__init__(path, mode)
        self.path = path
        self.error: OSError | None = None  # the first that was met; nothing is written after it
        self.has_lock = try_lock(self.fileno()) and is_still_at(self.fileno(), path)

    @property
    def target(self) -> Path:
        """Where the file is published."""
        return self.path.with_name(self.path.name[1:].rsplit(".", 2)[0])

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of `data`, or raise OSError, then and at every later call."""
        self._check()
        rest = memoryview(data).cast("B")
        try:
            while rest:
                rest = rest[super().write(rest) :]
        except OSError as error:
            self.error = error
            raise
        return memoryview(data).nbytes

    def sync(self) -> None:
        """Return when all that was written is on disk; raise OSError where it is not."""
        self._check()
        os.fsync(self.fileno())

    def truncate_to_last_line(self) -> int:
        """Cut the file behind its last whole line; say how many lines stay."""
        count = length = 0
        with self.path.open("rb") as lines:
            for line in lines:
                if not _is_complete_line(line):
                    break
                count, length = count + 1, length + len(line)
        self.truncate(length)
        return count

    def read_lines(self) -> Iterator[dict[str, Any]]:
        """The articles in the file, one after the other."""
        with self.path.open("rb") as lines:
            yield from map(json.loads, lines)

    def publish(self, *, append: bool) -> None:
        """Give the file its name, in place of what has it; or add its lines to that file if `append` is set."""
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

    def discard(self) -> None:
        """Remove the file, if it is still there."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _check(self) -> None:
        if self.error:
            raise self.error


def create_part_file(target: Path) -> PartFile:
    """A new file, to be published as `target`. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    while True:
        part = PartFile(target.with_name(f".{target.name}.{token_hex(4)}{_PART_SUFFIX}"), "xb")
        if part.has_lock:
            return part
        part.close()  # in the moment before it was locked, another took it for a leftover


def find_unfinished(folder: Path) -> Iterator[PartFile]:
    """What killed runs have left in the folder, oldest first, locked while the caller looks at it."""
    for path in sorted(folder.glob(f".*{_PART_SUFFIX}")):
        try:
            part = PartFile(path, "r+b")
        except FileNotFoundError:  # published since
            continue
        with part:
            if part.has_lock:
                yield part


def _is_complete_line(line: bytes) -> bool:
    """Whether the line was written to its end.

    >>> _is_complete_line(b'{"id": "1"}' + bytes([10])), _is_complete_line(b'{"id": "1"}'), _is_complete_line(bytes([0, 0, 10]))
    (True, False, False)
    """
    try:
        json.loads(line)
    except ValueError:
        return False
    return line.endswith(b"\n")


def _fsync_folder(folder: Path) -> None:
    """Return when the names in the folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
