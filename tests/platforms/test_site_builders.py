"""Newsrooms of site builders and of some vendors need no source of their own: listing pages and feeds give every release."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from corpnews.discovery.source import SourceError, SourceRequest, SourceResponse
from corpnews.platforms.cision import CisionSource
from corpnews.platforms.source_registry import PLATFORM_SOURCES, load_sources
from tests.platforms import equisolve_newsroom, investis_newsroom, vsb_newsroom
from tests.platforms.query_source import build_look_alike_start, read_look_alike_start
from tests.platforms.site_builders import BUILDERS
from tests.platforms.test_look_alikes import crawl_look_alike

if TYPE_CHECKING:
    from pathlib import Path


NEWSROOMS = {name: each.newsroom for name, each in BUILDERS.items()} | {
    "Equisolve": equisolve_newsroom.newsroom,
    "Investis": investis_newsroom.newsroom,
    "VSB": vsb_newsroom.newsroom,
}


@pytest.mark.parametrize("name", NEWSROOMS)
def test_every_release_of_a_site_builders_newsroom_is_found_once(name: str, tmp_path: Path) -> None:
    newsroom = NEWSROOMS[name]()
    run, _ = crawl_look_alike(newsroom, tmp_path)
    found = sorted(urlsplit(line["url"]).path.rstrip("/") for line in run.lines)
    assert found == sorted(newsroom.releases_by_path), run.log


@pytest.mark.parametrize("name", NEWSROOMS)
def test_no_platform_source_queries_a_site_builders_newsroom(name: str) -> None:
    start = read_look_alike_start(NEWSROOMS[name]())
    assert [source.name for source in PLATFORM_SOURCES if list(source.initial_requests(start))] == []


SXA = """<div class='search-results' data-properties='{"endpoint": "//sxa/search/results/", "s": "{A}", "sig": "news"}'></div>"""
LOOK_ALIKES = {
    "Sitecore": replace(BUILDERS["Webflow"], pager=lambda url: f"{BUILDERS['Webflow'].pager(url)}{SXA}"),
    "PR TIMES": replace(
        BUILDERS["Webflow"],
        head='<script id="__NEXT_DATA__" type="application/json">{}</script>',
        listing="/main/html/searchrlp/company_id/7",
        page_url=lambda number: f"/main/html/searchrlp/company_id/7?page={number}",
    ),
}


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_newsroom_that_only_looks_like_a_vendors_costs_one_request(name: str, tmp_path: Path) -> None:
    newsroom = LOOK_ALIKES[name].newsroom()
    (source,) = [each for each in PLATFORM_SOURCES if each.platform and each.platform.startswith(name)]
    (tried,) = source.initial_requests(read_look_alike_start(newsroom))
    run, asked = crawl_look_alike(newsroom, tmp_path)
    assert sorted(urlsplit(line["url"]).path for line in run.lines) == sorted(newsroom.releases_by_path), run.log
    assert [path for path in asked if path.startswith(urlsplit(tried.url).path)].count(_path_of(tried.url)) == 1


def _path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize(
    "text",
    [
        "<a href='https://news.cision.com/acme/r/new-plant,c1'>Our release at Cision</a>",
        "<script>load('https://publish.ne.cision.com/papi/')</script>",
        "<img src='https://images.ctfassets.net/acme/1/photo.jpg'><img src='https://cdn.sanity.io/images/acme/production/1.jpg'>",
        "<script>fetch('https://cdn.contentful.com/spaces/acme/environments/master/entries?sys.id=7&access_token=x')</script>",
        "<script>fetch('https://a1.apicdn.sanity.io/v1/data/query/production?query=*[slug.current==%22x%22][0]')</script>",
    ],
)
def test_mention_of_a_content_service_without_a_list_is_no_list(text: str) -> None:
    start = build_look_alike_start(f"<main><h1>News</h1>{text}</main>")
    assert [source.name for source in PLATFORM_SOURCES if list(source.initial_requests(start))] == []


def test_feed_of_cision_without_pages_of_the_company_lists_nothing() -> None:
    start = build_look_alike_start("")
    request = SourceRequest("https://publish.ne.cision.com/papi/NewsFeed/A?pageIndex=1", "cision")
    body = {"TotalFoundReleases": 1, "Releases": [{"Title": "A", "CisionWireUrl": "https://news.cision.com/acme/r/a,c1"}]}
    with pytest.raises(SourceError, match="no row"):
        CisionSource().parse(SourceResponse(request, request.url, json.dumps(body).encode(), "application/json"), start)


def test_only_a_vendors_source_may_leave_the_companys_site_and_only_for_the_vendors() -> None:
    assert CisionSource().keeps_data_at("https://publish.ne.cision.com/papi/NewsFeed/A")
    assert not CisionSource().keeps_data_at("https://cision.com.example/papi/NewsFeed/A")
    assert not any(each.keeps_data_at("https://publish.ne.cision.com/") for each in load_sources() if each.name != "cision")
