"""Where lines are written: under a temporary name, renamed when the run ends, so that no reader meets half a file."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy.extensions.feedexport import FileFeedStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Spider


def uri_params(params: dict[str, Any], _spider: Spider) -> dict[str, Any]:
    """Add `started`, the run's start in UTC as a file name may hold it.

    >>> uri_params({"time": "2026-11-23T06-10-00+00-00"}, None)["started"]
    '2026-11-23T06-10-00Z'
    """
    return {**params, "started": params["time"].replace("+00-00", "Z")}


class PublishedFile(FileFeedStorage):
    """Scrapy's file storage, with one difference: a new file gets its name when it is whole."""

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file to write to; an existing one that is to be added to is opened as Scrapy does."""
        target = Path(self.path)
        if self.write_mode == "ab" and target.exists():
            return super().open(spider)
        target.parent.mkdir(parents=True, exist_ok=True)
        return self._unfinished.open("wb")

    def store(self, file: IO[bytes]) -> None:
        """Publish the file."""
        file.flush()
        os.fsync(file.fileno())
        file.close()
        if Path(file.name) != self._unfinished:
            return
        target = Path(self.path)
        if self.write_mode == "ab" and target.exists():  # another run was quicker to the same name
            with self._unfinished.open("rb") as lines, target.open("ab") as whole:
                shutil.copyfileobj(lines, whole)
            self._unfinished.unlink()
        else:
            self._unfinished.replace(target)

    @property
    def _unfinished(self) -> Path:
        return unfinished(Path(self.path))


@contextmanager
def published(target: Path) -> Iterator[IO[bytes]]:
    """A file to write to, that takes its name, and the place of what had it, when all is written; after an error it is gone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = unfinished(target)
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def unfinished(target: Path) -> Path:
    """The file's name until it is whole."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")
