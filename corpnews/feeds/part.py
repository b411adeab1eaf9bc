"""A file that is not whole yet, and what a run that was killed has left of one."""

from __future__ import annotations

import io
import json
import os
import shutil
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

from corpnews.feeds.locks import is_named, take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import ReadableBuffer

SUFFIX = ".part"


class Part(io.FileIO):
    """A file under a hidden name, until it is published; locked as long as its process lives.

    What is written is with the operating system at once, where the end of the process does not touch it.
    """

    def __init__(self, path: Path, mode: Literal["xb", "r+b"]) -> None:
        super().__init__(path, mode)
        self.path = path
        self.error: OSError | None = None  # the first that was met; nothing is written after it
        self.is_ours = take(self.fileno()) and is_named(self.fileno(), path)

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

    def cut(self) -> int:
        """Cut the file behind its last whole line; say how many lines stay."""
        count = length = 0
        with self.path.open("rb") as lines:
            for line in lines:
                if not is_whole(line):
                    break
                count, length = count + 1, length + len(line)
        self.truncate(length)
        return count

    def lines(self) -> Iterator[dict[str, Any]]:
        """The articles in the file, one after the other."""
        with self.path.open("rb") as lines:
            yield from map(json.loads, lines)

    def publish(self, *, add: bool) -> None:
        """Give the file its name, in place of what has it; with `add`, behind the lines that are there already."""
        self.sync()
        if add and self.target.exists():
            with self.path.open("rb") as lines, self.target.open("ab") as whole:
                shutil.copyfileobj(lines, whole)
                whole.flush()
                os.fsync(whole.fileno())
            self.path.unlink()
        else:
            self.path.replace(self.target)
        sync_folder(self.target.parent)
        self.close()

    def discard(self) -> None:
        """Remove the file, if it is still there."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _check(self) -> None:
        if self.error:
            raise self.error


def create(target: Path) -> Part:
    """A new file, to be published as `target`. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    while True:
        part = Part(target.with_name(f".{target.name}.{token_hex(4)}{SUFFIX}"), "xb")
        if part.is_ours:
            return part
        part.close()  # in the moment before it was locked, another took it for a leftover


def leftovers(folder: Path) -> Iterator[Part]:
    """What killed runs have left in the folder, oldest first, locked while the caller looks at it."""
    for path in sorted(folder.glob(f".*{SUFFIX}")):
        try:
            part = Part(path, "r+b")
        except FileNotFoundError:  # published since
            continue
        with part:
            if part.is_ours:
                yield part


def is_whole(line: bytes) -> bool:
    """Whether the line was written to its end.

    >>> is_whole(b'{"id": "1"}' + bytes([10])), is_whole(b'{"id": "1"}'), is_whole(bytes([0, 0, 10]))
    (True, False, False)
    """
    try:
        json.loads(line)
    except ValueError:
        return False
    return line.endswith(b"\n")


def sync_folder(folder: Path) -> None:
    """Return when the names in the folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
