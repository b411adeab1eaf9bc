"""A tolerant parser for the XML of feeds and sitemaps: repairs common errors, reads entry by entry, bounds time and memory."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from html.entities import html5
from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from corpnews.discovery.source import SourceError
from corpnews.page.bounds import limit_attributes
from corpnews.page.charset import recode_to_utf8

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MAX_XML_BYTES: Final = 64 * 1024 * 1024  # a sitemap may have 50 MB
_MAX_XML_ELEMENTS: Final = 3_000_000
_MAX_ELEMENTS_PER_ENTRY: Final = 20_000  # elements in one entry, or between two
_MAX_XML_ERRORS: Final = 50_000
_PARSER_CHUNK_BYTES: Final = 128 * 1024
_MAX_REPAIRS: Final = 500_000
_MAX_PROLOG_BYTES: Final = 5_000

_FIRST_TAG = re.compile(rb"<(!doctype\s+html|[a-z][\w:.-]*)", re.IGNORECASE)
# Where the document starts, if a warning of the server's script precedes it.
_DOCUMENT_START = re.compile(rb"<(?:\?xml|(?:rss|feed|rdf:rdf|channel|urlset|sitemapindex)[\s>])", re.IGNORECASE)
_LONG_TAG = re.compile(rb"<[a-z][^<>]{4000}", re.IGNORECASE)
# Characters that XML 1.0 forbids.
_FORBIDDEN_CHARACTERS = bytes(code for code in range(32) if code not in b"\t\n\r")
# XML's own references, except those to UTF-16 surrogates.
_SURROGATE_NUMBER = rb"5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]);"
_REFERENCE = rb"amp;|lt;|gt;|quot;|apos;|#0*+(?!%b)\d{1,7};|#x0*+(?!d[89a-f][\da-f]{2};)[\da-f]{1,6};" % _SURROGATE_NUMBER
# A comment or a CDATA section, which stays unchanged, or an ampersand that starts none of these references.
_UNKNOWN_REFERENCE = re.compile(
    rb"<!--(?:[^-]++|-(?!->))*+|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+|&(?!%b)(?:(\w{2,31});)?" % _REFERENCE, re.IGNORECASE
)


# After an error libxml2 drops references by name, even XML's own, and keeps those by number.
_NUMBERS_OF_REFERENCES = [
    (b"&%s;" % name, b"&#%d;" % ord(character))
    for name, character in ((b"amp", "&"), (b"lt", "<"), (b"gt", ">"), (b"quot", '"'), (b"apos", "'"))
]


@lru_cache(maxsize=1_000)
def get_local_name(tag: str) -> str:
    """Return a tag's name without namespace or prefix, in lower case.

    >>> get_local_name("{http://purl.org/dc/elements/1.1/}date"), get_local_name("dc:date"), get_local_name("pubDate")
    ('date', 'date', 'pubdate')
    """
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


class TolerantXml:
    """Iterates once over the elements of an XML document with one of `names`, each when its end is reached.

    Errors are repaired or skipped; entities are not expanded, nothing is fetched. Raises SourceError if the body is HTML or not
    XML at all.
    """

    def __init__(self, body: bytes, content_type: str, names: Collection[str]) -> None:
        self.data = _repair_xml(body[:_MAX_XML_BYTES], content_type)
        self.names = names
        self.root: etree._Element | None = None

    @property
    def kind(self) -> str:
        """The root element's name, once an element was read; empty before."""
        return get_local_name(str(self.root.tag)) if self.root is not None else ""

    def __iter__(self) -> Iterator[etree._Element]:
        inside = 0
        for count, element in enumerate(self._ends()):
            inside += 1
            if self.root is None:
                self.root = element.getroottree().getroot()
            if get_local_name(str(element.tag)) in self.names:
                inside = 0
                yield element
            elif inside > _MAX_ELEMENTS_PER_ENTRY or count > _MAX_XML_ELEMENTS:
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
        for start in range(0, len(self.data), _PARSER_CHUNK_BYTES):
            parser.feed(self.data[start : start + _PARSER_CHUNK_BYTES])
            yield from (element for _, element in parser.read_events())
            # an error entry takes ten times the memory of the text that caused it
            if len(parser.feed_error_log) > _MAX_XML_ERRORS:
                return
        with suppress(etree.XMLSyntaxError):
            parser.close()
        yield from (element for _, element in parser.read_events())


def _repair_xml(body: bytes, content_type: str) -> bytes:
    """Return the document as UTF-8, from its first tag on, with XML's own references only.

    >>> _repair_xml(b"  <b>Notice</b>: <rss><title>R&D&nbsp;&lol9;</title></rss>", "")
    b'<rss><title>R&#38;D&#160;&#38;lol9;</title></rss>'
    """
    data = recode_to_utf8(body, content_type)
    first = _FIRST_TAG.search(data, 0, _MAX_PROLOG_BYTES)
    if first is None:
        raise SourceError("the response is not XML")
    opening = _DOCUMENT_START.search(data, 0, _MAX_PROLOG_BYTES)
    if opening is None and first[1].lower().startswith((b"!doctype", b"html")):
        raise SourceError("the response is HTML")
    data = data[opening.start() if opening else first.start() :].translate(None, _FORBIDDEN_CHARACTERS)
    if _LONG_TAG.search(data):
        data = limit_attributes(data)
    if data.count(b"&") + data.count(b"<!") > _MAX_REPAIRS:
        beyond = next(islice(_UNKNOWN_REFERENCE.finditer(data), _MAX_REPAIRS, None), None)
        data = data[: beyond.start()] if beyond else data
    data = _UNKNOWN_REFERENCE.sub(_replace_reference, data)
    for name, number in _NUMBERS_OF_REFERENCES:
        data = data.replace(name, number)
    return data


def _replace_reference(found: re.Match[bytes]) -> bytes:
    """Escape an ampersand; replace HTML's named characters by numeric references."""
    if not found[0].startswith(b"&"):
        return found[0]
    name = found[1].decode("ascii", "replace") if found[1] else ""
    characters = html5.get(f"{name};")
    if characters is None:
        return b"&#38;" + found[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
