"""Exactly the articles of a listing come out, with titles and dates, and its further pages."""

from __future__ import annotations

import json

import pytest

from corpnews.discovery import Scope, SourceRequest, SourceResponse, StartPage, read_listing, read_start_page
from corpnews.discovery.listing_candidates import find_listing_candidates
from corpnews.page.page import Page
from corpnews.web.urls import article_key, split_path
from tests.discovery.listing_pages import build_bare_page, build_listing_page
from tests.discovery.listings import CASES, HOST, Case, english, rows
from tests.discovery.odd_listings import CASES as ODD_CASES
from tests.discovery.world_listings import CASES as WORLD_CASES

ALL_CASES = [*CASES, *WORLD_CASES, *ODD_CASES]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_exactly_the_articles_of_a_listing_come_out(case: Case) -> None:
    listing = read_listing(build_listing_page(case.content, case.url, case.language), Scope.from_start_url(case.url))
    found = {link.url.removeprefix(HOST): (link.title, link.date.value if link.date else None) for link in listing.articles}
    assert found == case.articles


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_a_listing_links_only_to_its_other_pages(case: Case) -> None:
    page, scope = build_listing_page(case.content, case.url, case.language), Scope.from_start_url(case.url)
    listing = read_listing(page, scope)
    paths = {url.removeprefix(HOST) for url in listing.next_pages}
    keys = {article_key(link.url) for link in listing.articles}
    candidates = {each.url.removeprefix(HOST) for each in find_listing_candidates(page, scope, keys)}
    assert paths <= case.next_pages
    assert case.next_pages <= paths | candidates


def test_list_in_data_is_known_by_its_place_on_the_newsrooms_other_pages() -> None:
    def build_page(*paths: str) -> Page:
        news = [{"title": f"Acme delivers pump number {path[-1]}", "url": path, "date": "2024-05-03"} for path in paths]
        content = f"<script>window.__STATE__ = {json.dumps({'page': {'news': news}})};</script>"
        return build_listing_page(content, f"{HOST}/news", "en")

    scope = Scope.from_start_url(f"{HOST}/news")
    first = read_listing(build_page("/news/a1", "/news/a2", "/technology/a3"), scope)
    last = build_page("/products/a4", "/solutions/a5")
    assert read_listing(last, scope).articles == ()
    assert [link.url for link in read_listing(last, scope, first.places).articles] == [
        f"{HOST}/products/a4",
        f"{HOST}/solutions/a5",
    ]


def test_ten_thousand_releases_on_one_page_are_all_found() -> None:
    row = "<li><time>3 May 2024</time><h3><a href='/news/acme-opens-plant-number-{0}/'>Acme opens plant number {0}</a></h3></li>"
    page = build_bare_page(f"<h1>News</h1><ul>{''.join(map(row.format, range(10_000)))}</ul>", f"{HOST}/news/")
    assert len(read_listing(page, Scope.from_start_url(f"{HOST}/news/")).articles) == 10_000


def test_links_that_are_never_closed_are_read_in_time() -> None:
    read_listing(
        build_bare_page("<a href='/news/acme-opens-a-new-plant'>Acme opens a new plant " * 3000, f"{HOST}/news/"),
        Scope.from_start_url(f"{HOST}/news/"),
    )


def test_paragraph_of_twenty_thousand_links_is_read_in_time() -> None:
    link = "the plant of the company in <a href='/news/acme-opens-plant-number-{0}/'>town {0}</a> and then "
    page = build_bare_page(f"<h1>News</h1><p>{''.join(map(link.format, range(20_000)))}</p>", f"{HOST}/news/")
    assert read_listing(page, Scope.from_start_url(f"{HOST}/news/")).articles == ()


@pytest.mark.parametrize(
    "html", ["", "<a>", "<a href='http://[x/'>y</a>", "<table><tr><a href=/news/a>b", "<a href='/news/\x00'>a</a>"]
)
def test_an_odd_page_raises_nothing(html: str) -> None:
    read_listing(build_bare_page(html, f"{HOST}/news/"), Scope.from_start_url(f"{HOST}/news/"))


DATED = "<li><span>{day}</span> <a href='https://www.example.com/press/{slug}'>{title}</a></li>"
UNDATED = "<li><a href='https://shop.example.com/tools/{slug}'>{title}</a></li>"


def started(main: str, url: str) -> StartPage:
    answer = SourceResponse(
        SourceRequest(url, "listing"), url, f"<html><body><main>{main}</main></body></html>".encode(), "text/html"
    )
    return read_start_page(answer, Scope.from_start_url(url))


def test_newsroom_on_a_host_of_its_own_may_list_releases_on_another_of_the_company_s() -> None:
    start = started(f"<h1>Newsroom</h1><ul>{rows(DATED)}</ul><a href='/?page=2'>Older</a>", "https://newsroom.example.com/")
    assert {link.url for link in start.listing.articles} == {f"{HOST}{path}" for path in english("/press/{slug}")}
    assert start.scope.contains(f"{HOST}/press/another")
    assert start.listing.next_pages == ("https://newsroom.example.com/?page=2",)


def test_other_hosts_of_a_company_are_ignored_if_the_newsroom_lists_releases_of_its_own() -> None:
    own = "<li><span>{day}</span> <a href='/press/{slug}'>{title}</a></li>"
    start = started(f"<ul>{rows(own)}</ul><ul>{rows(UNDATED)}</ul>", f"{HOST}/press/")
    assert {link.url for link in start.listing.articles} == {f"{HOST}{path}" for path in english("/press/{slug}")}


def test_goods_on_another_host_of_a_company_are_no_releases() -> None:
    assert started(f"<ul>{rows(UNDATED)}</ul>", "https://newsroom.example.com/").listing.articles == ()


def test_releases_numbered_like_years_are_listed_by_read_more_links_and_archives_of_years_are_none() -> None:
    rows = "".join(f"<li><h3>Acme opens plant {n} in Oslo</h3><a href='/news/{1990 + n}'>Read more</a></li>" for n in range(5))
    page = build_bare_page(f"<main><a href='/news/2020/'>2020</a><ul>{rows}</ul></main>", f"{HOST}/news/")
    listing = read_listing(page, Scope.from_start_url(f"{HOST}/news/"))
    assert [link.url for link in listing.articles] == [f"{HOST}/news/{1990 + n}" for n in range(5)]
    keys = {article_key(link.url) for link in listing.articles}
    candidates = find_listing_candidates(page, Scope.from_start_url(page.url), keys)
    assert [each.url for each in candidates] == [f"{HOST}/news/2020/"]


def test_a_section_of_the_page_itself_is_no_release() -> None:
    rows = "".join(f"<li><a href='/news/?id={70 + n}'>Acme opens plant {n} in Oslo</a></li>" for n in range(5))
    page = build_bare_page(
        f"<main><h2><a href='/news/?type=1'>News of the company</a></h2><ul>{rows}</ul></main>", f"{HOST}/news/"
    )
    listing = read_listing(page, Scope.from_start_url(f"{HOST}/news/"))
    assert [link.url for link in listing.articles] == [f"{HOST}/news/?id={70 + n}" for n in range(5)]


def test_each_link_of_a_large_listing_is_taken_apart_once() -> None:
    rows = "".join(f"<li><a href=/news/plant-{number}>Plant {number} opens in Oslo</a>" for number in range(10_000))
    page = build_bare_page(f"<h1>News</h1><ul>{rows}</ul>", f"{HOST}/news/")
    article_key.cache_clear()
    split_path.cache_clear()
    read_listing(page, Scope.from_start_url(f"{HOST}/news/"))
    assert article_key.cache_info().misses < 10_100
    assert split_path.cache_info().misses < 10_100


def test_card_that_is_a_link_has_its_headline_and_day_also_below_the_heading_of_a_year() -> None:
    days = ("2026", "07-06"), ("", "06-23"), ("", "03-05"), ("2025", "12-17")
    cards = "".join(
        f"<p>{year}</p><a href='/news-{n}/acme-opens-plant-{n}/'><time>{day}</time><div>Acme opens plant {n} in Graz</div></a>"
        for n, (year, day) in enumerate(days)
    ).replace("<p></p>", "")
    page = Page.from_html(f"<body><div>{cards}</div>".encode(), f"{HOST}/news/")
    listed = read_listing(page, Scope.from_start_url(page.url)).articles
    assert [(link.title, link.date and link.date.day) for link in listed] == [
        (f"Acme opens plant {n} in Graz", day) for n, day in enumerate(("2026-07-06", "2026-06-23", "2026-03-05", "2025-12-17"))
    ]


def test_links_of_one_line_have_their_days_and_headlines_whatever_their_elements_stand_apart() -> None:
    cities = "Graz", "Linz", "Lyon", "Oslo"
    items = "".join(
        f"<a href='/ir/{n}'><span>2026-05-0{n}</span><span><em>Ad hoc</em><em>English</em></span>"
        f"<span>Acme opens a plant in {city}</span></a>"
        for n, city in enumerate(cities, 1)
    )
    page = build_bare_page(f"<h1>News</h1><div>{items}</div>", f"{HOST}/news/")
    listed = read_listing(page, Scope.from_start_url(page.url)).articles
    assert [link.date and link.date.day for link in listed] == [f"2026-05-0{n}" for n in range(1, 5)]
    assert all((link.title or "").endswith(f"Acme opens a plant in {city}") for link, city in zip(listed, cities, strict=True))


def test_short_headline_with_a_teaser_is_an_article_among_longer_ones() -> None:
    cities = "Graz", "Linz", "Lyon", "Oslo"
    titles = ["Rook joins Acme", *(f"Acme opens its new plant for pumps in {city}" for city in cities)]
    rows = "".join(
        f"<article><h3><a href='/news/{n}-acme'>{title}</a></h3>"
        f"<p>Number {n} is what the yard in the old harbour says of it in its notes.</p></article>"
        for n, title in enumerate(titles)
    )
    page = build_bare_page(f"<h1>News</h1><div>{rows}</div>", f"{HOST}/news/")
    listing = read_listing(page, Scope.from_start_url(f"{HOST}/news/"))
    assert [link.title for link in listing.articles] == titles


def test_headline_of_a_table_row_whose_picture_is_the_link_ends_with_its_bold_text() -> None:
    rows = "".join(
        f"<tr><td>0{n}/05/2024</td><td><b>Acme opens plant {n} in Oslo</b><br>The plant builds pumps for the town.</td>"
        f"<td><a href='/news/?id=7{n}'><img src='/more.gif' alt='Details'></a></td></tr>"
        for n in range(1, 5)
    )
    listing = read_listing(build_bare_page(f"<table>{rows}</table>", f"{HOST}/news/"), Scope.from_start_url(f"{HOST}/news/"))
    assert [link.title for link in listing.articles] == [f"Acme opens plant {n} in Oslo" for n in range(1, 5)]


def test_pictures_at_the_end_of_the_page_are_named_by_their_texts() -> None:
    images = "".join(f"<a href=/news/plant-{n}-opens><img src=/{n}.jpg alt='Plant {n} opens in Oslo'></a>" for n in range(4))
    listing = read_listing(
        build_bare_page(f"<h1>News</h1><div>{images}</div>", f"{HOST}/news/"), Scope.from_start_url(f"{HOST}/news/")
    )
    assert [link.title for link in listing.articles] == [f"Plant {number} opens in Oslo" for number in range(4)]


@pytest.mark.parametrize("tag", ["acme-tile", "li"])
def test_attributes_whose_names_have_control_characters_are_no_hindrance(tag: str) -> None:
    tiles = "".join(
        f"<{tag} href=/news/plant-{n}-opens data-next\x04=/{n} title='Plant {n} opens in Oslo'>"
        f"<a href=/news/plant-{n}-opens>Plant {n} opens in Oslo</a></{tag}>"
        for n in range(4)
    )
    page = Page.from_html(f"<h1>News</h1><div>{tiles}</div>".encode(), f"{HOST}/news/")
    listing = read_listing(page, Scope.from_start_url(f"{HOST}/news/"))
    assert [link.title for link in listing.articles] == [f"Plant {number} opens in Oslo" for number in range(4)]
