"""Translations of a release: those that the page declares, and the targets of its language switcher."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from corpnews.discovery import urls
from corpnews.discovery.languages import edition_language
from corpnews.discovery.scope import host_of, site_of
from corpnews.discovery.words import LANGUAGE_NAMES, label_of, words
from corpnews.extraction.blocks import Zone
from corpnews.extraction.language import declared_tag
from corpnews.items import Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.page import Page

MOST: Final = 40
LONGEST_NAME: Final = 30
CHROME: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER
PARAMETERS: Final = words("lang language locale lng hl langid lang_id sprache langue idioma culture site_lang setlang")


def find_translations(page: Page, listed: Iterable[tuple[str, str]] = ()) -> tuple[Translation, ...]:
    """Return the translations of the page, without duplicates and without the page itself.

    Many sites link from each page to the home page or the newsroom of another edition: these are no translations.

    Args:
        page: The page of the release.
        listed: Further translations that the source of the link names, as (BCP 47 tag, URL).
    """
    here = Address.of(page.url)
    found: dict[str, Translation] = {}
    for tag, href in (*declared(page), *switched(page, here), *listed):
        language, url = declared_tag(tag), page.absolute(href)
        if language and url and not urls.is_asset(url) and len(found) < MOST:
            there, key = Address.of(url), urls.article_key(url)
            if key != urls.article_key(page.url) and there.names_page and not there.lists(here):
                found.setdefault(key, Translation(language, url))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Address:
    """A URL split into the parts that name the language edition and those that name the page within it."""

    url: str
    host: str
    edition: tuple[str, ...]
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str) -> Address:
        steps, path = urls.steps(url), urls.edition_free(url)
        pairs = [(name, value) for name, value in parse_qsl(urlsplit(url).query) if not urls.is_tracker(name, value)]
        chosen = tuple(value.lower() for name, value in pairs if name.lower() in PARAMETERS)
        query = tuple(sorted(pair for pair in pairs if pair[0].lower() not in PARAMETERS))
        return cls(url, host_of(url), (*steps[: len(steps) - len(path)], *chosen), path, query)

    @property
    def names_page(self) -> bool:
        return bool(self.path or self.query)

    @property
    def language(self) -> str | None:
        """The language that the path, the query or the host names."""
        names = (*reversed(self.edition), self.host.partition(".")[0])
        return next((tag for name in names if (tag := edition_language(f"/{name}/"))), None)

    def is_twin(self, other: Address) -> bool:
        """Return whether the other is the same page of another edition of the site."""
        same = self.names_page and self.path == other.path and self.query == other.query
        return same and (self.host, self.edition) != (other.host, other.edition) and self._is_of_site(other)

    def may_translate(self, other: Address) -> bool:
        """Return whether the other is in another edition of the site, equally deep, and not a news listing by its name."""
        apart = (self.host, self.edition) != (other.host, other.edition)
        is_list = urls.is_news(other.path[-1:]) and not urls.has_slug(other.url)
        return apart and self._is_of_site(other) and len(self.path) == len(other.path) > 0 and not is_list

    def lists(self, other: Address) -> bool:
        """Return whether this is a page above the other, in whatever edition: its newsroom."""
        above = len(self.path) < len(other.path) and not self.query
        return above and (self.path == other.path[: len(self.path)] or urls.is_news(self.path[-1:]))

    def _is_of_site(self, other: Address) -> bool:
        return site_of(self.host) == site_of(other.host)


def declared(page: Page) -> Iterator[tuple[str, str]]:
    """Yield language tag and URL of each `<link rel="alternate" hreflang>`."""
    for element in page.links("alternate"):
        yield element.get("hreflang") or "", element.get("href") or ""


def switched(page: Page, here: Address) -> Iterator[tuple[str, str]]:
    """Yield tag and URL of links that name a language, and of those whose URL is the page's in another edition."""
    links = ((mark.element, mark.element.get("href") or "", bool(mark.box.zone & CHROME)) for mark in page.layout.links)
    options = ((option, option.get("value") or "", True) for option in page.root.iter("option"))
    last = here.path[-1] if here.path else "?"
    for element, href, is_chrome in (*links, *options):
        stated, said = element.get("hreflang") or element.get("lang") or "", said_by(element)
        if stated and is_chrome and len(said) < LONGEST_NAME:
            yield stated, href
            continue
        tag = stated or (language_named(said) if len(said) < LONGEST_NAME else "")
        if not (tag or last in unquote(href).lower()) or not (url := page.absolute(href)):
            continue
        there = Address.of(url)
        if tag and (here.is_twin(there) or here.may_translate(there)):
            yield tag, href
        elif there.language != here.language and here.is_twin(there):
            yield there.language or "", href


def said_by(element: HtmlElement) -> str:
    """Return the text of a link, or else its title, its label or the alternative text of its image, often a flag."""
    text = (element.text if not len(element) else "".join(element.itertext())) or ""
    if text and not text.isspace():
        return text.strip()
    pictures = (image.get("alt") or "" for image in element.iter("img"))
    return element.get("title") or element.get("aria-label") or "".join(pictures)


@lru_cache(maxsize=4_000)
def language_named(said: str) -> str:
    """Return the tag of the language that a link's text names, or ""."""
    return LANGUAGE_NAMES.get(label_of(said), "")
