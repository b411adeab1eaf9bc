"""Pages that refresh to another URL are followed; the text of all others is left undecoded."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from corpnews.middlewares.meta_refresh import NewsroomMetaRefreshMiddleware

URL = "https://www.acme.example/news/"
REFRESH = "<meta http-equiv='Refresh' content='0; url=/press/'>"


def _process(response: Response) -> Request | Response:
    return NewsroomMetaRefreshMiddleware.from_crawler(get_crawler()).process_response(Request(URL), response)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis"])
def test_a_refresh_is_followed_in_any_encoding(encoding: str) -> None:
    assert (
        _process(HtmlResponse(URL, body=f"<title>新聞</title>{REFRESH}".encode(encoding))).url
        == "https://www.acme.example/press/"
    )


class _Undecoded(HtmlResponse):
    @property
    def text(self) -> str:
        raise AssertionError("the page was decoded")


def test_a_page_without_a_refresh_is_not_decoded() -> None:
    response = _Undecoded(URL, body=b"<title>News</title><p>Acme opened its plant in Oslo on Monday.</p>")
    assert _process(response) is response


def test_a_page_whose_base_is_no_url_is_read() -> None:
    assert _process(HtmlResponse(URL, body=f"<base href='http://['>{REFRESH}".encode())).url == URL
