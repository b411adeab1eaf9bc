"""A company's own page with Cision's list: a script fetches the releases from Cision's service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page
from tests.platforms.query_source import LOOK_ALIKE_HOST

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/media/press-releases"
FEED = "A30FD1BA0000453AA386C2019B04A14C"
SCRIPT = f"""<div id="releases" data-identifier="{FEED}"></div>
<script>window.cision = {{websolution: {{settings: {{general: {{serviceEndpoint: '//publish.ne.cision.com/papi/',
pageSize: 50}}}}}}}};</script>"""


def path_of(release: LookAlikeRelease) -> str:
    return f"/media/press-releases/{release.slug}"


def row(release: LookAlikeRelease) -> dict[str, Any]:
    return {
        "Id": 3_000_000 - release.number,
        "EncryptedId": f"{release.number:016X}",
        "InformationType": "PRM",
        "LanguageCode": "en",
        "PublishDate": f"{release.day}T06:00:00Z",
        "Title": release.headline,
        "Intro": "",
        "HtmlBody": release.html,
        "CanonicalUrl": LOOK_ALIKE_HOST + path_of(release),
        "CisionWireUrl": f"https://news.cision.com/acme-turbines/r/{release.slug},c{3_000_000 - release.number}",
    }


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return build_page(f"<h1>Press releases</h1>{SCRIPT}", "Press releases")
    if path == f"/papi/NewsFeed/{FEED}":
        page, size = int(query["pageIndex"][0]), int(query["pageSize"][0])
        shown = list(map(row, RELEASES[(page - 1) * size : page * size]))
        found = {"PageIndex": page, "PageSize": size, "TotalFoundReleases": len(RELEASES), "Releases": shown}
        return build_data_answer(json.dumps(found))
    return find_detail_page(path, path_of, lambda each: build_page(f"<h1>{each.headline}</h1>{each.html}", each.headline))


def newsroom() -> LookAlike:
    return LookAlike("cision", LISTING, path_of, answer)
