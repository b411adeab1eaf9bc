"""The tasks of the processes: learn the template of a batch of one site's pages, and extract their articles as lines."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.article import Origin, whole_article
from corpnews.discovery import Scope, page_kind
from corpnews.discovery.page_kind import ARTICLE_TYPES
from corpnews.discovery.urls import WORD, edition_free, is_news
from corpnews.extraction.extract import NotAnArticle, extract
from corpnews.extraction.page import Page
from corpnews.extraction.template import SiteTemplate
from corpnews.items import Source
from corpnews.saved.inputs import read_place
from corpnews.saved.place import Skipped, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.draft import Draft
    from corpnews.items import Article
    from corpnews.saved.place import Content, Place

# Parsed pages are kept between learning and extraction up to this size of their HTML; a tree takes many times as much memory.
MOST_KEPT: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines of a batch's articles, and its pages without one."""

    lines: tuple[bytes, ...]
    skipped: tuple[Skipped, ...]


def learn(places: Sequence[Place]) -> bytes:
    """Learn the template of a batch of pages, as bytes."""
    return Sheaf(places).learned(SiteTemplate()).to_bytes()


def work(places: Sequence[Place], *, use_template: bool, known: bytes | None = None) -> Outcome:
    """Add the pages to the template of their site (`known`, as bytes), then extract the article of each."""
    sheaf = Sheaf(places)
    template = None
    if use_template:
        template = sheaf.learned(SiteTemplate.from_bytes(known) if known else SiteTemplate())
    lines, skipped = [], []
    for place in places:
        result = line_of(place, sheaf, template)
        if isinstance(result, Skipped):
            skipped.append(result)
        else:
            lines.append(result)
    return Outcome(tuple(lines), tuple(skipped))


class Sheaf:
    """A batch of pages of one site, parsed once if they fit in memory and twice if not."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.room = MOST_KEPT
        self.kept: dict[Place, tuple[Page, Content]] = {}

    def learned(self, template: SiteTemplate) -> SiteTemplate:
        """Let the template observe all pages that can be read, and return it."""
        for place in self.places:
            try:
                page, content = self.read(place)
            except Unreadable:
                continue  # reported when the page is extracted
            template.observe(page)
            self.room -= len(content.html)
            if self.room > 0:
                self.kept[place] = page, content
        return template

    def read(self, place: Place) -> tuple[Page, Content]:
        """Read a page, or take it from the cache, which then forgets it. Raises UnreadableInput."""
        if place in self.kept:
            return self.kept.pop(place)
        content = read_place(place)
        return Page.from_html(content.html, place.url, content.content_type), content


def line_of(place: Place, sheaf: Sheaf, template: SiteTemplate | None) -> bytes | Skipped:
    """Extract the article at the location as a JSON line, or say why there is none."""
    try:
        page, content = sheaf.read(place)
        draft = extract(page, template)
        if place.via == "warc":
            check_kind(draft)
        return written(whole_article(draft, origin_of(place, content)), place.id)
    except Unreadable as error:
        return Skipped(f"{place} in {place.path}", str(error))
    except NotAnArticle as error:
        return Skipped(str(place), f"no article: {error}")
    except Exception as error:  # noqa: BLE001  # an error on one page must not end the run
        return Skipped(str(place), f"error: {type(error).__name__}", logging.ERROR, traceback.format_exc())


def check_kind(draft: Draft) -> None:
    """Check that a page of a WARC file, which holds all that a crawler fetched, is an article. Raises NotAnArticle."""
    page, dated = draft.page, draft.date_published is not None
    kind = page_kind(page, Scope.of(f"https://{page.host}/"), headline=draft.headline.text, types=draft.types, dated=dated)
    if not kind.is_article:
        raise NotAnArticle(kind.reason)
    if not ARTICLE_TYPES.intersection(draft.types) and is_newsroom(page.url):
        raise NotAnArticle("the URL of a listing page")


def is_newsroom(url: str) -> bool:
    """Whether the last step of the URL's path consists of newsroom words only, such as `press-releases`.

    >>> is_newsroom("https://acme.example/en/press-releases/"), is_newsroom("https://acme.example/news/?id=17")
    (True, False)
    """
    words = WORD.findall("".join(edition_free(url)[-1:]))
    return bool(words) and "?" not in url and all(word.isalpha() and is_news((word,)) for word in words)


def origin_of(place: Place, content: Content) -> Origin:
    return Origin(newsroom_of(place.url), "", Source(place.via), content.fetched_at)


def newsroom_of(url: str) -> str:
    """Return the page's host, or the folder of a file whose URL on the web is unknown.

    >>> newsroom_of("https://www.acme.example/news/1"), newsroom_of("file:///home/saved%20pages/1.html")
    ('www.acme.example', 'saved pages')
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or Path(unquote(parts.path)).parent.name or "unnamed"
    except ValueError:
        return "unnamed"


def written(article: Article, listed_id: str | int | None) -> bytes:
    """Encode the article as a JSON line; the id of a page list replaces the article's own."""
    line = asdict(article) if listed_id is None else asdict(article) | {"id": listed_id}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
