"""Damaged documents of all kinds give results or the documented exception, soon."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from time import process_time
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpnews.discovery.source import SourceError
from corpnews.pdf.reader import read_pdf
from corpnews.platforms.source_registry import load_sources
from tests.discovery.source_helpers import ACME_SITE, build_response, build_start_page
from tests.pdfs import release

if TYPE_CHECKING:
    from collections.abc import Iterator

START: Final = build_start_page("/news/", ("/news/acme-opens-plant-1/",))
ENTRY: Final = {"title": "Acme opens a plant", "url": "/news/acme-opens-plant-1/", "date": "2024-05-03", "id": 1}
DOCUMENTS: Final = {
    "application/rss+xml": (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Acme</title><item><title>Plant opens</title><link>{ACME_SITE}"
        "/news/acme-opens-plant-1/</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate></item></channel></rss>"
    ),
    "application/atom+xml": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Plant opens</title><link href='/news/acme-opens-plant-1/'/>"
        "<updated>2024-05-03T10:00:00Z</updated><content type='html'>&lt;p&gt;x</content></entry></feed>"
    ),
    "application/xml": (
        f"<urlset><url><loc>{ACME_SITE}/news/acme-opens-plant-1/</loc><lastmod>2024-05-03</lastmod></url></urlset>"
        f"<sitemapindex><sitemap><loc>{ACME_SITE}/sitemap-2.xml</loc></sitemap></sitemapindex>"
    ),
    "application/json": json.dumps({"total": 2, "items": [ENTRY, {**ENTRY, "id": None}], "next": "/api?page=2", "a": [ENTRY]}),
    "text/html": (
        "<h1>News</h1><ul><li><time>2024-05-03</time> <a href='/news/acme-opens-plant-1/'>Acme opens a plant</a></ul>"
        "<a rel=next href='?page=2'>2</a><form><select name=year><option>2024</select></form><script>var x = {'a': []}</script>"
    ),
    "text/plain": f"User-agent: *\nSitemap: {ACME_SITE}/sitemap.xml\n{ACME_SITE}/news/acme-opens-plant-1/\n",
}
PIECES: Final = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from((b"", b"<", b">", b"&e;", b"]]>", b"{", b"[" * 500, b"null", b"1e999", b"-", b"\x00", b"\xff\xfe", b"9" * 9)),
)
SPOTS: Final = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=6)


def damage(document: bytes, spots: list[tuple[float, int, bytes]]) -> bytes:
    """Replace some bytes at each of these places of a document."""
    for place, length, piece in spots:
        at = int(place * len(document))
        document = document[:at] + piece + document[at + length :]
    return document


def read_with_all_sources(body: bytes, content_type: str) -> Iterator[object]:
    for source in load_sources():
        response = build_response(body, content_type=content_type, source=source.name)
        try:
            yield source.parse(response, START)
        except SourceError as error:
            yield error


@pytest.mark.parametrize("content_type", DOCUMENTS)
@given(spots=SPOTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_source_gives_a_result_or_says_why_not(content_type: str, spots: list[tuple[float, int, bytes]]) -> None:
    body = damage(DOCUMENTS[content_type].encode(), spots)
    began = process_time()
    assert len(list(read_with_all_sources(body, content_type))) == len(load_sources())
    assert process_time() - began < 5


@given(spots=SPOTS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pdf_is_read_or_refused(spots: list[tuple[float, int, bytes]]) -> None:
    with suppress(ValueError):
        assert asyncio.run(read_pdf(damage(release(1), spots))).html
