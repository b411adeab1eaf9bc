"""Sitecore Experience Accelerator (SXA): the search behind its lists, whose parameters stand in an attribute of the list."""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from corpnews.discovery import Source, SourceError, SourceRequest, SourceResult
from corpnews.extraction.structured_data import json_values
from corpnews.page.page import Page
from corpnews.platforms.numbered_pages import MAX_NUMBERED_PAGES, get_query_number, set_query_parameters
from corpnews.platforms.vendor_listing import read_items
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery import SourceResponse, StartPage

_SEARCH_PATH: Final = "sxa/search/results"
_MAX_PROPERTIES_LENGTH: Final = 20_000
_RESULTS_PER_REQUEST: Final = 200
# Parameters of the search, by the names that they have in the attribute.
_PARAMETERS: Final = {"s": "s", "itemid": "itemid", "sig": "sig", "l": "l", "v": "v", "defaultSortOrder": "o"}


class SitecoreSource(Source):
    """The results of the first list on the page that is filled without a reader's query."""

    name = "sitecore"
    platform = "Sitecore SXA"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        for element in start.page.root.iterfind(".//*[@data-properties]"):
            search = _read_properties(element.get("data-properties") or "")
            endpoint = json_values.as_string(search.get("endpoint"))
            if _SEARCH_PATH in endpoint and search.get("autoFireSearch") is not False:
                named = {given: json_values.as_string(search.get(name)) for name, given in _PARAMETERS.items()}
                # sites that are not in a folder write the endpoint with two slashes
                path = f"/{endpoint.lstrip('/')}?{urlencode({**named, 'p': _RESULTS_PER_REQUEST, 'e': 0})}"
                return [SourceRequest(url, self.name)] if (url := join_url(start.page.url, path)) else []
        return []

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        body = json_values.as_mapping(response.json)
        results = json_values.as_mappings(body.get("Results"))
        if not isinstance(body.get("Results"), list):
            raise SourceError("the response is not a list of search results")
        page = Page.from_html("".join(map(_render_result, results)), start.page.url)
        paths = {urlsplit(json_values.as_string(result.get("Url"))).path for result in results}
        found = read_items(page, (link for link in page.root.iter("a") if urlsplit(link.get("href") or "").path in paths))
        links = tuple(link for link in found if start.scope.contains(link.url))
        at = (get_query_number(response.request.url, "e") or 0) + len(results)
        if not links or at >= min(json_values.as_integer(body.get("Count")) or 0, MAX_NUMBERED_PAGES * len(results)):
            return SourceResult(links)
        return SourceResult(links, (replace(response.request, url=set_query_parameters(response.request.url, e=at)),))


def _read_properties(text: str) -> Mapping[str, Any]:
    try:
        return json_values.as_mapping(json.loads(text[:_MAX_PROPERTIES_LENGTH]))
    except (ValueError, RecursionError):
        return {}


def _render_result(result: Mapping[str, Any]) -> str:
    """The result as an item of a list; one that does not link to its page becomes a link to it."""
    html, url = json_values.as_string(result.get("Html")), json_values.as_string(result.get("Url"))
    return f"<article>{html}</article>" if "<a " in html else f'<article><a href="{escape(url)}">{html}</a></article>'
