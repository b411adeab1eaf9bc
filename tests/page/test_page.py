"""Pages are parsed from bytes in any encoding, with any markup and links, without errors."""

from __future__ import annotations

import pytest

from corpnews.page.page import Page
from corpnews.web.urls import article_key

URL = "https://acme.example/news/17.html"
WORD = "Größe"


def text(html: bytes | str, content_type: str | None = None) -> list[str]:
    return [block.text for block in Page.from_html(html, URL, content_type).layout.blocks]


@pytest.mark.parametrize(
    ("html", "content_type"),
    [
        (f"<p>{WORD}</p>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        (f"<meta charset='windows-1252'><p>{WORD}</p>".encode("cp1252"), None),
        (f"<meta charset='iso-8859-1'><p>{WORD}</p>".encode(), "text/html; charset=utf-8"),
        (f"<p>{WORD}</p>".encode("utf-16"), None),
        (f"<p>{WORD}</p>".encode("utf-8-sig"), None),
        (f"<meta charset='iso-8859-1'><p>{WORD}</p>", None),
    ],
    ids=["header", "meta", "header over meta", "byte order mark", "mark of UTF-8", "text is decoded already"],
)
def test_bytes_are_decoded_with_the_declared_charset(html: bytes | str, content_type: str | None) -> None:
    assert text(html, content_type) == [WORD]


def test_page_declared_as_gb2312_is_decoded_as_gb18030() -> None:
    assert text("<meta charset=gb2312><p>朱镕基、喆、㙓</p>".encode("gb18030")) == ["朱镕基、喆、㙓"]


def test_text_after_an_embedded_player_is_on_the_page() -> None:
    assert text("<p>One</p><EMBED src='/film.swf' width=1><p>Two</p><embed src='/b.swf'></embed><p>Three</p>") == [
        "One",
        "Two",
        "Three",
    ]


def test_paragraph_that_is_all_of_a_heading_is_the_heading() -> None:
    html = "<H1 class=a>\n<p dir=ltr>Acme <b>opens</b> a plant</p>\n</H1><h2><p>One</p><p>Two</p></h2>"
    blocks = Page.from_html(html, URL).layout.blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Acme opens a plant"),
        ("paragraph", "One"),
        ("paragraph", "Two"),
    ]


def test_invalid_bytes_do_not_affect_the_rest_of_the_text() -> None:
    (found,) = text(b"<p>One \xff two</p>", "text/html; charset=utf-8")
    assert found.startswith("One")
    assert found.endswith("two")


def test_nul_does_not_end_the_page() -> None:
    assert text("<p>One</p>\x00<p>Two</p>") == ["One", "Two"]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   \n",
        "\x00",
        "<html></html>",
        "<!-- nothing -->",
        "<?xml version='1.0'?>",
        "<!doctype html>",
    ],
)
def test_page_without_content_has_no_blocks(html: str) -> None:
    assert text(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>Text <b>left open <div>inside</p></b></div>",
        "</div></body></html><p>Text behind the end</p>",
        "<p lang='' class='\x01' style='display'>Text</p><p id>more",
        "<base href='http://[bad'><a href='http://[worse'>Text</a>",
        "<table><tr><td>Text<table><tr><td>nested</table></table>",
        "<svg><p>Text in a drawing</p></svg><p>Text",
        "<frameset><frame src=a></frameset><noframes><p>Text</p></noframes>",
        "Text \ud800 with half a character",
    ],
)
def test_malformed_markup_is_read(html: str) -> None:
    page = Page.from_html(html, URL)
    assert any("Text" in block.text for block in page.layout.blocks)
    assert page.base_url.startswith("http")


def test_links_are_relative_to_the_page_or_its_base() -> None:
    assert Page.from_html("<p>Text</p>", URL).resolve_url("18.html") == "https://acme.example/news/18.html"
    based = Page.from_html("<base target=_top><base href=' /press/ '><p>Text</p>", URL)
    assert based.resolve_url("18.html") == "https://acme.example/press/18.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("18.html#part", "https://acme.example/news/18.html"),
        ("\n /18.html ", "https://acme.example/18.html"),
        ("//cdn.example/18.html", "https://cdn.example/18.html"),
        ("?page=2", "https://acme.example/news/17.html?page=2"),
        ("", None),
        (None, None),
        ("#top", None),
        ("mailto:press@acme.example", None),
        ("javascript:history.back()", None),
        ("JavaScript:void(0)", None),
        ("tel:+47555", None),
        ("data:text/html,x", None),
        ("http://[bad", None),
    ],
)
def test_link_to_a_page_is_made_absolute(href: str | None, url: str | None) -> None:
    assert Page.from_html("<p>Text</p>", URL).resolve_url(href) == url


def test_meta_elements_are_read_by_property_name_and_itemprop_and_the_first_wins() -> None:
    page = Page.from_html(
        "<meta property='OG:Title' content=' One '><meta name='og:title' content='Two'><meta itemprop=image content=a.png>"
        "<meta name=empty content=''><meta charset=utf-8><p>Text</p>",
        URL,
    )
    assert page.meta == {"og:title": "One", "image": "a.png"}


@pytest.mark.parametrize(
    ("html", "tag"),
    [("<html lang=' de-AT '>", "de-AT"), ("<html xml:lang='ja'>", "ja"), ("<html lang=''>", None), ("<html>", None)],
)
def test_language_tag_is_that_of_the_root_element(html: str, tag: str | None) -> None:
    assert Page.from_html(f"{html}<p>Text</p>", URL).language_tag == tag


def test_link_elements_are_found_by_each_word_of_their_rel() -> None:
    page = Page.from_html("<link rel='Canonical' href=/a><link rel='alternate home' href=/b><link href=/c><p>Text</p>", URL)
    assert [link.get("href") for link in page.find_links("canonical")] == ["/a"]
    assert [link.get("href") for link in page.find_links("alternate")] == ["/b"]


def test_page_is_walked_once() -> None:
    page = Page.from_html("<p>Text</p>", URL)
    assert page.layout is page.layout


def test_a_query_is_sent_in_the_charset_of_the_page() -> None:
    page = Page.from_html("<meta charset=gb2312><a href='/新/show.asp?t=新车间'>x</a>".encode("gbk"), "https://acme.example/")
    assert page.resolve_url("/新/show.asp?t=新车间") == "https://acme.example/新/show.asp?t=%D0%C2%B3%B5%BC%E4"
    assert page.resolve_url("?t=%D0%C2") == "https://acme.example/?t=%D0%C2"


def test_queries_in_another_charset_are_different_articles() -> None:
    assert article_key("https://acme.example/a?t=%D0%C2") != article_key("https://acme.example/a?t=%B3%B5")
