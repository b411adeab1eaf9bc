"""The embedded demo newsroom of an invented company, which this spider serves and crawls."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from corpnews import NewsroomSpider
from corpnews.demo.server import serve_demo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class DemoSpider(NewsroomSpider):
    """The demo newsroom, served on a loopback port for the time of the run."""

    name = "demo"
    company = "Lumavik"
    languages = ("en", "zh")
    custom_settings = {"AUTOTHROTTLE_ENABLED": False, "HTTPPROXY_ENABLED": False}  # the server is our own, in this process

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self._server = ExitStack()

    async def start(self) -> AsyncIterator[Any]:
        self.start_urls = [self._server.enter_context(serve_demo())]
        async for each in super().start():
            yield each

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        self._server.close()
