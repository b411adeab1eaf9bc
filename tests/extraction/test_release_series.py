"""Releases that repeat one another come out whole, and the same whatever the order of the pages."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from corpnews.extraction.site_template import SiteTemplate
from corpnews.page.page import Page
from tests.pages import read
from tests.release_series import KINDS, build_newsroom

if TYPE_CHECKING:
    from tests.release_series import SeriesNewsroom

HALF_SHARED = next(number for number, kind in enumerate(KINDS) if kind.__name__ == "half_shared")


def read_bodies(newsroom: SeriesNewsroom, order: int) -> dict[str, str]:
    """The bodies of all releases by URL, with a template that has seen the pages in one of many orders."""
    pages = [(newsroom.listing, newsroom.listing_url), *((release.html, release.url) for release in newsroom.releases)]
    Random(order).shuffle(pages)
    template = SiteTemplate.from_pages(pages)
    return {
        release.url: "\n".join(read(Page.from_html(release.html, release.url), template).body.split())
        for release in newsroom.releases
    }


def measure_f1(body: str, truth: str) -> float:
    found, wanted = Counter(body.split()), Counter(truth.split())
    common = (found & wanted).total()
    return 2 * common / max(1, found.total() + wanted.total())


def test_releases_that_share_half_of_their_sentences_come_out_whole() -> None:
    scores = []
    for seed in range(1, 11):
        newsroom = build_newsroom(seed, kinds=(HALF_SHARED,))
        bodies = read_bodies(newsroom, 0)
        scores += [measure_f1(bodies[release.url], "\n".join(release.body)) for release in newsroom.releases]
    assert sum(scores) / len(scores) >= 0.995


@pytest.mark.parametrize("seed", range(10))
def test_bodies_do_not_depend_on_the_order_of_the_pages(seed: int) -> None:
    newsroom = build_newsroom(seed, count=16)
    first, *others = (read_bodies(newsroom, order) for order in range(3))
    assert all(other == first for other in others)


@pytest.mark.parametrize("line", ["See attached notice.", "Details: see the notice (PDF)", "詳細は添付資料をご覧ください。"])
def test_release_of_one_short_line_that_each_release_has_comes_out_with_its_line(line: str) -> None:
    html = """<header><ul><li><a href="/news">News</a></li><li><a href="/about">About</a></li></ul></header>
    <main><h1>Notice {0} of the board</h1><p class="date">{0} March 2026</p><p><a href="/files/{0}.docx">{1}</a></p></main>
    <aside><h3>More news</h3><dl><dt>1 March 2026</dt><dd><a href="/news/1">Notice 1 of the board</a></dd></dl></aside>
    <footer><p>Acme builds machines for industry and utilities. The group has sites in nine countries.</p>
    <ul><li><a href="/careers">Careers</a></li><li><a href="/contact">Contact</a></li></ul><p>© 2026 Acme</p></footer>"""
    pages = [Page.from_html(html.format(day, line), f"https://acme.example/news/{day}") for day in range(1, 20)]
    template = SiteTemplate.from_pages(pages)
    assert {read(page, template).body for page in pages} == {line}
