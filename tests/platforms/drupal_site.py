"""A company's newsroom on Drupal: ten nodes a page, all by JSON:API."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import (
    RELEASES,
    LookAlike,
    LookAlikeRelease,
    build_data_answer,
    build_page,
    find_detail_page,
    get_origin,
    get_page_items,
)

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/en/news"
API = "/en/jsonapi/node/press_release"
SIZE = 10
SETTINGS = {"path": {"baseUrl": "/", "pathPrefix": "en/", "currentPath": "node/12"}}
HEAD = f"""<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">
<script type="application/json" data-drupal-selector="drupal-settings-json">{json.dumps(SETTINGS)}</script>"""


def path_of(release: LookAlikeRelease) -> str:
    return f"/en/news/{release.slug}"


def view(page: int) -> str:
    """A page of the view: its nodes and the button for more."""
    rows = "".join(
        f"""<div class="views-row"><article class="node node--type-press-release node--view-mode-teaser">
        <time datetime="{release.day}T12:00:00Z">{release.day:%d %B %Y}</time>
        <h3><a href="{path_of(release)}" rel="bookmark">{escape(release.headline)}</a></h3></article></div>"""
        for release in get_page_items(RELEASES, page, SIZE)
    )
    more = f'<ul class="js-pager__items pager"><li><a class="button" href="?page={page + 1}" rel="next">Load more</a></li></ul>'
    return f'<div class="views-element-container js-view-dom-id-a1b2"><div class="view-content">{rows}</div>{more}</div>'


def detail(release: LookAlikeRelease) -> Answer:
    time = f'<time datetime="{release.day}T12:00:00Z">{release.day:%d %B %Y}</time>'
    body = f'<div class="field field--name-body">{release.html}</div>'
    main = f'<article class="node node--type-press-release"><h1>{escape(release.headline)}</h1>{time}{body}</article>'
    return build_page(main, release.headline, HEAD)


def node(release: LookAlikeRelease) -> dict[str, Any]:
    attributes = {
        "drupal_internal__nid": 500 - release.number,
        "langcode": "en",
        "status": True,
        "title": release.headline,
        "created": f"{release.day}T07:00:00+00:00",
        "changed": "2024-12-01T08:00:00+00:00",
        "path": {"alias": f"/news/{release.slug}", "pid": 1, "langcode": "en"},
        "field_press_date": f"{release.day}",
    }
    return {"type": "node--press_release", "id": str(release.number), "attributes": attributes}


def nodes(query: dict[str, list[str]], host: str) -> Answer:
    start, limit = int(query.get("page[offset]", ["0"])[0]), min(int(query["page[limit]"][0]), 50)
    further = f"{host}{API}?page%5Boffset%5D={start + limit}&page%5Blimit%5D={limit}&sort=-created"
    links = {"next": {"href": further}} if start + limit < len(RELEASES) else {}
    content = {"jsonapi": {"version": "1.0"}, "data": list(map(node, RELEASES[start : start + limit])), "links": links}
    return build_data_answer(json.dumps(content), "application/vnd.api+json")


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    page = int(query.get("page", ["0"])[0])
    if path == LISTING:
        return build_page(f"<h1>News</h1>{view(page)}", "News", HEAD)
    if path == API:
        return nodes(query, get_origin(asked))
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("drupal", LISTING, path_of, answer)
