"""Our own pages, and mutations that occur on the web: in transit, in editors, in content management systems, and on purpose."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from corpnews.demo.pages import DEMO_HTML_TYPE, build_demo_site

if TYPE_CHECKING:
    from collections.abc import Callable

    Mutation = Callable[[bytes, int, int, bytes], bytes]

GOLDEN_PAGES = Path(__file__).parents[1] / "goldens" / "pages"
ANY_TAG = re.compile(rb"<[^<>]*>")
OPEN_TAG = re.compile(rb"<[a-z][a-z0-9]*")
CHARSET = re.compile(rb"""(?<=charset=)["']?[\w-]+""", re.IGNORECASE)
BRACE = re.compile(rb"[{}\[\]\":,]")
CHARSETS = b"utf-8 utf-16 utf-16le gb2312 gbk shift_jis iso-2022-jp koi8-r cp1252 utf-7 hz ascii acme-8 \xff".split(b" ")
ODD_PIECES = (
    b"&#0;&#x1F;&#x85;&#xD800;&#xFFFF;&#x110000;&#99999999999;&amp;amp;lt;&notanentity;&#8238;&shy;&zwj;",
    "\u2028\u2029\u0085\u00ad\u200b\u202e\ufeff\ufffe\U000e0001\U0010ffff".encode(),
    b"\x00\x01\x08\x0b\x0c\x1b$B\x7f\x80\x9f\xc0\xaf\xed\xa0\x80\xf5\xff\xfe",
    *b"""<plaintext><p>
        <![CDATA[<p>
        <!--
        <!-->
        -->
        <script>
        <style>
        <title>
        <textarea>
        <svg><title>
        <template>
        <noscript>
        <select>
        <frameset><frame src=x></frameset>
        </body></html>
        <body><body>
        <?php
        </p></div></article></main>
        <table><p>
        <a href='http://[x'>x<a>
        <a href='x.pdf#&#127;'>x</a>
        <h1></h1>
        <h1>&#8203;</h1>
        <time datetime=x>
        <base href='javascript:alert(1)'>
        <base href='http://[a'>
        <link rel=canonical href='data:text/html,x'>
        <img src='data:image/png;base64,AAAA' srcset=', ,x 1w'>
        <meta property=og:title content='&#55296;'>
        <meta property=og:image content='ftp://a/b.png'>
        <video src=javascript:x></video>
        <div itemscope itemtype=http://schema.org/NewsArticle itemref=a id=a><b itemprop='headline author datePublished'>
        <script type='application/ld+json'>{"@type": ["NewsArticle", 1, null, {}], "headline": [[{}], 3], "author": {}}</script>
        <script type='application/ld+json'>{"@type": "NewsArticle", "datePublished": 1e400, "image": [null, {"url": 5}]}</script>
        <script type='application/ld+json'>{"@type": "NewsArticle", "mainEntity": [[]], "publisher": "\\ud800\\u0001"}</script>
        <script type='application/ld+json'>{"@graph": {"@graph": NaN, "@id": -Infinity}}</script>""".split(b"\n        "),
)


@cache
def read_golden_pages() -> list[bytes]:
    """Return the pages of the demo newsroom and of the goldens."""
    demo = [resource.body for resource in build_demo_site().values() if resource.media_type == DEMO_HTML_TYPE]
    return demo + [file.read_bytes() for file in sorted(GOLDEN_PAGES.glob("*.html"))]


def add_noise(seed: int, size: int) -> bytes:
    return b"".join(sha256(f"{seed} {number}".encode()).digest() for number in range(size // 32 + 1))[:size]


def insert_in_tag(html: bytes, start: int, piece: bytes) -> bytes:
    """Insert `piece` after the name of the next tag."""
    tag = OPEN_TAG.search(html, start)
    return html[: tag.end()] + piece + html[tag.end() :] if tag else html


def cut_bytes(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + html[end:]


def truncate_page(html: bytes, start: int, _end: int, _: bytes) -> bytes:
    return html[:start]


def splice_pages(html: bytes, start: int, end: int, other: bytes) -> bytes:
    return html[:start] + other[end:] + html[start:]


def swap_pieces(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + html[start:end][::-1] + html[end:]


def flip_bytes(html: bytes, start: int, end: int, _: bytes) -> bytes:
    """Flip a bit in bytes at regular distances."""
    changed = bytearray(html)
    for at in range(start, len(html), max(50, end - start)):
        changed[at] ^= 1 << at % 8
    return bytes(changed)


def add_binary(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + add_noise(end, (end - start) % 5_000) + html[start:]


def repeat_tag(html: bytes, start: int, end: int, _: bytes) -> bytes:
    tag = ANY_TAG.search(html, start)
    return html[: tag.start()] + tag[0] * (1 + end % 300) + html[tag.end() :] if tag else html


def drop_tags(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + ANY_TAG.sub(b"", html[start:], count=1 + end % 20)


def repeat_piece(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + html[start : start + (end - start) % 4_000] * (1 + end % 10) + html[start:]


def nest_tags(html: bytes, start: int, end: int, _: bytes) -> bytes:
    tag = (b"<div>", b"<p>", b"<table><tr><td>", b"<ul><li>", b"<b>", b"<a href=/x>", b"<article>", b"<section class=nav>")[
        end % 8
    ]
    return html[:start] + tag * (1 + end % 400) + html[start:]


def add_many_attributes(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return insert_in_tag(html, start, b"".join(b" a%d='>\"'" % number for number in range(end % 400)))


def repeat_attributes(html: bytes, start: int, end: int, _: bytes) -> bytes:
    name = (b"class", b"id", b"itemprop", b"itemtype", b"href", b"style hidden", b"role", b"datetime")[end % 8]
    return insert_in_tag(html, start, b" %b='%b'" % (name, b"nav date headline author " * (end % 200)))


def declare_other_charset(html: bytes, _start: int, end: int, _: bytes) -> bytes:
    charset = CHARSETS[end % len(CHARSETS)]
    return CHARSET.sub(charset, html) if CHARSET.search(html) else b"<meta charset=" + charset + b">" + html


def recode_page(html: bytes, _start: int, end: int, _: bytes) -> bytes:
    return html.decode("utf-8", "replace").encode(
        ("utf-16", "utf-16-le", "gb18030", "cp1252", "iso2022_jp", "utf-7")[end % 6], "ignore"
    )


def insert_odd_piece(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + ODD_PIECES[end % len(ODD_PIECES)] + html[start:]


def insert_nuls(html: bytes, start: int, end: int, _: bytes) -> bytes:
    return html[:start] + html[start:].replace(b"e", b"e\x00", 1 + end % 100)


def break_json(html: bytes, start: int, end: int, _: bytes) -> bytes:
    """Replace a character of the page's JSON-LD."""
    at = html.find(b"ld+json")
    sign = b'{}[]":,\\'[end % 8 : end % 8 + 1]
    return html[:at] + BRACE.sub(lambda _: sign, html[at:], count=1 + start % 5) if at >= 0 else html


MUTATIONS: tuple[Mutation, ...] = (
    cut_bytes, truncate_page, splice_pages, swap_pieces, flip_bytes, add_binary, repeat_tag, drop_tags, repeat_piece, nest_tags,
    add_many_attributes,
    repeat_attributes, declare_other_charset, recode_page, insert_odd_piece, insert_nuls, break_json,
)  # fmt: skip
INSERTION_POINT = st.floats(0, 1)


@st.composite
def iter_broken_pages(draw: st.DrawFn) -> bytes:
    """Draw one of our pages after up to five mutations."""
    pages = st.sampled_from(read_golden_pages())
    html = draw(pages)
    for mutate in draw(st.lists(st.sampled_from(MUTATIONS), max_size=5)):
        start, end = sorted((int(draw(INSERTION_POINT) * len(html)), int(draw(INSERTION_POINT) * len(html))))
        html = mutate(html, start, end, draw(pages) if mutate is splice_pages else b"")
    return html
