from __future__ import annotations

import pytest

from corpnews.api import extract
from corpnews.extraction.extract import extract_page
from corpnews.page.page import Page

PROSE = "<p>The company said on Monday that it will build a plant for wind turbines in the north, which opens next year.</p>" * 4


def publisher_source(above: str = "", below: str = "") -> str | None:
    html = f"<html><body><h1>Acme builds a plant in the north</h1>{above}{PROSE}{below}</body></html>"
    return extract_page(Page.from_html(html, "https://www.acme.example/news/17")).publisher_source


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("<p>来源：新华社 作者：张三 时间：2024-05-03</p>", "新华社"),
        ("<p>2024-05-03 文章来源: 中国水泥网 浏览：102</p>", "中国水泥网"),
        ("<p><span>Source: Northern Post</span><span>May 3, 2024</span></p>", "Northern Post"),
        ("<p>Quelle: Nordpost | 3. Mai 2024</p>", "Nordpost"),
        ("<p>Источник: Северная почта</p>", "Северная почта"),
        ("<p>来源: <a href='#'>北方日报</a> <a href='/report/'>举报</a></p>", "北方日报"),
    ],
)
def test_source_is_named_in_the_line_below_the_headline_or_at_the_end(line: str, source: str) -> None:
    assert publisher_source(line) == source
    assert publisher_source(below=line) == source


@pytest.mark.parametrize(
    "line",
    [
        "<p>来源：本站</p>",
        "<p>Source: www.acme.example</p>",
        "<p>Source: Acme</p>",
        "<figure><figcaption>Source: Reuters</figcaption></figure>",
    ],
)
def test_the_site_itself_an_address_and_a_picture_s_source_are_none(line: str) -> None:
    assert publisher_source(line) is None


def test_source_is_read_from_the_meta_element_of_public_bodies_in_china() -> None:
    html = f"<head><meta name='ContentSource' content='北方日报'></head><body><h1>Acme builds a plant</h1>{PROSE}</body>"
    assert extract_page(Page.from_html(html, "https://www.acme.example/news/17")).publisher_source == "北方日报"


def test_source_of_a_picture_and_the_company_itself_are_none() -> None:
    assert publisher_source("<p><img src='/rates.png'></p><p>Source: Northern Post</p>") == "Northern Post"
    assert publisher_source("<p style='text-align: center'><img src='/rates.png'><br>Source: Northern Post</p>") is None
    html = f"<html><body><h1>北方风机建厂</h1><p>来源：北方风机</p>{PROSE}</body></html>"
    found = extract(html, "https://www.acme.example/news/17", company="北方风机有限公司")
    assert found.publisher_source is None
