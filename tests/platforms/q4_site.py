"""A newsroom by Q4: a script renders the list from a service that caps its result for all years."""

from __future__ import annotations

import json
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/news/default.aspx"
FEED, SERVICE = "/feed/PressRelease.svc/", "/Services/PressReleaseService.svc/"
CAP = 25
HEAD = '<script src="https://widgets.q4cdn.com/widgets/q4.api.1.13.3.min.js"></script>'


def path_of(release: LookAlikeRelease) -> str:
    return f"/news/news-details/{release.day.year}/{release.slug}/default.aspx"


def listing(*, is_old: bool) -> Answer:
    classes = ("module_container", "module_loading") if is_old else ("evergreen-news-list", "evergreen-loading")
    return build_page(f'<h1>News</h1><div class="{classes[0]}"><span class="{classes[1]}">Loading...</span></div>', "News", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    main = f"""<div class="evergreen-news"><h3 class="evergreen-news-title">{escape(release.headline)}</h3>
        <span class="evergreen-news-date-text">{release.day:%b %d, %Y}</span>
        <div class="evergreen-news-body">{release.html}</div></div>"""
    return build_page(main, release.headline, HEAD)


def row(release: LookAlikeRelease, *, whole: bool) -> dict[str, Any]:
    return {
        "PressReleaseId": 1000 - release.number,
        "PressReleaseDate": f"{release.day:%m/%d/%Y} 16:05:00",
        "Headline": escape(release.headline),
        "LinkToDetailPage": path_of(release),
        "LinkToUrl": None,
        "Body": release.html if whole else None,
        "ShortBody": f"<p>The works of {release.headline.rpartition(' ')[2]} runs again.</p>" if whole else None,
        "TagsList": ["hydro"],
        "Attachments": [{"Title": "Picture of the works", "Url": f"/files/doc_news/{release.number}.pdf"}],
        "DocumentPath": "",
    }


def listed(year: int, *, whole: bool) -> Answer:
    found = RELEASES[:CAP] if year == -1 else [release for release in RELEASES if release.day.year == year]
    return build_data_answer(json.dumps({"GetPressReleaseListResult": [row(release, whole=whole) for release in found]}))


def years() -> Answer:
    return build_data_answer(
        json.dumps({"GetPressReleaseYearListResult": sorted({release.day.year for release in RELEASES}, reverse=True)})
    )


def answer(asked: Asked, *, is_old: bool, tells_years: bool) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return listing(is_old=is_old)
    if path == f"{SERVICE if is_old else FEED}GetPressReleaseYearList" and tells_years:
        return years()
    if path == f"{FEED}GetPressReleaseList" and not is_old:
        return listed(int(query["year"][0]), whole=query["bodyType"] == ["1"])
    if path == f"{SERVICE}GetPressReleaseList" and is_old and asked.method == "POST":
        body = json.loads(asked.body)
        return listed(body["year"], whole=body["pressReleaseBodyType"] == 3)
    return find_detail_page(path, path_of, detail)


def newsroom(*, is_old: bool = False, tells_years: bool = True) -> LookAlike:
    answers = partial(answer, is_old=is_old, tells_years=tells_years)
    return LookAlike("q4", LISTING, path_of, answers)
