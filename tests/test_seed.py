"""The page that this project started from, its text set in the markup of its kind of site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.cleaning.article import Provenance, build_article
from corpnews.extraction.extract import extract_page
from corpnews.items import ArticleSource
from corpnews.page.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from corpnews.items import Article

URL = "http://en.auxgroup.com/about/news/media/161.html"
ORIGIN = Provenance("auxgroup", "AUX Group", ArticleSource("listing"), "2026-11-23T06:10:00Z")
BOILERPLATE = ("Site Search", "Recommended search", "Make AUX become", "Web link copied", "Go share it", "Back")

BOXES = """
<div class="head"><div class="s-box"><span>{0}</span></div><div class="hot">{1}</div></div>
<div class="inbanner"><p>{2}</p></div><div class="alert">{3}</div><div class="wx">{4}</div>
<div class="newsinfo"><div class="tit">{5}</div><div class="txt"><p>{6}</p><p><img src="/up/{image}" alt="{image}"> {caption}</p>
<p>{8}</p><p>{9}</p><p>{10}</p></div><a href="/about/news/media/">{11}</a></div>
"""
HEADINGS = """
<header><form>{0}</form><p>{1}</p></header><section><h2>{2}</h2></section><div>{3}</div><div>{4}</div>
<main><h1>{5}</h1><div>{6}</div><div><img data-src="/up/{image}" alt="{image}"></div>
<div style="text-align:center">{caption}</div><div>{8}</div><div>{9}</div><div>{10}</div></main>
<p><a href="javascript:history.back()">{11}</a></p>
"""
LINES = """
<div><p>{0}</p><p>{1}</p></div><h3>{2}</h3><p>{3}</p><p>{4}</p>
<div><h1>{5}</h1>{6}<br><br><img src="/up/{image}" alt="{image}"><br>{caption}<br><br>{8}<br><br>{9}<br><br>{10}</div>
<a href="./">{11}</a>
"""
SHAPES = {"boxes": BOXES, "headings": HEADINGS, "lines": LINES}


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[str]:
    """The twelve pieces of the page's text."""
    text = (shared / "seed/aux-article.txt").read_text(encoding="utf-8")
    return [" ".join(line.split()).replace("< Back", "&lt; Back") for line in text.split("\n") if line.strip()]


def article(shape: str, lines: list[str]) -> Article:
    image, _, caption = lines[7].partition(" ")
    html = SHAPES[shape].format(*lines, image=image, caption=caption)
    page = Page.from_html(f"<html><head><title>{lines[5]}</title></head><body>{html}</body></html>", URL)
    return build_article(extract_page(page), ORIGIN)


@pytest.mark.parametrize("shape", SHAPES)
def test_headline_caption_and_all_four_paragraphs_come_out(shape: str, lines: list[str]) -> None:
    line = article(shape, lines)
    assert line.headline == lines[5]
    assert line.body.split("\n\n") == [lines[6], lines[8], lines[9], lines[10]]
    assert [image.caption for image in line.images] == ["Discussion and communication"]


@pytest.mark.parametrize("shape", SHAPES)
def test_boilerplate_is_removed_and_accounted_for(shape: str, lines: list[str]) -> None:
    line = article(shape, lines)
    removed = " ".join(removed.text for removed in line.crawl.removed)
    for boilerplate in BOILERPLATE:
        assert boilerplate not in line.body
        assert boilerplate in removed


@pytest.mark.parametrize("shape", SHAPES)
def test_upload_stamp_of_the_image_tells_the_date(shape: str, lines: list[str]) -> None:
    line = article(shape, lines)
    assert (line.date_published, line.date_precision) == ("2023-08-16", "day")
    assert line.crawl.field_sources.date_published == "image-name"
