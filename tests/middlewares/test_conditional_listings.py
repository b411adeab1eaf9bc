"""Listings, feeds and sitemaps are asked for only if they have changed, and a run misses nothing for that."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer, Asked, Run, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Acme</title>{items}</channel></rss>"""


@pytest.fixture
def newsroom(site: Site) -> Site:
    """A newsroom whose server answers 304 to the validators that it gave."""
    site.listing("/news/", range(1, 7))
    add_feed(site, range(1, 7))
    answered = site.answered = {}  # type: ignore[attr-defined]

    def answer(asked: Asked) -> Answer | None:
        page = site.pages.get(asked.path)
        if page is None or asked.path == "/robots.txt":
            return None
        etag = f'"{sha256(page.body).hexdigest()[:16]}"'
        is_same = asked.headers.get("if-none-match") == etag
        answered.setdefault(asked.path, []).append(304 if is_same else 200)
        return Answer(b"", 304, {"ETag": etag}) if is_same else Answer(page.body, headers={**page.headers, "ETag": etag})

    site.answers.append(answer)
    return site


def add_feed(site: Site, numbers: range) -> None:
    items = "".join(
        f"<item><title>{headline(n)}</title><link>{site.url}{site.release(n)}</link>"
        f"<pubDate>Tue, {28 - n:02} May 2024 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    site.pages["/feed/"] = Answer(FEED.format(items=items).encode(), headers={"Content-Type": "application/rss+xml"})
    page = site.pages["/news/"]
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed/"></head>'
    site.pages["/news/"] = Answer(page.body.replace(b"</head>", link), headers=page.headers)


def run(site: Site, folder: Path, *more: str) -> Run:
    time.sleep(1)  # a second of its own
    site.answered.clear()  # type: ignore[attr-defined]
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", *more)


def test_unchanged_listing_is_not_sent_again_and_the_run_is_unchanged(newsroom: Site, tmp_path: Path) -> None:
    assert len(run(newsroom, tmp_path).lines) == 6
    again = run(newsroom, tmp_path)
    answered = newsroom.answered  # type: ignore[attr-defined]
    assert answered["/news/"] == [304]
    assert 200 not in answered.get("/feed/", ())
    assert (again.code, again.verdict["verdict"]) == (0, "unchanged")
    assert again.verdict["counts"]["found"] == 6
    assert again.verdict["counts"]["unchanged"] == 0


def test_release_that_comes_later_is_found(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    run(newsroom, tmp_path)
    newsroom.listing("/news/", range(7))
    add_feed(newsroom, range(7))
    third = run(newsroom, tmp_path)
    assert newsroom.answered["/news/"] == [200]  # type: ignore[attr-defined]
    (file,) = [file for file in sorted(tmp_path.glob("output/*/[0-9]*.jsonl"))[1:] if file.stat().st_size]
    assert headline(0) in file.read_text(encoding="utf-8")
    assert third.verdict["counts"]["new"] == 1
    assert newsroom.answered["/news/"] == [200]  # type: ignore[attr-defined]


def test_full_run_fetches_all(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    run(newsroom, tmp_path, "-a", "full=1")
    assert newsroom.answered["/news/"] == [200]  # type: ignore[attr-defined]
