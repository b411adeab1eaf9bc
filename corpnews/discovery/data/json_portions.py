"""Paging of JSON lists: the next request, by a URL or cursor in the response, else by the request's page number or offset."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import add_or_replace_parameter

from corpnews.discovery.asks import WayEnded
from corpnews.discovery.data.json_lists import articles_in
from corpnews.discovery.data.json_values import address, mapping, number, plain_key, string
from corpnews.discovery.scope import host_of
from corpnews.discovery.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from corpnews.discovery.asks import Answer, Ask

MOST_ARTICLES: Final = 100_000
DEEPEST: Final = 4
LONGEST_MARK: Final = 1_000

# Parameters and keys as `plain_key` spells them.
OFFSETS = words("offset from skip start startindex startrow startat firstitem limitstart o")
PAGES = words("page pageno pagenum pagenumber pageindex currentpage curpage pageid paged pg p")
MARKS = words("cursor after aftercursor nextcursor pagetoken nextpagetoken pagecursor continuationtoken searchafter nexttoken")
# Keys of the response: the next URL, the next cursor, whether there is more, how much there is.
NEXT_ADDRESSES = ("next", "nexturl", "nextpageurl", "nextlink", "nexthref", "nextpage", "odatanextlink")
NEXT_MARKS = {
    "nextcursor": "cursor",
    "endcursor": "after",
    "nextpagetoken": "pageToken",
    "continuationtoken": "continuationToken",
    "nexttoken": "nextToken",
    "cursor": "cursor",
}
MORE = ("hasmore", "hasnextpage", "hasnext", "morepages", "moreavailable")
TOTALS = ("total", "totalcount", "totalresults", "totalitems", "totalhits", "totalrecords", "nbhits")
PAGE_TOTALS = ("totalpages", "pagecount", "lastpage", "nbpages", "pages", "numpages", "maxpages")


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request: of the URL's query, a form, or a JSON body including its `variables`."""

    request: Ask
    names: Mapping[str, Any]
    place: Literal["query", "form", "json"]

    @classmethod
    def of(cls, request: Ask) -> Parameters:
        body = body_of(request)
        if body:
            return cls(request, {**body, **mapping(body.get("variables"))}, "json")
        form = pairs_of(request.body or "")
        return cls(request, form, "form") if form else cls(request, pairs_of(urlsplit(request.url).query), "query")

    def named(self, spellings: frozenset[str]) -> str | None:
        """Return the parameter's name that matches one of the normalized spellings."""
        return next((name for name in self.names if plain_key(name) in spellings), None)

    def with_value(self, name: str, value: str | int) -> Ask:
        """Return the same request with another value."""
        if self.place == "query":
            return replace(self.request, url=add_or_replace_parameter(self.request.url, name, str(value)))
        if self.place == "form":
            return replace(self.request, body=urlencode({**self.names, name: str(value)}))
        body = body_of(self.request)
        inside = body["variables"] if name in mapping(body.get("variables")) else body
        inside[name] = value
        return replace(self.request, body=json.dumps(body))


def pairs_of(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


def body_of(request: Ask) -> dict[str, Any]:
    """Return the request's body if it is a JSON object, else an empty one."""
    try:
        body = json.loads(request.body or "{}")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def next_portion(response: Answer, base_url: str = "", known: Collection[str] = ()) -> Ask | None:
    """Build the request for the articles that follow those of a response.

    The request has the source, headers and body of the response's request. Returns None if the response lists no articles or
    is the last one. `base_url` (the response's URL if empty) and `known` are passed to `articles_in`.
    """
    try:
        said, count = facts_of(response.json), len(articles_in(response.json, base_url or response.url, known))
    except WayEnded:
        return None
    if not count or any(said.get(key) is False for key in MORE):
        return None
    asked = Parameters.of(response.ask)
    return named_next(response, said) or marked_next(asked, said) or counted_next(asked, said, count)


def facts_of(value: object) -> dict[str, Any]:
    """Return the response's fields outside lists, by normalized key; the outermost of a key wins."""
    said: dict[str, Any] = {}
    layer = [mapping(value)]
    for _ in range(DEEPEST):
        pairs = [pair for each in layer for pair in each.items()]
        for key, child in pairs:
            said.setdefault(plain_key(key), child)
        layer = [child for _, child in pairs if isinstance(child, dict)]
    return said


def named_next(response: Answer, said: Mapping[str, Any]) -> Ask | None:
    """Build the request for the next URL that the response names, if it is on the same host."""
    for key in NEXT_ADDRESSES:
        value = said.get(key)
        href = mapping(value).get("href") or mapping(value).get("url") if isinstance(value, dict) else value
        if isinstance(href, str) and href.startswith(("http", "/", "?")):
            url = address(response.url, href)
            if url and host_of(url) == host_of(response.url):
                return replace(response.ask, url=url)
    return None


def marked_next(asked: Parameters, said: Mapping[str, Any]) -> Ask | None:
    """Build the request with the cursor that the response names."""
    for key, usual in NEXT_MARKS.items():
        value = said.get(key)
        mark = number(value) or string(value)
        if mark and len(str(mark)) < LONGEST_MARK:
            return asked.with_value(asked.named(MARKS) or usual, mark)
    return None


def counted_next(asked: Parameters, said: Mapping[str, Any], count: int) -> Ask | None:
    """Build the request with the next offset or page number, unless the response shows that it was the last."""
    if "next" in said and said["next"] is None:
        return None
    offset, page = place(asked, said, OFFSETS, "offset"), place(asked, said, PAGES, "page")
    total, pages = first_number(said, TOTALS), first_number(said, PAGE_TOTALS)
    if offset:
        name, at = offset
        return asked.with_value(name, at + count) if at + count < min(total or MOST_ARTICLES, MOST_ARTICLES) else None
    if page and (total is None or total > count):
        name, at = page
        return asked.with_value(name, at + 1) if at < min(MOST_ARTICLES if pages is None else pages, MOST_ARTICLES) else None
    return None


def place(asked: Parameters, said: Mapping[str, Any], spellings: frozenset[str], usual: str) -> tuple[str, int] | None:
    """Return the position parameter and its value: of the request, else as the response states it."""
    name = asked.named(spellings)
    at = number(asked.names[name] if name else said.get(usual))
    return None if at is None else (name or usual, at)


def first_number(said: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    return next((found for key in keys if (found := number(said.get(key))) is not None), None)
