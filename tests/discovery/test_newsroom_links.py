from __future__ import annotations

import pytest

from corpnews.discovery import Scope
from corpnews.discovery.newsroom_links import find_newsroom_links
from corpnews.page.page import Page

HOME = "https://www.example.com/"


def links(*anchors: tuple[str, str]) -> list[str]:
    items = "".join(f"<li><a href='{href}'>{text}</a></li>" for text, href in anchors)
    page = Page.from_html(f"<nav><ul>{items}</ul></nav><main><h1>Acme</h1><p>Turbines for everybody.</p></main>", HOME)
    return [url.removeprefix(HOME) for url in find_newsroom_links(page, Scope.from_start_url(HOME))]


def test_press_comes_before_news_and_neither_products_nor_jobs_come_at_all() -> None:
    found = links(("Products", "/products/"), ("News", "/news/"), ("Careers", "/jobs/"), ("Press releases", "/company/press/"))
    assert found == ["company/press/", "news/"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("新闻中心", "/xwzx/"), ("プレスリリース", "/ir/pr/"), ("Pressemitteilungen", "/unternehmen/"),
        ("Sala de prensa", "/es/sala/"), ("Пресс-центр", "/o-kompanii/pc/"), ("المركز الإعلامي", "/ar/m/"),
        ("Basın bültenleri", "/tr/b/"), ("보도자료", "/kr/p.do"),
    ],
)  # fmt: skip
def test_newsroom_is_known_by_its_name_in_many_languages(text: str, path: str) -> None:
    assert links(("Home", "/"), (text, path), ("X", "/x/")) == [path.removeprefix("/")]


def test_newsroom_on_a_host_of_its_own_is_found() -> None:
    assert links(("Newsroom", "https://newsroom.example.com/")) == ["https://newsroom.example.com/"]


def test_other_companies_pages_and_single_articles_are_not_taken() -> None:
    assert links(("Press", "https://press.example.org/"), ("News", "/news/acme-opens-new-plant-in-oslo/")) == []


def test_the_url_suffices_if_the_text_names_nothing() -> None:
    assert links(("Read all about us", "/newsroom/")) == ["newsroom/"]
