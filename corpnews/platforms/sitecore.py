"""Sitecore Experience Accelerator (SXA): the search behind its lists, whose parameters stand in an attribute of the list."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from corpnews.extraction.structured_data import json_values
from corpnews.page.page import Page
from corpnews.platforms.json_list_source import JsonListSource
from corpnews.platforms.vendor_listing import read_items
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpnews.discovery import ArticleLink, StartPage

_SEARCH_PATH: Final = "sxa/search/results"
_MAX_PROPERTIES_LENGTH: Final = 20_000
_RESULTS_PER_REQUEST: Final = 200
# Parameters of the search, by the names that they have in the attribute.
_PARAMETERS: Final = {"s": "s", "itemid": "itemid", "sig": "sig", "l": "l", "v": "v", "defaultSortOrder": "o"}


class SitecoreSource(JsonListSource):
    """The results of the first list on the page that is filled without a reader's query."""

    name = "sitecore"
    platform = "Sitecore SXA"
    rows_path = ("Results",)
    total_path = ("Count",)
    position = "e"

    def find_list_url(self, page: Page) -> str | None:
        for element in page.root.iterfind(".//*[@data-properties]"):
            search = _read_properties(element.get("data-properties") or "")
            endpoint = json_values.as_string(search.get("endpoint"))
            if _SEARCH_PATH in endpoint and search.get("autoFireSearch") is not False:
                named = {given: json_values.as_string(search.get(name)) for name, given in _PARAMETERS.items()}
                # sites that are not in a folder write the endpoint with two slashes
                path = f"/{endpoint.lstrip('/')}?{urlencode({**named, 'p': _RESULTS_PER_REQUEST, 'e': 0})}"
                return join_url(page.url, path)
        return None

    def read_rows(self, rows: Sequence[Mapping[str, Any]], start: StartPage) -> tuple[ArticleLink, ...]:
        page = Page.from_html("".join(map(_render_result, rows)), start.page.url)
        paths = {urlsplit(json_values.as_string(row.get("Url"))).path for row in rows}
        found = read_items(page, (link for link in page.root.iter("a") if urlsplit(link.get("href") or "").path in paths))
        return tuple(link for link in found if start.scope.contains(link.url))


def _read_properties(text: str) -> Mapping[str, Any]:
    try:
        return json_values.as_mapping(json.loads(text[:_MAX_PROPERTIES_LENGTH]))
    except (ValueError, RecursionError):
        return {}


def _render_result(result: Mapping[str, Any]) -> str:
    """The result as an item of a list; one that does not link to its page becomes a link to it."""
    html, url = json_values.as_string(result.get("Html")), json_values.as_string(result.get("Url"))
    return f"<article>{html}</article>" if "<a " in html else f'<article><a href="{escape(url)}">{html}</a></article>'
