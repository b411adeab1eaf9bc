"""Newsrooms whose scripts fetch entries from Contentful or Sanity."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers import Answer, Asked

LISTING = "/news"
ENTRIES = "/spaces/x1y2z3acme00/environments/master/entries"
QUERY_PATH = "/v2021-10-21/data/query/production"
GROQ = '*[_type == "pressRelease"] | order(publishedAt desc) {title, slug, publishedAt}[0...6]'


def path_of(release: LookAlikeRelease) -> str:
    return f"/news/{release.slug}"


def list_by_script(url: str) -> Answer:
    listed = "".join(f'<li><a href="{path_of(each)}">{escape(each.headline)}</a> {each.day}</li>' for each in RELEASES[:6])
    return build_page(f"<h1>News</h1><ul>{listed}</ul><script>const more = {json.dumps(url)}; load(more)</script>", "News")


def find_detail(path: str) -> Answer | None:
    return find_detail_page(path, path_of, lambda each: build_page(f"<h1>{each.headline}</h1>{each.html}", each.headline))


def answer_contentful(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        parameters = "access_token=public-token&content_type=pressRelease&order=-fields.date&limit=6"
        return list_by_script(f"https://cdn.contentful.com{ENTRIES}?{parameters}")
    if path == ENTRIES:
        skip, limit = int(query["skip"][0]), min(int(query["limit"][0]), 50)
        rows = [
            {"sys": {"id": f"entry{each.number}"}, "fields": {"title": each.headline, "slug": each.slug, "date": str(each.day)}}
            for each in RELEASES[skip : skip + limit]
        ]
        body = {"sys": {"type": "Array"}, "total": len(RELEASES), "skip": skip, "limit": limit, "items": rows}
        return build_data_answer(json.dumps(body))
    return find_detail(path)


def answer_sanity(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return list_by_script(f"https://a1b2c3d4.apicdn.sanity.io{QUERY_PATH}?query={quote(GROQ)}")
    if path == QUERY_PATH:
        last = re.search(r"\[0\.\.\.(\d+)\]$", query["query"][0])
        rows = [
            {"title": each.headline, "slug": {"_type": "slug", "current": each.slug}, "publishedAt": f"{each.day}T09:00:00Z"}
            for each in RELEASES[: int(last[1]) if last else None]
        ]
        return build_data_answer(json.dumps({"ms": 4, "query": query["query"][0], "result": rows}))
    return find_detail(path)


def _build(via: str, answer: Callable[[Asked], Answer | None]) -> LookAlike:
    return LookAlike(via, LISTING, path_of, answer)


def contentful() -> LookAlike:
    return _build("contentful", answer_contentful)


def sanity() -> LookAlike:
    return _build("sanity", answer_sanity)
