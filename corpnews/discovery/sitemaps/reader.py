"""What a sitemap says: its URLs with all that is known of them, or the sitemaps that it leads on to."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.discovery.asks import WayEnded
from corpnews.discovery.feeds.tolerant_xml import TolerantXml, local_name
from corpnews.discovery.feeds.xml_feed import FEED_ROOTS, read_xml_feed
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.told import changed_after, told_date, told_url
from corpnews.extraction.language import declared_tag
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from lxml import etree

    from corpnews.discovery.asks import Answer

MOST_URLS: Final = 50_000  # by the protocol, of one file
MOST_CHILDREN: Final = 1_000
MOST_TRANSLATIONS: Final = 100
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_RATIO: Final = 200
LEAST_UNPACKED: Final = 1024 * 1024
MOST_MEMBERS: Final = 100
GZIP: Final = b"\x1f\x8b"
GZIP_WINDOW: Final = 31  # zlib's sign for gzip's header


tag_of = lru_cache(maxsize=1_000)(declared_tag)


class Entry(NamedTuple):
    """A URL of a sitemap and what stands beside it, as written."""

    url: str
    lastmod: str = ""
    title: str = ""
    date: str = ""
    language: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    is_news: bool = False

    def as_link(self) -> ArticleLink:
        """The entry as a link to an article. The translation that is the article itself tells its language."""
        pairs = [(tag, href) for language, href in self.translations if (tag := tag_of(language))]
        own = next((tag for tag, href in pairs if href == self.url), None)
        others = dict.fromkeys((tag, href) for tag, href in pairs if href != self.url)
        date = told_date(self.date) if self.date else None
        return ArticleLink(
            self.url,
            title=folded(self.title) or None,
            date=date,
            modified=changed_after(told_date(self.lastmod), date) if self.lastmod else None,
            language=tag_of(self.language.strip()) or own,
            translations=tuple(others),
        )


class Child(NamedTuple):
    """A sitemap that an index names, and when it was last changed, as written."""

    url: str
    lastmod: str = ""


@dataclass
class Sitemap:
    """What one file holds: URLs, further sitemaps, or the articles of a feed."""

    entries: list[Entry] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    feed: tuple[ArticleLink, ...] = ()


def read_sitemap(response: Answer) -> Sitemap:
    """Read a sitemap in whatever form: XML, an index, a text, a feed; packed or not. Raises WayEnded."""
    body = unpacked(response.body)
    if body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        return Sitemap(entries=[Entry(url) for line in body.splitlines()[:MOST_URLS] if (url := url_of_line(response.url, line))])
    document = TolerantXml(body, response.content_type, ("url", "sitemap", "item", "entry"))
    found = Sitemap()
    for count, element in enumerate(document, 1):
        if document.kind in FEED_ROOTS:
            break
        add(element, found, response.url)
        if count >= MOST_URLS or len(found.children) >= MOST_CHILDREN:
            break
        let_go(element)
    if document.kind in FEED_ROOTS:
        return Sitemap(feed=read_xml_feed(body, response.url, response.content_type).articles)
    if document.kind not in ("urlset", "sitemapindex") and not found.entries and not found.children:
        message = f"the answer is no sitemap (<{document.kind}>)"
        raise WayEnded(message)
    return found


def url_of_line(base: str, line: bytes) -> str | None:
    return told_url(base, line.decode("utf-8", "replace"))


def unpacked(body: bytes) -> bytes:
    """The body without gzip, as far as it can be unpacked and is no bomb."""
    if not body.startswith(GZIP):
        return body
    pieces: list[bytes] = []
    room = min(MOST_BYTES, max(LEAST_UNPACKED, MOST_RATIO * len(body)))
    while body.startswith(GZIP) and room > 0 and len(pieces) < MOST_MEMBERS:
        packed = zlib.decompressobj(GZIP_WINDOW)
        try:
            pieces.append(packed.decompress(body, room))
        except zlib.error:
            break
        room -= len(pieces[-1])
        body = packed.unused_data
    return b"".join(pieces)


def add(element: etree._Element, found: Sitemap, base: str) -> None:
    """Read a <url> or <sitemap> element."""
    told: dict[str, str] = {}
    translations: list[tuple[str, str]] = []
    is_news = False
    for child in element:
        name = local_name(str(child.tag))
        if name == "news":
            is_news = True
            told.update({local_name(str(part.tag)): part.text for part in child.iter() if part.text})
        elif name == "link" and child.get("hreflang") and len(translations) < MOST_TRANSLATIONS:
            href = told_url(base, child.get("href") or "")
            if href:
                translations.append((child.get("hreflang") or "", href))
        elif name in ("loc", "lastmod") and child.text:
            told.setdefault(name, child.text)
    url = told_url(base, told.get("loc", ""))
    if url is None:
        return
    if local_name(str(element.tag)) == "sitemap":
        found.children.append(Child(url, told.get("lastmod", "").strip()))
        return
    title, date, language = (told.get(name, "") for name in ("title", "publication_date", "language"))
    found.entries.append(Entry(url, told.get("lastmod", ""), title, date, language, tuple(translations), is_news))


def let_go(element: etree._Element) -> None:
    """Forget an element that was read, and those before it: a tree of all would take ten times the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
