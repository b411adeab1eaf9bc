"""A way back into the spider when nothing is under way: a request that fails at once, so that its errback can yield items.

Scrapy's `spider_idle` signal takes requests only, and items that come from anywhere but a callback are not waited for when the
spider is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_IDLE_KEY: Final = "corpnews_idle"  # in a request's meta


class IdleMiddleware:
    """A downloader middleware that fails idle requests before any other one sees them."""

    def process_request(self, request: Request) -> None:
        if _IDLE_KEY in request.meta:
            raise IgnoreRequest("idle")


def build_idle_request(errback: Callable[..., Any], run: int) -> Request:
    """A request that calls `errback` and reaches no server; without the middleware, no download handler takes its URL."""
    meta = {_IDLE_KEY: True, "dont_obey_robotstxt": True}
    return Request("about:idle", errback=errback, cb_kwargs={"run": run}, dont_filter=True, meta=meta)
