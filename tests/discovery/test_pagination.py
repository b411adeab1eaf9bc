from __future__ import annotations

import pytest

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.pagers.pagination import may_be_listing
from tests.discovery.listing_pages import build_bare_page

NEWS = "https://www.example.com/news/"


def next_pages(html: str, url: str = NEWS, start: str = NEWS) -> list[str]:
    return list(read_listing(build_bare_page(html, url), Scope.from_start_url(start)).next_pages)


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
def test_page_numbers_are_followed_whatever_their_url(href: str) -> None:
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


def test_the_same_listing_in_a_declared_language_is_followed() -> None:
    assert next_pages("<link rel='alternate' hreflang='fr' href='/fr/actualites/'>") == ["https://www.example.com/fr/actualites/"]
    assert next_pages("<link rel='alternate' hreflang='fr' href='/fr/index.php?option=com_news'>") == [
        "https://www.example.com/fr/index.php?option=com_news"
    ]


def test_another_host_is_never_followed() -> None:
    assert (
        next_pages(
            "<a rel='next' href='https://blog.example.com/news/page/2/'>Next</a><a href='//cdn.example.net/news/?page=2'>2</a>"
        )
        == []
    )


def test_the_page_itself_is_no_next_page() -> None:
    assert next_pages("<div class='pager'><a href='/news/index.html'>1</a><a href='http://example.com/News'>Next</a></div>") == []


@pytest.mark.parametrize(
    "href",
    [
        "?tx_news_pi1%5B%40widget_0%5D%5BcurrentPage%5D=2&cHash=8f2a",
        "?tx_news_pi1[currentPage]=2&tx_news_pi1[action]=list&tx_news_pi1[controller]=News&cHash=8f2a",
        "?p_p_id=list&p_p_state=normal&_list_delta=20&_list_cur=2",
        "?sort=date&order=desc&page=2",
        "?grid7_page=2",
        "?b_start:int=20",
    ],
)
def test_page_numbers_are_followed_whatever_else_is_in_the_query(href: str) -> None:
    assert next_pages(f"<div><span>1</span> <a href='{href}'>2</a> <a href='{href}1'>21</a></div>")[0].endswith(href)


@pytest.mark.parametrize(
    "html",
    [
        "<a href='?page=2'>What happened before</a>",
        "<a href='?page=2'>2<span>페이지</span></a><a href='?page=3'>3<span>페이지</span></a>",
        "<button data-url='/news/?page=2'>Load</button>",
        "<div class='scroll' data-next='?page=2'></div>",
        "<select><option value='/news/'>1<option value='/news/?page=2'>2</select>",
        "<base href='/'><select onchange='location.href = this.value'><option value='news/?page=2'>2</select>",
        """<button onclick="location.href='?page=2'">2</button>""",
    ],
)
def test_further_pages_need_neither_a_known_word_nor_a_link(html: str) -> None:
    assert f"{NEWS}?page=2" in next_pages(html)


def test_a_sort_order_on_the_page_that_is_open_is_not_followed() -> None:
    html = "<a href='?page=3&sort=title'>Title</a><a href='?page=4'>4</a>"
    assert next_pages(html, f"{NEWS}?page=3") == [f"{NEWS}?page=4"]


def test_a_filter_on_a_filtered_listing_is_not_followed() -> None:
    assert next_pages("<a href='?topic=5&region=1'>Europe</a>", f"{NEWS}?topic=5") == []


@pytest.mark.parametrize("href", ["?date=2024-03-{day:02}", "/news/archive/2024-03-{day:02}"])
def test_days_are_not_followed_where_nothing_is_called_a_calendar(href: str) -> None:
    days = "".join(f"<td><a href='{href.format(day=day)}'>{day}</a></td>" for day in range(1, 29))
    assert next_pages(f"<table><tr>{days}</tr></table>") == []


def test_pages_of_a_filtered_listing_that_count_from_zero_are_followed() -> None:
    filtered = f"{NEWS}?year=2023&form=a&op=Filter"
    html = f"<nav class='pager'><a href='{filtered}&page=1'>2</a><a href='{filtered}&page=2'>3</a></nav>"
    assert next_pages(html, filtered) == [f"{filtered}&page=1", f"{filtered}&page=2"]


def test_parameters_of_another_path_are_no_filters() -> None:
    page = build_bare_page("<a href='/index.php?option=news&view=list'>News</a>", "https://acme.example/press-overview/")
    scope = Scope.from_start_url(page.url)
    assert may_be_listing(page, scope, "https://acme.example/index.php?option=news&view=list")
    assert not may_be_listing(page, scope, "https://acme.example/press-overview/?topic=1&region=2")
