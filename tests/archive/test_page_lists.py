from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.archive.inputs import locate_listed_pages
from corpnews.archive.page_location import PageLocation, SkippedInput, UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<link rel=canonical href='https://acme.example/news/1'><h1>Plant opens</h1>"


def found(line: str, folder: Path) -> list[PageLocation | SkippedInput]:
    (folder / "1.html").write_text(PAGE, encoding="utf-8")
    (folder / "list.jsonl").write_text(line, encoding="utf-8")
    return list(locate_listed_pages(folder / "list.jsonl"))


def test_file_is_relative_to_the_list_and_the_url_is_the_lists(tmp_path: Path) -> None:
    line = '{"id": "a", "url": "https://acme.example/other", "html": "1.html", "title": "of no interest"}\n\n'
    assert found(line, tmp_path) == [PageLocation(str(tmp_path / "1.html"), "https://acme.example/other", "list", id="a")]


@pytest.mark.parametrize(
    "line", ['{"html": "1.html"}', '{"html": "1.html", "url": null, "id": null}', '{"html": "1.html", "url": ""}']
)
def test_page_tells_its_url_if_the_list_does_not(line: str, tmp_path: Path) -> None:
    assert found(line, tmp_path) == [PageLocation(str(tmp_path / "1.html"), "https://acme.example/news/1", "list")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "not JSON"),
        ("\udcff", "not JSON"),
        (f'{{"x": {"[" * 100_000}', "not JSON"),
        ("[]", "not an entry of a page list: Expected `object`"),
        ('{"url": "https://acme.example/1"}', "missing required field `html`"),
        ('{"html": ""}', r"length >= 1 - at `\$\.html`"),
        ('{"html": 5}', r"got `int` - at `\$\.html`"),
        ('{"html": "1.html", "id": [1]}', r"got `array` - at `\$\.id`"),
        ('{"html": "gone.html"}', "there is no such file"),
        ('{"html": "\\u0000.html"}', "null byte|null character"),
        ('{"html": "."}', "directory"),
    ],
)
def test_broken_line_is_reported_and_the_others_are_read(line: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "list.jsonl").write_bytes(f'{line}\n{{"html": "1.html"}}'.encode("utf-8", "surrogateescape"))
    broken, whole = locate_listed_pages(tmp_path / "list.jsonl")
    assert isinstance(broken, SkippedInput)
    assert broken.name == f"{tmp_path / 'list.jsonl'}:1"
    with pytest.raises(UnreadableInput, match=reason):
        raise UnreadableInput(broken.reason)
    assert isinstance(whole, PageLocation)
