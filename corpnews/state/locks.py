"""Locks on open files; they end with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from corpnews.state.errors import NewsroomBusyError


def try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed. Returns False if another process holds the lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int) -> None:
    """Lock an open file until it is closed, waiting until no other process holds the lock."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def is_still_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one at `path`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def find_lock_file(store: str | Path, number: int) -> Path:
    """The file that a run of a newsroom locks, next to the store in a file."""
    return Path(f"{store}.locks") / str(number)


def lock_file(path: Path) -> int:
    """Lock the file at `path` until the returned descriptor is closed, and write this process's id into it.

    Raises NewsroomBusyError if another process holds the lock, OSError if the file cannot be made.
    """
    path.parent.mkdir(exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not try_lock(descriptor):
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise NewsroomBusyError(f"process {holder}" if holder else "another process")
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor
