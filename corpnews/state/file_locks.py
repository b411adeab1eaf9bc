"""Locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; False where another holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int) -> None:
    """Lock an open file until it is closed, as soon as nobody else holds it."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def is_still_at(descriptor: int, path: Path) -> bool:
    """Whether the open file still stands at `path`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


class FolderLock:
    """A folder of which one process at a time may say that it is its own."""

    def __init__(self, folder: Path) -> None:
        """Raise OSError where the folder cannot be made or written to."""
        folder.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
        self.has_lock = try_lock(self._descriptor)

    def release(self) -> None:
        os.close(self._descriptor)
