"""A newsroom by Sitecore SXA: its list is the answer to a search, rendered on the server."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/en/newsroom"
SCOPE = "{21522AF6-0000-4C63-8CFA-02E2B97737BE}"
MOST = 50
SEARCH = {
    "endpoint": "//sxa/search/results/",
    "v": "{2FCA44D4-0000-43EC-BBBF-858C31387413}",
    "s": SCOPE,
    "l": "",
    "p": 10,
    "defaultSortOrder": "NewsDate,Descending",
    "sig": "news",
    "itemid": "{8B94FE47-0000-4629-AD46-DD208EEF71AA}",
    "autoFireSearch": True,
}


def path_of(release: LookAlikeRelease) -> str:
    return f"/en/newsroom/{release.slug}"


def listing() -> Answer:
    box = f"<div class='component search-box' data-properties='{escape(json.dumps({'p': 5, 'endpoint': '/'}))}'></div>"
    component = "component search-results initialized"
    found = f"<div class='{component}' data-properties='{escape(json.dumps(SEARCH))}'><ul class='search-result-list'></ul></div>"
    return build_page(f"<h1>Newsroom</h1>{box}{found}<div class='component load-more'><input type='button'></div>", "Newsroom")


def detail(release: LookAlikeRelease) -> Answer:
    day = f'<div class="field-newsdate">{release.day:%B %d, %Y}</div>'
    return build_page(f"<article><h1>{escape(release.headline)}</h1>{day}{release.html}</article>", release.headline)


def result(release: LookAlikeRelease) -> dict[str, str]:
    title = f'<div class="field-title"><a href="{path_of(release)}">{escape(release.headline)}</a></div>'
    date = f'<span class="field-newsdate">{release.day:%B %d, %Y}</span>'
    return {"Id": str(release.number), "Language": "en", "Url": path_of(release), "Html": date + title}


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return listing()
    if path == "/sxa/search/results/":
        offset, size = int(query["e"][0]), min(int(query["p"][0]), MOST)
        shown = [result(each) for each in RELEASES[offset : offset + size]] if query["s"] == [SCOPE] else []
        return build_data_answer(json.dumps({"TotalTime": 12, "Count": len(RELEASES) if shown else 0, "Results": shown}))
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("sitecore", LISTING, path_of, answer)
