from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpnews.archive.inputs import locate_pages, read_saved_page, read_saved_url
from corpnews.archive.page_location import PageLocation, UnreadableInput
from corpnews.page.bounds import MAX_PAGE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://acme.example/news/1"


def saved_url(html: str, file: Path) -> str:
    file.write_text(html, encoding="utf-8")
    return read_saved_url(file)


def location(file: Path) -> PageLocation:
    (found,) = locate_pages([str(file)])
    assert isinstance(found, PageLocation)
    return found


@pytest.mark.parametrize(
    "html",
    [
        f"<!doctype html>\n<!-- saved from url=(0027){URL} -->\n<html><h1>Plant opens</h1>",
        f"<html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Nov 23 2026\n--><h1>Plant</h1>",
        f"<head><link rel='canonical' href='{URL}'><meta property='og:url' content='https://acme.example/other'></head>",
        f"<head><link rel='canonical' href='/news/1'><meta property='og:url' content='{URL}'></head>",
        f"<head><base href='{URL}'></head><h1>Plant opens</h1>",
    ],
)
def test_saved_page_tells_the_url_that_it_had(html: str, tmp_path: Path) -> None:
    assert saved_url(html, tmp_path / "1.html") == URL


def test_url_of_a_page_mirrored_by_httrack_gets_a_scheme(tmp_path: Path) -> None:
    html = "<!-- Mirrored from acme.example/news/1 by HTTrack Website Copier/3.x -->"
    assert saved_url(html, tmp_path / "1.html") == "http://acme.example/news/1"


@pytest.mark.parametrize(
    "html", ["", "<h1>Plant opens</h1>", "<link rel=canonical href='javascript:x'>", "<!-- saved from url=() -->"]
)
def test_page_without_a_url_has_the_url_of_its_file(html: str, tmp_path: Path) -> None:
    assert saved_url(html, tmp_path / "a b.html") == (tmp_path / "a b.html").as_uri()


def test_gzip_is_recognised_by_content_not_by_file_name(tmp_path: Path) -> None:
    file = tmp_path / "1.html"
    file.write_bytes(gzip.compress(f"<base href='{URL}'>".encode(), mtime=0))
    assert location(file).url == URL
    assert read_saved_page(location(file)).html == f"<base href='{URL}'>".encode()


def test_fetched_at_is_when_the_file_was_modified(tmp_path: Path) -> None:
    file = tmp_path / "1.html"
    file.write_text("<h1>Plant opens</h1>", encoding="utf-8")
    moment = datetime(2026, 11, 20, 5, 4, 3, tzinfo=UTC).timestamp()
    os.utime(file, (moment, moment))
    assert read_saved_page(location(file)).fetched_at == "2026-11-20T05:04:03Z"


def test_reading_of_a_page_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "bomb.html.gz"
    file.write_bytes(gzip.compress(bytes(3 * MAX_PAGE_BYTES), 1, mtime=0))
    assert len(read_saved_page(location(file)).html) == MAX_PAGE_BYTES + 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "there is no such file"),
        (gzip.compress(b"<p>" * 9, mtime=0)[:-9], "cut short"),
        (b"\x1f\x8b\x08 no gzip", "damaged or cut short"),
    ],
)
def test_unreadable_file_raises_with_the_reason(data: bytes | None, message: str, tmp_path: Path) -> None:
    file = tmp_path / "1.html.gz"
    if data:
        file.write_bytes(data)
    with pytest.raises(UnreadableInput, match=message):
        read_saved_url(file)
