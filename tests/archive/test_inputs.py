from __future__ import annotations

import gzip
import logging
from typing import TYPE_CHECKING

from corpnews.archive.inputs import locate_pages
from corpnews.archive.page_location import PageLocation, SkippedInput
from tests.archive.sample_pages import build_release_records, compress_records, release_html, write_page_list

if TYPE_CHECKING:
    from pathlib import Path


def test_folder_gives_the_html_and_warc_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.HTM").write_text(release_html(1), encoding="utf-8")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(release_html(2).encode()))
    (tmp_path / "c.warc.gz").write_bytes(compress_records(build_release_records(range(2))))
    (tmp_path / "list.jsonl").write_text('{"html": "a.html.gz"}', encoding="utf-8")
    (tmp_path / "notes.txt").touch()
    assert [found.via for found in locate_pages([str(tmp_path)]) if isinstance(found, PageLocation)] == [
        "file",
        "warc",
        "warc",
        "file",
    ]


def test_pages_come_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(release_html(1), encoding="utf-8")
    inputs = [write_page_list(tmp_path, [2, 3]), tmp_path / "1.html"]
    assert [found.via for found in locate_pages(map(str, inputs)) if isinstance(found, PageLocation)] == ["list", "list", "file"]


def test_unreadable_input_named_on_the_command_line_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "release.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(release_html(1).encode())[:-9])
    names = [str(tmp_path / name) for name in ("release.pdf", "gone.pdf", "gone.jsonl", "cut.html.gz")]
    found = [each for each in locate_pages(names) if isinstance(each, SkippedInput)]
    assert [each.name for each in found] == names
    assert {each.level for each in found} == {logging.ERROR}
    assert found[0].reason.startswith("not one of the kinds of file that can be read: .html ")
    assert [each.reason for each in found[1:]] == ["there is no such file"] * 2 + ["damaged or cut short (gzip)"]


def test_unreadable_page_in_a_folder_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(release_html(1).encode())[:-9])
    (skipped,) = locate_pages([str(tmp_path)])
    assert isinstance(skipped, SkippedInput)
    assert skipped.level == logging.WARNING
