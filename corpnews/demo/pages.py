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

DEMO_CANONICAL_HOST = "https://newsroom.lumavik.example"  # canonical links do not depend on the port of the run
_RELEASES_PER_LISTING = 4
DEMO_HTML_TYPE = "text/html; charset=utf-8"
_FILE_MEDIA_TYPES = {
    ".gif": "image/gif",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
_TEMPLATE_SLOT = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class DemoResource:
    """The response to one path of the newsroom."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class DemoRelease:
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
class DemoEdition:
    """The newsroom in one language: the path of its listing and the format of its dates."""

    language: str
    title: str
    listing: str
    listing_page_template: str
    format_day: Callable[[str], str]

    @property
    def folder(self) -> Traversable:
        return files(__package__).joinpath("site", self.language)

    def listing_path(self, number: int) -> str:
        return self.listing_page_template.format(number) if number > 1 else self.listing

    def theme(self, name: str, values: Mapping[str, Any]) -> str:
        return _fill_template(self.folder.joinpath("theme", name).read_text(encoding="utf-8"), values)

    def page(self, path: str, title: str, main: str, **values: str | None) -> DemoResource:
        """A page of the theme around `main`."""
        other = values.get("translation") or next(edition.listing for edition in DEMO_EDITIONS if edition is not self)
        frame = {"title": title, "main": main, "canonical": DEMO_CANONICAL_HOST + path, "other": other, **values}
        return DemoResource(self.theme("frame.html", frame).encode(), DEMO_HTML_TYPE)


def _format_english_day(iso: str) -> str:
    """The date in words.

    >>> _format_english_day("2025-09-02T08:00:00+02:00")
    'September 2, 2025'
    """
    day = date.fromisoformat(iso[:10])
    return f"{day:%B} {day.day}, {day.year}"


def _format_chinese_day(iso: str) -> str:
    """The date in digits, with the time if it is known.

    >>> _format_chinese_day("2025-06-26T10:30")
    '2025-06-26 10:30'
    """
    return iso.replace("T", " ")


DEMO_EDITIONS = (
    DemoEdition("en", "News", "/news/", "/news/page/{}/", _format_english_day),
    DemoEdition("zh", "新闻中心", "/zh/news/", "/zh/news/index_{}.html", _format_chinese_day),
)


def _fill_template(template: str, values: Mapping[str, Any]) -> str:
    r"""`template` with its slots filled; lines with a slot that has no value are left out.

    >>> _fill_template("<h1>$headline</h1>\n<p>by $author</p>", {"headline": "Plant opens", "author": None})
    '<h1>Plant opens</h1>'
    """
    lines = [line for line in template.splitlines() if all(values.get(name) for name in _TEMPLATE_SLOT.findall(line))]
    return Template("\n".join(lines)).substitute(values)


def _read_documents(folder: Traversable) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Header, body and end matter of each file in `folder`, ordered by name."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        header, body, *end_matter = re.split(r"^\+\+\+$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        yield tomllib.loads(header), body.strip(), "".join(end_matter).strip()


@cache
def load_demo_releases(edition: DemoEdition) -> tuple[DemoRelease, ...]:
    """The edition's releases in the order of its listing."""
    found = _read_documents(edition.folder / "releases")
    return tuple(DemoRelease(language=edition.language, body=body, end_matter=end, **header) for header, body, end in found)


def _build_json_ld(release: DemoRelease) -> str:
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


def _build_release_values(edition: DemoEdition, number: int) -> dict[str, Any]:
    """The values of the theme's slots for release `number` of the listing, with links to its neighbours."""
    every = load_demo_releases(edition)
    release = every[number]
    values = {
        **_format_release_days(edition, release),
        "path": release.path,
        "headline": escape(release.headline),
        "subheadline": release.subheadline and escape(release.subheadline),
        "summary": escape(release.summary),
        "section": release.section,
        "author": release.author,
        "tags": ", ".join(release.tags),
        "views": release.views,
        "body": f"{release.body}\n{release.end_matter}",
        "canonical": DEMO_CANONICAL_HOST + release.path,
        "related": "".join(_format_release_link(every[(number + step) % len(every)]) for step in (2, 4)),
    }
    for name, place in (("previous", number - 1), ("next", number + 1)):
        if 0 <= place < len(every):
            values |= {f"{name}_path": every[place].path, f"{name}_headline": escape(every[place].headline)}
    return values


def _format_release_days(edition: DemoEdition, release: DemoRelease) -> dict[str, str | None]:
    """The dates that page and listing show, in ISO 8601 and in the format of the edition."""
    page = release.date if "page" in release.shown else None
    listed = release.date if "listing" in release.shown else None
    return {
        "date": page,
        "day": page and edition.format_day(page),
        "listed": listed,
        "listed_day": listed and edition.format_day(listed),
        "updated": release.updated,
        "updated_day": release.updated and edition.format_day(release.updated),
    }


def _format_release_link(release: DemoRelease) -> str:
    return f'<li><a href="{release.path}">{escape(release.headline)}</a></li>'


def _build_release_pages(edition: DemoEdition) -> Iterator[tuple[str, DemoResource]]:
    for number, release in enumerate(load_demo_releases(edition)):
        values = _build_release_values(edition, number)
        head = {"summary": values["summary"], "translation": release.translation, "json_ld": _build_json_ld(release)}
        yield release.path, edition.page(release.path, values["headline"], edition.theme("release.html", values), **head)


def _build_listing_pages(edition: DemoEdition) -> Iterator[tuple[str, DemoResource]]:
    entries = [
        edition.theme("entry.html", _build_release_values(edition, number)) for number in range(len(load_demo_releases(edition)))
    ]
    last = -(-len(entries) // _RELEASES_PER_LISTING)
    for page in range(1, last + 1):
        shown = entries[(page - 1) * _RELEASES_PER_LISTING : page * _RELEASES_PER_LISTING]
        numbers = (f'<a class="page-numbers" href="{edition.listing_path(each)}">{each}</a>' for each in range(1, last + 1))
        older = edition.listing_path(page + 1) if page < last else None
        main = edition.theme("listing.html", {"entries": "\n".join(shown), "numbers": " ".join(numbers), "older": older})
        path = edition.listing_path(page)
        yield path, edition.page(path, edition.title, main)


def _build_other_pages(edition: DemoEdition) -> Iterator[tuple[str, DemoResource]]:
    for header, body, _ in _read_documents(edition.folder / "pages"):
        yield header["path"], edition.page(header["path"], header["title"], body)


def _read_static_files(folder: Traversable, path: str = "/") -> Iterator[tuple[str, DemoResource]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read_static_files(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, DemoResource(entry.read_bytes(), _FILE_MEDIA_TYPES[entry.name[entry.name.rindex(".") :]])


@cache
def build_demo_site() -> dict[str, DemoResource]:
    """The response of each path of the newsroom."""
    pages = dict(_read_static_files(files(__package__).joinpath("site", "files")))
    for edition in DEMO_EDITIONS:
        for kind in (_build_release_pages, _build_listing_pages, _build_other_pages):
            pages.update(kind(edition))
    return pages
