"""Parses sitemaps: URLs with their metadata, or the child sitemaps of an index."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.discovery.source import SourceError, SourceResponse
from corpnews.discovery.sources.feed_parser import FEED_ROOTS, parse_xml_feed
from corpnews.discovery.sources.tolerant_xml import TolerantXml, get_local_name
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.extraction.structured_data.stated_values import keep_later_change, parse_feed_date, resolve_url
from corpnews.web.languages import normalize_language_tag
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from lxml import etree

_MAX_SITEMAP_URLS: Final = 50_000  # by the protocol, of one file
_MAX_CHILD_SITEMAPS: Final = 1_000
_MAX_TRANSLATIONS_PER_URL: Final = 100
_MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
_MAX_COMPRESSION_RATIO: Final = 200
_MIN_UNPACKED_BOUND: Final = 1024 * 1024
_MAX_GZIP_MEMBERS: Final = 100
_GZIP_START: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 31  # zlib's value for a gzip header


_parse_language_tag = lru_cache(maxsize=1_000)(normalize_language_tag)


class SitemapEntry(NamedTuple):
    """A URL of a sitemap, or a sitemap of an index, with its metadata as written."""

    url: str
    lastmod: str = ""
    title: str = ""
    date: str = ""
    language: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    is_news: bool = False

    def as_link(self) -> ArticleLink:
        """Return the entry as a link to an article; the alternate with its own URL gives the language."""
        pairs = [(tag, href) for language, href in self.translations if (tag := _parse_language_tag(language))]
        own = next((tag for tag, href in pairs if href == self.url), None)
        others = dict.fromkeys((tag, href) for tag, href in pairs if href != self.url)
        date = parse_feed_date(self.date) if self.date else None
        return ArticleLink(
            self.url,
            title=normalize_space(self.title) or None,
            date=date,
            modified=keep_later_change(parse_feed_date(self.lastmod), date) if self.lastmod else None,
            language=_parse_language_tag(self.language.strip()) or own,
            translations=tuple(others),
        )


@dataclass
class Sitemap:
    """The content of one file: URLs, child sitemaps, or the articles of a feed."""

    entries: list[SitemapEntry] = field(default_factory=list)
    children: list[SitemapEntry] = field(default_factory=list)
    feed: tuple[ArticleLink, ...] = ()


def parse_sitemap(response: SourceResponse) -> Sitemap:
    """Parse a sitemap in any form: XML, index, text or feed, compressed or not. Raises SourceError if it is none of these."""
    body = _decompress_gzip(response.body)
    if body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        lines = (line.decode("utf-8", "replace") for line in body.splitlines()[:_MAX_SITEMAP_URLS])
        return Sitemap([SitemapEntry(url) for line in lines if (url := resolve_url(response.url, line))])
    document = TolerantXml(body, response.content_type, ("url", "sitemap", "item", "entry"))
    found = Sitemap()
    for count, element in enumerate(document, 1):
        if document.kind in FEED_ROOTS:
            break
        _add_element(element, found, response.url)
        if count >= _MAX_SITEMAP_URLS or len(found.children) >= _MAX_CHILD_SITEMAPS:
            break
        _free_element(element)
    if document.kind in FEED_ROOTS:
        return Sitemap(feed=parse_xml_feed(body, response.url, response.content_type).articles)
    if document.kind not in ("urlset", "sitemapindex") and not found.entries and not found.children:
        raise SourceError(f"the response is not a sitemap (<{document.kind}>)")
    return found


def _decompress_gzip(body: bytes) -> bytes:
    """Decompress a gzip body, up to the bounds against decompression bombs; a damaged one as far as possible."""
    if not body.startswith(_GZIP_START):
        return body
    pieces: list[bytes] = []
    room = min(_MAX_UNPACKED_BYTES, max(_MIN_UNPACKED_BOUND, _MAX_COMPRESSION_RATIO * len(body)))
    while body.startswith(_GZIP_START) and room > 0 and len(pieces) < _MAX_GZIP_MEMBERS:
        packed = zlib.decompressobj(_GZIP_WINDOW)
        try:
            pieces.append(packed.decompress(body, room))
        except zlib.error:
            break
        room -= len(pieces[-1])
        body = packed.unused_data
    return b"".join(pieces)


def _add_element(element: etree._Element, found: Sitemap, base: str) -> None:
    fields: dict[str, str] = {}
    translations: list[tuple[str, str]] = []
    is_news = False
    for child in element:
        name = get_local_name(str(child.tag))
        if name == "news":
            is_news = True
            fields.update({get_local_name(str(part.tag)): part.text for part in child.iter() if part.text})
        elif name == "link" and child.get("hreflang") and len(translations) < _MAX_TRANSLATIONS_PER_URL:
            href = resolve_url(base, child.get("href") or "")
            if href:
                translations.append((child.get("hreflang") or "", href))
        elif name in ("loc", "lastmod") and child.text:
            fields.setdefault(name, child.text)
    url = resolve_url(base, fields.get("loc", ""))
    if url is None:
        return
    if get_local_name(str(element.tag)) == "sitemap":
        found.children.append(SitemapEntry(url, fields.get("lastmod", "").strip()))
        return
    title, date, language = (fields.get(name, "") for name in ("title", "publication_date", "language"))
    found.entries.append(SitemapEntry(url, fields.get("lastmod", ""), title, date, language, tuple(translations), is_news))


def _free_element(element: etree._Element) -> None:
    """Free an element that was read, and those before it: the whole tree takes ten times the memory of the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
