"""The embedded demo newsroom of an invented company, which this spider serves and crawls."""

from __future__ import annotations

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
    custom_settings = {"AUTOTHROTTLE_ENABLED": False}  # the server is our own

    async def start(self) -> AsyncIterator[Any]:
        with serve_demo() as url:
            self.start_urls = [url]
            async for each in super().start():
                yield each
