"""Parses feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, valid or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from w3lib.html import remove_tags, replace_entities

from corpnews.discovery.source import SourceError
from corpnews.discovery.sources.tolerant_xml import TolerantXml, get_local_name
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.extraction.structured_data.stated_values import keep_later_change, parse_feed_date, resolve_url
from corpnews.web.languages import normalize_language_tag
from corpnews.web.text import normalize_space
from corpnews.web.url_features import has_article_id, split_path_without_edition
from corpnews.web.urls import article_key, join_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml import etree

    from corpnews.extraction.dates import FoundDate

_MAX_FEED_ENTRIES: Final = 5_000
_MAX_FEED_BYTES: Final = 32 * 1024 * 1024
_MAX_LINKS_PER_ENTRY: Final = 8
_MAX_FEED_TEXT_LENGTH: Final = 2_000  # of a title, a link, a date
_MAX_TEXT_PIECES: Final = 100
FEED_ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
_ENTRY_NAMES = frozenset(("item", "entry"))
_ENTRY_TAGS: Final = ("{*}item", "{*}entry")
# The elements that are read, by local name, and what they hold; the others, such as the text, are most of a feed.
_FIELDS: Final = {
    "title": "title", "link": "link", "guid": "permalink", "origlink": "original", "language": "language",
    "pubdate": "published", "published": "published", "issued": "published", "updated": "updated", "modified": "updated",
    "date": "updated", "created": "created", "generator": "generator",
}  # fmt: skip
_LANGUAGE_ATTRIBUTE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
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
    document = TolerantXml(body[:_MAX_FEED_BYTES], content_type, _ENTRY_NAMES)
    for entry in islice(document, _MAX_FEED_ENTRIES):
        _free_unread(entry)
    if document.root is None or document.kind not in FEED_ROOTS:
        raise SourceError(f"the response is not a feed (<{document.kind}>)" if document.kind else "the response is not XML")
    channel = next(document.root.iterchildren("{*}channel"), document.root)
    # an entry that was never closed contains all that follow
    entries = islice(document.root.iter(*_ENTRY_TAGS), _MAX_FEED_ENTRIES)
    return _build_feed(_read_fields(channel, url), (_read_fields(entry, url) for entry in entries), url)


def parse_json_feed(data: Any, url: str) -> Feed:
    """Parse a JSON Feed, up to 5,000 items. Raises SourceError if the data is not a JSON Feed."""
    fields = data if isinstance(data, dict) else {}
    if _JSON_FEED_VERSION not in _get_text(fields, "version") or not isinstance(fields.get("items"), list):
        raise SourceError("the response is not a JSON Feed")
    entries = (_convert_json_item(item) for item in fields["items"][:_MAX_FEED_ENTRIES] if isinstance(item, dict))
    older = resolve_url(url, _get_text(fields, "next_url"))
    return _build_feed({**fields, "link": fields.get("home_page_url"), "links": [("next", older)] if older else []}, entries, url)


def _convert_json_item(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item of a JSON Feed with the names of the fields of XML."""
    named = _get_text(item, "id")
    link = _get_text(item, "url") or _get_text(item, "external_url") or (named if named.startswith("http") else "")
    return {**item, "link": link, "published": item.get("date_published"), "updated": item.get("date_modified")}


def _free_unread(entry: etree._Element) -> None:
    """Free the children that are not read, unless entries that were never closed are in them."""
    for child in list(entry):
        if get_local_name(str(child.tag)) not in _FIELDS and next(child.iter(*_ENTRY_TAGS), None) is None:
            entry.remove(child)


def _read_fields(element: etree._Element, url: str) -> Mapping[str, Any]:
    """Return the fields of a feed or an entry: the first text of each, and the relations and URLs of its Atom links."""
    links: list[tuple[str, str]] = []
    fields: dict[str, Any] = {"links": links}
    for child in element:
        name = _FIELDS.get(get_local_name(str(child.tag)))
        href = child.get("href") if name == "link" else None
        if href and len(links) < _MAX_LINKS_PER_ENTRY:
            address = resolve_url(join_url(url, child.base or "") or url, href)
            links += [(child.get("rel") or "alternate", address)] if address else []
        elif name and not href and (name != "permalink" or child.get("isPermaLink") != "false"):
            text = "".join(islice(child.itertext(), _MAX_TEXT_PIECES)).strip()
            if text and len(text) <= _MAX_FEED_TEXT_LENGTH:
                fields.setdefault(name, text)
        if name == "title":
            languages = (each.get(_LANGUAGE_ATTRIBUTE) for each in (child, *child.iterancestors()))
            fields["title language"] = next(filter(None, languages), "")
    return fields


def _build_feed(feed: Mapping[str, Any], entries: Iterable[Mapping[str, Any]], url: str) -> Feed:
    home = _find_url(feed, url)
    apart = {article_key(address) for address in (url, home) if address}
    language = normalize_language_tag(_get_text(feed, "language"))
    links = [link for entry in entries if (link := _parse_feed_entry(entry, url, language))]
    pages = (link for link in links if split_path_without_edition(link.url) or has_article_id(link.url))  # no home page
    articles = tuple(link for link in pages if article_key(link.url) not in apart)
    older = next((href for rel, href in feed["links"] if rel in _OLDER_FEED_RELATIONS and href != url), None)
    return Feed(articles, older, _get_text(feed, "generator"), home)


def _parse_feed_entry(entry: Mapping[str, Any], base: str, feed_language: str | None) -> ArticleLink | None:
    """Return an entry as a link to its article; None if it has no URL."""
    url = _find_url(entry, base)
    if url is None:
        return None
    language = normalize_language_tag(_get_text(entry, "language") or _get_text(entry, "title language")) or feed_language
    languages = (language,) if language else ()
    published, updated, created = (
        _parse_entry_date(_get_text(entry, name), languages) for name in ("published", "updated", "created")
    )
    date = published or updated or created
    modified = keep_later_change(updated, date) if published else None
    title = normalize_space(replace_entities(remove_tags(_get_text(entry, "title"))))  # feeds escape markup once or twice
    return ArticleLink(url, title or None, date, modified, language)


def _find_url(fields: Mapping[str, Any], base: str) -> str | None:
    """Return the original URL rather than a click counter's; an id only if it is a permalink."""
    alternates = (href for rel, href in fields.get("links", ()) if rel == "alternate")
    named = (_get_text(fields, name) for name in ("original", "link"))
    addresses = (*named, *alternates, _get_text(fields, "permalink"))
    return next((url for address in addresses if (url := resolve_url(base, address))), None)


def _parse_entry_date(text: str, languages: tuple[str, ...]) -> FoundDate | None:
    """Parse a date in any usual format, else as e-mails have it: 05 Mar 24 10:00 EST."""
    if not text or (found := parse_feed_date(text, languages)):
        return found if text else None
    try:
        moment = parsedate_to_datetime(text)
        return parse_feed_date((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat())
    except (ValueError, OverflowError):
        return None


def _get_text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name) or ""
    return value if isinstance(value, str) else ""
