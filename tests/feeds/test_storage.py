from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from corpnews.feeds import PartFileStorage, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy import Spider

NOBODY = cast("Spider", None)  # the storage asks nothing of the spider


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.startswith(".")]


def test_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    storage = PartFileStorage(str(tmp_path / "run.jsonl"))
    file = storage.open(NOBODY)
    file.write(b"{}\n")
    assert names(tmp_path) == []
    storage.store(file)
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]
    assert (tmp_path / "run.jsonl").read_bytes() == b"{}\n"


def test_earlier_file_is_whole_until_the_new_one_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    target.write_bytes(b"old\n")
    storage = PartFileStorage(str(target), feed_options={"overwrite": True})
    file = storage.open(NOBODY)
    file.write(b"new\n")
    assert target.read_bytes() == b"old\n"
    storage.store(file)
    assert target.read_bytes() == b"new\n"


def test_two_runs_of_one_name_lose_nothing(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    storage = PartFileStorage(str(target))
    file = storage.open(NOBODY)
    file.write(b"second\n")
    target.write_bytes(b"first\n")
    storage.store(file)
    assert target.read_bytes() == b"first\nsecond\n"
    assert names(tmp_path) == ["run.jsonl"]


def test_what_is_added_to_a_file_stands_after_it(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    target.write_bytes(b"first\n")
    storage = PartFileStorage(target.as_uri())
    file = storage.open(NOBODY)
    file.write(b"second\n")
    storage.store(file)
    assert target.read_bytes() == b"first\nsecond\n"


def test_line_is_with_the_operating_system_as_soon_as_it_is_written(tmp_path: Path) -> None:
    with PartFileStorage(str(tmp_path / "run.jsonl")).open(NOBODY) as file:
        file.write(b"{}\n")
        (hidden,) = tmp_path.iterdir()
        assert hidden.read_bytes() == b"{}\n"


def test_file_that_a_killed_run_did_not_finish_is_kept_in_sight(tmp_path: Path) -> None:
    target = tmp_path / "run.jsonl"
    for name in ("run", "other"):
        (tmp_path / f".{name}.jsonl.0a1b2c3d.part").write_bytes(b'{"id": 1}\n{"id"')
    storage = PartFileStorage(str(target))
    file = storage.open(NOBODY)
    file.write(b'{"id": 2}\n')
    storage.store(file)
    assert target.read_bytes() == b'{"id": 2}\n'
    left = [".other.jsonl.0a1b2c3d.part", "run.jsonl", "run.jsonl.0a1b2c3d.unfinished"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def interrupted(target: Path) -> None:
    with write_atomically(target) as lines:
        lines.write(b"{}\n")
        raise KeyboardInterrupt


def test_file_made_in_one_go_is_gone_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "lines.jsonl")
    assert list(tmp_path.iterdir()) == []
