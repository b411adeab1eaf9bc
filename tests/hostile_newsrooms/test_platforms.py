"""A newsroom with the markup of every vendor, whose services return invalid responses.

Each source fails with one log line, and the listing is read to its end.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from corpnews.platforms.source_registry import PLATFORM_SOURCES
from tests.helpers import Answer, headline
from tests.hostile_newsrooms.hostile_answers import (
    JSON_ANSWER_HEADERS,
    build_endless_answer,
    build_redirect,
    build_stalled_answer,
    crawl_bounded,
    get_headlines,
    get_release_headlines,
    get_warnings,
    is_good_run,
    truncate_answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers import Asked, Site

START = "/news/list.htm"
# The others query the vendor's own host, or know a newsroom by its URL there.
NAMES = [source.name for source in PLATFORM_SOURCES if not source.vendor_sites and source.name != "prtimes"]
HEAD = """
<meta name="generator" content="Prezly">
<link rel="https://api.w.org/" href="/wp-json/">
<script src="https://s1.q4cdn.com/app.js"></script>
<script src="/scripts/aem.js"></script>
<script src="https://cdn.mynewsdesk.com/app.js"></script>
<script>$.get("/dataproxy.jsp?columnid=12&webid=3"); createPageHTML(3, 0, "index", "html");</script>
<script>$.ajax({url: "/list.jsp", data: {cid: 12, page_index: 1, page_size: 20}});</script>
<script type="application/json" data-drupal-selector="drupal-settings-json">
{"path": {"baseUrl": "/"}}</script>
"""
FORM = """
<form action="/news/list.htm" method="get" class="nir-widget"><input type="hidden" name="op" value="Filter">
<select name="a1_year[value]"><option value="_none">All</option></select></form>
<div data-properties='{"endpoint": "//sxa/search/results/", "s": "{A}", "itemid": "{B}"}'></div>
<span class="wd_title"></span><span class="all_pages">3</span>
<nav><a href="/rss/source/12/pressrelease">RSS</a></nav>
"""
# URLs as some vendors build them.
VENDORS = {
    8: "/news/2024/0520/c1a2/page.htm",
}


def with_all_marks(site: Site) -> None:
    """Eleven releases on two listing pages; the first has the markup of all vendors."""
    paths = {number: site.release(number) for number in range(1, 12)}
    for number, path in VENDORS.items():
        site.pages[path] = site.pages.pop(paths[number])
        paths[number] = path
    items = {
        number: f"<li class='node node--type-press-release'><time>2024-05-{28 - number:02}</time> "
        f"<a href='{path}'>{headline(number)}</a></li>"
        for number, path in paths.items()
    }
    first, second = ("".join(items[number] for number in numbers) for numbers in (range(1, 9), range(9, 12)))
    site.page(START, f"<h1>News</h1>{FORM}<ul>{first}</ul><a rel='next' href='/news/page/2/'>Older</a>", "News")
    site.pages[START] = Answer(site.pages[START].body.replace(b"</head>", f"{HEAD}</head>".encode()))
    site.page("/news/page/2/", f"<h1>News</h1><ul>{second}</ul>", "News")


def of_json(value: object) -> Callable[[Site, str], Answer]:
    return lambda _, __: Answer(json.dumps(value).encode(), headers=JSON_ANSWER_HEADERS)


ENTRY = {"title": 7, "link": [], "url": {"a": 1}, "date": "yesterday", "path": "//", "slug": None, "id": "x" * 9_999}
SHAPES: dict[str, Callable[[Site, str], Answer]] = {
    "HTML": lambda _, __: Answer(b"<!doctype html><html><body><h1>Welcome</h1><p>There is nothing here.</p></body></html>"),
    "garbage": lambda _, __: Answer(bytes(range(256)) * 40, headers=JSON_ANSWER_HEADERS),
    "an empty object": of_json({}),
    "lists in lists": lambda _, __: Answer(b"[" * 200_000, headers=JSON_ANSWER_HEADERS),
    "other values": of_json(
        {key: [ENTRY, None, [ENTRY]] for key in ("GetPressReleaseListResult", "data", "stories", "items", "records")}
        | {"total": 10**30, "pages": -1, "next": "//", "links": {"next": {"href": "http://["}}}
    ),
    "a refusal": lambda _, __: Answer(b'{"code": "rest_forbidden"}', 401, JSON_ANSWER_HEADERS),
    "an error": lambda _, __: Answer(b"", 500),
    "redirects without end": lambda _, path: build_redirect(f"{path}{'&' if '?' in path else '?'}again=1"),
    "another host": lambda _, __: build_redirect("http://www.other.example/welcome"),
    "half of it": lambda _, __: truncate_answer(Answer(json.dumps({"data": [None] * 99}).encode(), headers=JSON_ANSWER_HEADERS)),
    "no end": lambda _, __: build_endless_answer(b'{"data": [', b'{"title": "Acme opens"},', "application/json"),
}
# These log further warnings, which have tests of their own.
LOUD = ("another host", "half of it", "no end")
MOST_REDIRECTS = 20


@pytest.mark.parametrize("shape", SHAPES)
def test_source_with_invalid_responses_fails(shape: str, site: Site, tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer | None:
        return None if asked.path in (*site.pages, "/robots.txt") else SHAPES[shape](site, asked.path)

    with_all_marks(site)
    site.answers.append(answer)
    run = crawl_bounded(site, tmp_path, "-s", "DOWNLOAD_MAXSIZE=1000000", "-s", "RETRY_TIMES=1", path=START)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(11)
    reported = re.findall(r" Source ([\w-]+): ", run.log)
    assert len(reported) == len(set(reported))
    assert set(reported) >= set(NAMES)
    assert len(site.asked) < 40 * MOST_REDIRECTS
    assert shape in LOUD or not get_warnings(run), get_warnings(run)


def test_site_that_returns_its_start_page_for_every_url_is_read_to_its_end(site: Site, tmp_path: Path) -> None:
    with_all_marks(site)
    site.answers.append(lambda asked: None if asked.path in (*site.pages, "/robots.txt") else site.pages[START])
    run = crawl_bounded(site, tmp_path, path=START)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(11)
    assert not get_warnings(run)


def test_service_that_redirects_to_another_host_costs_one_line(site: Site, tmp_path: Path) -> None:
    with_all_marks(site)
    site.answers.append(lambda asked: build_redirect("http://www.other.example/") if "Press" in asked.path else None)
    run = crawl_bounded(site, tmp_path, "-a", "sources=q4,listing", path=START)
    assert get_headlines(run) == get_release_headlines(11)
    assert not get_warnings(run)


def test_source_whose_service_stalls_fails(site: Site, tmp_path: Path) -> None:
    slow = re.compile(r"/feed/PressRelease|/api/stories|/sitemap\.xml")

    def answer(asked: Asked) -> Answer | None:
        return build_stalled_answer(b"{", "application/json", 12) if slow.search(asked.path) else None

    with_all_marks(site)
    site.answers.append(answer)
    run = crawl_bounded(site, tmp_path, "-s", "DOWNLOAD_TIMEOUT=3", "-s", "RETRY_TIMES=0", path=START)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(11)
    assert re.search("Source prezly: 0 article links .*; given up: timed out", run.log)
    assert not get_warnings(run)
