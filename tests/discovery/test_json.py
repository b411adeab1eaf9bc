"""Releases in JSON that nobody has described."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpnews.discovery import Scope, read_listing
from corpnews.discovery.data.json_lists import find_json_articles
from corpnews.discovery.data.json_paging import build_next_json_request
from corpnews.discovery.source import Listing, SourceRequest, SourceResponse, StartPage
from corpnews.discovery.sources.listing_source import ListingSource
from corpnews.extraction.listing_entry import ArticleLink
from tests.discovery.json_newsrooms import BASE, DAYS, HEADLINES, HOST, LISTS, OTHERS, URLS
from tests.discovery.memory_newsrooms import crawl_paths, page, release

API = f"{HOST}/api/news"
ROWS = LISTS["a list"]
KEYS = st.sampled_from("title url link slug date publishedAt items data node fields next offset page total price name 9".split())
# Halves of characters among them, which JSON can name and UTF-8 not write.
ODD = st.characters(exclude_categories=())
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(ODD, max_size=30)
    | st.sampled_from([*URLS, *HEADLINES, *DAYS]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=60,
)


@pytest.mark.parametrize("name", LISTS)
def test_the_releases_of_a_list_are_found_in_its_order(name: str) -> None:
    links = find_json_articles(LISTS[name], BASE)
    assert [link.url.rstrip("/") for link in links] == URLS
    assert [link.title for link in links] == HEADLINES


@pytest.mark.parametrize("name", [name for name in LISTS if name != "releases without a date"])
def test_the_releases_of_a_list_have_their_days(name: str) -> None:
    assert [link.date and link.date.day for link in find_json_articles(LISTS[name], BASE)] == DAYS


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_list_of_releases_gives_none(name: str) -> None:
    assert find_json_articles(OTHERS[name], BASE) == ()


def test_a_list_of_releases_is_found_among_everything_else() -> None:
    state = {"props": {"pageProps": {**OTHERS, "sections": [{"type": "hero"}, {"type": "list", "news": LISTS["a list"]}]}}}
    assert [link.url for link in find_json_articles(state, BASE)] == URLS


def test_slugs_become_addresses_as_known_ones_do() -> None:
    rows = [
        {"title": title, "slug": url.rpartition("/")[2], "date": day}
        for title, url, day in zip(HEADLINES, URLS, DAYS, strict=True)
    ]
    known = [f"{HOST}/en/stories/{rows[2]['slug']}.html"]
    found = [link.url for link in find_json_articles(rows, f"{HOST}/", known)]
    assert found == [f"{HOST}/en/stories/{row['slug']}.html" for row in rows]


def test_slugs_without_a_known_url_pattern_are_not_taken() -> None:
    rows = [{"title": title, "slug": title, "date": "2024-05-03"} for title in ("acme-a", "acme-b")]
    assert find_json_articles(rows, f"{HOST}/") == ()


def test_a_release_knows_its_language_and_last_change() -> None:
    rows = [{**row, "locale": {"code": "de_AT"}, "updatedAt": "2024-10-01T08:00:00Z"} for row in ROWS]
    link = find_json_articles(rows, BASE)[0]
    assert (link.language, link.modified and link.modified.value) == ("de-AT", "2024-10-01T08:00:00+00:00")


def test_a_deep_or_wide_response_costs_little() -> None:
    deep: Any = ROWS
    for _ in range(5_000):
        deep = [deep]
    wide = [{"a": [{"b": number}] * 3} for number in range(50_000)]
    started = time.process_time()
    assert find_json_articles(deep, BASE) == ()
    assert find_json_articles(wide, BASE) == ()
    assert time.process_time() - started < 5


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY_JSON)
def test_no_json_raises_anything(value: object) -> None:
    for link in find_json_articles(value, BASE, URLS):
        assert link.url.startswith("http")
        assert link.url.encode()
    body = json.dumps(value).encode()
    build_next_json_request(
        SourceResponse(SourceRequest(f"{API}?offset=0&page=1", "browser", body=json.dumps({"page": 1})), API, body), 1
    )


def portion(query: str = "", said: dict[str, Any] | None = None, body: str | None = None) -> SourceRequest | None:
    """The request after a response with four releases and other fields."""
    value = {"items": ROWS, **(said or {})}
    return build_next_json_request(
        SourceResponse(
            SourceRequest(API + query, "browser", body=body, headers=(("X-Key", "1"),)), API + query, json.dumps(value).encode()
        ),
        len(find_json_articles(value, BASE)),
    )


@pytest.mark.parametrize(
    ("query", "said", "following"),
    [
        ("?offset=8&limit=4", {"total": 66}, "?offset=12&limit=4"),
        ("?from=0&size=4", {}, "?from=4&size=4"),
        ("?page=2", {"totalPages": 9}, "?page=3"),
        ("?category=press&pageNumber=1", {"hasMore": True}, "?category=press&pageNumber=2"),
        ("", {"offset": 0, "limit": 4, "total": 66}, "?offset=4"),
        ("", {"pagination": {"page": 1, "pageCount": 17}}, "?page=2"),
        ("", {"next": "/api/news?start=4"}, "?start=4"),
        ("", {"links": {"next": {"href": f"{API}?page%5Boffset%5D=4"}}}, "?page%5Boffset%5D=4"),
        ("?after=abc", {"pageInfo": {"endCursor": "def", "hasNextPage": True}}, "?after=def"),
        ("?limit=4", {"nextPageToken": "t2"}, "?limit=4&pageToken=t2"),
    ],
)
def test_the_next_page_follows_from_the_url_and_the_response(query: str, said: dict[str, Any], following: str) -> None:
    request = portion(query, said)
    assert request == SourceRequest(API + following, "browser", headers=(("X-Key", "1"),))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", {}),
        ("?offset=64&limit=4", {"total": 66}),
        ("?page=9", {"totalPages": 9}),
        ("?page=1", {"total": 4}),
        ("?page=1", {"hasMore": False}),
        ("?page=1", {"next": None}),
        ("", {"next": "https://elsewhere.example/api?page=2"}),
        ("?page=2&offset=x", {"items": []}),
    ],
)
def test_no_page_follows_the_last_one(query: str, said: dict[str, Any]) -> None:
    assert portion(query, said) is None


def test_the_next_page_of_a_posted_query_is_posted() -> None:
    request = portion(body=json.dumps({"query": "…", "variables": {"offset": 4, "limit": 4}}))
    assert request is not None
    assert json.loads(request.body or "") == {"query": "…", "variables": {"offset": 8, "limit": 4}}


def test_the_next_page_of_a_submitted_form_is_submitted() -> None:
    request = portion(body="action=more&page=1")
    assert request is not None
    assert (request.url, request.body) == (API, "action=more&page=2")


def test_a_list_of_slugs_goes_on_where_known_addresses_tell_what_they_are() -> None:
    rows = [
        {"title": title, "slug": f"item-{number}", "date": day}
        for number, (title, day) in enumerate(zip(HEADLINES, DAYS, strict=True))
    ]
    start = replace(read_start(""), listing=Listing((ArticleLink(f"{HOST}/stories/item-2"),)))
    response = SourceResponse(SourceRequest(f"{HOST}/data?page=1", "listing"), f"{HOST}/data?page=1", json.dumps(rows).encode())
    read = ListingSource().parse(response, start)
    assert [link.url for link in read.articles] == [f"{HOST}/stories/item-{number}" for number in range(len(rows))]
    assert [request.url for request in read.next_requests] == [f"{HOST}/data?page=2"]


def test_list_that_goes_on_as_html_in_json_is_followed_to_its_end() -> None:
    items = "".join(
        f"<li>3 May 2024 <a href='/news/{number}-acme-opens-a-plant'>Acme opens plant number {number}</a></li>"
        for number in range(3)
    )
    for state, following in (
        ({"next": "/more?at=9"}, ["/more?at=9"]),
        ({"next": None}, []),
        ({"hasMore": True}, ["/more?page=3"]),
    ):
        body = json.dumps({"html": items, **state}).encode()
        response = SourceResponse(
            SourceRequest(f"{HOST}/more?page=2", "listing"), f"{HOST}/more?page=2", body, "application/json"
        )
        read = ListingSource().parse(response, read_start(""))
        assert len(read.articles) == 3
        assert [request.url for request in read.next_requests] == [f"{HOST}{path}" for path in following]


def read_start(html: str) -> StartPage:
    response = SourceResponse(SourceRequest(BASE, "listing"), BASE, html.encode(), "text/html")
    scope = Scope.from_start_url(BASE)
    return StartPage(response, scope, read_listing(response.page, scope))


def listed(html: str) -> list[str]:
    return [link.url for link in read_start(html).listing.articles]


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">STATE</script>',
        "<script>window.__INITIAL_STATE__ = STATE;(function(){ console.log('x') })()</script>",
        "<script>window['__state'] = STATE</script>",
        '<script>window[Symbol.for("InitialResults")] = STATE</script>',
        "<script>var listed = STATE;</script>",
        '<script>var older = function() {}; self.__DATA__=JSON.parse("ESCAPED")</script>',
    ],
)
def test_releases_in_the_pages_own_state_are_found(script: str) -> None:
    state = json.dumps({"props": {"menu": OTHERS["a menu"], "news": ROWS}})
    script = script.replace("ESCAPED", json.dumps(state)[1:-1]).replace("=STATE", f"={state}").replace(" STATE", f" {state}")
    script = script.replace(">STATE<", f">{state}<")
    assert listed(f"<div id='root'></div>{script}") == URLS


def test_state_that_is_a_javascript_object_is_read_too() -> None:
    rows = ", ".join("{" + ", ".join(f"{key}: {value!r}" for key, value in row.items()) + ",}" for row in ROWS)
    script = f"<script>window.__STATE__ = {{/* the newest */ news: [{rows}], total: undefined}};</script>"
    assert listed(script) == URLS


def test_state_without_releases_lists_nothing() -> None:
    assert listed(f'<script type="application/json">{json.dumps(OTHERS)}</script>') == []


@pytest.mark.parametrize(
    "html",
    [
        """<table data-url="/news/rows.json"></table><script>
        function link(value, row) { return '<a href="/news/' + row.alias + '.html">' + value + '</a>'; }</script>""",
        """<table id=t></table><script>$('#t').DataTable({ajax: "/news/rows.json", columns: [{data: "name", render:
        (data, type, row) => `<a href="/news/${row.alias}.html">${data}</a>`}]});</script>""",
        """<ul id=list></ul><script type="text/x-template"><li><a href="/news/{{ alias }}.html">{{name}}</a></li></script>
        <script>fetch('/news/rows.json').then(show)</script>""",
        """<ul id=list></ul><script type="text/template"><a href="/news/<%= item.alias %>.html"><%= name %></a></script>
        <script>$.getJSON("/news/rows.json", show)</script>""",
    ],
)
def test_rows_that_a_list_in_the_page_fetches_have_the_links_that_its_script_makes(html: str) -> None:
    rows = [{"no": n, "day": f"2024-05-{28 - n}", "name": release(n)[1], "alias": f"plant-{n}"} for n in range(8)]
    files = {"/news/": page(f"<h1>News</h1>{html}"), "/news/rows.json": json.dumps(rows)}
    assert crawl_paths(files, "/news/")[0] == {f"/news/plant-{n}.html" for n in range(8)}
