from __future__ import annotations

import gzip
import logging
from typing import TYPE_CHECKING

from corpnews.saved.inputs import find_places
from corpnews.saved.place import Place, Skipped
from tests.saved.pages import html, packed, page_list, releases

if TYPE_CHECKING:
    from pathlib import Path


def test_folder_gives_the_html_and_warc_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.HTM").write_text(html(1), encoding="utf-8")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(html(2).encode()))
    (tmp_path / "c.warc.gz").write_bytes(packed(releases(range(2))))
    (tmp_path / "list.jsonl").write_text('{"html": "a.html.gz"}', encoding="utf-8")
    (tmp_path / "notes.txt").touch()
    assert [found.via for found in find_places([str(tmp_path)]) if isinstance(found, Place)] == ["file", "warc", "warc", "file"]


def test_pages_come_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(html(1), encoding="utf-8")
    inputs = [page_list(tmp_path, [2, 3]), tmp_path / "1.html"]
    assert [found.via for found in find_places(map(str, inputs)) if isinstance(found, Place)] == ["list", "list", "file"]


def test_unreadable_input_named_on_the_command_line_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "release.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(html(1).encode())[:-9])
    names = [str(tmp_path / name) for name in ("release.pdf", "gone.pdf", "gone.jsonl", "cut.html.gz")]
    found = [each for each in find_places(names) if isinstance(each, Skipped)]
    assert [each.name for each in found] == names
    assert {each.level for each in found} == {logging.ERROR}
    assert found[0].reason.startswith("not one of the kinds of file that can be read: .html ")
    assert [each.reason for each in found[1:]] == ["there is no such file"] * 2 + ["damaged or cut short (gzip)"]


def test_unreadable_page_in_a_folder_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(html(1).encode())[:-9])
    (skipped,) = find_places([str(tmp_path)])
    assert isinstance(skipped, Skipped)
    assert skipped.level == logging.WARNING
