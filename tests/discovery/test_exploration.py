"""The search for listings that no pager leads to, on newsrooms in memory."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.sources.feed_source import FeedSource
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.page.page import Page
from tests.discovery.memory_newsrooms import (
    CITIES,
    HOST,
    MENU,
    OTHERS,
    crawl,
    crawl_paths,
    items,
    page,
    release,
    respond,
    start_planner,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def test_hub_leads_to_the_listings_of_its_sections() -> None:
    sections = {"4411": range(6), "3410": range(6, 12), "9127": range(12, 18)}
    boxes = (
        f"<div class='box'><div class='head'>Section <a href='/c/{key}/'>View more +</a></div>{items(numbers[:3])}</div>"
        for key, numbers in sections.items()
    )
    files = OTHERS | {"/news/": page("".join(boxes))} | {f"/c/{key}/": page(items(numbers)) for key, numbers in sections.items()}
    assert crawl(files)[0] == set(range(18))


def test_tabs_with_sibling_addresses_are_listings() -> None:
    tabs = "<div class='tabs'><a href='/press/'>Company news</a> <a href='/press-2/'>Industry news</a></div>"
    files = OTHERS | {"/press/": page(tabs + items(range(6))), "/press-2/": page(tabs + items(range(6, 12)))}
    assert crawl(files, "/press/")[0] == set(range(12))


def test_months_of_an_archive_are_listings_although_the_newest_list_nothing_new() -> None:
    months = {f"/news/2024/{month:02}/": range(at, at + 3) for month, at in zip(range(8, 0, -1), range(0, 24, 3), strict=True)}
    archive = "".join(f"<li><a href='{path}'>2024-{path[11:13]}</a> (3)</li>" for path in months)
    files = OTHERS | {"/news/": page(f"<ul class='archive'>{archive}</ul>{items(range(6))}")}
    assert crawl(files | {path: page(items(numbers)) for path, numbers in months.items()})[0] == set(range(24))


def test_months_of_which_each_leads_to_the_one_before_are_listings() -> None:
    def show(numbers: Iterable[int], before: str, path: str) -> str:
        return page(f"<h1>News</h1>{items(numbers)}<p><a href='/news/{path}/'>Archive: {before} 2024</a></p>")

    files = {
        "/news/": show(range(3), "May", "2024-05"),
        "/news/2024-05/": show(range(4), "April", "2024-04"),
        "/news/2024-04/": show([4], "March", "2024-03"),
    }
    assert crawl(OTHERS | files)[0] == set(range(5))


def test_months_that_the_page_of_a_year_lists_alone_are_listings() -> None:
    months = {f"/news/2024-{month:02}/": range(at, at + 3) for month, at in zip((5, 4, 3, 2), range(0, 12, 3), strict=True)}
    links = "".join(f"<li><a href='{path}'>{path[6:13]}</a></li>" for path in months)
    years = "<ul class='years'><li><a href='/news/2024/'>2024</a></li></ul>"
    files = OTHERS | {"/news/": page(items(range(4)) + years), "/news/2024/": page(f"<ul>{links}</ul>{years}")}
    assert crawl(files | {path: page(items(numbers)) for path, numbers in months.items()})[0] == set(range(12))


def test_list_of_releases_that_the_feed_listed_before_is_sent_its_form_for_older_ones() -> None:
    feed = "".join(f"<item><title>{release(n)[1]}</title><link>{HOST}{release(n)[0]}</link></item>" for n in range(8))
    form = "<form method='post'><input type='hidden' name='offset' value='6'><button>Load more</button></form>"
    editions = "<link rel='alternate' hreflang='fr' href='/fr/news/'>"
    head = f"<link rel='alternate' type='application/rss+xml' href='/news.xml'>{editions}"
    files = {
        "/news/": page(f"<h1>News</h1>{items(range(3))}<a href='/c/7/'>All news</a>", head),
        "/news.xml": f"<rss><channel>{feed}</channel></rss>",
        "/c/7/": page(f"<h1>News</h1>{items(range(6))}{form}"),
        "/c/7/ offset=6": items(range(6, 12)),
    }
    assert crawl(OTHERS | files, sources=(FeedSource(), ListingSource()))[0] == set(range(12))


def test_list_of_a_year_that_begins_with_the_releases_of_the_start_page_is_read_to_its_end() -> None:
    years = "".join(f"<a href='/news/{year}/'><img src='/img/y{year}.gif' alt=''></a>" for year in (2024, 2023))
    following = [f"<a href='/news/2024/?page={number}'>Next</a>" for number in (2, 3)]
    files = {
        "/news/": page(items(range(5)) + years),
        "/news/2024/": page(items(range(5)) + following[0]),
        "/news/2024/?page=2": page(items(range(5, 10)) + following[1]),
        "/news/2024/?page=3": page(items(range(10, 13))),
        "/news/2023/": page(items(range(13, 18))),
    }
    assert crawl(OTHERS | files)[0] == set(range(18))


def test_topic_in_each_row_is_no_release_although_the_menu_is_built_as_the_rows_are() -> None:
    def row(number: int) -> str:
        path, title = release(number)
        topic = f"<a href='/topic-{number % 3}/'>{('Company', 'Products', 'Industry')[number % 3]}</a>"
        return f"<li>{topic} <a href='{path}'>{title}</a></li>"

    listed = f"<html lang='en'><body><ul>{MENU}</ul><h1>News</h1><ul>{''.join(map(row, range(9)))}</ul></body></html>"
    listing = read_listing(Page.from_html(listed, f"{HOST}/news/"), Scope.from_start_url(f"{HOST}/news/"))
    links = [*listing.articles, *(link for each in listing.uncertain_lists for link in each.links)]
    assert [link.url for link in links] == [HOST + release(number)[0] for number in range(9)]


def test_pages_of_a_year_are_no_releases_of_it_whatever_their_links_say() -> None:
    listed = page(f"{items(range(5))}<div class='pager'>1/4 <a href='/news/2024/?page=2'>»</a></div>")
    listing = read_listing(Page.from_html(listed, f"{HOST}/news/2024/"), Scope.from_start_url(f"{HOST}/news/"))
    assert [link.url for link in listing.articles] == [HOST + release(number)[0] for number in range(5)]


def test_an_archive_is_found_whatever_its_link_is_called() -> None:
    link = "<p><a href='/news/archive.htm'>The collected releases of our company</a></p>"
    files = {**OTHERS, "/news/": page(items(range(4)) + link), "/news/archive.htm": page(items(range(4, 12)))}
    assert crawl(files)[0] == set(range(12))


def test_load_more_button_leads_through_fragments() -> None:
    button = "<button class='more' data-url='/news/more-{}.html'>Load more</button>"
    files = OTHERS | {"/news/": page(items(range(5)) + button.format(2))}
    files |= {f"/news/more-{n}.html": items(range(5 * n - 5, 5 * n)) + (button.format(n + 1) if n < 4 else "") for n in (2, 3, 4)}
    assert crawl(files)[0] == set(range(20))


def test_relative_links_of_a_fragment_start_where_the_page_that_inserts_it_says() -> None:
    def load(number: int) -> str:
        return f"<button data-url='/news/ajax/list?page={number}'>Load more</button>"

    def relative(numbers: Iterable[int]) -> str:
        return items(numbers).replace("href='/", "href='")

    files = {
        "/news/": page(relative(range(6)) + load(2), head="<base href='/'>"),
        "/news/ajax/list?page=2": relative(range(6, 12)) + load(3),
        "/news/ajax/list?page=3": relative(range(12, 15)),
    }
    assert crawl(OTHERS | files)[0] == set(range(15))


def test_edition_behind_a_flag_without_text_is_a_listing() -> None:
    flag = "<a href='/x2/news/' class='flag'><img src='/fi.png'></a>"
    files = OTHERS | {"/news/": page(flag + items(range(5))), "/x2/news/": page(items(range(5, 12)))}
    assert crawl(files)[0] == set(range(12))


def test_releases_in_closed_panels_are_listed() -> None:
    panels = (f"<button>{2024 - n}</button><div style='display:none'>{items(range(5 * n, 5 * n + 5))}</div>" for n in range(3))
    assert crawl(OTHERS | {"/news/": page("".join(panels))})[0] == set(range(15))


def test_data_of_each_page_are_read_where_the_pager_is_html() -> None:
    def listing(number: int) -> str:
        posts = [{"title": release(n)[1], "url": release(n)[0], "date": "2024-05-03"} for n in range(6 * number, 6 * number + 6)]
        older = f"<a href='/news/?page={number + 2}'>Next ›</a>" if number < 2 else ""
        return page(f"<news-list items='{escape(json.dumps(posts))}'></news-list><div class='pager'>{older}</div>")

    files = OTHERS | {"/news/": listing(0), "/news/?page=2": listing(1), "/news/?page=3": listing(2)}
    assert crawl(files)[0] == set(range(18))


def test_dead_links_end_within_the_budget() -> None:
    dead = "".join(f"<li><a href='/news/{city.lower()}-{n}/'>{city}</a></li>" for n in range(4) for city in CITIES)
    numbers, requested = crawl(OTHERS | {"/news/": page(f"{items(range(10))}<ul class='topics'>{dead}</ul>")})
    assert numbers == set(range(10))
    assert len(requested) <= 20


def test_last_page_of_one_release_that_has_a_next_page_for_ever_does_not_spend_the_budget() -> None:
    files = {**OTHERS, "/news/": page(items(range(6)) + "<div class='pager'><a href='/news/?p=2'>Next ›</a></div>")}
    for number in range(2, 40):
        files[f"/news/?p={number}"] = page(f"{items([6])}<div class='pager'><a href='/news/?p={number + 1}'>Next ›</a></div>")
    numbers, requested = crawl(files)
    assert numbers == set(range(7))
    assert len(requested) <= 8


def test_a_page_in_a_frame_of_a_page_without_releases_is_a_listing() -> None:
    frame = "<h1>Press</h1><iframe src='/frames/list.php?client=7'></iframe>"
    start = page("<h1>Media</h1><ul><li><a href='/news/all/'>All releases</a></li></ul>")
    files = {**OTHERS, "/news/": start, "/news/all/": page(frame), "/frames/list.php?client=7": page(items(range(9)))}
    assert crawl(files)[0] == set(range(9))


def test_the_heading_of_a_section_with_its_more_is_a_listing_although_its_url_is_like_those_of_releases() -> None:
    more = "<div><h2>News of the company</h2><a href='/news/news-of-the-company/'>View more</a></div>"
    rows = "".join(f"<li><a href='/news{release(n)[0]}'>{release(n)[1]}</a></li>" for n in range(4))
    start = start_planner(page(f"<section>{more}<ul>{rows}</ul></section>"), "/news/").start
    assert [link.url for link in start.listing.articles] == [f"{HOST}/news{release(n)[0]}" for n in range(4)]


def test_more_below_a_list_takes_no_headline_of_it() -> None:
    sections = "".join(
        f"<section><h2>Section</h2><div>{items(range(3 * at, 3 * at + 3))}</div><a href='/news/list{at}/'>Show more</a></section>"
        for at in range(3)
    )
    start = start_planner(page(sections), "/news/").start
    assert [link.url for link in start.listing.articles] == [HOST + release(n)[0] for n in range(9)]


def test_links_that_only_say_open_in_any_language_have_the_titles_of_their_rows() -> None:
    row = "<tr><td>2024-05-{0:02}</td><td>{1}</td><td><a href='/news/a{0}.html'>{2}</a></td></tr>"
    rows = "".join(row.format(n, release(n)[1], word) for n, word in ((1, "Открыть"), (2, "Otwórz")))
    start = start_planner(page(f"<table>{rows}</table>"), "/news/").start
    assert [link.title for link in start.listing.articles] == [release(n)[1] for n in (1, 2)]


def test_cards_with_an_empty_link_to_a_number_like_a_year_are_releases_and_images_of_years_are_not() -> None:
    cards = "".join(f"<div class='card'><a href='/news/{1990 + n}'></a><h3>{release(n)[1]}</h3></div>" for n in range(4))
    years = "".join(f"<li><a href='/news/{year}/'><img src='/{year}.png'></a></li>" for year in (2024, 2023, 2022))
    start = start_planner(page(f"<div>{cards}</div><ul>{years}</ul>"), "/news/").start
    assert [link.url for link in start.listing.articles] == [f"{HOST}/news/{1990 + n}" for n in range(4)]


def test_releases_numbered_like_years_are_told_by_titles_that_are_cut_after_three_words() -> None:
    titles = ("Acme liefert Regelven...", "Acme liefert Windräd...", "Neue Halle der Acme in L...", "Preis für das Werk in T...")
    rows = [f"<p>0{n}.05.2024 <a href='/news/{1980 + n}'>{title}</a></p>" for n, title in enumerate(titles, 1)]
    listing = read_listing(Page.from_html(page("".join(rows)), f"{HOST}/news/"), Scope.from_start_url(f"{HOST}/news/"))
    assert [link.url for link in listing.articles] == [f"{HOST}/news/{1980 + n}" for n in range(1, 5)]


def test_an_article_that_was_requested_as_a_listing_comes_out() -> None:
    text = "<p>The plant in Oslo has been running around the clock since spring, and 74 people work there now.</p>" * 3
    story = f"<h1>{release(7)[1]}</h1><p>2024-05-03</p>{text}"
    start = page(f"<h1>News</h1>{items(range(3))}<div><a href='{release(7)[0]}'>{release(7)[1]}</a></div>")
    planner = start_planner(start, "/news/")
    actions = planner.begin()
    assert release(7)[0] in [request.url.removeprefix(HOST) for request in actions.requests]
    planner.receive(respond(release(7)[0], page(story)))
    assert planner.frontier.contains(HOST + release(7)[0])


def test_last_page_may_list_a_single_undated_release() -> None:
    def listing(numbers: Iterable[int], following: str) -> str:
        return page(f"<h1>News</h1>{items(numbers, dated=False)}<a rel='next' href='{following}'>Older</a>")

    files = {**OTHERS, "/news/": listing(range(6), "/news/?p=2"), "/news/?p=2": listing([6], "/news/")}
    assert crawl(files)[0] == set(range(7))


def test_a_release_numbered_like_a_year_and_the_archive_of_that_year_are_two_pages() -> None:
    years = "".join(f"<a href='/news/{year}/'>{year}</a> " for year in (2024, 2023))
    main = f"<h1>News</h1>{years}<ul><li><a href='/news/2023'>Acme Turbines opens its second plant in Oslo</a></li></ul>"
    files = {**OTHERS, "/news/": page(main + items(range(3))), "/news/2023/": page(f"<h1>News</h1>{items(range(3, 6))}")}
    paths, requested = crawl_paths(files, "/news/")
    assert paths == {"/news/2023", *(release(number)[0] for number in range(6))}
    assert "/news/2023/" in requested


def test_a_fragment_of_a_list_is_known_by_its_items() -> None:
    def entries(numbers: Iterable[int]) -> str:
        return "".join(f"<article class='item'><a href='/n{n}'>{release(n)[1]}</a></article>" for n in numbers)

    scope = Scope.from_start_url(f"{HOST}/news/")
    listed = read_listing(Page.from_html(page(f"<h1>News</h1><div>{entries(range(6))}</div>"), scope.start_url), scope)
    fragment = Page.from_html(entries([6]), f"{HOST}/ajax?page=2")
    assert [link.url for link in read_listing(fragment, scope, listed.places).articles] == [f"{HOST}/n6"]
