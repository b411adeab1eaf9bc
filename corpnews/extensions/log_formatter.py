"""Short log lines: one line per item, without the item itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log formatter, with items shown by their URL."""

    def scraped(self, item: Any, _response: Response | Failure | None, _spider: Spider) -> LogFormatterResult:
        return {
            "level": logging.INFO,
            "msg": "Article %(date)s %(headline)s <%(url)s>",
            "args": {"date": (item.date_published or "(no date)")[:10], "headline": item.headline, "url": item.url},
        }

    def dropped(
        self, item: Any, exception: BaseException, _response: Response | Failure | None, _spider: Spider
    ) -> LogFormatterResult:
        level = getattr(exception, "log_level", None) or "INFO"
        return {
            "level": logging.getLevelNamesMapping()[level],
            "msg": "Skipped <%(url)s>: %(reason)s",
            "args": {"url": item.url, "reason": exception},
        }

    def item_error(
        self, item: Any, _exception: BaseException, _response: Response | Failure | None, _spider: Spider
    ) -> LogFormatterResult:
        return {"level": logging.ERROR, "msg": "Error processing <%(url)s>", "args": {"url": item.url}}
