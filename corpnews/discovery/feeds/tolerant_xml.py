"""A tolerant parser for the XML of feeds and sitemaps: repairs common errors, reads entry by entry, bounds time and memory."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from html.entities import html5
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from corpnews.discovery.asks import WayEnded
from corpnews.extraction.markup import as_utf8, with_few_attributes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MOST_BYTES: Final = 64 * 1024 * 1024  # a sitemap may have 50 MB
MOST_ELEMENTS: Final = 3_000_000
MOST_INSIDE: Final = 20_000  # elements in one entry, or between two
MOST_ERRORS: Final = 50_000
PIECE: Final = 128 * 1024
MOST_MENDED: Final = 500_000
SNIFFED: Final = 5_000

FIRST_TAG = re.compile(rb"<(!doctype\s+html|[a-z][\w:.-]*)", re.IGNORECASE)
# Where the document starts, if a warning of the server's script precedes it.
OPENING = re.compile(rb"<(?:\?xml|(?:rss|feed|rdf:rdf|channel|urlset|sitemapindex)[\s>])", re.IGNORECASE)
LONG_TAG = re.compile(rb"<[a-z][^<>]{4000}", re.IGNORECASE)
# Characters that XML 1.0 forbids.
FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
# XML's own references, except those to UTF-16 surrogates.
HALF = rb"5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]);"
REFERENCE = rb"amp;|lt;|gt;|quot;|apos;|#0*+(?!%b)\d{1,7};|#x0*+(?!d[89a-f][\da-f]{2};)[\da-f]{1,6};" % HALF
# A CDATA section, which stays unchanged, or an ampersand that starts none of these references.
UNKNOWN_REFERENCE = re.compile(rb"<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+|&(?!%b)(?:(\w{2,31});)?" % REFERENCE, re.IGNORECASE)


@lru_cache(maxsize=1_000)
def local_name(tag: str) -> str:
    """Return a tag's name without namespace or prefix, in lower case.

    >>> local_name("{http://purl.org/dc/elements/1.1/}date"), local_name("dc:date"), local_name("pubDate")
    ('date', 'date', 'pubdate')
    """
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


class TolerantXml:
    """Iterates once over the elements of an XML document with one of `names`, each when its end is reached.

    Errors are repaired or skipped; entities are not expanded, nothing is fetched. Raises SourceError if the body is HTML or not
    XML at all.
    """

    def __init__(self, body: bytes, content_type: str, names: Collection[str]) -> None:
        self.data = mended(body[:MOST_BYTES], content_type)
        self.names = names
        self.root: etree._Element | None = None

    @property
    def kind(self) -> str:
        """The root element's name, once an element was read; empty before."""
        return local_name(str(self.root.tag)) if self.root is not None else ""

    def __iter__(self) -> Iterator[etree._Element]:
        inside = 0
        for count, element in enumerate(self._ends()):
            inside += 1
            if self.root is None:
                self.root = element.getroottree().getroot()
            if local_name(str(element.tag)) in self.names:
                inside = 0
                yield element
            elif inside > MOST_INSIDE or count > MOST_ELEMENTS:
                return

    def _ends(self) -> Iterator[etree._Element]:
        """Yield the elements in the order of their ends, as far as the document can be parsed."""
        parser = etree.XMLPullParser(
            ("end",),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
            encoding="utf-8",
        )
        for start in range(0, len(self.data), PIECE):
            parser.feed(self.data[start : start + PIECE])
            yield from ends(parser)
            # an error entry takes ten times the memory of the text that caused it
            if len(parser.feed_error_log) > MOST_ERRORS:
                return
        with suppress(etree.XMLSyntaxError):
            parser.close()
        yield from ends(parser)


def ends(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        yield element


def mended(body: bytes, content_type: str) -> bytes:
    """Return the document as UTF-8, from its first tag on, with XML's own references only.

    >>> mended(b"  <b>Notice</b>: <rss><title>R&D&nbsp;&lol9;</title></rss>", "")
    b'<rss><title>R&amp;D&#160;&amp;lol9;</title></rss>'
    """
    data = as_utf8(body, content_type)
    first = FIRST_TAG.search(data, 0, SNIFFED)
    if first is None:
        raise WayEnded("the answer is no XML")
    opening = OPENING.search(data, 0, SNIFFED)
    if opening is None and first[1].lower().startswith((b"!doctype", b"html")):
        raise WayEnded("the answer is HTML")
    data = data[opening.start() if opening else first.start() :].translate(None, FORBIDDEN)
    if LONG_TAG.search(data):
        data = with_few_attributes(data)
    if data.count(b"&") + data.count(b"<![") > MOST_MENDED:
        beyond = next(islice(UNKNOWN_REFERENCE.finditer(data), MOST_MENDED, None), None)
        data = data[: beyond.start()] if beyond else data
    return UNKNOWN_REFERENCE.sub(known_reference, data)


def known_reference(found: re.Match[bytes]) -> bytes:
    """Escape an ampersand; replace HTML's named characters by numeric references."""
    if not found[0].startswith(b"&"):
        return found[0]
    name = found[1].decode("ascii", "replace") if found[1] else ""
    characters = html5.get(f"{name};")
    if characters is None:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
