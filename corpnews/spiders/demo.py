"""The newsroom of a company that does not exist, served by this spider to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpnews.demo.server import serving
from corpnews.newsroom import NewsroomSpider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Demo(NewsroomSpider):
    """The demo newsroom, on a loopback port that is open as long as the run lasts."""

    name = "demo"
    company = "Lumavik"
    languages = ("en", "zh")
    custom_settings = {"AUTOTHROTTLE_ENABLED": False}  # it is nobody's server but ours

    async def start(self) -> AsyncIterator[Any]:
        with serving() as url:
            self.start_urls = [url]
            async for each in super().start():
                yield each
