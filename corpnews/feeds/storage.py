"""The storage of local files that Scrapy's feed exporter writes to."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import IO, TYPE_CHECKING, Any

from scrapy.extensions.feedexport import FileFeedStorage

from corpnews.feeds.part_file import PartFile, create_part_file, find_unfinished

if TYPE_CHECKING:
    from scrapy import Spider

logger = logging.getLogger(__name__)


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Add to a feed's URI parameters.

    `output` is the folder of all results, `started` the run's start in UTC and `date` its day; `token` differs from file to file.
    """
    started: datetime = spider.crawler.stats.get_value("start_time") or datetime.now(UTC)
    return {
        **params,
        "output": spider.settings["CORPNEWS_OUTPUT"].removesuffix("/"),
        "newsroom": getattr(spider, "newsroom", spider.name),
        "started": _format_file_time(started),
        "date": started.astimezone(UTC).date().isoformat(),
        "token": token_hex(4),
    }


def _format_file_time(moment: datetime) -> str:
    """The time to the millisecond, as a file name can hold it.

    >>> _format_file_time(datetime(2026, 11, 23, 6, 10, 5, 42_000, tzinfo=UTC))
    '2026-11-23T06-10-05.042Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace(":", "-").replace("+00-00", "Z")


class PartFileStorage(FileFeedStorage):
    """Scrapy's file storage, except that a file takes its name, or is appended to an existing one, when it is whole."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        self.appends = self.write_mode == "ab"

    def open(self, spider: Spider) -> IO[bytes]:
        """Open a file to write to; a target that is no regular file, such as /dev/stdout, is opened as Scrapy does."""
        target = Path(self.path)
        if target.exists() and not target.is_file():
            return super().open(spider)
        for part in find_unfinished(target.parent):
            if part.target == target:
                logger.warning("An earlier run did not finish %s; it is kept as %s", target, part.keep_unfinished())
        file = create_part_file(target)
        file.is_appended = self.appends
        return file

    def store(self, file: IO[bytes]) -> None:
        """Publish the file. One that could not be written is left for the newsroom's next run to recover."""
        with file:
            if isinstance(file, PartFile):
                file.publish(append=self.appends)
            elif Path(self.path).is_file():
                file.flush()
                os.fsync(file.fileno())
