"""Releases as objects of data: the fields of a list's rows, in the shapes of content management systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.generator.releases import Release

Row = dict[str, Any]


def write_rows(kind: str, releases: Sequence[Release], href: Callable[[str], str]) -> Any:
    """Return the list of releases, or the object that holds it."""
    rows = [ROWS[kind](release, href(release.path)) for release in releases]
    if kind == "edges":
        return {"edges": [{"cursor": str(at), "node": row} for at, row in enumerate(rows)], "pageInfo": {"hasNextPage": False}}
    return rows


def stamp(release: Release) -> str:
    return f"{release.day}T08:30:00.000Z"


def plain(release: Release, url: str) -> Row:
    return {"id": release.number, "title": release.headline, "url": url, "date": f"{release.day}", "excerpt": release.teaser}


def wordpress(release: Release, url: str) -> Row:
    title, excerpt = {"rendered": release.headline}, {"rendered": f"<p>{release.teaser}</p>"}
    return {
        "id": release.number,
        "date": f"{release.day}T09:00:00",
        "link": url,
        "title": title,
        "excerpt": excerpt,
        "type": "post",
    }


def contentful(release: Release, url: str) -> Row:
    fields = {"headline": release.headline, "url": url, "publishDate": f"{release.day}T00:00+02:00", "summary": release.teaser}
    return {"sys": {"id": f"4xK{release.number}", "type": "Entry", "createdAt": stamp(release)}, "fields": fields}


def strapi(release: Release, url: str) -> Row:
    fields = {"title": release.headline, "path": url, "publishedAt": stamp(release), "description": release.teaser}
    return {"id": release.number, "attributes": fields}


def sanity(release: Release, url: str) -> Row:
    slug = {"_type": "slug", "current": url.strip("/")}
    return {
        "_id": f"d-{release.number}",
        "_type": "news",
        "title": release.headline,
        "slug": slug,
        "href": url,
        "publishedAt": stamp(release),
    }


def storyblok(release: Release, url: str) -> Row:
    path = urlsplit(url)._replace(scheme="", netloc="").geturl()
    content = {"component": "news", "headline": release.headline, "teaser": release.teaser, "date": f"{release.day} 00:00"}
    return {"name": release.headline, "full_slug": path.lstrip("/"), "first_published_at": stamp(release), "content": content}


def drupal(release: Release, url: str) -> Row:
    fields = {"title": release.headline, "created": stamp(release), "path": {"alias": url, "langcode": release.language.code}}
    return {"type": "node--news", "id": f"{release.number:08}", "attributes": fields}


ROWS: dict[str, Callable[[Release, str], Row]] = {
    "plain": plain, "wordpress": wordpress, "contentful": contentful, "strapi": strapi, "sanity": sanity, "storyblok": storyblok,
    "drupal": drupal, "edges": plain,
}  # fmt: skip
