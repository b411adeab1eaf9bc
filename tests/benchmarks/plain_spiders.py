"""Plain Scrapy spiders for comparison; `-a pages=FILE` names a file with the URLs to request."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider
from scrapy.settings.default_settings import CONCURRENT_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response


class Download(Spider):
    """Requests the pages and does nothing with them."""

    name = "download"
    newsroom = "download"  # names the output folder
    custom_settings: dict[str, Any] | None = {"CONCURRENT_ITEMS": CONCURRENT_ITEMS}  # noqa: RUF012 - Scrapy's idiom

    def __init__(self, pages: str) -> None:
        super().__init__()
        self.start_urls = Path(pages).read_text(encoding="utf-8").split()

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:  # noqa: ARG002 - the page is ignored
        yield from ()


class Trafilatura:
    """Item pipeline that extracts the article with trafilatura."""

    def __init__(self) -> None:
        self.bare_extraction = import_module("trafilatura").bare_extraction

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        found = self.bare_extraction(item["html"], url=item["url"], with_metadata=True)
        fields = ("title", "author", "date", "text")
        return {"url": item["url"], **{name: getattr(found, name) for name in fields if found}}


class WithTrafilatura(Download):
    """Requests the pages and extracts each with trafilatura."""

    name = "trafilatura"
    newsroom = "trafilatura"
    custom_settings = {  # noqa: RUF012
        "CONCURRENT_ITEMS": CONCURRENT_ITEMS,
        "ITEM_PIPELINES": {Trafilatura: 100},
        "LOG_FORMATTER": "scrapy.logformatter.LogFormatter",
    }

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        yield {"url": response.url, "html": response.body}
