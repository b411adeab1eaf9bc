"""A newsroom on WordPress: ten posts a page, and the REST API.

Its kind says which posts are its releases: all posts, those of a category (whose archive is the listing, or which a block of the
listing shows), or those of a custom type, next to a blog. The site may be in a folder, and its API at a query parameter.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, urlsplit

from tests.helpers import Answer
from tests.platforms.look_alike import (
    RELEASES,
    LookAlike,
    LookAlikeRelease,
    build_data_answer,
    build_page,
    build_releases,
    find_detail_page,
    get_origin,
    get_page_items,
)

if TYPE_CHECKING:
    from tests.helpers import Asked

Kind = Literal["posts", "category", "block", "type", "hidden type", "folder", "parameter", "unlinked", "unlinked parameter"]

SIZE = 10
PRESS, STORIES = 7, 9
TERMS = [
    [
        {"id": PRESS, "name": "Press releases", "taxonomy": "category"},
        {"id": 12, "name": "Plants &amp; mills", "taxonomy": "category"},
    ],
    [{"id": 81, "name": "Wind", "taxonomy": "post_tag"}],
]
BODY_CLASSES = {"category": "archive category category-press category-7", "type": "archive post-type-archive-press_release"}
TYPES = {
    "post": {"slug": "post", "rest_base": "posts", "rest_namespace": "wp/v2", "taxonomies": ["category", "post_tag"]},
    "page": {"slug": "page", "rest_base": "pages", "rest_namespace": "wp/v2", "taxonomies": []},
    "wp_block": {"slug": "wp_block", "rest_base": "blocks", "rest_namespace": "wp/v2", "taxonomies": []},
    "turbine": {"slug": "turbine", "rest_base": "turbines", "rest_namespace": "wp/v2", "taxonomies": []},
    "press_release": {"slug": "press_release", "rest_base": "press-releases", "rest_namespace": "wp/v2", "taxonomies": []},
}


class Site:
    """The site of one kind of newsroom."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.folder = "/company" if kind == "folder" else ""
        self.start = f"{self.folder}/category/press/" if kind == "category" else f"{self.folder}/news/"
        self.has_blog = kind in ("category", "block") or "type" in kind

    def path_of(self, release: LookAlikeRelease) -> str:
        return f"{self.folder}/news/{release.slug}/"

    def answer(self, asked: Asked) -> Answer | None:
        parts = urlsplit(asked.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        route = query.get("rest_route", "") if "parameter" in self.kind else parts.path.partition("/wp-json")[2]
        if route:
            return self.api(route, query, get_origin(asked))
        page = parts.path.removeprefix(self.start).removeprefix("page/").strip("/") or "1"
        if parts.path.startswith(self.start) and page.isdigit():
            return self.listing(int(page))
        return find_detail_page(parts.path, self.path_of, self.detail)

    def page(self, main: str, title: str, classes: str = "") -> Answer:
        api = "/?rest_route=/" if self.kind == "parameter" else f"{self.folder}/wp-json/"
        link = "" if "unlinked" in self.kind else f'<link rel="https://api.w.org/" href="{api}">'
        style = f'<link rel="stylesheet" href="{self.folder}/wp-content/themes/acme/style.css">'
        made = build_page(main, title, link + style)
        return replace(made, body=made.body.replace(b"<body>", f'<body class="{classes}">'.encode()))

    def listing(self, page: int) -> Answer | None:
        shown = get_page_items(RELEASES, page - 1, SIZE)
        rows = "".join(
            f"""<article class="post"><h2><a href="{self.path_of(release)}">{escape(release.headline)}</a></h2>
            <time class="entry-date" datetime="{release.day}T09:30:00+00:00">{release.day:%B %d, %Y}</time></article>"""
            for release in shown
        )
        link = f'<a class="next page-numbers" href="{self.start}page/{page + 1}/">Next</a>'
        older = link if page * SIZE < len(RELEASES) else ""
        main = f'<h1>News</h1>{rows}<nav class="pagination">{older}</nav>'
        return self.page(main, "News", BODY_CLASSES.get(self.kind, "page")) if shown else None

    def detail(self, release: LookAlikeRelease) -> Answer:
        time = f'<time class="entry-date" datetime="{release.day}T09:30:00+00:00">{release.day:%B %d, %Y}</time>'
        text = f'<div class="entry-content">{release.html}</div>'
        main = f'<article><h1 class="entry-title">{escape(release.headline)}</h1>{time}{text}</article>'
        return self.page(main, release.headline, "single single-post")

    def api(self, route: str, query: dict[str, str], host: str) -> Answer:
        if route == "/wp/v2/types":
            return build_data_answer(json.dumps(TYPES))
        rows = self.rows(route)
        if rows is None:
            return refused(404, "rest_no_route")
        if "categories" in query:
            rows = [row for row in rows if int(query["categories"]) in row["categories"]]
        size, page = int(query.get("per_page", SIZE)), int(query.get("page", 1))
        pages = -(-len(rows) // size)
        if size > 100 or page > max(pages, 1):
            return refused(400, "rest_post_invalid_page_number")
        shown = rows[(page - 1) * size : page * size]
        return build_data_answer(
            json.dumps([{**row, "link": f"{host}{row['link']}"} for row in shown]),
            **{"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)},
        )

    def rows(self, route: str) -> list[dict[str, Any]] | None:
        """The posts of a route, newest first."""
        of_type = "type" in self.kind
        released = [self.row(release) for release in RELEASES]
        blog = [self.story(release) for release in build_releases(120)] if self.has_blog else []
        if route == "/wp/v2/press-releases":
            return released if of_type else None
        if route == "/wp/v2/turbines":
            return [self.story(release) for release in build_releases(3)] if of_type else None
        rows = sorted([*blog, *([] if of_type else released)], key=lambda row: str(row["date_gmt"]), reverse=True)
        return rows if route == "/wp/v2/posts" else None

    def row(self, release: LookAlikeRelease) -> dict[str, Any]:
        picture = {
            "source_url": f"/wp-content/uploads/{release.number}.jpg",
            "media_type": "image",
            "caption": {"rendered": "<p>The works at night</p>"},
        }
        return {
            "date_gmt": f"{release.day}T09:30:00",
            "modified_gmt": f"{release.day + timedelta(days=1)}T10:00:00",
            "link": self.path_of(release),
            "title": {"rendered": escape(release.headline)},
            "content": {"rendered": release.html, "protected": False},
            "excerpt": {"rendered": f"<p>{release.paragraphs[0][:70]} [&hellip;]</p>", "protected": False},
            "categories": [PRESS, 1],
            "_embedded": {"wp:featuredmedia": [picture], "wp:term": TERMS},
        }

    def story(self, release: LookAlikeRelease) -> dict[str, Any]:
        """A post of the blog."""
        number, day = release.number, release.day + timedelta(days=3) - timedelta(days=10 * release.number)
        link = f"/blog/a-day-with-our-people-{number}/"
        return {**self.row(release), "link": link, "date_gmt": f"{day}T08:00:00", "categories": [STORIES, 1]}


def refused(status: int, code: str) -> Answer:
    body = json.dumps({"code": code, "message": "No.", "data": {"status": status}}).encode()
    return Answer(body, status, {"Content-Type": "application/json"})


def newsroom(kind: Kind = "posts") -> LookAlike:
    site = Site(kind)
    return LookAlike("wordpress", site.start, site.path_of, site.answer)
