"""Follows meta refreshes, and reads pages whose refresh or base URL is no URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class NewsroomMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware, which raises ValueError for a page with `<base href="http://[">`, so that the page is lost."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
