"""Parses feeds: RSS 0.9 to 2.0, RDF and Atom with feedparser, after a pass that bounds and repairs the document; JSON Feed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from time import struct_time
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from w3lib.html import remove_tags, replace_entities

from corpnews.discovery.source import SourceError
from corpnews.discovery.sources.tolerant_xml import TolerantXml, get_local_name
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.extraction.structured_data.stated_values import keep_later_change, parse_feed_date, resolve_url
from corpnews.web.languages import normalize_language_tag
from corpnews.web.text import normalize_space
from corpnews.web.url_features import has_article_id, split_path_without_edition
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from corpnews.extraction.dates import FoundDate

_MAX_FEED_ENTRIES: Final = 5_000
_MAX_FEED_BYTES: Final = 32 * 1024 * 1024
_MAX_LINKS_PER_ENTRY: Final = 8
_MAX_SAME_NAME: Final = 2
_MAX_FEED_TEXT_LENGTH: Final = 2_000  # of a title, a link, a date
FEED_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
_ENTRY_NAMES = frozenset(("item", "entry"))
# The fields of an entry that are read; the others, such as its text, are most of a feed.
_ENTRY_FIELDS = frozenset("title link guid id pubdate published issued created modified updated date origlink language".split())
_FEED_FIELDS = frozenset(("link", "language", "generator"))
_OLDER_FEED_RELATIONS = ("next", "prev-archive")  # RFC 5005

_JSON_FEED_VERSION = "jsonfeed.org/version/"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's articles, the URL of its next page, the software that made it, and the page that lists the same articles."""

    articles: tuple[ArticleLink, ...]
    older_url: str | None = None
    generator: str = ""
    page_url: str | None = None


def parse_xml_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """Parse a feed, valid or not, up to 5,000 entries. Raises SourceError if the body is not a feed."""
    parsed = _run_feedparser(_shorten_feed(body, content_type), url)
    return _build_feed(parsed.feed, parsed.entries, url)


def parse_json_feed(data: Any, url: str) -> Feed:
    """Parse a JSON Feed, up to 5,000 items. Raises SourceError if the data is not a JSON Feed."""
    fields = data if isinstance(data, dict) else {}
    if _JSON_FEED_VERSION not in _get_text(fields, "version") or not isinstance(fields.get("items"), list):
        raise SourceError("the response is not a JSON Feed")
    entries = [_convert_json_item(item) for item in fields["items"][:_MAX_FEED_ENTRIES] if isinstance(item, dict)]
    older = {"rel": "next", "href": fields.get("next_url")}
    return _build_feed({**fields, "link": fields.get("home_page_url"), "links": [older]}, entries, url)


def _convert_json_item(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item of a JSON Feed as feedparser returns entries."""
    named = _get_text(item, "id")
    link = _get_text(item, "url") or _get_text(item, "external_url") or (named if named.startswith("http") else "")
    return {**item, "link": link, "published": item.get("date_published"), "updated": item.get("date_modified")}


def _build_feed(feed: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], url: str) -> Feed:
    home = resolve_url(url, _get_text(feed, "link"))
    apart = {article_key(address) for address in (url, home) if address}
    language = normalize_language_tag(_get_text(feed, "language"))
    links = [link for entry in entries[:_MAX_FEED_ENTRIES] if (link := _parse_feed_entry(entry, url, language))]
    pages = (link for link in links if split_path_without_edition(link.url) or has_article_id(link.url))  # no home page
    articles = tuple(link for link in pages if article_key(link.url) not in apart)
    older = next((href for rel, href in _iter_links(feed, url) if rel in _OLDER_FEED_RELATIONS and href != url), None)
    return Feed(articles, older, _get_text(feed, "generator"), home)


def _shorten_feed(body: bytes, content_type: str) -> bytes:
    """Return the feed as well-formed XML without the fields that are not read."""
    document = TolerantXml(body[:_MAX_FEED_BYTES], content_type, _ENTRY_NAMES)
    for count, entry in enumerate(document, 1):
        _remove_unread_children(entry, _ENTRY_FIELDS)
        if count >= _MAX_FEED_ENTRIES:
            break
    if document.root is None or document.kind not in FEED_ROOTS:
        raise SourceError(f"the response is not a feed (<{document.kind}>)" if document.kind else "the response is not XML")
    _flatten_entries(document.root)
    return etree.tostring(document.root, encoding="utf-8")


def _flatten_entries(root: etree._Element) -> None:
    """Make all entries siblings: an entry that was never closed contains all that follow."""
    entries = list(root.iter("{*}item", "{*}entry"))
    parent = entries[0].getparent() if entries else None
    if parent is not None:
        for entry in entries:
            entry.tail = None
            parent.append(entry)
            _remove_unread_children(entry, _ENTRY_FIELDS)
        del parent[len(parent) - len(entries[_MAX_FEED_ENTRIES:]) :]
    for element in (root, *root.iterchildren("{*}channel")):
        _remove_unread_children(element, _FEED_FIELDS)


def _remove_unread_children(element: etree._Element, names: Collection[str]) -> None:
    """Remove children that are not read, too long, repeated or empty; an entry may have several links.

    An element that contains entries stays: it was never closed, and contains all that follow.
    """
    seen: Counter[str] = Counter()
    for child in list(element):
        name = get_local_name(str(child.tag))
        text = "".join(child.itertext()) if name in names else ""
        seen[name] += 1
        is_read = name in names and seen[name] <= (_MAX_LINKS_PER_ENTRY if name == "link" else _MAX_SAME_NAME)
        if is_read and (text or child.attrib) and len(text) <= _MAX_FEED_TEXT_LENGTH:
            continue
        if next(child.iter("{*}item", "{*}entry", "{*}channel"), None) is None:
            element.remove(child)


def _run_feedparser(data: bytes, url: str) -> Any:
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  takes 40 ms to load, which newsrooms without a feed do without

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # noqa: BLE001  odd nesting and addresses make it raise almost anything
        raise SourceError(f"the feed cannot be read ({type(error).__name__})") from None


def _parse_feed_entry(entry: Mapping[str, Any], base: str, feed_language: str | None) -> ArticleLink | None:
    """Return an entry as a link to its article; None if it has no URL."""
    url = _find_entry_url(entry, base)
    if url is None:
        return None
    detail: Mapping[str, Any] = entry.get("title_detail") or {}
    language = normalize_language_tag(_get_text(entry, "language") or _get_text(detail, "language")) or feed_language
    languages = (language,) if language else ()
    published = _parse_entry_date(entry, "published", languages)
    date = published or _parse_entry_date(entry, "updated", languages) or _parse_entry_date(entry, "created", languages)
    modified = keep_later_change(_parse_entry_date(entry, "updated", languages), date) if published else None
    return ArticleLink(url, _strip_title_markup(_get_text(entry, "title")) or None, date, modified, language)


def _find_entry_url(entry: Mapping[str, Any], base: str) -> str | None:
    """Return the entry's original URL rather than a click counter's; an id only if it is declared as a permalink."""
    alternates = [href for rel, href in _iter_links(entry, base) if rel == "alternate"]
    permalink = _get_text(entry, "id") if entry.get("guidislink") else ""
    for address in (_get_text(entry, "feedburner_origlink"), _get_text(entry, "link"), *alternates, permalink):
        url = resolve_url(base, address)
        if url:
            return url
    return None


def _iter_links(element: Mapping[str, Any], base: str) -> Iterator[tuple[str, str]]:
    for link in element.get("links") or ():
        href = resolve_url(base, _get_text(link, "href"))
        if href:
            yield _get_text(link, "rel"), href


def _parse_entry_date(entry: Mapping[str, Any], name: str, languages: tuple[str, ...]) -> FoundDate | None:
    """Parse the date as written, else take feedparser's (in UTC)."""
    if name not in entry:
        return None
    moment = entry.get(f"{name}_parsed")
    understood = (
        parse_feed_date("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment)) if isinstance(moment, struct_time) else None
    )
    return parse_feed_date(_get_text(entry, name), languages) or understood


def _get_text(element: Mapping[str, Any], name: str) -> str:
    value = element.get(name) or ""
    return value if isinstance(value, str) else ""


def _strip_title_markup(title: str) -> str:
    """Remove markup from a title, whether the feed escapes it once or twice.

    >>> _strip_title_markup("R&amp;D <em>prize</em>")
    'R&D prize'
    """
    return normalize_space(replace_entities(remove_tags(title)))
