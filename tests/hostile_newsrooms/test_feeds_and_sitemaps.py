"""Hostile feeds and sitemaps: the source fails with one log line, and all releases are exported."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer
from tests.hostile_newsrooms.hostile_answers import (
    SITEMAP_NAMESPACE,
    XML_HEADERS,
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
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers import Asked, Site

ENTITIES = "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1};' * 10}'>" for n in range(1, 10))
BOMB = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY lol0 'lol'>{ENTITIES}]><rss version='2.0'><channel><title>&lol9;</title>"
ITEM = b"<item><title>&lol9;</title><description>nothing is said here</description></item>"


def gzip_bomb() -> bytes:
    """200 MB of white space in 200 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(f"<urlset xmlns='{SITEMAP_NAMESPACE}'>".encode())]
    pieces += [packer.compress(b" " * 1_000_000) for _ in range(200)]
    return b"".join(pieces) + packer.flush()


FEEDS: dict[str, Callable[[Site], Answer]] = {
    "entities of entities": lambda _: Answer(BOMB.encode() + ITEM * 50 + b"</channel></rss>", headers=XML_HEADERS),
    "no end": lambda _: build_endless_answer(b"<rss version='2.0'><channel>", ITEM, "application/rss+xml"),
    "a length of 300 MB": lambda _: Answer(b"<rss>", headers={**XML_HEADERS, "Content-Length": "300000000"}),
    "elements within elements": lambda _: Answer(b"<rss><channel>" + b"<a>" * 1_000_000, headers=XML_HEADERS),
    "redirects to itself": lambda site: build_redirect(f"{site.url}/feed.xml"),
    "another company": lambda _: build_redirect("http://www.other.example/feed.xml"),
    "a connection that ends in the middle": lambda _: truncate_answer(Answer(b"<rss><channel>" + ITEM * 50, headers=XML_HEADERS)),
    "a packed bomb": lambda _: Answer(gzip_bomb(), headers={**XML_HEADERS, "Content-Encoding": "gzip"}),
    "no gzip in spite of its header": lambda _: Answer(b"<rss>", headers={**XML_HEADERS, "Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("kind", FEEDS)
def test_hostile_feed_fails_with_one_line(kind: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.listing("/news/page/2/", range(6, 9))
    link = b"<link rel='alternate' type='application/rss+xml' href='/feed.xml'></head>"
    site.pages["/news/"] = Answer(site.pages["/news/"].body.replace(b"</head>", link))
    site.pages["/feed.xml"] = FEEDS[kind](site)
    run = crawl_bounded(site, tmp_path, "-a", "sources=feed,listing")
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(8)
    assert run.log.count(" Source feed: 0 article links") == 1
    assert len(get_warnings(run)) <= 1, get_warnings(run)


def test_stalled_feed_fails_after_the_timeout(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    link = b"<link rel='alternate' type='application/rss+xml' href='/feed.xml'></head>"
    site.pages["/news/"] = Answer(site.pages["/news/"].body.replace(b"</head>", link))
    site.pages["/feed.xml"] = build_stalled_answer(b"<rss>", "application/rss+xml")
    run = crawl_bounded(site, tmp_path, "-a", "sources=feed,listing", "-s", "DOWNLOAD_TIMEOUT=1.5", "-s", "RETRY_TIMES=0")
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(5)
    assert " Source feed: 0 article links in 1 request, 0 new; given up: timed out" in run.log
    assert not get_warnings(run)


def index(names: Iterator[str]) -> Answer:
    children = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    return Answer(f"<sitemapindex xmlns='{SITEMAP_NAMESPACE}'>{children}</sitemapindex>".encode(), headers=XML_HEADERS)


def test_endless_tree_of_sitemaps_is_abandoned(site: Site, tmp_path: Path) -> None:
    def branches(asked: Asked) -> Answer | None:
        if asked.path.startswith("/sitemap") and asked.path.endswith(".xml"):
            stem = asked.path.removesuffix(".xml")
            return index(f"{site.url}{stem}-{letter}.xml" for letter in "ab")
        return None

    site.answers.append(branches)
    site.listing("/news/", range(1, 6))
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(5)
    assert len(site.asked) < 50
    assert run.log.count(" Source sitemap: 0 article links") == 1
    assert not get_warnings(run)


def entries(site: Site, numbers: range) -> bytes:
    return "".join(f"<url><loc>{site.url}{site.release(number)}</loc></url>" for number in numbers).encode()


def packed_bomb(_: Site) -> Answer:
    return Answer(gzip_bomb(), headers={"Content-Type": "application/x-gzip"})


def bomb_behind_releases(site: Site) -> Answer:
    start = f"<urlset xmlns='{SITEMAP_NAMESPACE}'>".encode() + entries(site, range(6, 9))
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = gzip.compress(start) + b"".join(bomb.compress(b" " * 1_000_000) for _ in range(200)) + bomb.flush()
    return Answer(body, headers={"Content-Type": "application/x-gzip"})


def no_end(_: Site) -> Answer:
    return build_endless_answer(
        f"<urlset xmlns='{SITEMAP_NAMESPACE}'>".encode(), b"<url><loc>https://other.example/x</loc></url>", "text/xml"
    )


@pytest.mark.parametrize(("make", "found"), [(packed_bomb, 5), (bomb_behind_releases, 8), (no_end, 5)])
def test_hostile_sitemap_is_abandoned(make: Callable[[Site], Answer], found: int, site: Site, tmp_path: Path) -> None:
    """Entries before the hostile part count."""
    site.listing("/news/", range(1, 6))
    site.pages["/sitemap.xml"] = make(site)
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(found)
    assert run.log.count(" Source sitemap: ") == 1
    assert len(get_warnings(run)) <= 1, get_warnings(run)


ROBOTS = {
    "HTML": Answer(b"<!doctype html><html><body>" + b"<p>User-agent: *<br>Disallow: /</p>" * 9 + bytes(range(256))),
    "much": Answer(b"User-agent: *\nDisallow: /private/\n" * 60_000, headers={"Content-Type": "text/plain"}),
    "no end": build_endless_answer(b"User-agent: *\n", b"Disallow: /private/\n", "text/plain"),
    "redirects to itself": build_redirect("/robots.txt"),
    "rules in an error page": Answer(b"User-agent: *\nDisallow: /", 404),
}


@pytest.mark.parametrize("kind", ROBOTS)
def test_hostile_robots_txt_does_not_stop_the_run(kind: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    site.pages["/robots.txt"] = ROBOTS[kind]
    run = crawl_bounded(site, tmp_path)
    assert is_good_run(run), run.log
    assert get_headlines(run) == get_release_headlines(8)
    assert len(get_warnings(run)) <= 1, get_warnings(run)
