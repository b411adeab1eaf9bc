"""Vendors with data APIs: all releases are found, with headline and date, in few requests; invalid responses end the source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpnews.discovery import Scope, article_key, read_listing
from corpnews.discovery.listing import SourceResult
from corpnews.discovery.source import StartPage
from corpnews.discovery.source_requests import SourceError, SourceRequest, SourceResponse
from corpnews.platforms.q4 import Q4Source
from corpnews.platforms.source_registry import PLATFORM_SOURCES
from corpnews.platforms.wordpress import WordPressSource
from tests.platforms import aem_site, drupal_site, mynewsdesk_site, prezly_site, q4_site, wordpress_site
from tests.platforms.query_source import LOOK_ALIKE_HOST, fetch_from_look_alike, query_source, read_look_alike_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.source import Source
    from tests.platforms.look_alike import LookAlike

WAYS = {way.name: way for way in PLATFORM_SOURCES}
DATA = [WAYS[name] for name in ("q4", "wordpress", "prezly", "aem", "mynewsdesk", "drupal", "drupal-views")]
# Each newsroom, and the number of requests of its source other than the start page.
NEWSROOMS: dict[str, tuple[Callable[[], LookAlike], int]] = {
    "WordPress": (wordpress_site.newsroom, 1),
    "WordPress, a category's archive": (lambda: wordpress_site.newsroom("category"), 1),
    "WordPress, a category by a block": (lambda: wordpress_site.newsroom("block"), 2),
    "WordPress, a type of its own": (lambda: wordpress_site.newsroom("type"), 2),
    "WordPress, a type that only its links name": (lambda: wordpress_site.newsroom("hidden type"), 3),
    "WordPress in a folder": (lambda: wordpress_site.newsroom("folder"), 1),
    "WordPress, its API at a parameter": (lambda: wordpress_site.newsroom("parameter"), 1),
    "WordPress that does not name its API": (lambda: wordpress_site.newsroom("unlinked"), 1),
    "WordPress that tells of neither API nor parameter": (lambda: wordpress_site.newsroom("unlinked parameter"), 2),
    "Q4": (q4_site.newsroom, 5),
    "Q4 without a list of years": (lambda: q4_site.newsroom(tells_years=False), 6),
    "Q4, the old service": (lambda: q4_site.newsroom(is_old=True), 6),
    "AEM": (aem_site.newsroom, 2),
    "AEM, an index of its folder": (lambda: aem_site.newsroom("/news/query-index.json"), 3),
    "Prezly": (prezly_site.newsroom, 2),
    "Mynewsdesk": (mynewsdesk_site.newsroom, 5),
    "Drupal": (drupal_site.newsroom, 2),
    "Drupal's views": (lambda: drupal_site.newsroom(has_api=False), 7),
}
ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    1.5,
    10**20,
    "",
    "x",
    "https://[",
    "/",
    "\ud800",
    [],
    {},
    [[]],
    [None],
    {"": None},
    "9" * 400,
    float("nan"),
)
SHAPES = {
    "nothing": b"",
    "HTML": b"<!doctype html><html><body><h1>Sorry</h1></body></html>",
    "garbage": bytes(range(256)) * 4,
    "deep": b"[" * 100_000,
    "a refusal": b'{"code": "rest_forbidden", "message": "No.", "data": {"status": 401}}',
    "JSON:API's refusal": b'{"errors": [{"title": "Forbidden", "status": "403"}]}',
    "errors that are none": b'{"errors": [null, 3], "data": null}',
    **{f"{value!r:.20}": json.dumps(value).encode() for value in ODD},
}


def outcome(way: Source, answer: SourceResponse, start: StartPage) -> SourceResult | str:
    """The result of the source, or "ended"."""
    try:
        return way.parse(answer, start)
    except SourceError:
        return "ended"


def found_in(name: str) -> tuple[LookAlike, dict[str, ArticleLink]]:
    """A newsroom, and the links that its start page and its source found, by article key."""
    newsroom = NEWSROOMS[name][0]()
    links = [*query_source(WAYS[newsroom.via], newsroom).links, *read_look_alike_start(newsroom).listing.articles]
    return newsroom, {article_key(link.url): link for link in reversed(links)}


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_release_is_found_once_with_headline_and_date(name: str) -> None:
    newsroom, links = found_in(name)
    found = [(link.url, link.title, link.date and link.date.day) for link in links.values()]
    pairs = zip(newsroom.paths, newsroom.releases, strict=True)
    assert sorted(found) == sorted((LOOK_ALIKE_HOST + path, release.headline, release.day.isoformat()) for path, release in pairs)


@pytest.mark.parametrize("name", NEWSROOMS)
def test_number_of_requests_is_minimal(name: str) -> None:
    make, asks = NEWSROOMS[name]
    newsroom = make()
    assert len(query_source(WAYS[newsroom.via], newsroom).asks) == asks


@pytest.mark.parametrize("name", NEWSROOMS)
def test_only_the_vendors_sources_query_its_newsrooms(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    opened = {way.platform for way in PLATFORM_SOURCES if list(way.initial_requests(read_look_alike_start(newsroom)))}
    assert opened == {WAYS[newsroom.via].platform}


@pytest.mark.parametrize("name", NEWSROOMS)
def test_look_alike_serves_the_detail_pages(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    for path, release in zip(newsroom.paths, newsroom.releases, strict=True):
        answer = fetch_from_look_alike(newsroom, SourceRequest(LOOK_ALIKE_HOST + path, "listing"))
        assert answer is not None
        assert release.html.encode() in answer.body


@pytest.mark.parametrize("name", [name for name in NEWSROOMS if WAYS[NEWSROOMS[name][0]().via].has_full_text])
def test_source_with_full_text_delivers_the_bodies(name: str) -> None:
    newsroom, links = found_in(name)
    pairs = zip(newsroom.paths, newsroom.releases, strict=True)
    texts = {url: link.inline_article and link.inline_article.html for url, link in links.items()}
    assert texts == {article_key(LOOK_ALIKE_HOST + path): release.html for path, release in pairs}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("way", DATA, ids=lambda way: way.name)
def test_invalid_response_ends_the_source_or_has_no_articles(way: Source, shape: str) -> None:
    newsroom = next(make for make, _ in NEWSROOMS.values() if make().via == way.name)()
    start = read_look_alike_start(newsroom)
    for note in ("", "first", "tried", "types", "-1", "2023", "from 2023", "0"):
        answer = SourceResponse(
            SourceRequest(f"{LOOK_ALIKE_HOST}/answer", way.name, note=note),
            f"{LOOK_ALIKE_HOST}/answer",
            SHAPES[shape],
            "application/json",
        )
        read = outcome(way, answer, start)
        assert read == "ended" or (isinstance(read, SourceResult) and not read.articles)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(NEWSROOMS.keys() - {"Mynewsdesk"})), st.data())
def test_broken_json_raises_no_other_exception(name: str, choices: st.DataObject) -> None:
    newsroom = NEWSROOMS[name][0]()
    way, start = WAYS[newsroom.via], read_look_alike_start(newsroom)
    asks = query_source(way, newsroom).asks
    answer = choices.draw(st.sampled_from([answer for ask in asks if (answer := fetch_from_look_alike(newsroom, ask))]))
    value = json.loads(answer.body)
    for _ in range(choices.draw(st.integers(1, 4))):
        value = with_a_part_replaced(value, choices)
    broken = SourceResponse(answer.request, answer.url, json.dumps(value).encode(), answer.content_type, answer.headers)
    read = outcome(way, broken, start)
    for link in read.articles if isinstance(read, SourceResult) else ():
        assert link.url.startswith("http")
        assert link.url.encode()
        assert link.title is None or link.title.strip() == link.title != ""


def with_a_part_replaced(value: object, choices: st.DataObject) -> object:
    """The value with one of its parts, at any depth, replaced or removed."""
    if isinstance(value, dict) and value and choices.draw(st.integers(0, 5)):
        key = choices.draw(st.sampled_from(sorted(value)))
        if not choices.draw(st.integers(0, 5)):
            return {name: child for name, child in value.items() if name != key}
        return {**value, key: with_a_part_replaced(value[key], choices)}
    if isinstance(value, list) and value and choices.draw(st.integers(0, 5)):
        at = choices.draw(st.integers(0, min(3, len(value) - 1)))
        return [*value[:at], with_a_part_replaced(value[at], choices), *value[at + 1 :]]
    return choices.draw(st.sampled_from(ODD))


def start_with(body: str, url: str = f"{LOOK_ALIKE_HOST}/news/", **headers: str) -> StartPage:
    answer = SourceResponse(SourceRequest(url, "listing"), url, body.encode(), "text/html", headers)
    scope = Scope.from_start_url(url)
    return StartPage(answer, scope, read_listing(answer.page, scope))


def read_json(
    way: Source, value: object, start: StartPage, url: str = f"{LOOK_ALIKE_HOST}/answer", note: str = ""
) -> SourceResult:
    return way.parse(
        SourceResponse(SourceRequest(url, way.name, note=note), url, json.dumps(value).encode(), "application/json"), start
    )


def test_wordpress_is_found_by_its_link_header() -> None:
    start = start_with("<h1>News</h1>", link=f'<{LOOK_ALIKE_HOST}/blog/wp-json/>; rel="https://api.w.org/"')
    assert [ask.url.partition("?")[0] for ask in WordPressSource().initial_requests(start)] == [
        f"{LOOK_ALIKE_HOST}/blog/wp-json/wp/v2/posts"
    ]


def test_images_of_another_sites_wordpress_are_no_evidence() -> None:
    start = start_with('<img src="https://blog.example.net/wp-content/uploads/a.jpg"><h1>News</h1>')
    assert not list(WordPressSource().initial_requests(start))


def test_protected_or_empty_post_is_a_link_without_text() -> None:
    base = {"link": f"{LOOK_ALIKE_HOST}/a/", "title": {"rendered": "A &amp; B"}, "date_gmt": "2024-05-03T10:00:00"}
    contents = [{"rendered": "<p>Form</p>", "protected": True}, {"rendered": "<p> </p>", "protected": False}, None]
    posts = [{**base, "link": f"{LOOK_ALIKE_HOST}/{number}/", "content": content} for number, content in enumerate(contents)]
    links = read_json(WordPressSource(), posts, start_with("")).articles
    assert [(link.title, link.inline_article) for link in links] == [("A & B", None)] * 3


def test_truncated_text_is_no_summary() -> None:
    post = {
        "link": f"{LOOK_ALIKE_HOST}/a/",
        "title": {"rendered": "A"},
        "content": {"rendered": "<p>Acme opens a plant in Tangen.</p>"},
    }
    excerpts = ["<p>Acme opens a plant [&hellip;]</p>", "<p>Jobs for Tangen.</p>"]
    links = [
        read_json(WordPressSource(), [{**post, "excerpt": {"rendered": excerpt}}], start_with("")).articles[0]
        for excerpt in excerpts
    ]
    assert [link.inline_article and link.inline_article.summary for link in links] == [None, "Jobs for Tangen."]


def test_featured_image_has_its_caption() -> None:
    links = query_source(WordPressSource(), wordpress_site.newsroom()).links
    assert links[3].inline_article is not None
    assert links[3].inline_article.images == (("/wp-content/uploads/3.jpg", "The works at night"),)


def test_post_has_its_modification_date() -> None:
    links = query_source(WordPressSource(), wordpress_site.newsroom()).links
    assert links[0].modified is not None
    assert links[0].modified.value == "2024-11-19T10:00:00+00:00"


def test_wordpress_pages_are_followed_while_full_if_no_header_counts_them() -> None:
    post = {"link": f"{LOOK_ALIKE_HOST}/a/", "title": {"rendered": "A"}, "categories": []}
    url = f"{LOOK_ALIKE_HOST}/wp-json/wp/v2/posts?per_page=100&page=2"
    following = [read_json(WordPressSource(), [post] * count, start_with(""), url).next_requests for count in (100, 99)]
    assert [[ask.url for ask in asks] for asks in following] == [[url.replace("page=2", "page=3")], []]


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
    found = read_json(WordPressSource(), posts, start_with(f"<ul>{listed}</ul>", link=api), note="first")
    assert [link.url for link in found.articles] == [
        f"{LOOK_ALIKE_HOST}/{number}/acme-says-something-new/" for number in range(0, 100, 20)
    ]
    assert "categories=7" in found.next_requests[0].url


def test_custom_taxonomy_filters_its_post_type() -> None:
    api = f'<{LOOK_ALIKE_HOST}/wp-json/>; rel="https://api.w.org/"'
    start = start_with("<body class='archive tax-press_kind term-results term-12'>", f"{LOOK_ALIKE_HOST}/kind/results/", link=api)
    types = {"release": {"slug": "release", "rest_base": "releases", "taxonomies": ["press_kind"]}}
    (ask,) = read_json(WordPressSource(), types, start, f"{LOOK_ALIKE_HOST}/wp-json/wp/v2/types", "types").next_requests
    assert "/wp-json/wp/v2/releases?" in ask.url
    assert "press_kind=12" in ask.url


def test_q4_dates_are_month_first_without_time_zone() -> None:
    row = {"Headline": "A", "LinkToDetailPage": "/a/default.aspx", "PressReleaseDate": "09/10/2026 16:00:00"}
    (link,) = read_json(Q4Source(), {"GetPressReleaseListResult": [row]}, start_with(""), note="2026").articles
    assert link.date is not None
    assert link.date.value == "2026-09-10T16:00:00"


def test_q4_release_as_pdf_or_on_another_site_is_a_link_without_text() -> None:
    rows = [
        {"Headline": "A", "LinkToDetailPage": "/files/doc_downloads/a.pdf", "Body": ""},
        {"Headline": "B", "LinkToDetailPage": None, "LinkToUrl": "https://wire.example/b", "Body": None},
        {"Headline": "C", "LinkToDetailPage": "", "LinkToUrl": ""},
    ]
    links = read_json(Q4Source(), {"GetPressReleaseListResult": rows}, start_with("")).articles
    assert [link.url for link in links] == [f"{LOOK_ALIKE_HOST}/files/doc_downloads/a.pdf", "https://wire.example/b"]
    assert not any(link.inline_article for link in links)


@pytest.mark.parametrize("body", [b"<html><h1>Sorry</h1></html>", b'{"GetPressReleaseListResult": null}', b"[]"])
def test_older_q4_service_is_queried_if_the_newer_one_returns_something_else(body: bytes) -> None:
    start = start_with("<script src='https://s1.q4cdn.com/a.js'></script>")
    (opening,) = Q4Source().initial_requests(start)
    found = Q4Source().parse(SourceResponse(opening, opening.url, body, "text/html"), start)
    (further,) = found.next_requests
    assert further.url == f"{LOOK_ALIKE_HOST}/Services/PressReleaseService.svc/GetPressReleaseList"
    with pytest.raises(SourceError, match="not a list of releases"):
        Q4Source().parse(SourceResponse(further, further.url, body, "text/html"), start)


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
    (ask,) = Q4Source().initial_requests(start_with(f"<div class='evergreen-x'>{script}</script></div>"))
    assert "categoryId=1cb807d2-208f-4bc3-9133-6a9ad45ac3b0" in ask.url


def test_pages_that_are_no_releases_are_excluded_from_the_aem_index() -> None:
    newsroom = aem_site.newsroom()
    urls = {link.url for link in query_source(WAYS["aem"], newsroom).links}
    assert not urls & {LOOK_ALIKE_HOST + page for page in aem_site.PAGES}


def test_drupal_date_field_takes_precedence_over_creation_time() -> None:
    links = query_source(WAYS["drupal"], drupal_site.newsroom()).links
    assert links[0].date is not None
    assert links[0].date.precision == "day"
