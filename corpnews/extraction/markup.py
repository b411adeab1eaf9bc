"""A page's bytes made fit for the parser: as UTF-8, and within bounds, so that no page costs much more than its size."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Final

from w3lib.encoding import html_to_unicode

# Far beyond any article: the largest of thousands of real pages have 2 MB, 20,000 tags, 40 attributes in one of them.
# A listing of ten thousand releases on one page has 80,000 tags.
MOST_BYTES: Final = 10_000_000
MOST_TAGS: Final = 120_000
MOST_ATTRIBUTES: Final = 200

# Bytes that texts do not hold; a page may have a few by accident.
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]|\xef\xbf\xbd")
SNIFFED: Final = 2_000
MOST_BINARY: Final = 40
# What speaks of encodings whose bytes could pass for UTF-8: UTF-16, ISO-2022.
NUL: Final = b"\x00"
ESCAPE: Final = b"\x1b"
ATTRIBUTE = rb"""(?:[a-z-]++="[^"]*+"|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)[\s/=]*+"""
ATTRIBUTES = rb"[\s/=]*+(?:%b){0,%d}+(?:>|\Z)" % (ATTRIBUTE, MOST_ATTRIBUTES)
# Text, then a comment, a script or style with all that is in it, another tag, or what only looks like one.
WITHIN_BOUNDS = rb"[^<]*+<(?:!--(?:[^-]++|-(?!->))*+|%b|[A-Za-z][^\s/>]*+(?:>|%b)|[^A-Za-z])" % (
    rb"|".join(rb"(?i:%b)\b%b(?:[^<]++|<(?!(?i:/%b)))*+" % (tag, ATTRIBUTES, tag) for tag in (b"script", b"style")),
    ATTRIBUTES,
)
# All up to the last of a tag's attributes that may stay, then the tag's others: libxml2's time grows with their number's square.
TOO_MANY = re.compile(
    rb"((?:%b)*+[^<]*+<[A-Za-z][^\s/>]*+[\s/=]*+(?:%b){%d})(?:%b)++" % (WITHIN_BOUNDS, ATTRIBUTE, MOST_ATTRIBUTES, ATTRIBUTE)
)


def fit_to_parse(html: bytes | str, content_type: str | None = None) -> tuple[bytes, bool]:
    """`html` as UTF-8 and within bounds, and whether it was cut short for that; nothing is left of what is no text.

    `content_type` is the HTTP header.
    """
    start = html[:MOST_BYTES]
    data = as_utf8(start, content_type) if isinstance(start, bytes) else start.encode("utf-8", "replace")
    if len(BINARY.findall(data[:SNIFFED])) > MOST_BINARY:
        return b"", False
    # libxml2 stops at NUL
    data = data.replace(NUL, b"").strip()
    short = with_few_tags(data)
    return with_few_attributes(short), len(start) < len(html) or len(short) < len(data)


def as_utf8(html: bytes, content_type: str | None) -> bytes:
    """`html` as UTF-8: it is if it can be read so; else it is what byte order mark, header or meta element say, or UTF-8.

    >>> as_utf8('<meta charset="latin-1"><p>Zürich'.encode(), None).decode()
    '<meta charset="latin-1"><p>Zürich'
    """
    if NUL not in html and ESCAPE not in html:
        try:
            html.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return html.removeprefix(BOM_UTF8)
    return html_to_unicode(content_type, html, auto_detect_fun=guessed)[1].encode("utf-8", "replace")


def guessed(html: bytes) -> str | None:
    """The encoding of a page that names none, where its bytes tell."""
    if NUL in html[:2]:
        return "utf-16-be" if html[:1] == NUL else "utf-16-le"
    readable = html.decode("utf-8", "ignore")
    return "cp1252" if readable.isascii() and not html.isascii() else None


def with_few_tags(html: bytes) -> bytes:
    if len(html) <= MOST_TAGS or html.count(b"<") <= MOST_TAGS:
        return html
    end = -1
    for _ in range(MOST_TAGS):
        end = html.find(b"<", end + 1)
    return html[:end]


def with_few_attributes(html: bytes) -> bytes:
    pieces, at = [], 0
    while found := TOO_MANY.match(html, at):
        pieces.append(found[1])
        at = found.end()
    return b"".join((*pieces, html[at:])) if at else html
