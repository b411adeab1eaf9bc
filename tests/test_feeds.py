from __future__ import annotations

from typing import TYPE_CHECKING, cast

from corpnews.feeds import PublishedFile

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy import Spider

NOBODY = cast("Spider", None)  # the storage asks nothing of the spider


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.startswith(".")]


def test_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    storage = PublishedFile(str(tmp_path / "run.jsonl"))
    file = storage.open(NOBODY)
    file.write(b"{}\n")
    assert names(tmp_path) == []
    storage.store(file)
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]
    assert (tmp_path / "run.jsonl").read_bytes() == b"{}\n"


def test_earlier_file_is_whole_until_the_new_one_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    target.write_bytes(b"old\n")
    storage = PublishedFile(str(target), feed_options={"overwrite": True})
    file = storage.open(NOBODY)
    file.write(b"new\n")
    assert target.read_bytes() == b"old\n"
    storage.store(file)
    assert target.read_bytes() == b"new\n"


def test_two_runs_of_one_name_lose_nothing(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    storage = PublishedFile(str(target))
    file = storage.open(NOBODY)
    file.write(b"second\n")
    target.write_bytes(b"first\n")
    storage.store(file)
    assert target.read_bytes() == b"first\nsecond\n"
    assert names(tmp_path) == ["run.jsonl"]


def test_what_is_added_to_a_file_stands_after_it(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    target.write_bytes(b"first\n")
    storage = PublishedFile(target.as_uri())
    file = storage.open(NOBODY)
    file.write(b"second\n")
    storage.store(file)
    assert target.read_bytes() == b"first\nsecond\n"
