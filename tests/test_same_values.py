"""Of real newsrooms, all formats hold the same value of every field: lines, CSV, Parquet, exports, and what the store has.

A few of the saved newsrooms are crawled; with CORPNEWS_ALL_NEWSROOMS=1 all of them, which takes minutes.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

from corpnews.items import Article, format_utc
from tests.benchmarks.newsrooms import read_site
from tests.benchmarks.truth import NEWSROOM_SETS, load_module, newsroom_folders
from tests.helpers import Run, crawl, read, scrapy

if TYPE_CHECKING:
    from pathlib import Path

pq = pytest.importorskip("pyarrow.parquet", reason="pip install -e '.[analysis]'")

FEW = ("harvestx", "shirui")  # two languages with attachments; GBK
SAVED = [folder for name in NEWSROOM_SETS for folder in newsroom_folders(name)]
CHOSEN = [folder for folder in SAVED if folder.name in FEW or os.environ.get("CORPNEWS_ALL_NEWSROOMS")]
IN_THE_STORE = "id url canonical_url headline language date_published content_hash status version duplicate_of".split()
FORMATS = ("jsonl", "csv", "parquet")


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The articles of a file of any format, with JSON values."""
    if file.suffix == ".jsonl":
        return read(file)
    if file.suffix == ".parquet":
        rows: list[dict[str, Any]] = json.loads(json.dumps(pq.read_table(file).to_pylist()))
        return rows
    with file.open(encoding="utf-8", newline="") as text:
        return [{name: parse_cell(name, cell) for name, cell in row.items()} for row in csv.DictReader(text)]


def parse_cell(name: str, cell: str) -> Any:
    """The value of a CSV cell, by the field's type; an empty cell is null."""
    hint = str(get_type_hints(Article)[name])
    if not cell:
        return None
    if hint in ("<class 'str'>", "str | None") or "Literal" in hint:
        return cell[1:] if cell[0] == "'" and cell[1:2] in "=+-@\t\r" else cell
    return json.loads(cell)


def compare(expected: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """The fields that differ, each with its article."""
    assert len(rows) == len(expected) > 0
    pairs = zip(*(sorted(each, key=lambda row: row["id"]) for each in (expected, rows)), strict=True)
    differing = [(line, row, name) for line, row in pairs for name in line if line[name] != row[name]]
    return [f"{line['url']} {name}: {line[name]!r} {row[name]!r}" for line, row, name in differing]


def check_all_formats(run: Run, folder: Path, newsroom: str) -> None:
    """Check what a crawl with `-O` of each format has written against its lines, their exports, and the store."""
    lines = run.lines
    for name in FORMATS:
        assert compare(lines, read_rows(folder / f"lines.{name}")) == []
        assert scrapy(folder, "export", newsroom, "-o", f"exported.{name}").code == 0
        assert compare(lines, read_rows(folder / f"exported.{name}")) == []
    with closing(sqlite3.connect(folder / "output" / "store.sqlite")) as store:
        store.row_factory = sqlite3.Row
        stored = [dict(row) for row in store.execute("select * from corpnews_articles")]
    assert compare([{name: line[name] for name in IN_THE_STORE} for line in lines], stored) == []
    times = {row["id"]: format_utc_of(row["first_seen"]) for row in stored}
    assert times == {line["id"]: line["first_seen"] for line in lines}


def format_utc_of(seconds: int) -> str:
    return format_utc(datetime.fromtimestamp(seconds, UTC))


def test_formats_agree_on_the_demo(tmp_path: Path) -> None:
    run = crawl(tmp_path, "demo", *(f"-Olines.{name}" for name in FORMATS))
    check_all_formats(run, tmp_path, "demo")


@pytest.mark.parametrize("saved", CHOSEN, ids=lambda folder: folder.name)
def test_formats_agree_on_a_real_newsroom(saved: Path, shared: Path, tmp_path: Path) -> None:
    site = read_site(saved)
    settings = [option for name, value in site.get("settings", {}).items() for option in ("-s", f"{name}={value}")]
    with load_module(shared / "newsrooms" / "replay.py").serving(saved.parent) as server:
        arguments = ("newsroom", "-a", f"url={site['start_url']}", "-a", "name=saved", *settings)
        run = crawl(tmp_path, *arguments, *(f"-Olines.{name}" for name in FORMATS), proxy=server.url)
    check_all_formats(run, tmp_path, "saved")
