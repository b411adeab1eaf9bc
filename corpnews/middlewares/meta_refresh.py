"""Follows meta refreshes, and reads pages whose refresh or base URL is no URL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

# Scrapy looks for a refresh in the first 4,096 characters, which are at most so many bytes.
_MAX_HEAD_BYTES: Final = 4 * 4096


class NewsroomMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware, which raises ValueError for a page with `<base href="http://[">`, so that the page is lost.

    It also decodes each page, and the response keeps the text, four bytes a character: here only that of pages with a refresh.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        head = response.body[:_MAX_HEAD_BYTES].replace(b"\0", b"")  # UTF-16 has zero bytes between its letters
        if b"refresh" not in head.lower():
            return response
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
