from __future__ import annotations

import gzip
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpnews.discovery.source import SourceError
from corpnews.discovery.sources.sitemap_source import SitemapSource
from tests.discovery.source_helpers import ACME_SITE, build_response, build_start_page, get_paths, walk_source

if TYPE_CHECKING:
    from collections.abc import Callable

URLSET = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{}</urlset>'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
LISTED = [f"/news/acme-opens-plant-{number}/" for number in range(6)]
# What else stands on the site of a company.
PAGES = [
    *("/", "/about/", "/about/how-we-came-to-paint-the-north/", "/products/", "/products/heavy-duty-rotary-hammer-drill/"),
    *(
        "/careers/senior-engineer-for-wind-turbines/",
        "/news/",
        "/de/news/",
        "/news/page/2/",
        "/news/2023/",
        "/news/category/plants/",
    ),
    *("/news/report-of-the-board.pdf", "/blog/how-to-paint-a-house-in-winter/", "/contact/", "/what-we-do-for-small-businesses/"),
    *("/news/contact/", "/en/", "/tag/made-in-the-north-of-europe/", "/customers/a-story-of-two-old-bridges/"),
]


def urlset(*urls: str, extra: str = "") -> str:
    return URLSET.format("".join(f"<url><loc>{ACME_SITE}{url}</loc>{extra}</url>" for url in urls))


def index(*urls: str) -> str:
    return INDEX.format("".join(f"<sitemap><loc>{ACME_SITE}{url}</loc></sitemap>" for url in urls))


def found_in(
    sitemap: bytes | str, path: str = "/news/", listed: list[str] | None = None, name: str = "/sitemap.xml"
) -> list[str]:
    start = build_start_page(path, LISTED if listed is None else listed)
    return get_paths(SitemapSource().parse(build_response(sitemap, name, note="depth 0"), start).articles)


def uncertain_in(sitemap: str, path: str, listed: list[str]) -> list[list[str]]:
    """The groups of URLs of which a few pages are to be seen."""
    found = SitemapSource().parse(build_response(sitemap, "/sitemap.xml", note="depth 0"), build_start_page(path, listed))
    return [get_paths(group.links) for group in found.uncertain_lists]


def asked_of(*children: str, start: str = "/news/") -> list[str]:
    found = SitemapSource().parse(build_response(index(*children), "/sitemap.xml", note="depth 0"), build_start_page(start))
    return [request.url.removeprefix(ACME_SITE) for request in found.next_requests]


def test_articles_are_selected_by_the_url_pattern_of_the_start_page() -> None:
    old = ["/news/2009-results/", "/de/news/acme-baut-ein-werk/", "/news/archive/acme-is-founded-in-kiel/"]
    assert set(found_in(urlset(*PAGES, *LISTED, *old))) == {*LISTED, *old}


def test_articles_outside_the_listings_folder_are_selected_by_their_pattern() -> None:
    listed = [f"/press-release/acme-opens-plant-{number}/" for number in range(6)]
    older = "/press-release/acme-is-founded-in-kiel/"
    assert found_in(urlset(*PAGES, older), "/press/", listed) == [older]


def test_a_blog_that_a_newsroom_points_to_is_not_taken_for_part_of_it() -> None:
    blog = [f"/blog/how-to-paint-house-number-{number}/" for number in range(9)]
    assert set(found_in(urlset(*PAGES, *LISTED, *blog), listed=[*LISTED, *blog[:2]])) == set(LISTED)
    assert set(found_in(urlset(*PAGES, *LISTED, *blog), listed=[*LISTED, *blog[:4]])) >= {*LISTED, *blog}


def test_articles_are_known_by_the_page_that_shows_them_where_the_query_tells_which() -> None:
    listed = [f"/press/view.php?id={number}" for number in range(6)]
    others = ["/press/image.php?id=8", "/shop/view.php?id=8"]
    sitemap = urlset(*PAGES, "/press/view.php?id=77", *others)
    assert found_in(sitemap, "/press/list.php", listed) == ["/press/view.php?id=77"]


def test_without_evidence_the_newsroom_s_section_is_taken() -> None:
    named = ["/news/acme-opens-plant/", "/de/news/acme-baut-ein-werk/", "/news/2009-results/"]
    assert set(found_in(urlset(*PAGES, *named), listed=[])) == set(named)


def test_without_evidence_or_section_each_kind_of_url_may_be_of_articles() -> None:
    named = ["/press-release/acme-opens-a-plant-in-kiel/", "/press-release/acme-buys-a-harbour-crane/"]
    assert found_in(urlset(*PAGES, *named), "/press/", []) == []
    assert uncertain_in(urlset(*PAGES, *named), "/press/", []) == [named]


def test_a_folder_within_the_section_is_no_article() -> None:
    articles = ["/news/trade-fairs/acme-goes-to-lyon/", "/news/trade-fairs/acme-goes-to-oslo/"]
    assert set(found_in(urlset("/news/trade-fairs/", *articles), listed=[])) == set(articles)


def test_what_a_home_page_lists_proves_nothing_unless_it_speaks_of_news() -> None:
    news = [f"/press/acme-opens-plant-{number}-in-kiel/" for number in range(4)]
    products = [f"/drills/heavy-duty-rotary-drill-{number}/" for number in range(9)]
    assert set(found_in(urlset(*PAGES, *products, *news), "/", [*products, *news])) == set(news)
    assert uncertain_in(urlset(*products, *news), "/", products) == [products, news]


def test_a_few_hundred_releases_are_found_among_twenty_thousand_products() -> None:
    products = [f"/products/heavy-duty-rotary-drill-{number}/" for number in range(20_000)]
    releases = [f"/newsroom/acme-opens-plant-number-{number}/" for number in range(300)]
    for listed in (releases[:10], []):
        assert set(found_in(urlset(*products, *releases), "/newsroom/", listed)) == set(releases)


def test_posts_at_the_root_of_a_site_are_selected_by_the_names_of_the_sitemaps() -> None:
    posts = [f"/acme-opens-plant-{number}/" for number in range(6)]
    start = build_start_page("/news/", posts[:4])
    files = {
        "/robots.txt": "User-agent: *\nDisallow: /wp-admin/\n\nSitemap: https://www.acme.example/sitemap_index.xml\n",
        "/sitemap_index.xml": index("/page-sitemap.xml", "/post-sitemap.xml", "/category-sitemap.xml", "/post_tag-sitemap.xml"),
        "/post-sitemap.xml": urlset("/blog/", *posts),
        "/page-sitemap.xml": urlset("/our-team/", "/what-we-do-for-small-businesses/"),
    }
    requested, found = walk_source(SitemapSource(), start, files)
    assert requested == ["/robots.txt", "/sitemap_index.xml", "/post-sitemap.xml"]
    assert set(found) == set(posts)


def test_at_the_root_of_a_site_only_a_date_tells_where_no_name_does() -> None:
    listed = [f"/acme-opens-plant-in-kiel-{number}/" for number in range(6)]
    sitemap = urlset("/what-we-do-for-small-businesses/", "/2024-05-06-acme-opens-a-plant/")
    assert found_in(sitemap, listed=listed) == ["/2024-05-06-acme-opens-a-plant/"]


def test_news_sitemaps_tell_titles_dates_and_languages() -> None:
    news = (
        "<news:news><news:publication><news:name>Acme</news:name><news:language>de</news:language></news:publication>"
        "<news:publication_date>2024-05-06T07:00:00+02:00</news:publication_date><news:title>R&D: Werk er&ouml;ffnet</news:title>"
        "</news:news>"
        "<image:image><image:loc>https://www.acme.example/a.jpg</image:loc><image:title>Bild</image:title></image:image>"
    )
    sitemap = urlset("/news/werk/", extra=news).replace("</loc>", "</loc><lastmod>2024-05-07</lastmod>")
    (link,) = SitemapSource().parse(build_response(sitemap, "/news.xml", note="depth 0"), build_start_page()).articles
    assert (link.title, link.language) == ("R&D: Werk eröffnet", "de")
    assert link.date
    assert link.modified
    assert (link.date.value, link.modified.value) == ("2024-05-06T07:00:00+02:00", "2024-05-07")


def test_editions_are_linked_to_each_other() -> None:
    editions = (
        '<xhtml:link rel="alternate" hreflang="{}" href="https://www.acme.example{}"/>'.format(*each)
        for each in (("en", LISTED[0]), ("zh-hans", "/zh/news/acme-opens-plant-0/"), ("x-default", LISTED[0]))
    )
    sitemap = urlset(LISTED[0], extra="".join(editions))
    (link,) = SitemapSource().parse(build_response(sitemap, note="depth 0"), build_start_page(listed=LISTED)).articles
    assert (link.language, link.translations) == ("en", (("zh-Hans", f"{ACME_SITE}/zh/news/acme-opens-plant-0/"),))


def test_the_newest_come_first() -> None:
    entries = "".join(
        f"<url><loc>{ACME_SITE}/news/acme-opens-{name}/</loc><lastmod>{day}</lastmod></url>"
        for name, day in (("old", "2019-01-01"), ("new", "2024-05-06T10:00:00Z"), ("mid", "2022-03-01"))
    )
    assert found_in(URLSET.format(entries)) == [f"/news/acme-opens-{name}/" for name in ("new", "mid", "old")]


def test_other_forms_are_read() -> None:
    text = "\ufeff" + "\r\n".join(f"{ACME_SITE}{url}" for url in [*PAGES, LISTED[1]])
    assert found_in(text) == [LISTED[1]]
    assert found_in(gzip.compress(urlset(LISTED[1]).encode())) == [LISTED[1]]
    assert found_in(gzip.compress(urlset(*LISTED).encode())[:-20])[:1] == [LISTED[0]]
    assert found_in(f"<rss><channel><item><link>{ACME_SITE}{LISTED[1]}</link></item></channel></rss>") == [LISTED[1]]
    assert found_in(URLSET.format(f"<url><loc>\n {ACME_SITE}/news/acme-paints-plants/?b=2&c=1 </loc></url>")[:-9]) == [
        "/news/acme-paints-plants/?b=2&c=1"
    ]


def test_robots_txt_names_the_sitemaps_else_the_usual_paths_are_tried_in_turn() -> None:
    sitemap = urlset(LISTED[0])
    requested, found = walk_source(
        SitemapSource(), build_start_page(), {"/robots.txt": "sitemap : /files/map.xml", "/files/map.xml": sitemap}
    )
    assert (requested, found) == (["/robots.txt", "/files/map.xml"], [LISTED[0]])
    requested, found = walk_source(SitemapSource(), build_start_page(), {"/sitemap_index.xml": sitemap})
    assert (requested, found) == (["/robots.txt", "/sitemap.xml", "/sitemap_index.xml"], [LISTED[0]])
    files = {"/robots.txt": "User-agent: *", "/sitemap.xml": "<!doctype html><p>No", "/sitemap_index.xml": sitemap}
    assert walk_source(SitemapSource(), build_start_page(), files) == (list(files), [LISTED[0]])
    files = {"/robots.txt": "Sitemap: /gone.xml", "/sitemap.xml": sitemap}
    requested, found = walk_source(SitemapSource(), build_start_page(), files)
    assert (requested, found) == (["/robots.txt", "/gone.xml", "/sitemap.xml"], [LISTED[0]])


def test_sitemaps_of_news_come_first_the_newest_before_and_those_of_other_things_not_at_all() -> None:
    named = [
        "/products-1.xml",
        "/sitemap-2.xml",
        "/news-2022.xml",
        "/image-sitemap.xml",
        "/news-2024.xml.gz",
        "/post-sitemap.xml",
    ]
    assert asked_of(*named) == ["/news-2024.xml.gz", "/news-2022.xml", "/post-sitemap.xml", "/sitemap-2.xml"]
    assert asked_of("/product-sitemap.xml", "/sitemap-1.xml") == ["/sitemap-1.xml", "/product-sitemap.xml"]
    wordpress = ["posts-page-1", "posts-post-1", "posts-press_release-1", "taxonomies-category-1", "users-1"]
    assert asked_of(*(f"/wp-sitemap-{name}.xml" for name in wordpress)) == [
        "/wp-sitemap-posts-press_release-1.xml",
        "/wp-sitemap-posts-post-1.xml",
    ]
    assert asked_of("/en/sitemap.xml", "/ja/sitemap.xml") == ["/en/sitemap.xml", "/ja/sitemap.xml"]


def test_an_index_that_names_itself_or_never_ends_is_left() -> None:
    files = {f"/sitemap-{number}.xml": index(f"/sitemap-{number}.xml", f"/sitemap-{number + 1}.xml") for number in range(20)}
    requested, _ = walk_source(SitemapSource(), build_start_page(), {"/robots.txt": "Sitemap: /sitemap-0.xml", **files})
    assert requested == ["/robots.txt", *(f"/sitemap-{number}.xml" for number in range(4))]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!DOCTYPE html><html>", "the response is HTML"),
        ("<note><to>Acme</to></note>", "the response is not a sitemap (<note>)"),
        ("{}", "the response is not XML"),
        (b"\x1f\x8b\x08garbage", "the response is not XML"),
        (gzip.compress(b"\0" * 10_000_000, 1), "the response is not XML"),
    ],
)
def test_response_that_is_not_a_sitemap_is_a_source_error(body: bytes | str, reason: str) -> None:
    with pytest.raises(SourceError) as ended:
        SitemapSource().parse(build_response(body, note="depth 1"), build_start_page())
    assert str(ended.value) == reason


@pytest.mark.parametrize(
    "loc",
    [
        "mailto:a@b.example",
        "https://[acme/news/a-b-c-d/",
        "https://other.example/news/a-b-c-d/",
        "ftp://acme.example/news/",
        "&#xD800;",
        "a" * 5000,
    ],
)
def test_odd_addresses_are_left_out(loc: str) -> None:
    assert found_in(
        URLSET.format(f"<url><loc>{loc}</loc></url><url/><url><loc/></url><url><loc>{ACME_SITE}{LISTED[0]}</loc></url>")
    ) == [LISTED[0]]


MILLION = 1_000_000
# Built by the test that needs it: they are large
FLOODS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(b"<urlset>" + b" " * 200 * MILLION),
    "gzip members": lambda: gzip.compress(b"") * 100_000,
    "depth": lambda: b"<urlset>" + b"<url>" * MILLION,
    "elements": lambda: b"<urlset>" + b"<x/>" * 5 * MILLION,
    "empty entries": lambda: b"<urlset>" + b"<url/>" * 2 * MILLION,
    "attributes": lambda: b"<urlset><url " + b"a='1' " * MILLION + b"/>",
    "references": lambda: b"<urlset><url><loc>" + b"&" * 5 * MILLION,
    "entities": lambda: b'<!DOCTYPE u [<!ENTITY a "' + b"a" * 1000 + b'">]><urlset><url><loc>' + b"&a;" * MILLION,
    "sections": lambda: b"<urlset><url><loc>" + b"<![CDATA[" * MILLION,
    "brackets": lambda: b"<urlset><url><loc><![CDATA[" + b"]" * 5 * MILLION,
    "text": lambda: b"<urlset><url><loc>" + b"a" * 20 * MILLION,
    "children": lambda: b"<sitemapindex>" + b"<sitemap><loc>https://www.acme.example/a.xml</loc></sitemap>" * 50_000,
}


@pytest.mark.parametrize("build", FLOODS.values(), ids=FLOODS)
def test_a_flood_costs_no_more_than_its_length(build: Callable[[], bytes]) -> None:
    flood = build()
    began = time.process_time()
    with suppress(SourceError):
        assert len(SitemapSource().parse(build_response(flood, note="depth 0"), build_start_page()).next_requests) <= 1000
    assert time.process_time() - began < 10


MEASURE = """
import pathlib, re, sys, time
from corpnews.discovery.sources.sitemap_source import SitemapSource
from tests.discovery.source_helpers import build_response, build_start_page

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])

response, start = build_response(sys.stdin.buffer.read(), note="depth 0"), build_start_page()
before, began = peak(), time.process_time()
SitemapSource().parse(response, start)
print(peak() - before, time.process_time() - began)
"""


def test_fifty_thousand_urls_are_read_at_once_and_not_held_as_a_tree() -> None:
    sitemap = urlset(*(f"/products/drill-{number}/" for number in range(50_000)), extra="<image/>" * 20).encode()
    measured = subprocess.run([sys.executable, "-c", MEASURE], input=sitemap, capture_output=True, check=True).stdout
    kilobytes, seconds = map(float, measured.split())
    assert kilobytes < 100_000  # a million elements take twice as much
    assert seconds < 10


def test_no_more_urls_are_read_than_a_sitemap_may_have() -> None:
    assert found_in(urlset(*(f"/products/drill-{number}/" for number in range(50_000)), *LISTED)) == []


@given(
    st.lists(
        st.sampled_from(
            [
                *'<>&;/="[]',
                "<url>",
                "</url>",
                "<loc>",
                "<![CDATA[",
                "]]>",
                "&#0;",
                "&#xD800;",
                "http://[",
                "<!--",
                "a:b",
                "http://a",
            ]
        )
    )
)
def test_no_input_raises_anything_but_a_source_error(pieces: list[str]) -> None:
    for text in (urlset(*LISTED) + "".join(pieces), URLSET.format("<url><loc>" + "".join(pieces)), "".join(pieces)):
        with suppress(SourceError):
            found_in(text)
