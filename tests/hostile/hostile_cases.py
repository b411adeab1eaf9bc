"""What a hostile server may send in the place of a release, a robots.txt, a feed or a sitemap; each case has a name."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.helpers import Answer, headline
from tests.hostile.test_no_way_inside import INNER_URLS, build_redirect, build_refresh
from tests.hostile.wall_pages import LANGUAGES, WALLS, build_wall

if TYPE_CHECKING:
    from collections.abc import Iterator

HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
SENTENCE: Final = "The company said on Friday that its new plant in Norway will open in May and make turbines. "
MEGABYTE: Final = 1024 * 1024


def drip() -> Iterator[bytes]:
    while True:
        time.sleep(0.2)
        yield b"<p>"


def hang() -> Iterator[bytes]:
    time.sleep(6)
    yield b""


def pour() -> Iterator[bytes]:
    while True:
        yield b"<p>More and more.</p>" * 3000


def break_off() -> Iterator[bytes]:
    yield b"<html><body><h1>Acme"
    raise ConnectionError


def send(body: bytes | str, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(body.encode() if isinstance(body, str) else body, status, {**HTML, **named})


@cache
def pack(times: int) -> bytes:
    return gzip.compress(pack(times - 1) if times > 1 else b"<p>" + b"A" * (80 * MEGABYTE), 9)


def build_article(head: str = "", body: str = "") -> str:
    return f"<html><head><title>Acme</title>{head}</head><body><main>{body}</main></body></html>"


def build_answers() -> dict[str, Answer]:
    """Answers that break off, never end, lie about themselves, or are none."""
    deep = "[" * 20_000 + "]" * 20_000
    return {
        "gzip bomb": send(pack(1), Content_Encoding="gzip"),
        "gzip bomb in a gzip bomb": send(pack(2), Content_Encoding="gzip, gzip"),
        "deflate bomb": send(zlib.compress(b"A" * (80 * MEGABYTE), 9), Content_Encoding="deflate"),
        "no gzip": send("<h1>plain</h1>", Content_Encoding="gzip"),
        "unknown coding": send("<h1>plain</h1>", Content_Encoding="rot13"),
        "body without end": Answer(b"", headers=HTML, pieces=pour),
        "drip": Answer(b"", headers=HTML, pieces=drip),
        "silence": Answer(b"", headers=HTML, pieces=hang),
        "broken off": Answer(b"", headers={**HTML, "Content-Length": "100000"}, pieces=break_off),
        "shorter than told": send("<h1>short</h1>", Content_Length="90000"),
        "negative length": send("<h1>x</h1>", Content_Length="-5"),
        "no chunks": Answer(b"", headers={**HTML, "Transfer-Encoding": "chunked"}, pieces=lambda: [b"zz\r\nno"]),
        "too large": send("<p>" + "x" * (5 * MEGABYTE)),
        "empty": send(""),
        "no content": send("", 204),
        "status 299": send("<h1>x</h1>", 299),
        "status 404": send("gone", 404),
        "status 500": send("error", 500),
        "status 503": send("busy", 503),
        "status 429 for a day": send("busy", 429, Retry_After="1"),
        "redirect to itself": build_redirect("?again=1"),
        "redirect without target": Answer(b"", 302, HTML),
        "redirect to mail": build_redirect("mailto:press@acme.example"),
        "redirect to a script": build_redirect("javascript:alert(1)"),
        "redirect to a bracket": build_redirect("http://[::1"),
        "redirect to a long address": build_redirect("/news/" + "x" * 60_000),
        "redirect into a header": build_redirect("/news/%0d%0aSet-Cookie:x=1"),
        "refresh to itself": send("<meta http-equiv=refresh content='0'><h1>x</h1>"),
        "image": Answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000, headers={"Content-Type": "image/png"}),
        "binary as HTML": send(bytes(range(256)) * 4000),
        "PDF that is none": Answer(b"%PDF-1.7\nno\n%%EOF", headers={"Content-Type": "application/pdf"}),
        "PDF full of zeros": Answer(b"%PDF-1.4\n" + b"\0" * MEGABYTE, headers={"Content-Type": "application/pdf"}),
        "JSON": Answer(deep.encode(), headers={"Content-Type": "application/json"}),
        "cookies": send("<h1>x</h1>", Set_Cookie="a=" + "b" * 60_000),
        "header of 60 kB": send("<h1>x</h1>", X_Long="y" * 60_000),
    }


def build_pages() -> dict[str, Answer]:
    """Pages that cost time or memory, or carry what must not come out."""
    nested = json.dumps({"@type": "NewsArticle"})[:-1] + ', "a": ' + "[" * 5000 + "]" * 5000 + "}"
    pages = {
        "nested boxes": "<div>" * 50_000 + SENTENCE,
        "nested tables": "<table><tr><td>" * 5_000 + SENTENCE,
        "unclosed links": f"<a href='/x'>{SENTENCE}" * 2_000,
        "many links": "".join(f"<a href='/news/{n}'>Acme opens plant number {n}</a> " for n in range(15_000)),
        "many attributes": f"<p {' '.join(f'a{n}=1' for n in range(20_000))}>{SENTENCE}",
        "spaces": "<p>" + " " * 500_000 + "x" + "\t\n" * 200_000,
        "brackets": "<p>" + "(" * 200_000,
        "dates": "<p>" + "1.1.2024 " * 30_000,
        "digits": "<p>" + "1" * 500_000,
        "one word": "<p>" + "a" * 1_000_000,
        "dashes": "<p>" + "– " * 100_000,
        "comment without end": "<h1>x</h1><!-- " + "-" * 300_000,
        "entities": "<p>" + "&amp;" * 200_000,
        "marks": "<p>" + "&#x202e;&#x0;&#xFFFE;" * 20_000,
        "surrogates": "<p>" + "&#xD800;" * 20_000,
        "combining marks": "<p>a" + "\u0301" * 200_000,
        "options": "<select>" + "<option>x" * 50_000,
        "images": "<img src='data:image/png;base64,AAAA'>" * 10_000,
        "scripts": "<script>var x=1;</script>" * 20_000,
        "frames": "<iframe src='http://127.0.0.1/'></iframe>" * 200,
        "styles": "<style>" + "a{b:c}" * 100_000 + "</style>",
        "drawing": "<svg>" + "<g>" * 10_000,
        "templates": "<template>" * 5_000 + SENTENCE,
    }
    heads = {
        "title of a megabyte": f"<title>{'x' * MEGABYTE}</title>",
        "nested data": f"<script type='application/ld+json'>{nested}</script>",
        "data of a megabyte": f"<script type='application/ld+json'>{json.dumps({'a': 'x' * MEGABYTE})}</script>",
        "numbers as data": "<script type='application/ld+json'>" + "9" * 100_000 + "</script>",
        "base elsewhere": "<base href='http://169.254.169.254/'>",
        "canonical inside": "<link rel=canonical href='http://127.0.1.2/secret'>",
        "many metas": "<meta property='article:tag' content='x'>" * 20_000,
    }
    charsets = ("zlib", "idna", "punycode", "utf-7", "undefined", "x" * 5000, "unicode_escape", "hex", "rot13")
    found = {name: send(build_article(body=body)) for name, body in pages.items()}
    found |= {name: send(build_article(head)) for name, head in heads.items()}
    found |= {
        f"charset {name[:9]}": Answer(b"<h1>x</h1>", headers={"Content-Type": f"text/html; charset={name}"}) for name in charsets
    }
    return found


def build_walls() -> dict[str, Answer]:
    return {f"wall {kind}": send(build_wall(kind, LANGUAGES[at % len(LANGUAGES)])) for at, kind in enumerate(WALLS)}


def build_ways_inside(port: int, other: int) -> dict[str, Answer]:
    urls = [url.format(port=port, other=other) for url in INNER_URLS]
    redirects = {f"redirect to {url}": build_redirect(url) for url in urls}
    return redirects | {f"refresh to {url}": build_refresh(url) for url in urls[::4]}


ROBOTS_TXT: Final = b"User-agent: *\nDisallow: /private/\nSitemap: http://127.0.1.2/sitemap.xml\nSitemap: /sitemap-index.xml\n"
ENTITIES: Final = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
XML_BOMB: Final = f"<?xml?><!DOCTYPE x [<!ENTITY e0 'lol'>{ENTITIES}]><rss><channel><title>&e11;</title></channel></rss>"
XML_OUTSIDE: Final = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'http://127.0.1.2:{port}/secret'>]>"
    "<urlset><url><loc>http://127.0.1.2:{port}/news/secret-plan-of-acme/</loc></url><url><loc>&e;</loc></url></urlset>"
)


def build_files(port: int) -> dict[str, Answer]:
    """Hostile files of the site, by path."""
    index = "".join(f"<sitemap><loc>http://www.acme.example:{port}/sitemap-{n}.xml</loc></sitemap>" for n in range(2000))
    xml = {"Content-Type": "application/xml"}
    return {
        "/robots.txt": Answer(ROBOTS_TXT + b"# x\n" * 50_000, headers={"Content-Type": "text/plain"}),
        "/feed/": Answer(XML_BOMB.encode(), headers={"Content-Type": "application/rss+xml"}),
        "/sitemap.xml": Answer(XML_OUTSIDE.format(port=port).encode(), headers=xml),
        "/sitemap-index.xml": Answer(f"<sitemapindex>{index}</sitemapindex>".encode(), headers=xml),
        "/sitemap_index.xml": Answer(pack(1), headers={**xml, "Content-Encoding": "gzip"}),
    }


def build_good_headlines(count: int) -> list[str]:
    return sorted(map(headline, range(1, count + 1)))
