"""Newsrooms whose script fetches the list page by page as HTML: `ajax_list.jsp?cid=12&page_index=1&page_size=6`."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from corpnews.discovery import Source, SourceError, SourceRequest, SourceResult
from corpnews.discovery.script_links import iter_inline_scripts
from corpnews.page.page import Page
from corpnews.platforms.inline_scripts import find_literals
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import read_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery import SourceResponse, StartPage

_JSP_URL = re.compile(r"""["']([^\s"'<>]{0,300}\.jsp(?:\?[^\s"'<>]{0,300})?)["']""")
# Characters after the URL in which the script names the parameters.
_MAX_CALL_LENGTH = 600
_PAGE_PARAMETER, _SIZE_PARAMETER = "page_index", "page_size"
# Options of the script's call that are no parameters of the query.
_AJAX_OPTIONS = frozenset(("url", "type", "method", "dataType", "async", "cache", "contentType", "timeout"))
_ITEMS_PER_PAGE = 100


class JspListSource(Source):
    """A hundred items a page, until a page is empty."""

    name = "jsp-list"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        for url in dict.fromkeys(_find_list_urls(start.page)):
            yield SourceRequest(set_query_parameters(url, **{_PAGE_PARAMETER: 1, _SIZE_PARAMETER: _ITEMS_PER_PAGE}), self.name)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        if response.body.lstrip()[:1] in (b"{", b"["):
            raise SourceError("the response is JSON, not HTML")
        page = Page.from_html(response.body, start.page.url, response.content_type)
        articles = tuple(link for link in read_items(page, page.root.iter("a")) if link.title and not link.title.isdigit())
        if not articles:
            return SourceResult()
        url = response.request.url
        next_page = (get_query_number(url, _PAGE_PARAMETER) or 1) + 1
        return SourceResult(articles, (SourceRequest(set_query_parameters(url, **{_PAGE_PARAMETER: next_page}), self.name),))


def _find_list_urls(page: Page) -> Iterator[str]:
    """The URLs from which the page's scripts fetch lists, with the parameters that the scripts set."""
    for script in iter_inline_scripts(page):
        if _PAGE_PARAMETER not in script or _SIZE_PARAMETER not in script:
            continue
        for match in _JSP_URL.finditer(script):
            call = script[match.start() : match.end() + _MAX_CALL_LENGTH]
            url = page.resolve_url(unescape(match[1]))
            if url and _PAGE_PARAMETER in call and _SIZE_PARAMETER in call:
                literals = {} if "?" in url else find_literals(call)
                yield set_query_parameters(url, **{name: literals[name] for name in literals if name not in _AJAX_OPTIONS})
