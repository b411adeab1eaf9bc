"""A newsroom by Mynewsdesk: twenty releases a page, a feed of the newest, more pages by a button's script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
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

LISTING = "/no/acme/pressreleases"
FEED = "/rss/source/4711/pressrelease"
SIZE, IN_FEED = 20, 25
HEAD = f"""<link rel="alternate" type="application/rss+xml" href="{FEED}" title="Acme">
<link rel="stylesheet" href="https://static.mynewsdesk.com/assets/newsroom.css">"""


def path_of(release: LookAlikeRelease) -> str:
    return f"{LISTING}/{release.slug}-{3_300_000 - release.number}"


def listing(page: int) -> Answer:
    rows = "".join(
        f"""<div class="panel"><a href="{path_of(release)}"><h2>{escape(release.headline)}</h2></a>
        <span class="type__date">{release.day:%Y-%m-%d}</span></div>"""
        for release in get_page_items(RELEASES, page - 1, SIZE)
    )
    return build_page(f'<h1>Press releases</h1>{rows}<button class="js-more">Load more</button>', "Press releases", HEAD)


def feed(host: str) -> Answer:
    entries = "".join(
        f"<item><title>{escape(release.headline)}</title><link>{host}{path_of(release)}</link>"
        f"<pubDate>{release.day:%a, %d %b %Y} 08:00:00 +0100</pubDate></item>"
        for release in RELEASES[:IN_FEED]
    )
    return build_data_answer(f'<rss version="2.0"><channel><title>Acme</title>{entries}</channel></rss>', "application/rss+xml")


def detail(release: LookAlikeRelease) -> Answer:
    time = f'<time datetime="{release.day}T08:00:00+01:00">{release.day:%Y-%m-%d}</time>'
    main = f'<article><h1>{escape(release.headline)}</h1>{time}<div class="newsroom-body">{release.html}</div></article>'
    return build_page(main, release.headline, HEAD)


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return listing(int(query.get("page", ["1"])[0]))
    if path == FEED:
        return feed(get_origin(asked))
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("mynewsdesk", LISTING, path_of, answer)
