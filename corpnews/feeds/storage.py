"""The storage that Scrapy's feed exporter writes to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy.extensions.feedexport import FileFeedStorage

from corpnews.feeds.part_file import PartFile, create_part_file, find_unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy import Spider

_JSON_LINES_FORMATS = ("jsonlines", "jsonl", "jl")  # Scrapy's names for a format of which each line is whole by itself


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Add `output`, the folder of all results, `newsroom`, and `started`, the run's start in UTC as a file name may hold it."""
    newsroom = getattr(spider, "newsroom", spider.name)
    started = params["time"].replace("+00-00", "Z")
    return {**params, "output": spider.settings["CORPNEWS_OUTPUT_DIR"], "newsroom": newsroom, "started": started}


class PartFileStorage(FileFeedStorage):
    """Scrapy's file storage, with one difference: a new file gets its name when it is whole."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        self.appends = self.write_mode == "ab"
        self.is_line_based = (feed_options or {}).get("format") in _JSON_LINES_FORMATS

    def open(self, spider: Spider) -> IO[bytes]:
        """Open the file to write to; an existing one that is to be added to is opened as Scrapy does."""
        target = Path(self.path)
        self._take_up(target)
        if self.appends and target.exists():
            return super().open(spider)
        return create_part_file(target)

    def store(self, file: IO[bytes]) -> None:
        """Publish the file. One that could not be written is left for the next start to take up."""
        with file:
            if isinstance(file, PartFile):
                file.publish(append=self.appends)
            else:
                file.flush()
                os.fsync(file.fileno())

    def _take_up(self, target: Path) -> None:
        """Publish what a killed run has left of this very file, where lines are added to it; else it has no use."""
        for left in find_unfinished(target.parent):
            if left.target != target:
                continue
            if self.appends and self.is_line_based and left.truncate_to_last_line():
                left.publish(append=True)
            else:
                left.discard()


@contextmanager
def write_atomically(target: Path) -> Iterator[IO[bytes]]:
    """A file to write to, that takes its name, and the place of what had it, when all is written; after an error it is gone."""
    part = create_part_file(target)
    try:
        with open(part.fileno(), "wb", closefd=False) as file:  # in larger pieces than a part writes
            yield file
        part.publish(append=False)
    except BaseException:
        part.discard()
        raise
