"""Every platform source: it finds all releases in few requests, and invalid responses end it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpnews.discovery import article_key
from corpnews.discovery.source import SourceError, SourceRequest, SourceResponse
from corpnews.platforms.source_registry import PLATFORM_SOURCES
from tests.platforms import (
    aem_site,
    cision_newsroom,
    content_newsrooms,
    drupal_site,
    hanweb_site,
    investorroom_site,
    jsp_list_site,
    mynewsdesk_site,
    notified_site,
    prezly_site,
    prtimes_site,
    q4_site,
    sitecore_site,
    trs_site,
    webplus_site,
    wordpress_site,
)
from tests.platforms.query_source import (
    LOOK_ALIKE_HOST,
    build_look_alike_start,
    fetch_from_look_alike,
    query_source,
    read_look_alike_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpnews.discovery.source import Source, StartPage
    from corpnews.extraction.listing_entry import ArticleLink
    from tests.platforms.look_alike import LookAlike

SOURCES = {source.name: source for source in PLATFORM_SOURCES}
# Each newsroom, and the number of requests of its source other than the start page.
NEWSROOMS: dict[str, tuple[Callable[[], LookAlike], int]] = {
    "WordPress": (wordpress_site.newsroom, 1),
    "WordPress, a category's archive": (partial(wordpress_site.newsroom, "category"), 1),
    "WordPress, a category by a block": (partial(wordpress_site.newsroom, "block"), 2),
    "WordPress, a type of its own": (partial(wordpress_site.newsroom, "type"), 2),
    "WordPress, a type that only its links name": (partial(wordpress_site.newsroom, "hidden type"), 3),
    "WordPress in a folder": (partial(wordpress_site.newsroom, "folder"), 1),
    "WordPress, its API at a parameter": (partial(wordpress_site.newsroom, "parameter"), 1),
    "WordPress that does not name its API": (partial(wordpress_site.newsroom, "unlinked"), 1),
    "WordPress without a link to its API at a parameter": (partial(wordpress_site.newsroom, "unlinked parameter"), 2),
    "Q4": (q4_site.newsroom, 5),
    "Q4 without a list of years": (partial(q4_site.newsroom, tells_years=False), 6),
    "Q4, the old service": (partial(q4_site.newsroom, is_old=True), 6),
    "AEM": (aem_site.newsroom, 2),
    "AEM, an index of its folder": (partial(aem_site.newsroom, "/news/query-index.json"), 3),
    "Prezly": (prezly_site.newsroom, 2),
    "PR TIMES": (prtimes_site.newsroom, 2),
    "Sitecore": (sitecore_site.newsroom, 2),
    "Cision": (cision_newsroom.newsroom, 2),
    "Contentful": (content_newsrooms.contentful, 2),
    "Sanity": (content_newsrooms.sanity, 1),
    "Mynewsdesk": (mynewsdesk_site.newsroom, 5),
    "Drupal": (drupal_site.newsroom, 2),
    "Notified": (notified_site.newsroom, 2),
    "Notified, pages from 1": (partial(notified_site.newsroom, first=1), 2),
    "InvestorRoom": (investorroom_site.newsroom, 1),
    "Hanweb by POST": (hanweb_site.newsroom, 1),
    "Hanweb by GET": (partial(hanweb_site.newsroom, is_get=True), 1),
    "TRS": (trs_site.newsroom, 4),
    "webplus": (webplus_site.newsroom, 4),
    "JSP list": (jsp_list_site.newsroom, 2),
}
# The newsrooms whose sources parse JSON
JSON_NEWSROOMS = [
    name
    for name in NEWSROOMS
    if name.startswith(("WordPress", "Q4", "AEM", "Prezly", "PR TIMES", "Sitecore", "Cision", "Contentful", "Sanity", "Drupal"))
]
# Sources that request overlapping portions of a list
OVERLAPPING = ("q4", "wordpress", "mynewsdesk")
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
INVALID_BODIES = (
    b"",
    b"<!doctype html><html><body><h1>Sorry</h1><p>Something went wrong.</p></body></html>",
    bytes(range(256)) * 40,
    b"[" * 100_000,
    b"<div>" * 5000,
    b"<datastore><recordset><record><![CDATA[<li>",
    b'{"items": [1, 2]}',
    b'{"code": "rest_forbidden", "message": "No.", "data": {"status": 401}}',
    b'{"errors": [{"title": "Forbidden", "status": "403"}]}',
    b'{"errors": [null, 3], "data": null}',
    *(json.dumps(value).encode() for value in ODD),
)
NOTES = ("", "first", "tried", "types", "feed", "-1", "2023", "from 2023", "0")


def find_articles(source: Source, response: SourceResponse, start: StartPage) -> tuple[ArticleLink, ...]:
    """The articles in a response; none if it ends the source."""
    try:
        return source.parse(response, start).articles
    except SourceError:
        return ()


def find_all_articles(newsroom: LookAlike) -> dict[str, ArticleLink]:
    """The links that start page and source find, by article key."""
    found = query_source(SOURCES[newsroom.via], newsroom).links
    keys = [article_key(link.url) for link in found]
    assert newsroom.via in OVERLAPPING or len(keys) == len(set(keys))
    listed = {article_key(link.url): link for link in read_look_alike_start(newsroom).listing.articles}
    return listed | dict(zip(keys, found, strict=True))


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_release_is_found_once_with_headline_and_date(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    found = [(link.url, link.title, link.date and link.date.day) for link in find_all_articles(newsroom).values()]
    releases = newsroom.releases_by_path.items()
    assert sorted(found) == sorted((LOOK_ALIKE_HOST + path, each.headline, each.day.isoformat()) for path, each in releases)


@pytest.mark.parametrize("name", NEWSROOMS)
def test_number_of_requests_is_minimal(name: str) -> None:
    build, count = NEWSROOMS[name]
    newsroom = build()
    assert len(query_source(SOURCES[newsroom.via], newsroom).requests) == count


@pytest.mark.parametrize("name", NEWSROOMS)
def test_only_the_vendors_sources_query_its_newsrooms(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    start = read_look_alike_start(newsroom)
    assert {source.platform for source in PLATFORM_SOURCES if list(source.initial_requests(start))} == {
        SOURCES[newsroom.via].platform
    }


@pytest.mark.parametrize("name", NEWSROOMS)
def test_look_alike_serves_the_detail_pages(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    for path, release in newsroom.releases_by_path.items():
        response = fetch_from_look_alike(newsroom, SourceRequest(LOOK_ALIKE_HOST + path, "listing"))
        assert response is not None
        assert release.html.encode() in response.body


@pytest.mark.parametrize("name", [name for name in NEWSROOMS if SOURCES[NEWSROOMS[name][0]().via].has_full_text])
def test_source_with_full_text_delivers_the_bodies(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    bodies = {key: link.inline_article and link.inline_article.html for key, link in find_all_articles(newsroom).items()}
    assert bodies == {article_key(LOOK_ALIKE_HOST + path): each.html for path, each in newsroom.releases_by_path.items()}


@pytest.mark.parametrize("name", NEWSROOMS)
def test_invalid_response_ends_the_source_or_has_no_articles(name: str) -> None:
    newsroom = NEWSROOMS[name][0]()
    source, start = SOURCES[newsroom.via], read_look_alike_start(newsroom)
    requests = [SourceRequest(f"{LOOK_ALIKE_HOST}/answer", source.name, note=note) for note in NOTES]
    for request in (*source.initial_requests(start), *requests):
        for body in INVALID_BODIES:
            for content_type in ("text/html", "application/json"):
                assert not find_articles(source, SourceResponse(request, request.url, body, content_type), start), body[:40]


@pytest.mark.parametrize("body", INVALID_BODIES, ids=lambda body: repr(body)[:30])
def test_no_platform_source_queries_an_unrelated_start_page(body: bytes) -> None:
    start = build_look_alike_start(body)
    assert [source.name for source in PLATFORM_SOURCES if list(source.initial_requests(start))] == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(JSON_NEWSROOMS), st.data())
def test_broken_json_raises_no_other_exception(name: str, choices: st.DataObject) -> None:
    newsroom = NEWSROOMS[name][0]()
    source, start = SOURCES[newsroom.via], read_look_alike_start(newsroom)
    responses = [fetch_from_look_alike(newsroom, request) for request in query_source(source, newsroom).requests]
    response = choices.draw(st.sampled_from([each for each in responses if each]))
    value = json.loads(response.body)
    for _ in range(choices.draw(st.integers(1, 4))):
        value = with_a_part_replaced(value, choices)
    broken = SourceResponse(response.request, response.url, json.dumps(value).encode(), response.content_type, response.headers)
    for link in find_articles(source, broken, start):
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
