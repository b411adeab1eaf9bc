"""The log: items by their URL instead of in full, and less of what other packages log."""

from __future__ import annotations

import logging
from logging import ERROR, INFO, Handler
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import LogRecord

    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from corpnews.crawler import NewsroomSpider


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


def install_json_log(settings: BaseSettings) -> None:
    """Log JSON in the place of Scrapy's handler, from the first line on; to be called before the process is created."""
    if not settings.getbool("LOG_ENABLED"):
        return
    file, mode = settings["LOG_FILE"], "a" if settings.getbool("LOG_FILE_APPEND") else "w"
    handler = logging.FileHandler(file, mode, settings["LOG_ENCODING"]) if file else logging.StreamHandler()
    handler.setFormatter(create_json_formatter())
    handler.setLevel(settings["LOG_LEVEL"])
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.NOTSET)
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")


def create_json_formatter() -> logging.Formatter:
    """The formatter of JSON logs: one object a line, with `newsroom` where a record is a run's."""
    from pythonjsonlogger.core import RESERVED_ATTRS  # noqa: PLC0415 - an extra
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415

    class Formatter(JsonFormatter):
        def add_fields(self, log_data: dict[str, Any], record: LogRecord, message_dict: dict[str, Any]) -> None:
            super().add_fields(log_data, record, message_dict)
            if spider := getattr(record, "spider", None):
                log_data["newsroom"] = getattr(spider, "newsroom", spider.name)

    names = {"levelname": "level", "name": "logger"}
    hidden = [*RESERVED_ATTRS, "spider", "crawler", "item", "request"]  # objects that Scrapy adds
    return Formatter("%(levelname)s %(name)s %(message)s", rename_fields=names, timestamp="time", reserved_attrs=hidden)


def is_error_record(record: LogRecord) -> bool:
    """Return whether the record is an error; Scrapy resets the levels of its loggers, so a filter is needed."""
    return record.levelno >= ERROR


def is_no_error_record(record: LogRecord) -> bool:
    """Return whether the record is no error."""
    return record.levelno < ERROR


class ErrorCounter(Handler):
    """Counts exceptions that are logged, wherever they were raised: pipelines, exporters, log formatters, signal handlers."""

    def __init__(self, spider: NewsroomSpider, count: Callable[[], None]) -> None:
        super().__init__(ERROR)
        self.spider = spider
        self.count = count

    def emit(self, record: LogRecord) -> None:
        if record.exc_info and getattr(record, "spider", self.spider) is self.spider:
            self.count()
