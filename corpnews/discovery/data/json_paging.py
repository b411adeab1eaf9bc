"""Paging of JSON lists: the next request, by a URL or cursor in the response or by a page number or offset, and the total."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import add_or_replace_parameter

from corpnews.discovery.source import SourceError, SourceRequest, SourceResponse
from corpnews.extraction.structured_data.json_values import as_integer, as_mapping, as_string, as_url, normalize_key
from corpnews.web.sites import get_host
from corpnews.web.text import split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MAX_LISTED_ARTICLES: Final = 100_000
_MAX_FIELD_DEPTH: Final = 4
_MAX_CURSOR_LENGTH: Final = 1_000
_MAX_TOTAL_DEPTH: Final = 2  # {"meta": {"pagination": {"total": 72}}}
MAX_OBJECTS_ABOVE_ROWS: Final = 4  # {"data": {"news": {"edges": […]}}}

# Parameters and keys as `normalize_key` spells them.
_OFFSET_KEYS = split_terms("offset from skip start startindex startrow startat firstitem limitstart o")
_PAGE_KEYS = split_terms("page pageno pagenum pagenumber pageindex currentpage curpage pageid paged pg p")
_CURSOR_KEYS = split_terms(
    "cursor after aftercursor nextcursor pagetoken nextpagetoken pagecursor continuationtoken searchafter nexttoken"
)
# Keys of the response: the next URL, the next cursor, whether there is more, how much there is.
_NEXT_URL_KEYS = ("next", "nexturl", "nextpageurl", "nextlink", "nexthref", "nextpage", "odatanextlink")
_NEXT_CURSOR_KEYS = {
    "nextcursor": "cursor",
    "endcursor": "after",
    "nextpagetoken": "pageToken",
    "continuationtoken": "continuationToken",
    "nexttoken": "nextToken",
    "cursor": "cursor",
}
_HAS_MORE_KEYS = ("hasmore", "hasnextpage", "hasnext", "morepages", "moreavailable")
_TOTAL_KEYS = ("total", "totalcount", "totalresults", "totalitems", "totalhits", "totalrecords", "nbhits")
# Keys of a number next to a list that may be its total, but may be the size of a part too.
_COUNT_KEYS = split_terms("""
totalrows totalelements totalentries totalarticles totalposts totalnumber numfound count resultcount resultscount itemcount
itemscount recordcount estimatedtotalhits
""").union(_TOTAL_KEYS)
_PAGE_TOTAL_KEYS = ("totalpages", "pagecount", "lastpage", "nbpages", "pages", "numpages", "maxpages")


@dataclass(frozen=True, slots=True)
class RequestParameters:
    """The parameters of a request: of the URL's query, a form, or a JSON body including its `variables`."""

    request: SourceRequest
    names: Mapping[str, Any]
    place: Literal["query", "form", "json"]

    @classmethod
    def from_request(cls, request: SourceRequest) -> RequestParameters:
        body = _parse_json_body(request)
        if body:
            return cls(request, {**body, **as_mapping(body.get("variables"))}, "json")
        form = _parse_pairs(request.body or "")
        return cls(request, form, "form") if form else cls(request, _parse_pairs(urlsplit(request.url).query), "query")

    def named(self, spellings: frozenset[str]) -> str | None:
        """Return the parameter's name that matches one of the normalized spellings."""
        return next((name for name in self.names if normalize_key(name) in spellings), None)

    def with_value(self, name: str, value: str | int) -> SourceRequest:
        if self.place == "query":
            return replace(self.request, url=add_or_replace_parameter(self.request.url, name, str(value)))
        if self.place == "form":
            return replace(self.request, body=urlencode({**self.names, name: str(value)}))
        body = _parse_json_body(self.request)
        inside = body["variables"] if name in as_mapping(body.get("variables")) else body
        inside[name] = value
        return replace(self.request, body=json.dumps(body))


def _parse_pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


def _parse_json_body(request: SourceRequest) -> dict[str, Any]:
    """Return the request's body if it is a JSON object, else an empty one."""
    try:
        body = json.loads(request.body or "{}")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def build_next_json_request(response: SourceResponse, count: int) -> SourceRequest | None:
    """Build the request for the articles that follow those of a response, of which it lists `count`.

    The request has the source, headers and body of the response's request. Returns None if the response lists no articles, is
    the last one or is not JSON.
    """
    try:
        said = _read_paging_fields(response.json)
    except SourceError:
        return None
    if not count or _says_end(said):
        return None
    asked = RequestParameters.from_request(response.request)
    return (
        _build_announced_request(response, said)
        or _build_cursor_request(asked, said)
        or _build_counted_request(asked, said, count)
    )


def is_last_part(response: SourceResponse) -> bool:
    """Whether a JSON response says that nothing follows it. Raises SourceError if it is not JSON."""
    return _says_end(_read_paging_fields(response.json))


def _says_end(said: Mapping[str, Any]) -> bool:
    names_no_url = any(key in said and not said[key] for key in _NEXT_URL_KEYS)
    return names_no_url or any(said.get(key) is False for key in _HAS_MORE_KEYS)


def _read_paging_fields(value: object) -> dict[str, Any]:
    """Return the response's fields outside lists, by normalized key; the outermost of a key wins."""
    said: dict[str, Any] = {}
    layer = [as_mapping(value)]
    for _ in range(_MAX_FIELD_DEPTH):
        pairs = [pair for each in layer for pair in each.items()]
        for key, child in pairs:
            said.setdefault(normalize_key(key), child)
        layer = [child for _, child in pairs if isinstance(child, dict)]
    return said


def _build_announced_request(response: SourceResponse, said: Mapping[str, Any]) -> SourceRequest | None:
    """Build the request for the next URL that the response names, if it is on the same host."""
    for key in _NEXT_URL_KEYS:
        value = said.get(key)
        href = as_mapping(value).get("href") or as_mapping(value).get("url") if isinstance(value, dict) else value
        if isinstance(href, str) and href.startswith(("http", "/", "?")):
            url = as_url(response.url, href)
            if url and get_host(url) == get_host(response.url):
                return replace(response.request, url=url)
    return None


def _build_cursor_request(asked: RequestParameters, said: Mapping[str, Any]) -> SourceRequest | None:
    for key, usual in _NEXT_CURSOR_KEYS.items():
        value = said.get(key)
        mark = as_integer(value) or as_string(value)
        if mark and len(str(mark)) < _MAX_CURSOR_LENGTH:
            return asked.with_value(asked.named(_CURSOR_KEYS) or usual, mark)
    return None


def _build_counted_request(asked: RequestParameters, said: Mapping[str, Any], count: int) -> SourceRequest | None:
    """Build the request with the next offset or page number, unless the response shows that it was the last."""
    offset, page = _find_position(asked, said, _OFFSET_KEYS, "offset"), _find_position(asked, said, _PAGE_KEYS, "page")
    total, pages = _find_first_number(said, _TOTAL_KEYS), _find_first_number(said, _PAGE_TOTAL_KEYS)
    if offset:
        (name, at), step, end = offset, count, total or _MAX_LISTED_ARTICLES
    elif page and (total is None or total > count):
        (name, at), step, end = page, 1, _MAX_LISTED_ARTICLES if pages is None else pages + 1
    else:
        return None
    return asked.with_value(name, at + step) if at + step < min(end, _MAX_LISTED_ARTICLES) else None


def _find_position(
    asked: RequestParameters, said: Mapping[str, Any], spellings: frozenset[str], usual: str
) -> tuple[str, int] | None:
    """Return the position parameter and its value: of the request, else as the response states it."""
    name = asked.named(spellings)
    at = as_integer(asked.names[name] if name else said.get(usual))
    return None if at is None else (name or usual, at)


def _find_first_number(said: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    return next((found for key in keys if (found := as_integer(said.get(key))) is not None), None)


def find_json_total(above: Iterable[object], count: int) -> int:
    """Return the total that the innermost object above a list of `count` rows states; 0 if none does, or it is less than that.

    Where it states the number of pages, all but the last one are as long as the list.

    >>> find_json_total([{"page": {"total": 72}, "items": []}, {"count": 3000}], 10)
    72
    >>> find_json_total([{"items": [], "page": 1, "totalPages": 4}], 10)
    31
    """
    stated = next((found for node in above if (found := set(_iter_totals(as_mapping(node), count, _MAX_TOTAL_DEPTH)))), set())
    totals = {number for number, is_least in stated if number >= count and not is_least}
    least = {number for number, is_least in stated if is_least}
    return max(totals.pop() if len(totals) == 1 else 0, least.pop() if len(least) == 1 else 0)


def _iter_totals(node: Mapping[str, Any], count: int, depth: int) -> Iterator[tuple[int, bool]]:
    """Yield the totals that an object states, and whether they are the least that its number of pages may hold."""
    fields = {normalize_key(key): child for key, child in node.items()}
    pages = _find_first_number(fields, _PAGE_TOTAL_KEYS)
    if pages and pages > 1 and any(as_integer(fields.get(key)) for key in _PAGE_KEYS & fields.keys()):
        yield (pages - 1) * count + 1, True
    for key, child in fields.items():
        if key in _COUNT_KEYS and (number := as_integer(child)):
            yield number, False
        elif isinstance(child, dict) and depth:
            yield from _iter_totals(child, count, depth - 1)
