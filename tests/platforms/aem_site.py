"""A newsroom on AEM Edge Delivery: the page shows twelve releases, a JSON index has all pages of the site."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/news/press-releases"
SHOWN = 12
MOST_ROWS = 40
HEAD = '<script src="/scripts/aem.js" type="module"></script><script src="/scripts/scripts.js" type="module"></script>'
PAGES = ("/", "/products/turbines", "/careers/engineer-for-turbines-in-brekke", LISTING)


def path_of(release: LookAlikeRelease) -> str:
    return f"{LISTING}/{release.slug}"


def listing() -> Answer:
    rows = "".join(
        f'<li><div class="cards-card-body"><p>{release.day:%B %d, %Y}</p><h3><a href="{path_of(release)}">'
        f"{escape(release.headline)}</a></h3></div></li>"
        for release in RELEASES[:SHOWN]
    )
    return build_page(f'<h1>Press releases</h1><div class="cards block"><ul>{rows}</ul></div>', "Press releases", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    main = f"<div class='section'><h1>{escape(release.headline)}</h1><p>{release.day:%B %d, %Y}</p>{release.html}</div>"
    return build_page(main, release.headline, HEAD)


def row(path: str, title: str, seconds: int | str = "") -> dict[str, Any]:
    return {"path": path, "title": title, "date": str(seconds), "lastModified": "1735689600", "robots": ""}


def rows() -> list[dict[str, Any]]:
    """The rows of all pages of the site, not sorted."""
    moments = [datetime(each.day.year, each.day.month, each.day.day, 9, tzinfo=UTC) for each in RELEASES]
    found = [row(path_of(each), each.headline, int(at.timestamp())) for each, at in zip(RELEASES, moments, strict=True)]
    return [*(row(path, path.rpartition("/")[2]) for path in PAGES), *found[::-1]]


def answer(asked: Asked, index: str) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return listing()
    if path == index:
        start, limit = int(query["offset"][0]), min(int(query["limit"][0]), MOST_ROWS)
        shown = rows()[start : start + limit]
        content = {"total": len(rows()), "offset": start, "limit": len(shown), "data": shown, ":type": "sheet"}
        return build_data_answer(json.dumps(content))
    return find_detail_page(path, path_of, detail)


def newsroom(index: str = "/query-index.json") -> LookAlike:
    return LookAlike("aem", LISTING, path_of, partial(answer, index=index))
