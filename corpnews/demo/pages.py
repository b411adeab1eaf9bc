"""The pages of the demo newsroom: releases in two languages, in the themes of two content management systems.

`site/` holds, for each language, releases and other pages (a TOML header between lines of +++, HTML, and the end matter after
another +++) and their theme; `files/` holds static files.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

HOST = "https://newsroom.lumavik.example"  # canonical links do not depend on the port of the run
RELEASES_A_PAGE = 4
HTML = "text/html; charset=utf-8"
MEDIA_TYPES = {
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
SLOT = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Resource:
    """The response to one path of the newsroom."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release. `shown` says where its date is printed: "page", "listing", both or neither."""

    path: str
    language: str
    headline: str
    summary: str
    section: str
    body: str
    end_matter: str = ""
    subheadline: str | None = None
    author: str | None = None
    tags: Sequence[str] = ()
    date: str | None = None
    shown: Sequence[str] = ("page", "listing")
    updated: str | None = None
    views: int | None = None
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The newsroom in one language: the path of its listing and the format of its dates."""

    language: str
    title: str
    listing: str
    listing_page: str
    write_day: Callable[[str], str]

    @property
    def folder(self) -> Traversable:
        return files(__package__).joinpath("site", self.language)

    def listing_path(self, number: int) -> str:
        return self.listing_page.format(number) if number > 1 else self.listing

    def theme(self, name: str, values: Mapping[str, Any]) -> str:
        return filled(self.folder.joinpath("theme", name).read_text(encoding="utf-8"), values)

    def page(self, path: str, title: str, main: str, **values: str | None) -> Resource:
        """A page of the theme around `main`."""
        other = values.get("translation") or next(edition.listing for edition in EDITIONS if edition is not self)
        frame = {"title": title, "main": main, "canonical": HOST + path, "other": other, **values}
        return Resource(self.theme("frame.html", frame).encode(), HTML)


def english_day(iso: str) -> str:
    """The date in words.

    >>> english_day("2025-09-02T08:00:00+02:00")
    'September 2, 2025'
    """
    day = date.fromisoformat(iso[:10])
    return f"{day:%B} {day.day}, {day.year}"


def chinese_day(iso: str) -> str:
    """The date in digits, with the time if it is known.

    >>> chinese_day("2025-06-26T10:30")
    '2025-06-26 10:30'
    """
    return iso.replace("T", " ")


EDITIONS = (
    Edition("en", "News", "/news/", "/news/page/{}/", english_day),
    Edition("zh", "新闻中心", "/zh/news/", "/zh/news/index_{}.html", chinese_day),
)


def filled(template: str, values: Mapping[str, Any]) -> str:
    r"""`template` with its slots filled; lines with a slot that has no value are left out.

    >>> filled("<h1>$headline</h1>\n<p>by $author</p>", {"headline": "Plant opens", "author": None})
    '<h1>Plant opens</h1>'
    """
    lines = [line for line in template.splitlines() if all(values.get(name) for name in SLOT.findall(line))]
    return Template("\n".join(lines)).substitute(values)


def documents(folder: Traversable) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Header, body and end matter of each file in `folder`, ordered by name."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        header, body, *end_matter = re.split(r"^\+\+\+$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        yield tomllib.loads(header), body.strip(), "".join(end_matter).strip()


@cache
def releases(edition: Edition) -> tuple[Release, ...]:
    """The edition's releases in the order of its listing."""
    found = documents(edition.folder / "releases")
    return tuple(Release(language=edition.language, body=body, end_matter=end, **header) for header, body, end in found)


def json_ld(release: Release) -> str:
    """The JSON-LD of the release; its date only if the page shows it."""
    on_page = "page" in release.shown
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": release.headline,
        "datePublished": release.date if on_page else None,
        "dateModified": release.updated,
        "author": {"@type": "Person", "name": release.author} if release.author else None,
        "articleSection": release.section,
        "keywords": release.tags,
        "publisher": {"@type": "Organization", "name": "Lumavik"},
    }
    return json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)


def release_values(edition: Edition, number: int) -> dict[str, Any]:
    """The values of the theme's slots for release `number` of the listing, with links to its neighbours."""
    every = releases(edition)
    release = every[number]
    values = {
        **days(edition, release),
        "path": release.path,
        "headline": escape(release.headline),
        "subheadline": release.subheadline and escape(release.subheadline),
        "summary": escape(release.summary),
        "section": release.section,
        "author": release.author,
        "tags": ", ".join(release.tags),
        "views": release.views,
        "body": f"{release.body}\n{release.end_matter}",
        "canonical": HOST + release.path,
        "related": "".join(link(every[(number + step) % len(every)]) for step in (2, 4)),
    }
    for name, place in (("previous", number - 1), ("next", number + 1)):
        if 0 <= place < len(every):
            values |= {f"{name}_path": every[place].path, f"{name}_headline": escape(every[place].headline)}
    return values


def days(edition: Edition, release: Release) -> dict[str, str | None]:
    """The dates that page and listing show, in ISO 8601 and in the format of the edition."""
    page = release.date if "page" in release.shown else None
    listed = release.date if "listing" in release.shown else None
    return {
        "date": page,
        "day": page and edition.write_day(page),
        "listed": listed,
        "listed_day": listed and edition.write_day(listed),
        "updated": release.updated,
        "updated_day": release.updated and edition.write_day(release.updated),
    }


def link(release: Release) -> str:
    return f'<li><a href="{release.path}">{escape(release.headline)}</a></li>'


def release_pages(edition: Edition) -> Iterator[tuple[str, Resource]]:
    for number, release in enumerate(releases(edition)):
        values = release_values(edition, number)
        head = {"summary": values["summary"], "translation": release.translation, "json_ld": json_ld(release)}
        yield release.path, edition.page(release.path, values["headline"], edition.theme("release.html", values), **head)


def listing_pages(edition: Edition) -> Iterator[tuple[str, Resource]]:
    entries = [edition.theme("entry.html", release_values(edition, number)) for number in range(len(releases(edition)))]
    last = -(-len(entries) // RELEASES_A_PAGE)
    for page in range(1, last + 1):
        shown = entries[(page - 1) * RELEASES_A_PAGE : page * RELEASES_A_PAGE]
        numbers = (f'<a class="page-numbers" href="{edition.listing_path(each)}">{each}</a>' for each in range(1, last + 1))
        older = edition.listing_path(page + 1) if page < last else None
        main = edition.theme("listing.html", {"entries": "\n".join(shown), "numbers": " ".join(numbers), "older": older})
        path = edition.listing_path(page)
        yield path, edition.page(path, edition.title, main)


def other_pages(edition: Edition) -> Iterator[tuple[str, Resource]]:
    for header, body, _ in documents(edition.folder / "pages"):
        yield header["path"], edition.page(header["path"], header["title"], body)


def plain_files(folder: Traversable, path: str = "/") -> Iterator[tuple[str, Resource]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from plain_files(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, Resource(entry.read_bytes(), MEDIA_TYPES[entry.name[entry.name.rindex(".") :]])


@cache
def site() -> dict[str, Resource]:
    """The response of each path of the newsroom."""
    pages = dict(plain_files(files(__package__).joinpath("site", "files")))
    for edition in EDITIONS:
        for kind in (release_pages, listing_pages, other_pages):
            pages.update(kind(edition))
    return pages
