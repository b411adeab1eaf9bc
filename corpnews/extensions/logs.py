"""The log: items by their URL instead of in full, and less of what other packages log."""

from __future__ import annotations

from logging import ERROR, INFO
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from logging import LogRecord

    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log formatter, except that an item of any type with a `url` is shown by it, its date and its headline."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        result = super().scraped(item, response, spider)
        if fields := _read_fields(item):
            result["level"] = INFO
            result["msg"] = "Article %(date)s %(headline)s <%(url)s>"
            result["args"] = {"date": fields["date_published"][:10] or "(no date)", **fields}
        return result

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        result = super().dropped(item, exception, response, spider)
        if fields := _read_fields(item):
            result["msg"] = "Skipped <%(url)s>: %(reason)s"
            result["args"] = {"reason": exception, **fields}
        return result

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        result = super().item_error(item, exception, response, spider)
        if fields := _read_fields(item):
            result["msg"] = "Error processing <%(url)s>"
            result["args"] = fields
        return result


def _read_fields(item: Any) -> dict[str, str]:
    """Return the fields that log lines show; nothing of an item without a URL."""
    if not ItemAdapter.is_item(item):
        return {}
    adapter = ItemAdapter(item)
    names = ("url", "headline", "date_published")
    return {name: str(adapter.get(name) or "") for name in names} if adapter.get("url") else {}


def is_error_record(record: LogRecord) -> bool:
    """Return whether the record is an error; Scrapy resets the levels of its loggers, so a filter is needed."""
    return record.levelno >= ERROR


def drop_traceback(record: LogRecord) -> bool:
    """Remove the traceback from the record and accept it."""
    record.exc_info = None
    return True
