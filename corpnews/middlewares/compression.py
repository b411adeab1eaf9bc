"""Decompression without its price on pages that come without a charset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import Response, TextResponse

if TYPE_CHECKING:
    from scrapy import Request


class CompressedBytesMiddleware:
    """Hand compressed answers to HttpCompressionMiddleware as bytes.

    It replaces the response, and a text response is asked for its encoding when replaced: on compressed bytes without a
    declared charset that means guessing, which nearly doubles what a page costs.
    """

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        if isinstance(response, TextResponse) and "Content-Encoding" in response.headers:
            return Response(**{name: getattr(response, name) for name in Response.attributes})
        return response
