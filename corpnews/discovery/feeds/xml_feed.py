"""RSS 0.9 to 2.0, RDF and Atom: parsed by feedparser, after a first pass that bounds and repairs the document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from time import struct_time
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from w3lib.html import remove_tags, replace_entities

from corpnews.discovery.asks import WayEnded
from corpnews.discovery.feeds.tolerant_xml import TolerantXml, local_name
from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.told import changed_after, told_date, told_url
from corpnews.discovery.urls import article_key, edition_free, has_id
from corpnews.extraction.language import declared_tag
from corpnews.extraction.text import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from corpnews.extraction.dates import FoundDate

MOST_ENTRIES: Final = 5_000
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_LINKS: Final = 8
MOST_ALIKE: Final = 2
LONGEST_TEXT: Final = 2_000  # of a title, a link, a date
FEED_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
ENTRY_NAMES = frozenset(("item", "entry"))
# The fields of an entry that are read; the others, such as its text, are most of a feed.
READ = frozenset("title link guid id pubdate published issued created modified updated date origlink language".split())
READ_OF_FEED = frozenset(("link", "language", "generator"))
FURTHER = ("next", "prev-archive")  # RFC 5005


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's articles, the URL of its next page, and the software that made it."""

    articles: tuple[ArticleLink, ...]
    older: str | None = None
    generator: str = ""


def read_xml_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Parse a feed, valid or not, up to 5,000 entries. Raises SourceError if the body is not a feed."""
    parsed = parse(shortened(body, content_type), url)
    feed: Mapping[str, Any] = parsed.feed
    home = told_url(url, text_of(feed, "link"))
    apart = {article_key(address) for address in (url, home) if address}
    language = declared_tag(text_of(feed, "language"))
    links = [link for entry in parsed.entries[:MOST_ENTRIES] if (link := link_of(entry, url, language))]
    articles = tuple(link for link in links if is_entry(link.url, apart))
    older = next((href for rel, href in linked(feed, url) if rel in FURTHER and href != url), None)
    return Feed(articles, older, text_of(feed, "generator"))


def is_entry(url: str, apart: set[str]) -> bool:
    """Whether the URL is neither a home page nor one of the keys in `apart`: the feed itself, its listing."""
    return (bool(edition_free(url)) or has_id(url)) and article_key(url) not in apart


def shortened(body: bytes, content_type: str) -> bytes:
    """Return the feed as well-formed XML without the fields that are not read."""
    document = TolerantXml(body[:MOST_BYTES], content_type, ENTRY_NAMES)
    for count, entry in enumerate(document, 1):
        trim(entry, READ)
        if count >= MOST_ENTRIES:
            break
    if document.root is None or document.kind not in FEED_ROOTS:
        raise WayEnded(f"the answer is no feed (<{document.kind}>)" if document.kind else "the answer is no XML")
    straighten(document.root)
    return etree.tostring(document.root, encoding="utf-8")


def straighten(root: etree._Element) -> None:
    """Make all entries siblings: an entry that was never closed contains all that follow."""
    entries = list(root.iter("{*}item", "{*}entry"))
    parent = entries[0].getparent() if entries else None
    if parent is not None:
        for entry in entries:
            entry.tail = None
            parent.append(entry)
            trim(entry, READ)
        del parent[len(parent) - len(entries[MOST_ENTRIES:]) :]
    for element in (root, *root.iterchildren("{*}channel")):
        trim(element, READ_OF_FEED)


def trim(element: etree._Element, names: Collection[str]) -> None:
    """Remove children that are not read, too long, repeated or empty; an entry may have several links.

    An element that contains entries stays: it was never closed, and contains all that follow.
    """
    seen: Counter[str] = Counter()
    for child in list(element):
        name = local_name(str(child.tag))
        text = "".join(child.itertext()) if name in names else ""
        seen[name] += 1
        is_read = name in names and seen[name] <= (MOST_LINKS if name == "link" else MOST_ALIKE)
        if is_read and (text or child.attrib) and len(text) <= LONGEST_TEXT:
            continue
        if next(child.iter("{*}item", "{*}entry", "{*}channel"), None) is None:
            element.remove(child)


def parse(data: bytes, url: str) -> Any:
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  takes 40 ms to load, which newsrooms without a feed do without

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # noqa: BLE001  odd nesting and addresses make it raise almost anything
        raise WayEnded(f"the feed cannot be read ({type(error).__name__})") from None


def link_of(entry: Mapping[str, Any], base: str, feed_language: str | None) -> ArticleLink | None:
    """Return an entry as a link to its article; None if it has no URL."""
    url = address_of(entry, base)
    if url is None:
        return None
    detail: Mapping[str, Any] = entry.get("title_detail") or {}
    language = declared_tag(text_of(entry, "language") or text_of(detail, "language")) or feed_language
    languages = (language,) if language else ()
    published = date_of(entry, "published", languages)
    date = published or date_of(entry, "updated", languages) or date_of(entry, "created", languages)
    modified = changed_after(date_of(entry, "updated", languages), date) if published else None
    return ArticleLink(url, plain(text_of(entry, "title")) or None, date, modified, language)


def address_of(entry: Mapping[str, Any], base: str) -> str | None:
    """Return the entry's original URL rather than a click counter's; an id only if it is declared as a permalink."""
    alternates = [href for rel, href in linked(entry, base) if rel == "alternate"]
    permalink = text_of(entry, "id") if entry.get("guidislink") else ""
    for address in (text_of(entry, "feedburner_origlink"), text_of(entry, "link"), *alternates, permalink):
        url = told_url(base, address)
        if url:
            return url
    return None


def linked(element: Mapping[str, Any], base: str) -> Iterator[tuple[str, str]]:
    for link in element.get("links") or ():
        href = told_url(base, text_of(link, "href"))
        if href:
            yield text_of(link, "rel"), href


def date_of(entry: Mapping[str, Any], name: str, languages: tuple[str, ...]) -> FoundDate | None:
    """Parse the date as written, else take feedparser's (in UTC)."""
    if name not in entry:
        return None
    moment = entry.get(f"{name}_parsed")
    understood = told_date("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment)) if isinstance(moment, struct_time) else None
    return told_date(text_of(entry, name), languages) or understood


def text_of(element: Mapping[str, Any], name: str) -> str:
    value = element.get(name) or ""
    return value if isinstance(value, str) else ""


def plain(title: str) -> str:
    """Remove markup from a title, whether the feed escapes it once or twice.

    >>> plain("R&amp;D <em>prize</em>")
    'R&D prize'
    """
    return folded(replace_entities(remove_tags(title)))
