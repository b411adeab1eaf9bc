"""Which feeds took an article, and when each has stored it for good."""

from __future__ import annotations

from dataclasses import dataclass
from os import SEEK_END
from typing import IO, TYPE_CHECKING, Any, Protocol

from scrapy import signals
from scrapy.exporters import CsvItemExporter, JsonLinesItemExporter
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.defer import ensure_awaitable

from corpnews.feeds import PartFile
from corpnews.feeds.stored_files import describe_refusal, hide_credentials, is_upload

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Collection

    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot


class UnpublishedError(Exception):
    """A file of lines is not published, as the store or the storage failed; the message says what becomes of it."""


@dataclass(slots=True)
class WrittenLine:
    """A line that feeds took, and what is still to happen before it is durable.

    `slots` are the feeds that store their file as a whole, and have not yet. `before` is how much of each part file was
    written before this line: bytes and lines. `is_in_part` is whether a part file has it.
    """

    article: str
    slots: set[FeedSlot]
    before: dict[PartFile, tuple[int, int]]
    is_in_part: bool


class StoreObserver(Protocol):
    """Is told of files of lines before and after they are stored."""

    def begin_store(self, uri: str, size: int | None, articles: Collection[str]) -> bool:
        """A file is about to be stored: an upload, with its size in bytes and its articles, or another one, without a size.

        Returns whether the store knows what it should.
        """
        ...

    def end_store(self, uri: str, articles: Collection[str], refusal: str = "") -> None:
        """An upload is there, or a file was refused."""
        ...


class FeedTracker:
    """Writes items to Scrapy's feeds in place of Scrapy's own signal handler, which tells nobody of failures.

    A line in a part file that can be cut after any line (JSON Lines, CSV) is durable when the file is synced; in every other
    feed (another format, compression, S3, FTP, standard output, a user's storage) when its storage has stored the file.
    A part file is not published, and no file uploaded, if the observer has it that the store does not know what it should.
    """

    def __init__(self, crawler: Crawler, observer: StoreObserver, lines: deque[WrittenLine]) -> None:
        self._crawler = crawler
        self._exporter = crawler.get_extension(FeedExporter)
        self._observer = observer
        self._lines = lines
        self._watched: set[FeedSlot] = set()
        self._written: dict[PartFile, tuple[int, int]] = {}
        if self._exporter:
            crawler.signals.disconnect(self._exporter.item_scraped, signals.item_scraped)

    @property
    def has_feeds(self) -> bool:
        return self._exporter is not None

    def export(self, item: Any, article: str) -> bool:
        """Write the item to all feeds that accept it; False if none does. Raises what an exporter or storage raises."""
        if not self._exporter or not self._crawler.spider:
            return False
        counts = {slot: slot.itemcount for slot in self._exporter.slots}
        for slot in counts.keys() - self._watched:
            self._watch(slot)
        before = dict(self._written)
        self._exporter.item_scraped(item, self._crawler.spider)
        taken = [slot for slot, count in counts.items() if slot.itemcount > count]
        if taken and article:
            whole = {slot for slot in taken if not self._grew(slot)}
            self._lines.append(WrittenLine(article, whole, before, is_in_part=len(whole) < len(taken)))
        return bool(taken)

    def sync(self) -> dict[str, tuple[int, int]]:
        """Sync the part files. Returns how many bytes and lines of each are durable in all feeds, by path. Raises OSError."""
        for part in [part for part in self._written if part.closed]:
            del self._written[part]
        for part in self._written:
            part.sync()
        durable = self._lines[0].before if self._lines else self._written
        return {str(part.path.absolute()): durable[part] for part in self._written if part in durable}

    def _grew(self, slot: FeedSlot) -> bool:
        """Whether the slot's file is a part file that can be cut after any line, and has the new line by now."""
        if not isinstance(slot.file, PartFile) or not isinstance(slot.exporter, (JsonLinesItemExporter, CsvItemExporter)):
            return False
        size, lines = self._written.get(slot.file, (0, 0))
        if slot.file.closed or slot.file.tell() <= size:  # a user's exporter may keep lines back
            return False
        self._written[slot.file] = (slot.file.tell(), lines + 1)
        return True

    def _watch(self, slot: FeedSlot) -> None:
        """Learn when the slot's storage has stored its file: Scrapy's signal comes after failures too."""
        store = slot.storage.store

        async def store_and_tell(file: IO[bytes]) -> None:
            if is_upload(slot.storage):
                await self._upload(slot, file, store)
                return
            if not self._observer.begin_store(slot.uri, None, ()) and isinstance(file, PartFile):
                file.close()
                raise UnpublishedError(f"{file.path} is left to the next run, which knows what of it is in the store")
            try:
                await ensure_awaitable(store(file))
            except OSError as error:
                refusal = f"cannot write {slot.uri}: {error.strerror or error}"
                self._observer.end_store(slot.uri, (), refusal)
                raise UnpublishedError(refusal) from error
            self._mark_stored(slot)

        self._watched.add(slot)
        slot.storage.store = store_and_tell  # type: ignore[method-assign, assignment]

    async def _upload(self, slot: FeedSlot, file: IO[bytes], store: Callable[[IO[bytes]], Any]) -> None:
        """Store a file that a later run can ask for. The lines that a part file has too are known when both files are stored."""
        articles = [line.article for line in self._lines if slot in line.slots and not line.is_in_part]
        if not self._observer.begin_store(slot.uri, file.seek(0, SEEK_END), articles):
            file.close()
            raise UnpublishedError(f"{hide_credentials(slot.uri)} is not uploaded, as the store has failed")
        try:
            await ensure_awaitable(store(file))
        except Exception as error:
            refusal = f"cannot write {hide_credentials(slot.uri)}: {describe_refusal(error)}"
            self._observer.end_store(slot.uri, articles, refusal)
            raise UnpublishedError(refusal) from error
        self._mark_stored(slot)
        self._observer.end_store(slot.uri, articles)

    def _mark_stored(self, slot: FeedSlot) -> None:
        for line in self._lines:
            line.slots.discard(slot)
