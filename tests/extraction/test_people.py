from __future__ import annotations

import pytest

from corpnews.extraction.facts import read_facts
from corpnews.extraction.headline import find_headline
from corpnews.extraction.page import Page
from corpnews.extraction.people import find_authors

PROSE = (
    "<p>The company said on Monday that it will build a plant for wind turbines in the north, which opens in the next year.</p>"
    * 4
)


def authors(below_headline: str, head: str = "") -> tuple[tuple[str, ...], str] | None:
    html = f"<html><head>{head}</head><body><h1>Acme builds a plant in the north</h1>{below_headline}{PROSE}</body></html>"
    page = Page.from_html(html, "https://www.acme.example/news/17")
    facts = read_facts(page)
    return find_authors(page, facts, find_headline(page, facts), None)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>By Jane Doe</p>", ("Jane Doe",)),
        ("<p>Von Jörg Müller und Ute Maier | 3. Mai 2024</p>", ("Jörg Müller", "Ute Maier")),
        ("<p>Par Élodie Martin</p>", ("Élodie Martin",)),
        ("<p>Published May 3, 2024 by John Q. Public</p>", ("John Q. Public",)),
        ("<p>Автор: Иван Петров</p>", ("Иван Петров",)),
        ("<p>来源：本站 作者：张三 时间：2024-05-03</p>", ("张三",)),
        ("<p>文/李小龙</p>", ("李小龙",)),
        ("<p>Written by</p><p>Jane Doe</p>", ("Jane Doe",)),
        ('<p class="meta">May 3 <a rel="author" href="/x">Jane Doe</a> in News</p>', ("Jane Doe",)),
        ('<p>May 3 · <a href="/authors/jane-doe">Jane Doe</a></p>', ("Jane Doe",)),
        ('<div class="post-author">Jane Doe, Senior Editor</div>', ("Jane Doe",)),
    ],
)
def test_byline_near_the_headline_names_the_authors(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == (names, "visible")


@pytest.mark.parametrize(
    "text",
    [
        "<p>By then the plant had been built</p>",
        "<p>By clicking you agree</p>",
        "<p>Press Release</p>",
        '<p class="author">admin</p>',
        "<p>发布者：admin 2024-05-03</p>",
        "<p>来源：公司新闻部</p>",
        '<p class="author">Acme</p>',
    ],
)
def test_what_is_no_byline_of_a_person_names_nobody(text: str) -> None:
    assert authors(text) is None


def test_stated_author_wins_over_the_byline() -> None:
    assert authors("<p>By Jane Doe</p>", '<meta name="author" content="Ann Lee, PhD">') == (("Ann Lee, PhD",), "meta")


@pytest.mark.parametrize("stated", ["admin", "https://social.example/acme", "Acme Inc.", "Acme News", "press@acme.example"])
def test_accounts_companies_and_addresses_are_no_authors(stated: str) -> None:
    head = f'<meta name="author" content="{stated}"><meta property="og:site_name" content="Acme News">'
    assert authors("", head) is None


def test_commenters_are_no_authors() -> None:
    assert authors('<div class="comments"><p>By Jane Doe</p></div>') is None
