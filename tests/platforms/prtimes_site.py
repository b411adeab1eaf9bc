"""A company's page on PR TIMES: a script fetches its releases."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

COMPANY = 98_765
LISTING = f"/main/html/searchrlp/company_id/{COMPANY}"
SHELL = '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/companies"}</script>'


def path_of(release: LookAlikeRelease) -> str:
    return f"/main/html/rd/p/{len(RELEASES) - release.number:09}.{COMPANY:09}.html"


def detail(release: LookAlikeRelease) -> Answer:
    time = f'<time datetime="{release.day}T10:00:00+09:00">{release.day:%Y年%m月%d日} 10時00分</time>'
    return build_page(f"<article><h1>{escape(release.headline)}</h1>{time}{release.html}</article>", release.headline)


def row(release: LookAlikeRelease) -> dict[str, Any]:
    return {
        "id": len(RELEASES) - release.number,
        "title": release.headline,
        "url": path_of(release),
        "company": {"id": COMPANY, "name": "Acme Turbines"},
        "updated_at": {"time_iso_8601": f"{release.day}T11:10:07+09:00", "origin": f"{release.day} 11:10:07"},
        "release_comple_date": f"{release.day}T10:00:00+09:00",
    }


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return build_page('<h1>Acme Turbines</h1><div id="releases"><button>もっと見る</button></div>', "Acme Turbines", SHELL)
    if path == f"/api/company_content.php/companies/{COMPANY}/press_releases":
        skip, limit = int(query["skip"][0]), min(int(query["limit"][0]), 40)
        shown = list(map(row, RELEASES[skip : skip + limit]))
        condition = {"skip": skip, "limit": limit, "year": None, "search_word": None}
        data = {"total": len(RELEASES), "condition": condition, "data": shown}
        return build_data_answer(json.dumps({"status": 200, "data": data}))
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("prtimes", LISTING, path_of, answer)
