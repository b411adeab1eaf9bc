"""Crawler traps and invalid responses: all real releases are exported, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.helpers import Answer, Site, headline, serving
from tests.hostile_newsrooms.hostile_answers import (
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

    from tests.helpers import Asked, Run

PAGES = 3


def asked_for(path: str, name: str, default: str) -> str:
    return parse_qs(urlsplit(path).query).get(name, [default])[-1]


def pager(page: int, more: str = "") -> str:
    return f"<nav class='pagination'><a href='/news/?page={page}{more}'>Next</a></nav>"


def calendar(path: str, _: int) -> str:
    """Each month links to the previous one, and each of its days to a page."""
    month = int(asked_for(path, "month", "0"))
    days = "".join(f"<td><a href='/news/?date=2024-05-{day:02}'>{day}</a></td>" for day in range(1, 29))
    later = pager(min(int(asked_for(path, "page", "1")) + 1, PAGES))
    return f"{later}<a href='/news/?month={month + 1}'>«</a><table class='calendar'><tr>{days}</tr></table>"


def sessions(path: str, count: int) -> str:
    """Each page is repeated under new URLs."""
    later = pager(int(asked_for(path, "page", "1")) % PAGES + 1, f"&PHPSESSID={count:032x}")
    return f"{later}<a href='/news/?sid={count:032x}'>1</a> <a href='/news/;jsessionid={count:032x}'>News</a>"


def same_again(path: str, _: int) -> str:
    """There is always a next page; after the last one, it is the last one again."""
    return pager(int(asked_for(path, "page", "1")) + 1)


TRAPS: dict[str, Callable[[str, int], str]] = {"a calendar": calendar, "session ids": sessions, "a next page": same_again}


@pytest.mark.parametrize("trap", TRAPS)
def test_endless_listing_is_abandoned(trap: str, site: Site, tmp_path: Path) -> None:
    def listings(asked: Asked) -> Answer | None:
        if not re.match(r"/news/(?:[?;]|$)", asked.path):
            return None
        page = min(int(asked_for(asked.path, "page", "1")), PAGES)
        more = TRAPS[trap](asked.path, len(site.asked))
        numbers = range(page * 4 - 3, page * 4 + 1)
        items = (f"<li><time>2024-05-{28 - n:02}</time> <a href='{session(n)}'>{headline(n)}</a></li>" for n in numbers)
        site.page("/", f"<h1>News</h1><ul>{''.join(items)}</ul>{more}", "News")
        return site.pages.pop("/")

    def session(number: int) -> str:
        return site.release(number) + (f"?sid={len(site.asked):032x}" if trap == "session ids" else "")

    def without_session(asked: Asked) -> Answer | None:
        return site.pages.get(asked.path.partition("?")[0])

    site.answers += [listings, without_session]
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(PAGES * 4)
    assert len(site.asked) < 60
    assert not get_warnings(run)


def test_newsroom_with_endless_releases_ends_at_the_depth_limit_and_says_so(site: Site, tmp_path: Path) -> None:
    def made_up(asked: Asked) -> Answer | None:
        page = re.fullmatch(r"/news/page/(\d+)/", asked.path)
        number = re.fullmatch(r"/news/acme-opens-its-turbine-plant-number-(\d+)/", asked.path)
        if number:
            return site.pages[site.release(int(number[1]), "2024-05-01")]
        if page or asked.path == "/news/":
            at = int(page[1]) if page else 1
            paths = (f"/news/acme-opens-its-turbine-plant-number-{at * 2 + n}/" for n in (-1, 0))
            items = "".join(f"<li><time>2024-05-01</time> <a href='{path}'>{path[6:-1]}</a></li>" for path in paths)
            site.page("/", f"<h1>News</h1><ul>{items}</ul><a rel='next' href='/news/page/{at + 1}/'>Next</a>", "News")
            return site.pages.pop("/")
        return None

    site.answers.append(made_up)
    run = crawl_bounded(site, tmp_path, "-s", "DEPTH_LIMIT=12")
    assert run.code == 3, run.log
    assert f"the search ran out of requests: {site.url}/news/page/*/ (a pager without an end, 12 requests)" in run.last_line
    assert get_headlines(run) == get_release_headlines(26)


def test_start_page_of_thirty_megabytes_is_read(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    padding = b"<div class='pad'>" + b"<!-- nothing at all -->\n" * 1_250_000 + b"</div></body>"
    site.pages["/news/"] = Answer(site.pages["/news/"].body.replace(b"</body>", padding))
    run = crawl_bounded(site, tmp_path, "-a", "sources=listing")
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(8)


def test_invalid_links_are_ignored(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    long = "a" * 1_000_000
    odd = (
        "javascript:alert(1)", "data:text/html,<h1>Acme opens</h1>", f"/news/{long}/", f"/news/?q={long}", "http://[::1",
        "http://acme.example:99999999/x", "mailto:press@acme.example", "//", "\x00", "/news/\ud7ff%zz%", "file:///etc/passwd",
        "ftp://127.0.0.1/news/acme-opens-its-turbine-plant-number-77/", "view-source:/news/", "#", "?", "/news/../../../../",
    )  # fmt: skip
    items = "".join(
        f"<li><time>2024-05-01</time> <a href='{href}'>Acme opens its turbine plant of kind {at}</a></li>"
        for at, href in enumerate(odd)
    )
    body = site.pages["/news/"].body
    broken = body.replace(b"number-3/'", b"num\r\n\tber-3/'").replace(b"href='/news/acme", b"href=' \n/news/acme", 1)
    site.pages["/news/"] = Answer(broken.replace(b"</ul>", items.encode("utf-8", "replace") + b"</ul>"))
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(8)
    assert not any(len(path) > 10_000 for path in site.asked)
    assert not [line for line in get_warnings(run) if len(line) > 1_000]


# The responses in place of a release, and the reasons in the log; a redirect to the listing is not logged.
BAD: dict[str, tuple[Callable[[Site, str], Answer], str]] = {
    "the listing": (lambda _, __: build_redirect("/news/"), "number-9/>: redirected to the listing"),
    "another site": (lambda _, __: build_redirect("http://www.other.example/"), ": redirected to another site"),
    "a page that was cut off": (lambda site, path: truncate_answer(site.pages[path]), "number-11/>: broken off before the end"),
    "no end": (
        lambda _, __: build_endless_answer(b"<!doctype html><h1>Acme</h1>", b"<p>And so on.</p>", "text/html"),
        "number-12/>: too large",
    ),
    "silence": (lambda _, __: build_stalled_answer(b"<!doctype html>", "text/html", 3), "number-13/>: timed out"),
    "a picture": (lambda _, __: Answer(b"GIF89a", headers={"Content-Type": "image/gif"}), "number-14/>: not HTML (image/gif)"),
    "an error": (lambda _, __: Answer(b"", 500), "number-15/>: HTTP 500"),
    "nothing": (lambda _, __: Answer(b""), "number-16/>: no article: no text"),
    "a long header": (lambda site, path: with_headers(site.pages[path], "X-Long", "x" * 100_000), "number-17/>: Connection was"),
    "no length": (lambda site, path: with_headers(site.pages[path], "Content-Length", "much"), "number-18/>: Value contains"),
    "a length too great": (
        lambda site, path: with_headers(site.pages[path], "Content-Length", "9999"),
        "number-19/>: broken off before the end",
    ),
    "no gzip in spite of its header": (
        lambda site, path: with_headers(site.pages[path], "Content-Encoding", "gzip"),
        "number-20/>: BadGzipFile",
    ),
}


def with_headers(page: Answer, name: str, value: str) -> Answer:
    return Answer(page.body, headers={**page.headers, name: value})


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A crawl of eight valid releases and as many invalid responses."""
    with serving(Site()) as site:
        site.listing("/news/", range(1, 9 + len(BAD)))
        for number, (make, _) in enumerate(BAD.values(), 9):
            path = site.release(number)
            site.pages[path] = make(site, path)
        limits = ("-s", "DOWNLOAD_TIMEOUT=2", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_MAXSIZE=2000000")
        return crawl_bounded(site, tmp_path_factory.mktemp("bad"), *limits)


def test_invalid_detail_pages_are_logged_with_their_reasons(bad: Run) -> None:
    assert bad.code == 0, bad.log
    assert "Traceback" not in bad.log
    assert get_headlines(bad) == get_release_headlines(8)
    for _, reason in BAD.values():
        assert not reason or bad.log.count(reason) == 1, bad.log


def test_invalid_detail_pages_cost_one_line_each(bad: Run) -> None:
    assert len(get_warnings(bad)) == sum(bool(reason) for _, reason in BAD.values()), get_warnings(bad)


def test_release_behind_a_cookie_wall_is_read(site: Site, tmp_path: Path) -> None:
    """A request without the cookie is redirected to the same URL with a cookie."""
    site.listing("/news/", range(1, 9))

    def wall(asked: Asked) -> Answer | None:
        if "number-3" in asked.path and "seen=1" not in asked.headers.get("cookie", ""):
            return Answer(b"", 302, {"Location": asked.path, "Set-Cookie": "seen=1"})
        return None

    site.answers.append(wall)
    assert get_headlines(crawl_bounded(site, tmp_path)) == get_release_headlines(8)


def test_release_that_redirects_to_itself_is_logged(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    site.pages[site.release(3)] = build_redirect(site.release(3))
    run = crawl_bounded(site, tmp_path)
    assert len(run.lines) == 7
    assert len(get_warnings(run)) == 1


def test_detail_pages_that_all_redirect_to_one_page_are_no_releases(site: Site, tmp_path: Path) -> None:
    """Sites redirect removed releases to a page that looks like a release."""
    site.listing("/news/", range(1, 31))
    for number in range(9, 31):
        site.pages[site.release(number)] = build_redirect("/news/we-have-a-new-website-for-our-news/")
    text = "<p>All news that came before this year has moved to the archive, where it can be asked for by letter.</p>" * 2
    site.page("/news/we-have-a-new-website-for-our-news/", f"<h1>We have a new website</h1>{text}", "We have a new website")
    run = crawl_bounded(site, tmp_path)
    assert "degraded: 22 of 30 pages could not be fetched" in run.last_line
    assert [found for found in get_headlines(run) if "plant" in found] == get_release_headlines(8)
    assert len(run.lines) <= 9
    assert len(get_warnings(run)) <= 23  # the last line is one


ODD = {
    "another charset": {"Content-Type": "text/html; charset=utf-16"},
    "no charset there is": {"Content-Type": "text/html; charset=klingon"},
    "two types": {"Content-Type": "text/html, text/html; charset=utf-8"},
    "no type": {},
    "a length that is too small": {"Content-Type": "text/html", "Content-Length": "900"},
    "a made-up packing": {"Content-Type": "text/html", "Content-Encoding": "zipzap"},
}


def test_releases_with_wrong_headers_are_read_as_browsers_do(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9 + len(ODD)))
    for number, headers in enumerate(ODD.values(), 9):
        path = site.release(number)
        site.pages[path] = Answer(site.pages[path].body, headers=headers)
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(8 + len(ODD))
    assert len(get_warnings(run)) <= 1, get_warnings(run)
