"""What single platform sources do beyond finding all releases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpnews.discovery.source import SourceError, SourceRequest, SourceResponse
from corpnews.platforms.aem import AemSource
from corpnews.platforms.drupal import DrupalSource
from corpnews.platforms.investorroom import InvestorRoomSource
from corpnews.platforms.notified import NotifiedSource
from corpnews.platforms.q4 import Q4Source
from corpnews.platforms.wordpress import WordPressSource
from tests.platforms import aem_site, drupal_site, investorroom_site, notified_site, q4_site, wordpress_site
from tests.platforms.query_source import LOOK_ALIKE_HOST, build_look_alike_start, query_source

if TYPE_CHECKING:
    from corpnews.discovery.source import Source, SourceResult, StartPage


def read_json(
    source: Source, value: object, start: StartPage, url: str = f"{LOOK_ALIKE_HOST}/answer", note: str = ""
) -> SourceResult:
    return source.parse(
        SourceResponse(SourceRequest(url, source.name, note=note), url, json.dumps(value).encode(), "application/json"), start
    )


def test_wordpress_is_found_by_its_link_header() -> None:
    start = build_look_alike_start("<h1>News</h1>", link=f'<{LOOK_ALIKE_HOST}/blog/wp-json/>; rel="https://api.w.org/"')
    assert [request.url.partition("?")[0] for request in WordPressSource().initial_requests(start)] == [
        f"{LOOK_ALIKE_HOST}/blog/wp-json/wp/v2/posts"
    ]


def test_images_of_another_sites_wordpress_are_no_evidence() -> None:
    start = build_look_alike_start('<img src="https://blog.example.net/wp-content/uploads/a.jpg"><h1>News</h1>')
    assert not list(WordPressSource().initial_requests(start))


def test_protected_or_empty_post_is_a_link_without_text() -> None:
    base = {"link": f"{LOOK_ALIKE_HOST}/a/", "title": {"rendered": "A &amp; B"}, "date_gmt": "2024-05-03T10:00:00"}
    contents = [{"rendered": "<p>Form</p>", "protected": True}, {"rendered": "<p> </p>", "protected": False}, None]
    posts = [{**base, "link": f"{LOOK_ALIKE_HOST}/{number}/", "content": content} for number, content in enumerate(contents)]
    links = read_json(WordPressSource(), posts, build_look_alike_start("")).articles
    assert [(link.title, link.inline_article) for link in links] == [("A & B", None)] * 3


def test_truncated_text_is_no_summary() -> None:
    post = {
        "link": f"{LOOK_ALIKE_HOST}/a/",
        "title": {"rendered": "A"},
        "content": {"rendered": "<p>Acme opens a plant in Tangen.</p>"},
    }
    excerpts = ["<p>Acme opens a plant [&hellip;]</p>", "<p>Jobs for Tangen.</p>"]
    links = [
        read_json(WordPressSource(), [{**post, "excerpt": {"rendered": excerpt}}], build_look_alike_start("")).articles[0]
        for excerpt in excerpts
    ]
    assert [link.inline_article and link.inline_article.summary for link in links] == [None, "Jobs for Tangen."]


def test_featured_image_has_its_caption() -> None:
    links = query_source(WordPressSource(), wordpress_site.newsroom()).links
    assert links[3].inline_article is not None
    assert links[3].inline_article.images == (("/wp-content/uploads/3.jpg", "The works at night"),)


def test_section_is_the_category_that_not_all_posts_have_and_tags_are_keywords() -> None:
    links = query_source(WordPressSource(), wordpress_site.newsroom()).links
    assert links[3].inline_article is not None
    assert (links[3].inline_article.section, links[3].inline_article.keywords) == ("Plants & mills", ("Wind",))


def test_post_has_its_modification_date() -> None:
    links = query_source(WordPressSource(), wordpress_site.newsroom()).links
    assert links[0].modified is not None
    assert links[0].modified.value == "2024-11-19T10:00:00+00:00"


def test_wordpress_pages_are_followed_while_full_if_no_header_counts_them() -> None:
    post = {"link": f"{LOOK_ALIKE_HOST}/a/", "title": {"rendered": "A"}, "categories": []}
    url = f"{LOOK_ALIKE_HOST}/wp-json/wp/v2/posts?per_page=100&page=2"
    following = [
        read_json(WordPressSource(), [post] * count, build_look_alike_start(""), url).next_requests for count in (100, 99)
    ]
    assert [[request.url for request in requests] for requests in following] == [[url.replace("page=2", "page=3")], []]


def test_releases_among_many_blog_posts_are_selected_by_category() -> None:
    posts = [
        {
            "link": f"{LOOK_ALIKE_HOST}/{number}/acme-says-something-new/",
            "title": {"rendered": "A"},
            "categories": [7 if number % 20 == 0 else 9],
        }
        for number in range(100)
    ]
    listed = "".join(
        f"<li><a href='/{20 * number}/acme-says-something-new/'>Acme says something new</a></li>" for number in range(20)
    )
    api = f'<{LOOK_ALIKE_HOST}/wp-json/>; rel="https://api.w.org/"'
    found = read_json(WordPressSource(), posts, build_look_alike_start(f"<ul>{listed}</ul>", link=api), note="first")
    assert [link.url for link in found.articles] == [
        f"{LOOK_ALIKE_HOST}/{number}/acme-says-something-new/" for number in range(0, 100, 20)
    ]
    assert "categories=7" in found.next_requests[0].url


def test_custom_taxonomy_filters_its_post_type() -> None:
    api = f'<{LOOK_ALIKE_HOST}/wp-json/>; rel="https://api.w.org/"'
    start = build_look_alike_start(
        "<body class='archive tax-press_kind term-results term-12'>", f"{LOOK_ALIKE_HOST}/kind/results/", link=api
    )
    types = {"release": {"slug": "release", "rest_base": "releases", "taxonomies": ["press_kind"]}}
    (request,) = read_json(WordPressSource(), types, start, f"{LOOK_ALIKE_HOST}/wp-json/wp/v2/types", "types").next_requests
    assert "/wp-json/wp/v2/releases?" in request.url
    assert "press_kind=12" in request.url


def test_q4_dates_are_month_first_without_time_zone() -> None:
    row = {"Headline": "A", "LinkToDetailPage": "/a/default.aspx", "PressReleaseDate": "09/10/2026 16:00:00"}
    (link,) = read_json(Q4Source(), {"GetPressReleaseListResult": [row]}, build_look_alike_start(""), note="2026").articles
    assert link.date is not None
    assert link.date.value == "2026-09-10T16:00:00"


def test_q4_release_as_pdf_or_on_another_site_is_a_link_without_text() -> None:
    rows = [
        {"Headline": "A", "LinkToDetailPage": "/files/doc_downloads/a.pdf", "Body": ""},
        {"Headline": "B", "LinkToDetailPage": None, "LinkToUrl": "https://wire.example/b", "Body": None},
        {"Headline": "C", "LinkToDetailPage": "", "LinkToUrl": ""},
    ]
    links = read_json(Q4Source(), {"GetPressReleaseListResult": rows}, build_look_alike_start("")).articles
    assert [link.url for link in links] == [f"{LOOK_ALIKE_HOST}/files/doc_downloads/a.pdf", "https://wire.example/b"]
    assert not any(link.inline_article for link in links)


@pytest.mark.parametrize("body", [b"<html><h1>Sorry</h1></html>", b'{"GetPressReleaseListResult": null}', b"[]"])
def test_older_q4_service_is_queried_if_the_newer_one_returns_something_else(body: bytes) -> None:
    start = build_look_alike_start("<script src='https://s1.q4cdn.com/a.js'></script>")
    (initial,) = Q4Source().initial_requests(start)
    found = Q4Source().parse(SourceResponse(initial, initial.url, body, "text/html"), start)
    (next_request,) = found.next_requests
    assert next_request.url == f"{LOOK_ALIKE_HOST}/Services/PressReleaseService.svc/GetPressReleaseList"
    with pytest.raises(SourceError, match="not a list of releases"):
        Q4Source().parse(SourceResponse(next_request, next_request.url, body, "text/html"), start)


def test_q4_delivers_keywords_summary_and_attachments() -> None:
    link = query_source(Q4Source(), q4_site.newsroom()).links[2]
    assert link.inline_article is not None
    assert link.inline_article.keywords == ("hydro",)
    assert link.inline_article.summary == "The works of Lillesund runs again."
    assert link.inline_article.attachments == (("/files/doc_news/2.pdf", "Picture of the works"),)


def test_q4_request_has_the_category_of_the_page() -> None:
    script = (
        "<script src='https://s1.q4cdn.com/a.js'></script><script>var o = {categoryId: '1cb807d2-208f-4bc3-9133-6a9ad45ac3b0'}"
    )
    (request,) = Q4Source().initial_requests(build_look_alike_start(f"<div class='evergreen-x'>{script}</script></div>"))
    assert "categoryId=1cb807d2-208f-4bc3-9133-6a9ad45ac3b0" in request.url


def test_pages_that_are_no_releases_are_excluded_from_the_aem_index() -> None:
    newsroom = aem_site.newsroom()
    urls = {link.url for link in query_source(AemSource(), newsroom).links}
    assert not urls & {LOOK_ALIKE_HOST + page for page in aem_site.PAGES}


def test_drupal_date_field_takes_precedence_over_creation_time() -> None:
    links = query_source(DrupalSource(), drupal_site.newsroom()).links
    assert links[0].date is not None
    assert links[0].date.precision == "day"


def test_pager_is_followed_if_a_page_has_fewer_releases_than_requested() -> None:
    newsroom = investorroom_site.newsroom(longest=25)
    queried = query_source(InvestorRoomSource(), newsroom)
    assert (len(queried.links), len(queried.requests)) == (66, 3)


def test_links_next_to_the_list_are_no_releases() -> None:
    assert not any("annual-report" in link.url for link in query_source(InvestorRoomSource(), investorroom_site.newsroom()).links)


def test_filter_without_option_for_all_years_is_queried_year_by_year() -> None:
    newsroom = notified_site.newsroom(years=("2024", "2023", "2022", "2021"))
    queried = query_source(NotifiedSource(), newsroom)
    assert (len(queried.links), len(queried.requests)) == (66, 4)
