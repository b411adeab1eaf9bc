"""Any newsroom, by the URL of its listing: `scrapy crawl newsroom -a url=https://example.com/news/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpnews import NewsroomSpider
from corpnews.crawler.arguments import NewsroomUrlArguments, is_scheme_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response


class AnyNewsroomSpider(NewsroomSpider):
    """The newsroom at `url`: its name is the host or `-a name=`, its company what the pages or `-a company=` say."""

    name = "newsroom"
    arguments_type = NewsroomUrlArguments
    arguments: NewsroomUrlArguments

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.start_urls = [self.arguments.url]
        if is_scheme_missing(given["url"]):
            self.url_without_https = self.arguments.url.replace("https:", "http:", 1)

    def parse(self, response: Response, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Read a start page; without a contract, as `scrapy check` has no URL for it."""
        return super().parse(response, *args, **kwargs)

    @property
    def newsroom(self) -> str:
        return self.arguments.name or urlsplit(self.arguments.url).hostname or self.name
