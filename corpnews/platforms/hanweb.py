"""Newsrooms on Hanweb's JCMS: a script fetches the list from jpage's dataproxy as XML records with HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from w3lib.encoding import html_to_unicode
from w3lib.url import url_query_cleaner

from corpnews.discovery import Source, SourceError, SourceRequest, SourceResult
from corpnews.discovery.script_links import iter_inline_scripts
from corpnews.page.page import Page
from corpnews.platforms.inline_scripts import find_literals
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import find_links_by_url, read_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery import SourceResponse, StartPage

_PROXY_URL = re.compile(r"""[^\s'"<>()]{0,200}dataproxy\.(?:jsp|do)(?:\?[^\s'"<>]{0,1000})?""")
_PROXY_PARAMETERS = ("col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype")
_GET_METHOD = re.compile(r"""(?:type|method)["']?\s*[:=]\s*["']get\b""", re.IGNORECASE)
_XML_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>", re.DOTALL | re.IGNORECASE)
_TOTAL_RECORDS = re.compile(r"<totalrecord>\s*(\d{1,7})\s*</totalrecord>", re.IGNORECASE)
_DETAIL_URL = re.compile(r"/art_\d+_\d+\.html?$")
_FORM_HEADERS = (("Content-Type", "application/x-www-form-urlencoded"),)
_RECORDS_PER_REQUEST = 100


class HanwebSource(Source):
    """A hundred records a request, made as the page's own script does."""

    name = "hanweb"
    platform = "Hanweb"

    def initial_requests(self, start: StartPage) -> Iterator[SourceRequest]:
        for proxy in dict.fromkeys(_find_data_proxies(start.page)):
            yield _build_records_request(proxy, 1)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        _, text = html_to_unicode(response.content_type, response.body, default_encoding="utf8")
        records = [unescape(plain) if plain else cdata for cdata, plain in _XML_RECORD.findall(text)]
        if not records and "<datastore" not in text:
            raise SourceError("the response has no records")
        page = Page.from_html("".join(f"<div>{_wrap_record(record)}</div>" for record in records), start.page.url)
        articles = tuple(read_items(page, find_links_by_url(page, _DETAIL_URL) or page.root.iter("a")))
        first = get_query_number(response.url, "startrecord") or get_query_number(response.request.url, "startrecord") or 1
        next_record, total = first + len(records), _TOTAL_RECORDS.search(text)
        if not records or (next_record > int(total[1]) if total else len(records) < _RECORDS_PER_REQUEST):
            return SourceResult(articles)
        proxy = _DataProxy(response.request.url, response.request.body)
        return SourceResult(articles, (_build_records_request(proxy, next_record),))


class _DataProxy(NamedTuple):
    """The endpoint of the records; `form` is the body of a POST."""

    url: str
    form: str | None


def _build_records_request(proxy: _DataProxy, first: int) -> SourceRequest:
    url = set_query_parameters(
        proxy.url, startrecord=first, endrecord=first + _RECORDS_PER_REQUEST - 1, perpage=_RECORDS_PER_REQUEST
    )
    return SourceRequest(url, HanwebSource.name, body=proxy.form, headers=_FORM_HEADERS if proxy.form is not None else ())


def _find_data_proxies(page: Page) -> Iterator[_DataProxy]:
    """The endpoints of the page's lists; their parameters stand in the URL's query or in the script that calls it.

    URLs with parameters take precedence: a page may name the same endpoint again without them.
    """
    scripts = [script for script in iter_inline_scripts(page) if "dataproxy." in script]
    found = [(unescape(match[0]), script) for script in scripts for match in _PROXY_URL.finditer(script)]
    complete = [address for address, _ in found if "columnid=" in address.lower()]
    for address in complete:
        if url := page.resolve_url(address):
            yield _DataProxy(url_query_cleaner(url, ("page",), remove=True), None)
    for address, script in found if not complete else ():
        parameters = {name: value for name, value in find_literals(script).items() if name in _PROXY_PARAMETERS}
        url = page.resolve_url(address)
        if url and "columnid" in parameters:
            yield _build_proxy(url, parameters, is_get=bool(_GET_METHOD.search(script)))


def _build_proxy(url: str, parameters: dict[str, str], *, is_get: bool) -> _DataProxy:
    """The endpoint with the parameters that the script sends."""
    if is_get:
        return _DataProxy(set_query_parameters(url, **parameters), None)
    return _DataProxy(url, urlencode(parameters))


def _wrap_record(record: str) -> str:
    """The record, within a table if it is a row or cell: the parser drops such tags elsewhere."""
    return f"<table>{record}</table>" if record.lstrip()[:3].lower() in ("<tr", "<td") else record
