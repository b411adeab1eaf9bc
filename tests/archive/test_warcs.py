from __future__ import annotations

import gzip
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from corpnews.archive.page_location import PageLocation, SkippedInput, UnreadableInput
from corpnews.archive.warcs import locate_warc_pages, read_warc_page
from tests.archive.sample_pages import (
    FETCHED_AT,
    build_release_records,
    build_warc_record,
    compress_records,
    release_html,
    release_url,
)

if TYPE_CHECKING:
    from pathlib import Path

CHUNKED = "Transfer-Encoding: chunked\r\n"
PACKED = "Content-Encoding: gzip\r\n"


def places(path: Path) -> list[PageLocation]:
    return [found for found in locate_warc_pages(path) if isinstance(found, PageLocation)]


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_each_page_is_located_and_read(name: str, tmp_path: Path) -> None:
    path, records = tmp_path / name, build_release_records(range(5))
    path.write_bytes(compress_records(records) if name.endswith(".gz") else b"".join(records))
    found = places(path)
    assert [place.url for place in found] == [release_url(number) for number in range(5)]
    for number in (3, 0, 4):
        content = read_warc_page(found[number])
        assert content.html.decode() == release_html(number)
        assert (content.fetched_at, content.content_type) == (FETCHED_AT, "text/html; charset=utf-8")


def test_only_html_pages_with_status_200_are_located(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(
        build_warc_record("https://acme.example/gone", "<h1>Gone</h1>", status="404 Not Found")
        + build_warc_record("https://acme.example/logo.png", b"\x89PNG", media_type="image/png")
        + build_warc_record("dns:acme.example", "10.0.0.1").replace(b"application/http; msgtype=response", b"text/dns")
        + build_warc_record("<https://acme.example/1>", "<h1>One</h1>", media_type="application/xhtml+xml")
        + build_warc_record("https://acme.example/2", "<h1>Two</h1>").replace(b"Type: response", b"Type: request")
    )
    gone, picture, name, page = locate_warc_pages(path)
    assert isinstance(page, PageLocation)
    assert page.url == "https://acme.example/1"
    reasons = [skipped.reason for skipped in (gone, picture, name) if isinstance(skipped, SkippedInput)]
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
    path.write_bytes(compress_records([build_warc_record("https://acme.example/1", payload, more=headers)] * 2))
    assert [read_warc_page(place).html for place in places(path)] == [b"<h1>One</h1>"] * 2


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_truncated_record_is_reported_and_those_before_it_are_read(name: str, tmp_path: Path) -> None:
    path, records = tmp_path / name, build_release_records(range(3))
    path.write_bytes((compress_records(records) if name.endswith(".gz") else b"".join(records))[:-200])
    one, two, three = locate_warc_pages(path)
    assert isinstance(one, PageLocation)
    assert isinstance(two, PageLocation)
    assert isinstance(three, SkippedInput)
    assert three.reason == "the record is cut short"


@pytest.mark.parametrize("is_packed", [False, True])
def test_pages_before_a_damaged_record_are_read(is_packed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path, records = tmp_path / "pages.warc", build_release_records(range(3))
    path.write_bytes(compress_records(records[:2]) + b"damage" * 99 if is_packed else b"".join(records[:2]) + b"damage" * 99)
    found = locate_warc_pages(path)
    assert [place.url for place in islice(found, 2) if isinstance(place, PageLocation)] == [release_url(0), release_url(1)]
    with pytest.raises(UnreadableInput, match="damaged"):
        next(found)


def test_records_compressed_as_one_are_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(gzip.compress(b"".join(build_release_records(range(5)))))
    with pytest.raises(UnreadableInput, match="unpack it first"):
        list(locate_warc_pages(path))


@pytest.mark.parametrize("data", [b"<html>no archive</html>" * 50, None])
def test_file_that_is_not_a_warc_raises(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    if data:
        path.write_bytes(data)
    with pytest.raises(UnreadableInput, match="damaged" if data else "there is no such file"):
        list(locate_warc_pages(path))


def test_record_that_is_gone_since_it_was_located_raises(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(b"".join(build_release_records(range(2))))
    place = places(path)[1]
    path.write_bytes(b"".join(build_release_records(range(1))))
    with pytest.raises(UnreadableInput):
        read_warc_page(place)
