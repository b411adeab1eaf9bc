"""A page's bytes made fit for the parser: as UTF-8, and within bounds, so that no page costs much more than its size."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Final

from w3lib.encoding import html_to_unicode

# Far beyond any article: the largest of thousands of real pages have 2 MB, 20,000 tags, 40 attributes in one of them.
MOST_BYTES: Final = 10_000_000
MOST_TAGS: Final = 100_000
MOST_ATTRIBUTES: Final = 200

# Signs of encodings whose bytes could pass for UTF-8: UTF-16, ISO-2022.
ODD_BYTE = re.compile(rb"[\x00\x1b]")
ATTRIBUTE = rb"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+[\s/=]*+"""
NAME = rb"<[A-Za-z][^\s/>]*+[\s/=]*+"
# All up to a tag's last attribute that is let through, then the tag's other attributes.
TOO_MANY_ATTRIBUTES = re.compile(
    rb"((?:[^<]++|<(?![A-Za-z])|%b(?:%b){0,%d}+(?:>|\Z))*+%b(?:%b){%d})(?:%b)++"
    % (NAME, ATTRIBUTE, MOST_ATTRIBUTES, NAME, ATTRIBUTE, MOST_ATTRIBUTES, ATTRIBUTE)
)


def fit_to_parse(html: bytes | str, content_type: str | None = None) -> tuple[bytes, bool]:
    """`html` as UTF-8 and within bounds, and whether it had to be cut short; `content_type` is the HTTP header."""
    start = html[:MOST_BYTES]
    data = as_utf8(start, content_type) if isinstance(start, bytes) else start.encode("utf-8", "replace")
    data = within_bounds(data.replace(b"\x00", b"").strip())
    return with_few_attributes(data), len(start) < len(html)


def as_utf8(html: bytes, content_type: str | None) -> bytes:
    """`html` as UTF-8: it is if it can be read so; else it is what byte order mark, header or meta element say, or UTF-8.

    >>> as_utf8('<meta charset="latin-1"><p>Zürich'.encode(), None).decode()
    '<meta charset="latin-1"><p>Zürich'
    """
    if not ODD_BYTE.search(html):
        try:
            html.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return html.removeprefix(BOM_UTF8)
    return html_to_unicode(content_type, html, auto_detect_fun=guessed)[1].encode("utf-8", "replace")


def guessed(html: bytes) -> str | None:
    """The encoding of a page that names none, where its bytes tell."""
    if b"\x00" in html[:2]:
        return "utf-16-be" if html[:1] == b"\x00" else "utf-16-le"
    readable = html.decode("utf-8", "ignore")
    return "cp1252" if readable.isascii() and not html.isascii() else None
