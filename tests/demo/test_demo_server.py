"""The demo newsroom as its server delivers it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from lxml import html

from corpnews.demo.pages import DEMO_CANONICAL_HOST, DEMO_EDITIONS, build_demo_site, load_demo_releases
from corpnews.demo.server import serve_demo
from tests.demo.expected_releases import read_expected_releases

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def listing() -> Iterator[str]:
    with serve_demo() as url:
        yield url


def get(url: str, headers: dict[str, str] | None = None, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=headers or {}, method=method), timeout=10) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def links(url: str) -> list[str]:
    """The URLs of the page's links and images on the newsroom's host."""
    tree = html.fromstring(get(url)[2])
    found = [urljoin(url, str(href)) for href in tree.xpath("//a/@href | //img/@src | //img/@data-src | //img/@data-original")]
    found += [urljoin(url, image.split()[0]) for images in tree.xpath("//img/@srcset") for image in images.split(",")]
    return [link for link in found if urlsplit(link).netloc == urlsplit(url).netloc]


def test_no_link_or_image_is_broken(listing: str) -> None:
    seen, waiting = set[str](), [listing]
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen or "?" in url:
            continue
        seen.add(url)
        status, headers, _ = get(url)
        assert status == 200, url
        if headers["Content-Type"].startswith("text/html"):
            waiting += links(url)
    assert {urlsplit(url).path for url in seen} | {"/robots.txt"} == set(build_demo_site())


def test_three_listing_pages_name_every_english_release_once(listing: str) -> None:
    pages = [listing, urljoin(listing, "page/2/"), urljoin(listing, "page/3/")]
    headlines = [title for page in pages for title in html.fromstring(get(page)[2]).xpath("//h2[@class='entry-title']/a/text()")]
    assert headlines == [release.headline for release in load_demo_releases(DEMO_EDITIONS[0])]
    assert get(urljoin(listing, "page/4/"))[0] == 404


def test_each_page_contains_the_text_of_its_release(listing: str) -> None:
    for release in read_expected_releases():
        page = " ".join(html.fromstring(get(urljoin(listing, release.path))[2]).text_content().split())
        for text in (release.headline, *release.body, *release.end_matter):
            assert all(cell in page for cell in text.split(" | "))


def test_releases_cover_languages_dates_and_end_matter() -> None:
    every = read_expected_releases()
    assert len(every) >= 16
    assert {release.language for release in every} == {"en", "zh"}
    assert any(release.date_published is None for release in every)
    assert any(release.date_modified for release in every)
    assert any(release.end_matter for release in every)


def test_page_shows_no_date_if_its_release_hides_it(listing: str) -> None:
    hidden = [release for edition in DEMO_EDITIONS for release in load_demo_releases(edition) if "page" not in release.shown]
    assert len(hidden) == 3
    for release in hidden:
        page = get(urljoin(listing, release.path))[2].decode()
        assert release.date is None or release.date not in page
        assert "datePublished" not in page
        assert not re.search("Posted on|发布日期", page)


def test_request_with_current_etag_is_answered_with_304(listing: str) -> None:
    tag = get(listing)[1]["ETag"]
    assert get(listing, {"If-None-Match": tag})[::2] == (304, b"")


def test_head_returns_headers_only(listing: str) -> None:
    status, headers, body = get(listing, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(get(listing)[2])


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/news/", "text/html; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/wp-content/uploads/lumavik-half-year-report-2025.pdf", "application/pdf"),
        ("/wp-content/uploads/factory-hall.png", "image/png"),
        ("/nowhere/", "text/html; charset=utf-8"),
    ],
)
def test_content_type_matches_the_file(listing: str, path: str, media_type: str) -> None:
    assert get(urljoin(listing, path))[1]["Content-Type"] == media_type


def test_canonical_links_are_the_same_in_every_run(listing: str) -> None:
    for page in (get(urljoin(listing, release.path))[2] for release in read_expected_releases()):
        (canonical,) = html.fromstring(page).xpath("//link[@rel='canonical']/@href")
        assert canonical.startswith(DEMO_CANONICAL_HOST)


def test_port_is_closed_afterwards() -> None:
    with serve_demo() as url:
        assert get(url)[0] == 200
    with pytest.raises(URLError):
        get(url)
