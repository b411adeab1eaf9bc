"""Any input gives an article or NotAnArticle, in bounded time and memory."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import zlib
from dataclasses import asdict
from hashlib import sha256
from time import process_time
from typing import TYPE_CHECKING

import pytest

from corpnews.cleaning.article import Provenance, build_valid_article
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import ArticleSource
from corpnews.page.bounds import MAX_ATTRIBUTES, MAX_PAGE_BYTES, prepare_html
from corpnews.page.page import Page
from tests.helpers import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.items import Article

URL = "https://acme.example/news/acme-opens-a-plant"
ORIGIN = Provenance("acme", "Acme", ArticleSource("file"), "2026-11-23T06:10:00Z")
SENTENCE = "The company said on Friday that its new plant in Norway will open in May and make turbines. "
PARAGRAPH = f"<p>{SENTENCE}</p>"
START = f"<html><head><title>Acme opens a plant</title></head><body><h1>Acme opens a plant</h1>{PARAGRAPH * 3}"
NESTED_TYPE = '<div itemscope itemtype="https://schema.org/NewsArticle">'
MOST_MEMORY = 250_000_000
SECONDS = 10  # quadratic time would take minutes


def read(html: bytes | str, url: str = URL) -> Article | None:
    """Return the page's article, or None for NotAnArticle; check that the article is valid JSON."""
    page = Page.from_html(html, url)
    template = SiteTemplate()
    template.observe(page)
    try:
        article = build_valid_article(extract_page(page, template), ORIGIN)
    except NotAnArticle:
        return None
    json.dumps(asdict(article), ensure_ascii=False).encode()
    return article


NOTHING = {
    "nothing": b"",
    "white space": b" \n\t ",
    "a comment": b"<!-- x -->",
    "an unfinished comment": b"<!-- x",
    "a declaration": b'<?xml version="1.0" encoding="utf-8"?>',
    "a doctype": b"<!DOCTYPE html>",
    "an end tag": b"</p>",
    "an angle": b"<",
    "no text": b"<html><body></body></html>",
    "no body": b"<html><head><title>Acme opens a plant</title></head></html>",
    "frames": b"<html><frameset cols='*'><frame src='a.html'></frameset></html>",
    "NUL": b"\x00" * 10_000,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 2000>>\nstream\n"
    + zlib.compress(bytes(range(256)) * 40) * 40
    + b"endstream",
    "an archive": gzip.compress(b"".join(sha256(bytes([number])).digest() for number in range(256))),
}


@pytest.mark.parametrize("html", NOTHING.values(), ids=NOTHING)
def test_input_without_an_article_raises_not_an_article(html: bytes) -> None:
    with pytest.raises(NotAnArticle, match=r"no (?:text|headline)"):
        extract_page(Page.from_html(html, URL))


GERMAN = "<h1>Größere Öfen für Zürich</h1><p>Die Bäckerei Müller baut größere Öfen, „damit niemand auf sein Brötchen wartet“.</p>"
CHINESE = "<h1>朱镕基出席新厂启用</h1><p>公司今天宣布，位于挪威的新工厂将于五月启用，届时每年可以生产一百台风力发电机。</p>"
ENCODED = {
    "UTF-16 with a byte order mark": (GERMAN, GERMAN.encode("utf-16")),
    "UTF-16 LE without": (GERMAN, GERMAN.encode("utf-16-le")),
    "UTF-16 BE without": (GERMAN, GERMAN.encode("utf-16-be")),
    "UTF-8 with a byte order mark": (GERMAN, GERMAN.encode("utf-8-sig")),
    "UTF-8 that says it is Latin-1": (GERMAN, b'<meta charset="iso-8859-1">' + GERMAN.encode()),
    "UTF-8 that says it is GB2312": (CHINESE, b'<meta charset="gb2312">' + CHINESE.encode()),
    "Windows-1252 that says nothing": (GERMAN, GERMAN.encode("cp1252")),
    "GBK that says it is GB2312": (CHINESE, b'<meta charset="gb2312">' + CHINESE.encode("gbk")),
    "an encoding that nobody knows": (GERMAN, b'<meta charset="acme-8">' + GERMAN.encode()),
    "ISO-2022-JP": ("<p>新工場", b'<meta charset="iso-2022-jp">' + "<p>新工場".encode("iso-2022-jp")),
}


@pytest.mark.parametrize(("text", "html"), ENCODED.values(), ids=ENCODED)
def test_bytes_decide_about_the_charset_before_the_declaration(text: str, html: bytes) -> None:
    page = Page.from_html(html, URL)
    assert [block.text for block in page.layout.blocks] == [line for line in re.split("<[^>]+>", text) if line]


def test_text_cut_within_a_character_is_still_utf8() -> None:
    blocks = Page.from_html(GERMAN.encode()[: GERMAN.encode().index(b"\xc3\xb6t") + 1], URL).layout.blocks
    assert blocks[-1].text.startswith("Die Bäckerei Müller")


HOSTILE: dict[str, Callable[[], str]] = {
    "50 MB of paragraphs": lambda: START + PARAGRAPH * 500_000,
    "50 MB of text": lambda: START + SENTENCE * 500_000,
    "50 MB of attributes": lambda: f"{START}<p {' '.join(f'a{number}=1' for number in range(5_000_000))}>",
    "50 MB of script": lambda: f"{START}<script>{'a<b;' * 12_000_000}",
    "100,000 paragraphs": lambda: START + "<p>x" * 100_000,
    "100,000 nested boxes": lambda: START + "<div>" * 100_000 + PARAGRAPH,
    "100,000 nested styles": lambda: START + "<font>" * 100_000 + PARAGRAPH,
    "paragraphs in 1,000 boxes": lambda: START + "<div>" * 1_000 + "<p>some text" * 20_000,
    "10,000 nested tables": lambda: START + "<table><tr><td>a</td><td>" * 10_000 + PARAGRAPH,
    "1,000 tables in rows": lambda: START + "<table><tr><td>" * 500 + "<p>x" * 10_000,
    "1,000,000 attributes": lambda: f"{START}<p {' '.join(f'a{number}=1' for number in range(1_000_000))}>{PARAGRAPH}",
    "attributes that hide their tag's end": lambda: START + "<p " + "".join(f"a{n}='>' " for n in range(200_000)) + ">",
    "1,000,000 line breaks": lambda: START + "<br>" * 1_000_000,
    "1,000,000 links": lambda: START + "<a href=/x>y</a>" * 1_000_000,
    "1,000,000 comments": lambda: START + "<!---->" * 1_000_000,
    "lines of a word": lambda: START + "word<br>" * 20_000,
    "a list of 20,000": lambda: START + "<ul>" + "<li>item text" * 20_000,
    "20,000 rows": lambda: START + "<table>" + "<tr><td>a</td><td>b</td></tr>" * 5_000,
    "20,000 headings": lambda: START + "<h2>Acme opens a plant</h2>" * 20_000,
    "25,000 headings of end matter": lambda: START + "<p>Contact</p>" * 25_000,
    "25,000 lines of code": lambda: f"{START}<div class=hljs>{f'<div>{SENTENCE * 3}</div>' * 25_000}</div>",
    "20,000 pictures": lambda: START + "".join(f"<img src=/{number}.jpg>" for number in range(20_000)),
    "30,000 pictures in a paragraph": lambda: START + "<p>" + "<img src=/hall-1.jpg>Inc. " * 30_000,
    "20,000 times": lambda: START + "<time datetime=2024-05-03>3 May 2024</time>" * 20_000,
    "20,000 tags in tags": lambda: START + "<a rel=tag href=/x><div>" * 2_000 + "<b>x</b>" * 20_000,
    "10 MB in one word": lambda: f"{START}<p>{'a' * 10_000_000}",
    "10 MB in one line": lambda: f"{START}<p>{'word ' * 2_000_000}",
    "a headline of 1 MB": lambda: f"<h1>{'word ' * 200_000}</h1>{PARAGRAPH}",
    "a title of 1 MB": lambda: f"<title>{'word - ' * 150_000}</title>{START}",
    "a class of 1 MB": lambda: f"{START}<p class='{'ab ' * 300_000}'>{SENTENCE}",
    "a srcset of 1 MB": lambda: f"{START}<img srcset='{'a.jpg 1w, ' * 100_000}'>",
    "JSON-LD in 100,000 arrays": lambda: f"<script type='application/ld+json'>{'[' * 100_000}</script>{START}",
    "JSON-LD of 5 MB": lambda: f"<script type='application/ld+json'>[{'{},' * 1_500_000}1]</script>{START}",
    "20,000 JSON-LDs": lambda: "<script type='application/ld+json'>{\"a\": 1}</script>" * 20_000 + START,
    "microdata in microdata": lambda: START + NESTED_TYPE * 2_000 + "<span itemprop=name>x</span>" * 20_000,
    "a property in properties": lambda: START + NESTED_TYPE + "<div itemprop=headline itemscope>" * 2_000 + "x",
    "dates without end": lambda: f"{START}<p>{'2024-05-03 ' * 200_000}",
    "a by-line without end": lambda: f"{START}<p class=author>By {'Jane Doe and ' * 100_000}",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_page_takes_bounded_time(html: Callable[[], str]) -> None:
    made = html()
    start = process_time()
    read(made)
    assert process_time() - start < SECONDS


ODD = {
    "surrogates": "<p title='\ud800'>&#xD800; &#55357; \udfff text",
    "control characters": f"<p title='\x01\x1f'>{''.join(map(chr, range(32)))}",
    "surrogates in JSON-LD": r"""<script type="application/ld+json">{"@type": "NewsArticle",
        "headline": "\ud800 a plant", "author": "\udfff Jo Doe", "articleSection": "\ud800 Plants", "keywords": ["\ud800 wind"],
        "description": "\udc00", "image": "https://acme.example/\ud800.jpg"}</script>""",
    "addresses that are none": "<base href='http://[a'><a href='http://[b'>b</a><img src='http://[c'><link rel=canonical href='http://[d'>",
    "no end": "<p title='",
    "numbers that are none": "<img width='²' src=a.png><h1>٣</h1><time datetime='9999-99-99'>31.02.2024</time>",
}


@pytest.mark.parametrize("html", ODD.values(), ids=ODD)
def test_invalid_characters_are_not_in_the_output(html: str) -> None:
    article = read(f"<h1>Acme opens a plant</h1>{html}{PARAGRAPH * 3}")
    assert article is None or article.headline == "Acme opens a plant"


@pytest.mark.parametrize(
    "url", ["http://[acme.example/news", "", "news", "https://acme.example/\ud800", "https://ac℀me.example/"]
)
def test_invalid_url_raises_no_error(url: str) -> None:
    article = read(START, url)
    assert article is not None
    assert article.headline == "Acme opens a plant"


def test_text_without_a_body_tag_is_read() -> None:
    page = Page.from_html(f"<!doctype html><title>Acme</title><main><h1>Acme opens a plant</h1>{PARAGRAPH}</main>", URL)
    assert [block.text for block in page.layout.blocks] == ["Acme opens a plant", SENTENCE.strip()]


def test_text_around_a_tag_with_too_many_attributes_is_kept() -> None:
    attributes = " ".join(f'a{number}="x > y"' for number in range(2_000))
    data, is_truncated = prepare_html(f"<p>before</p><p {attributes} z>within</p><p>behind</p>")
    assert data.count(b"x > y") == MAX_ATTRIBUTES
    assert not is_truncated
    texts = [block.text for block in Page.from_html(data, URL).layout.blocks]
    assert texts == ["before", "within", "behind"]


def test_nul_bytes_are_left_out_of_the_text() -> None:
    page = Page.from_html(f"<h1>Acme opens a plant</h1>{PARAGRAPH}".replace("a", "\x00a\x00").encode(), URL)
    assert [block.text for block in page.layout.blocks] == ["Acme opens a plant", SENTENCE.strip()]


def test_control_characters_are_left_out_of_the_text() -> None:
    page = Page.from_html(b"<p>Acme \x01opens&#1; a\x7f pl\xc2\x80ant&#127;</p>", URL)
    assert [block.text for block in page.layout.blocks] == ["Acme opens a plant"]


def test_scripts_and_comments_are_not_taken_for_tags() -> None:
    words = " ".join(f"word{number}" for number in range(1_000)).encode()
    html = b"<p>a</p><script>if (a<b " + words + b")</script><!-- <p " + words + b" --><style>a<b " + words + b"</style><p>b</p>"
    assert prepare_html(html) == (html, False)


def test_page_longer_than_any_article_is_truncated() -> None:
    page = Page.from_html(START + PARAGRAPH * (2 * MAX_PAGE_BYTES // len(PARAGRAPH)), URL)
    assert page.is_truncated
    assert page.layout.blocks[1].text == SENTENCE.strip()
    assert not Page.from_html(START, URL).is_truncated


LARGEST = (
    "50 MB of paragraphs",
    "50 MB of text",
    "50 MB of attributes",
    "50 MB of script",
    "10 MB in one word",
    "1,000,000 links",
    "100,000 nested boxes",
    "100,000 paragraphs",
)
# Each page is read by its own process; its memory before the extraction is subtracted.
MEMORY = """
import json, os, re
from pathlib import Path
from tests.extraction.test_hostile_input import HOSTILE, LARGEST, START, read

def peak():
    return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

read(START)
for name in LARGEST:
    html = HOSTILE[name]().encode()
    if not os.fork():
        before = peak()
        read(html)
        print(json.dumps([name, len(html), peak() - before]), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell a process's peak memory in other ways")
def test_hostile_page_takes_bounded_memory() -> None:
    """Memory is bounded by a multiple of the page's size, which is larger for small pages that consist of tags."""
    run = subprocess.run([sys.executable, "-c", MEMORY], env=environment(), check=True, capture_output=True, text=True)
    taken = {name: (size, memory) for name, size, memory in map(json.loads, run.stdout.splitlines())}
    assert tuple(taken) == LARGEST
    for name, (size, memory) in taken.items():
        assert memory < (5 * size if size > 40_000_000 else MOST_MEMORY), name
