"""What the processes do with some pages of one site: learn what they have in common, and write their articles' lines."""

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

# Parsed pages are kept between learning and reading while they are no more than so many bytes of HTML; a tree is many times that.
MOST_KEPT: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of some pages: the lines of their articles, and the pages without one."""

    lines: tuple[bytes, ...]
    skipped: tuple[Skipped, ...]


def learn(places: Sequence[Place]) -> bytes:
    """What the pages have in common, as a kept template."""
    return Sheaf(places).learned(SiteTemplate()).to_bytes()


def work(places: Sequence[Place], *, use_template: bool, known: bytes | None = None) -> Outcome:
    """Learn what the pages have in common, beyond what is `known` of their site, and read the article of each."""
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
    """Some pages of one site, read once where they are few, twice where keeping them would take too much memory."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.room = MOST_KEPT
        self.kept: dict[Place, tuple[Page, Content]] = {}

    def learned(self, template: SiteTemplate) -> SiteTemplate:
        """The template, having seen all pages that can be read."""
        for place in self.places:
            try:
                page, content = self.read(place)
            except Unreadable:
                continue  # which is said when the page's article is asked for
            template.observe(page)
            self.room -= len(content.html)
            if self.room > 0:
                self.kept[place] = page, content
        return template

    def read(self, place: Place) -> tuple[Page, Content]:
        """The page at the place and what else is known of it, once; then they are forgotten. Raises Unreadable."""
        if place in self.kept:
            return self.kept.pop(place)
        content = read_place(place)
        return Page.from_html(content.html, place.url, content.content_type), content


def line_of(place: Place, sheaf: Sheaf, template: SiteTemplate | None) -> bytes | Skipped:
    """The line of the article at the place, or why there is none."""
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
    except Exception as error:  # noqa: BLE001  # whatever is wrong with one page, the others go on
        return Skipped(str(place), f"error: {type(error).__name__}", logging.ERROR, traceback.format_exc())


def check_kind(draft: Draft) -> None:
    """See that the page, one of all that a crawler met, is an article. Raises NotAnArticle."""
    page, dated = draft.page, draft.date_published is not None
    kind = page_kind(page, Scope.of(f"https://{page.host}/"), headline=draft.headline.text, types=draft.types, dated=dated)
    if not kind.is_article:
        raise NotAnArticle(kind.reason)
    if not ARTICLE_TYPES.intersection(draft.types) and is_newsroom(page.url):
        message = "the address of a newsroom"
        raise NotAnArticle(message)


def is_newsroom(url: str) -> bool:
    """Whether the URL ends in nothing but a newsroom's words.

    >>> is_newsroom("https://acme.example/en/press-releases/"), is_newsroom("https://acme.example/news/?id=17")
    (True, False)
    """
    words = WORD.findall("".join(edition_free(url)[-1:]))
    return bool(words) and "?" not in url and all(word.isalpha() and is_news((word,)) for word in words)


def origin_of(place: Place, content: Content) -> Origin:
    return Origin(newsroom_of(place.url), "", Source(place.via), content.fetched_at)


def newsroom_of(url: str) -> str:
    """The host that the page stood on; of a file whose page has no address, the folder.

    >>> newsroom_of("https://www.acme.example/news/1"), newsroom_of("file:///home/saved%20pages/1.html")
    ('www.acme.example', 'saved pages')
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or Path(unquote(parts.path)).parent.name or "unnamed"
    except ValueError:
        return "unnamed"


def written(article: Article, listed_id: str | int | None) -> bytes:
    """The article's line; the id that a page list gave takes the place of the article's own."""
    line = asdict(article) if listed_id is None else asdict(article) | {"id": listed_id}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
