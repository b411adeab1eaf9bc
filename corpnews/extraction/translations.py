"""Translations of a release: those that the page declares, and the targets of its language switcher."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from corpnews.items import Translation
from corpnews.page.elements import iter_first_inside
from corpnews.page.layout import Zone
from corpnews.web import url_features, urls
from corpnews.web.languages import LANGUAGE_NAMES, get_edition_language, get_primary_language, normalize_language_tag
from corpnews.web.sites import get_host, get_site
from corpnews.web.text import iter_first_texts, normalize_label, split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from corpnews.page.page import Page

_MAX_TRANSLATIONS: Final = 40
_MAX_LANGUAGE_NAME_LENGTH: Final = 30
_MENU_ZONES: Final = Zone.NAV | Zone.HEADER | Zone.FOOTER
_LANGUAGE_PARAMETERS: Final = split_terms(
    "lang language locale lng hl langid lang_id sprache langue idioma culture site_lang setlang"
)


def find_translations(page: Page, further: Iterable[tuple[str, str]] = ()) -> tuple[Translation, ...]:
    """Return the translations of the page, without duplicates and without the page itself.

    Many sites link from each page to the home page or the newsroom of another edition: these are no translations.

    Args:
        page: The page of the release.
        further: Further translations that the source of the link names, as (BCP 47 tag, URL).
    """
    here = EditionUrl.of(page.url)
    found: dict[str, Translation] = {}
    for tag, href in (*_iter_declared_translations(page), *_iter_language_switcher(page, here), *further):
        language, url = normalize_language_tag(tag), page.resolve_url(href)
        if language and url and not urls.is_asset_url(url) and len(found) < _MAX_TRANSLATIONS:
            there, key = EditionUrl.of(url), urls.article_key(url)
            if key != urls.article_key(page.url) and there.has_page and not there.is_listing_of(here):
                found.setdefault(key, Translation(language, url))
    return tuple(found.values())


def find_own_tag(page: Page) -> str | None:
    """Return the language tag that the page gives itself among its translations."""
    here = urls.article_key(page.url)
    declared = ((tag, page.resolve_url(href)) for tag, href in _iter_declared_translations(page))
    own = (normalize_language_tag(tag) for tag, url in declared if url and urls.article_key(url) == here)
    return next(filter(None, own), None)


@dataclass(frozen=True, slots=True)
class EditionUrl:
    """A URL split into the parts that name the language edition and those that name the page within it."""

    url: str
    host: str
    edition: tuple[str, ...]
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, url: str) -> EditionUrl:
        steps, path = urls.split_path(url), url_features.split_path_without_edition(url)
        pairs = [(name, value) for name, value in parse_qsl(urlsplit(url).query) if not urls.is_tracking_parameter(name, value)]
        chosen = tuple(value.lower() for name, value in pairs if name.lower() in _LANGUAGE_PARAMETERS)
        query = tuple(sorted(pair for pair in pairs if pair[0].lower() not in _LANGUAGE_PARAMETERS))
        return cls(url, get_host(url), (*steps[: len(steps) - len(path)], *chosen), path, query)

    @property
    def has_page(self) -> bool:
        return bool(self.path or self.query)

    @property
    def language(self) -> str | None:
        """The language that the path, the query or the host names."""
        names = (*reversed(self.edition), self.host.partition(".")[0])
        return next((tag for name in names if (tag := get_edition_language(f"/{name}/"))), None)

    def is_same_page(self, other: EditionUrl) -> bool:
        """Return whether the other is the same page of another edition of the site."""
        same = self.has_page and self.path == other.path and self.query == other.query
        return same and (self.host, self.edition) != (other.host, other.edition) and self._is_of_site(other)

    def may_translate(self, other: EditionUrl) -> bool:
        """Return whether the other is in another edition of the site, equally deep, and not a news listing by its name."""
        is_other_edition = (self.host, self.edition) != (other.host, other.edition)
        is_list = url_features.has_news_segment(other.path[-1:]) and not url_features.has_slug(other.url)
        return is_other_edition and self._is_of_site(other) and len(self.path) == len(other.path) > 0 and not is_list

    def is_listing_of(self, other: EditionUrl) -> bool:
        """Return whether this is a page above the other, in whatever edition: its newsroom."""
        above = len(self.path) < len(other.path) and not self.query
        return above and (self.path == other.path[: len(self.path)] or url_features.has_news_segment(self.path[-1:]))

    def _is_of_site(self, other: EditionUrl) -> bool:
        return get_site(self.host) == get_site(other.host)


def _iter_declared_translations(page: Page) -> Iterator[tuple[str, str]]:
    """Yield language tag and URL of each `<link rel="alternate" hreflang>`."""
    for element in page.find_links("alternate"):
        yield element.get("hreflang") or "", element.get("href") or ""


def _iter_language_switcher(page: Page, here: EditionUrl) -> Iterator[tuple[str, str]]:
    """Yield tag and URL of links that name a language, and of those whose URL is the page's in another edition."""
    links = ((link.element, "href", link.box) for link in page.layout.links)
    options = ((option, "value", None) for option in page.elements["option"])
    last = here.path[-1] if here.path else "?"
    own = get_primary_language(page.language_tag or "")  # some sites declare the language of each link, their own
    for element, attribute, box in chain(links, options):
        href = element.get(attribute) or ""
        declared = element.get("hreflang") or element.get("lang") or ""
        tag = declared or _find_named_language(_get_link_label(element))
        if not (tag or last in (unquote(href) if "%" in href else href).lower()):
            continue
        is_in_menu = (box is None or box.zone & _MENU_ZONES) and get_primary_language(declared or own) != own
        if declared and is_in_menu and len(_get_link_label(element)) < _MAX_LANGUAGE_NAME_LENGTH:
            yield declared, href
            continue
        if not (url := page.resolve_url(href)):
            continue
        there = EditionUrl.of(url)
        if tag and (here.is_same_page(there) or here.may_translate(there)):
            yield tag, href
        elif there.language != here.language and here.is_same_page(there):
            yield there.language or "", href


def _get_link_label(element: _Element) -> str:
    """Return the text of a link, or else its title, its label or the alternative text of its image, often a flag.

    Of a text that is too long for the name of a language, the start is returned.
    """
    if not len(element):
        return (element.text or "").strip() or element.get("title") or element.get("aria-label") or ""
    text, length = "", 0
    for piece in iter_first_texts(element):
        text += piece
        length += len(piece.strip())
        if length >= _MAX_LANGUAGE_NAME_LENGTH:
            break
    if text := text.strip():
        return text
    pictures = (image.get("alt") or "" for image in iter_first_inside(element, "img"))
    return element.get("title") or element.get("aria-label") or "".join(pictures)


def _find_named_language(label: str) -> str:
    """Return the tag of the language that a link's text names, or ""."""
    return _find_short_name(label) if len(label) < _MAX_LANGUAGE_NAME_LENGTH else ""


@lru_cache(maxsize=4_000)
def _find_short_name(name: str) -> str:
    return LANGUAGE_NAMES.get(normalize_label(name), "")
