"""A newsroom by Prezly: its script fetches the stories as JSON and renders them."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.look_alike import RELEASES, LookAlike, LookAlikeRelease, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from tests.helpers import Answer, Asked

LISTING = "/en"
HEAD = '<link rel="preconnect" href="https://cdn.uc.assets.prezly.com/"><script src="/_next/static/chunks/main.js"></script>'


def path_of(release: LookAlikeRelease) -> str:
    return f"/en/{release.slug}"


def listing() -> Answer:
    return build_page('<h1>Acme newsroom</h1><div id="stories"><button type="button">Load more</button></div>', "Newsroom", HEAD)


def detail(release: LookAlikeRelease) -> Answer:
    content = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": release.headline,
        "datePublished": f"{release.day}T09:00:00+00:00",
    }
    head = f'{HEAD}<script type="application/ld+json">{json.dumps(content)}</script>'
    time = f'<time datetime="{release.day}T09:00:00Z">{release.day:%B %d, %Y}</time>'
    return build_page(f"<article><h1>{escape(release.headline)}</h1>{time}{release.html}</article>", release.headline, head)


def story(release: LookAlikeRelease) -> dict[str, Any]:
    return {
        "uuid": f"{release.number:08}-0000-4000-8000-000000000000",
        "title": release.headline,
        "slug": release.slug,
        "published_at": f"{release.day}T09:00:00+00:00",
        "visibility": "public",
        "culture": {"code": "en_GB", "name": "English"},
    }


def answer(asked: Asked) -> Answer | None:
    path, query = urlsplit(asked.path).path, parse_qs(urlsplit(asked.path).query)
    if path == LISTING:
        return listing()
    if path == "/api/stories":
        start, limit = int(query["offset"][0]), int(query["limit"][0])
        hidden = {**story(RELEASES[0]), "title": "Not yet", "slug": "not-yet", "visibility": "private"}
        rows = [hidden, *map(story, RELEASES)]
        return build_data_answer(json.dumps({"data": rows[start : start + limit], "total": len(rows)}))
    return find_detail_page(path, path_of, detail)


def newsroom() -> LookAlike:
    return LookAlike("prezly", LISTING, path_of, answer)
