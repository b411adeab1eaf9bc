"""Preparing a page for the parser: as UTF-8, and within bounds, so that parsing time stays proportional to its size."""

from __future__ import annotations

import re
from typing import Final

from corpnews.page.charset import NUL, recode_to_utf8

# Far above any article: the largest of thousands of real pages has 2 MB, 20,000 tags and 40 attributes in one tag.
# A listing of ten thousand releases on one page has 80,000 tags.
MAX_PAGE_BYTES: Final = 10_000_000
_MAX_TAGS: Final = 120_000
MAX_ATTRIBUTES: Final = 200

# Bytes that do not occur in texts; a real page has a few of them at most.
_BINARY_CHARACTER = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]|\xef\xbf\xbd")
_SNIFFED_BYTES: Final = 2_000
_MAX_BINARY_CHARACTERS: Final = 40
_ATTRIBUTE = rb"""(?:[a-z-]++="[^"]*+"|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+)[\s/=]*+"""
_ATTRIBUTES = rb"[\s/=]*+(?:%b){0,%d}+(?:>|\Z)" % (_ATTRIBUTE, MAX_ATTRIBUTES)
# The paragraph that is all of a heading: libxml2 ends the heading before it.
_PARAGRAPH_OF_HEADING = re.compile(
    rb"(<(h[1-6])\b[^<>]*+>)\s*+<p\b[^<>]*+>((?:[^<]++|<(?!/?(?:p|h[1-6])\b)){0,60}+)</p>\s*+(?=</\2\b)", re.IGNORECASE
)
# End tags at which libxml2 stops reading, however much of the page follows; and an element of which it does not know that it is
# empty, so that the rest of the page would be within it.
_PAGE_END_OR_PLAYER = re.compile(rb"<(?:/(?:body|html)\s*+>|(embed\b[^<>]*+>))", re.IGNORECASE)
# Text, followed by an end tag, a comment, a whole script or style element, another tag, or a "<" that starts no tag.
_WITHIN_BOUNDS = rb"[^<]*+<(?:/|!--(?:[^-]++|-(?!->))*+|%b|[A-Za-z][^\s/>]*+(?:>|%b)|[^A-Za-z])" % (
    rb"|".join(rb"(?i:%b)\b%b(?:[^<]++|<(?!(?i:/%b)))*+" % (tag, _ATTRIBUTES, tag) for tag in (b"script", b"style")),
    _ATTRIBUTES,
)
# Everything up to the last allowed attribute of a tag, then its other attributes. libxml2 takes time quadratic in their number.
_TOO_MANY_ATTRIBUTES = re.compile(
    rb"((?:%b)*+[^<]*+<[A-Za-z][^\s/>]*+[\s/=]*+(?:%b){%d})(?:%b)++" % (_WITHIN_BOUNDS, _ATTRIBUTE, MAX_ATTRIBUTES, _ATTRIBUTE)
)


def prepare_html(html: bytes | str, content_type: str | None = None) -> tuple[bytes, bool]:
    """Return `html` as UTF-8 within the bounds, and whether it was truncated for that; binary data gives empty bytes.

    `content_type` is the HTTP header, which may name the encoding.
    """
    start = html[:MAX_PAGE_BYTES]
    data = recode_to_utf8(start, content_type) if isinstance(start, bytes) else start.encode("utf-8", "replace")
    if len(_BINARY_CHARACTER.findall(data[:_SNIFFED_BYTES])) > _MAX_BINARY_CHARACTERS:
        return b"", False
    # libxml2 stops parsing at NUL
    data = _PAGE_END_OR_PLAYER.sub(_close_player, data.replace(NUL, b"")).strip()
    data = _PARAGRAPH_OF_HEADING.sub(rb"\1\3", data)
    short = _limit_tags(data)
    return limit_attributes(short), len(start) < len(html) or len(short) < len(data)


def _close_player(found: re.Match[bytes]) -> bytes:
    return b"<%b</embed>" % found[1] if found[1] else b""


def _limit_tags(html: bytes) -> bytes:
    """Return the page up to the maximum number of tags."""
    if len(html) <= _MAX_TAGS or html.count(b"<") <= _MAX_TAGS:
        return html
    end = -1
    for _ in range(_MAX_TAGS):
        end = html.find(b"<", end + 1)
    return html[:end]


def limit_attributes(html: bytes) -> bytes:
    """Return the page without the attributes of each tag above the maximum."""
    pieces, at = [], 0
    while found := _TOO_MANY_ATTRIBUTES.match(html, at):
        pieces.append(found[1])
        at = found.end()
    return b"".join((*pieces, html[at:])) if at else html
