from __future__ import annotations

import gzip
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from corpnews.saved.place import Place, Skipped, Unreadable
from corpnews.saved.warcs import find_archived, read_archived
from tests.saved.pages import FETCHED_AT, html, packed, record, releases, url

if TYPE_CHECKING:
    from pathlib import Path

CHUNKED = "Transfer-Encoding: chunked\r\n"
PACKED = "Content-Encoding: gzip\r\n"


def places(path: Path) -> list[Place]:
    return [found for found in find_archived(path) if isinstance(found, Place)]


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_each_page_is_located_and_read(name: str, tmp_path: Path) -> None:
    path, records = tmp_path / name, releases(range(5))
    path.write_bytes(packed(records) if name.endswith(".gz") else b"".join(records))
    found = places(path)
    assert [place.url for place in found] == [url(number) for number in range(5)]
    for number in (3, 0, 4):
        content = read_archived(found[number])
        assert content.html.decode() == html(number)
        assert (content.fetched_at, content.content_type) == (FETCHED_AT, "text/html; charset=utf-8")


def test_only_html_pages_with_status_200_are_located(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(
        record("https://acme.example/gone", "<h1>Gone</h1>", status="404 Not Found")
        + record("https://acme.example/logo.png", b"\x89PNG", media_type="image/png")
        + record("dns:acme.example", "10.0.0.1").replace(b"application/http; msgtype=response", b"text/dns")
        + record("<https://acme.example/1>", "<h1>One</h1>", media_type="application/xhtml+xml")
        + record("https://acme.example/2", "<h1>Two</h1>").replace(b"Type: response", b"Type: request")
    )
    gone, picture, name, page = find_archived(path)
    assert isinstance(page, Place)
    assert page.url == "https://acme.example/1"
    reasons = [skipped.reason for skipped in (gone, picture, name) if isinstance(skipped, Skipped)]
    assert reasons == ["HTTP 404", "not HTML (image/png)", "no HTTP response"]


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (b"c\r\n<h1>One</h1>\r\n0\r\n\r\n", CHUNKED),
        (gzip.compress(b"<h1>One</h1>", mtime=0), PACKED),
        (b"<h1>One</h1>", PACKED),
        (b"<h1>One</h1>", CHUNKED),
        (b"<h1>One</h1>", "Content-Encoding: unheard-of\r\n"),
    ],
)
def test_encodings_are_undone_unless_the_archive_has_undone_them(payload: bytes, headers: str, tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(packed([record("https://acme.example/1", payload, more=headers)] * 2))
    assert [read_archived(place).html for place in places(path)] == [b"<h1>One</h1>"] * 2


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_truncated_record_is_reported_and_those_before_it_are_read(name: str, tmp_path: Path) -> None:
    path, records = tmp_path / name, releases(range(3))
    path.write_bytes((packed(records) if name.endswith(".gz") else b"".join(records))[:-200])
    one, two, three = find_archived(path)
    assert isinstance(one, Place)
    assert isinstance(two, Place)
    assert isinstance(three, Skipped)
    assert three.reason == "the record is cut short"


@pytest.mark.parametrize("is_packed", [False, True])
def test_pages_before_a_damaged_record_are_read(is_packed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path, records = tmp_path / "pages.warc", releases(range(3))
    path.write_bytes(packed(records[:2]) + b"damage" * 99 if is_packed else b"".join(records[:2]) + b"damage" * 99)
    found = find_archived(path)
    assert [place.url for place in islice(found, 2) if isinstance(place, Place)] == [url(0), url(1)]
    with pytest.raises(Unreadable, match="damaged"):
        next(found)


def test_records_compressed_as_one_are_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(gzip.compress(b"".join(releases(range(5)))))
    with pytest.raises(Unreadable, match="unpack it first"):
        list(find_archived(path))


@pytest.mark.parametrize("data", [b"<html>no archive</html>" * 50, None])
def test_file_that_is_not_a_warc_raises(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    if data:
        path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged" if data else "there is no such file"):
        list(find_archived(path))


def test_record_that_is_gone_since_it_was_located_raises(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(b"".join(releases(range(2))))
    place = places(path)[1]
    path.write_bytes(b"".join(releases(range(1))))
    with pytest.raises(Unreadable):
        read_archived(place)
