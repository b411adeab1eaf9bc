from __future__ import annotations

import pytest

from corpnews.discovery import Scope, find
from tests.discovery.pages import bare_page

NEWS = "https://www.example.com/news/"


def next_pages(html: str, url: str = NEWS, start: str = NEWS) -> list[str]:
    return list(find(bare_page(html, url), Scope.of(start)).next_pages)


LABELS = (
    "Next|Older posts →|下一页|下一頁 >|次へ|다음 »|Weiter|Ältere Beiträge|Suivant|Siguiente|Próxima página|Successivo|"
    "Следующая|التالي|Volgende|Następna|›|»"
).split("|")


@pytest.mark.parametrize("label", LABELS)
def test_the_word_for_next_is_known_in_many_languages(label: str) -> None:
    assert next_pages(f"<div><a href='?page=2'>{label}</a></div>") == [f"{NEWS}?page=2"]


@pytest.mark.parametrize(
    "href",
    ["/news/page/2/", "/news/index_2.html", "?start=10", "?offset=20", "list_2.html", "/news/2.html", "/news76c3.html?start=10"],
)
def test_page_numbers_lead_on_whatever_their_address(href: str) -> None:
    url = f"https://www.example.com{href}" if href.startswith("/") else NEWS + href
    assert url in next_pages(
        f"<ul class='pagination'><li><a href='{NEWS}'>1</a></li><li><a href='{href}'>2</a></li><li>"
        f"<a href='{href}&x'>3</a></li></ul>"
    )


def test_a_link_element_declares_the_next_page() -> None:
    assert next_pages("<link rel='next' href='/news/page/2/'>") == ["https://www.example.com/news/page/2/"]


def test_next_of_another_part_of_the_site_is_not_followed() -> None:
    assert next_pages("<a href='/products/drills/'>Next</a>") == []


def test_sort_orders_and_filters_on_filters_are_not_followed() -> None:
    assert next_pages("<a href='?sort=date'>2</a><a href='?orderby=title'>3</a><a href='?topic=a&region=b'>Europe</a>") == []


def test_days_of_a_calendar_are_not_followed() -> None:
    days = "".join(f"<td><a href='/news/2024/05/{day:02}/'>{day}</a></td>" for day in range(1, 29))
    assert next_pages(f"<table id='wp-calendar'><tr>{days}</tr></table><a href='/news/2024/06/01/'>Next</a>") == []


def test_categories_below_the_newsroom_are_followed_tags_and_authors_are_not() -> None:
    html = (
        "<a href='/news/category/company/'>Company</a><a href='/news/tag/steel/'>Steel</a>"
        "<a href='/news/author/jane/'>Jane</a>"
        "<a href='/products/'>Products</a><a href='/news/finance/'>Finance</a>"
    )
    assert next_pages(html) == [f"{NEWS}category/company/", f"{NEWS}finance/"]


def test_the_same_listing_in_other_languages_is_followed() -> None:
    html = (
        "<a href='/ja/news/'>日本語</a><a href='/de/'>Deutsch</a><a href='/zh-hans/news/'>中文</a>"
        "<link rel='alternate' hreflang='fr' href='/fr/actualites/'>"
    )
    assert set(next_pages(html)) == {
        f"https://www.example.com{path}" for path in ("/ja/news/", "/zh-hans/news/", "/fr/actualites/")
    }


def test_another_host_is_never_followed() -> None:
    assert (
        next_pages(
            "<a rel='next' href='https://blog.example.com/news/page/2/'>Next</a><a href='//cdn.example.net/news/?page=2'>2</a>"
        )
        == []
    )


def test_the_page_itself_is_no_next_page() -> None:
    assert next_pages("<div class='pager'><a href='/news/index.html'>1</a><a href='http://example.com/News'>Next</a></div>") == []
