"""`scrapy export` and `scrapy forget`: the present state of all releases, and a newsroom that begins anew."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING

import pyarrow.parquet
import pytest

from corpnews.reporting.profile import NewsroomProfile
from corpnews.state import Store
from tests.helpers import Site, crawl, headline, read, scrapy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """The folder of a newsroom that was crawled twice: the second time one release was changed and one was added."""
    site.listing("/news/", range(1, 4))
    crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "name=acme")
    site.listing("/news/", range(1, 5))
    site.page(
        site.release(2), f"<article><h1>{headline(2)}</h1><p>The plant in Oslo is not built after all.</p></article>", "Acme"
    )
    crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "name=acme", "-a", "full=1")
    return tmp_path


def test_each_release_comes_once_in_its_present_state(folder: Path) -> None:
    first, second = sorted(folder.glob("output/acme/2*.jsonl"))
    with gzip.open(f"{first}.gz", "wb") as packed:
        packed.write(first.read_bytes())
    first.unlink()
    lines = [json.loads(line) for line in scrapy(folder, "export", "acme").log.splitlines()]
    assert sorted(line["headline"] for line in lines) == sorted(map(headline, range(1, 5)))
    changed = next(line for line in lines if line["headline"] == headline(2))
    assert (changed["status"], changed["version"]) == ("updated", 2)
    assert changed in read(second)


def test_formats_follow_from_the_ending(folder: Path) -> None:
    for name in ("all.jsonl", "all.csv", "all.parquet"):
        run = scrapy(folder, "export", "--all", "-o", name)
        assert (run.code, run.last_line) == (0, f"4 releases in {name}")
    lines = read(folder / "all.jsonl")
    with (folder / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert json.loads(rows[0]["crawl"]) == lines[0]["crawl"]
    table = pyarrow.parquet.read_table(folder / "all.parquet").to_pylist()
    assert [(row["id"], row["version"]) for row in table] == [(line["id"], line["version"]) for line in lines]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody"], "there are no lines in output/nobody"),
        ([], "name the newsrooms, or give --all"),
        (["acme", "-o", "old.xlsx"], "old.xlsx does not end in .jsonl, .csv, .parquet"),
        (
            ["acme", "-s", "CORPNEWS_OUTPUT=s3://bucket/news", "-s", "CORPNEWS_STORE=store.sqlite"],
            "the lines are in s3://bucket/news",
        ),
    ],
)
def test_wrong_words_touch_no_file(words: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_text("old", encoding="utf-8")
    run = scrapy(tmp_path, "export", *words)
    assert run.code == 2
    assert said in run.last_line
    assert [path.name for path in tmp_path.iterdir()] == ["old.xlsx"]


def test_mistyped_name_is_asked_back(folder: Path) -> None:
    assert scrapy(folder, "export", "acne").last_line.endswith("there are no lines in output/acne; did you mean 'acme'?")


def test_damaged_line_is_named_and_an_earlier_file_kept(folder: Path) -> None:
    (folder / "all.jsonl").write_text("old", encoding="utf-8")
    file = max(folder.glob("output/acme/2*.jsonl"))
    file.write_text(file.read_text(encoding="utf-8") + '{"id": 3', encoding="utf-8")
    run = scrapy(folder, "export", "acme", "-o", "all.jsonl")
    assert run.code == 2
    assert f"{file.relative_to(folder)}:3: no article" in run.last_line
    assert (folder / "all.jsonl").read_text(encoding="utf-8") == "old"


def test_forgotten_newsroom_begins_anew_and_its_lines_stay(folder: Path, site: Site) -> None:
    assert scrapy(folder, "forget", "acme").code == 0
    assert scrapy(folder, "forget", "acme").code == 2
    assert len(list(folder.glob("output/acme/2*.jsonl"))) == 2
    crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-a", "name=acme")
    newest = read(max(folder.glob("output/acme/2*.jsonl")))
    assert [line["status"] for line in newest] == ["new"] * 4
    (overview,) = Store.open(folder / "output" / "store.sqlite").read_overviews(["acme"])
    assert NewsroomProfile.from_json(overview.profile).lines == 4


def test_newsroom_of_a_wrong_url_leaves_the_report(folder: Path, site: Site) -> None:
    assert crawl(folder, "newsroom", "-a", f"url={site.url}/nwes/", "-a", "name=wrong").code == 1
    assert "1 of 2 newsrooms are fine" in scrapy(folder, "report").log
    assert scrapy(folder, "forget", "wrong").code == 2
    assert scrapy(folder, "forget", "wrong", "--runs").last_line == "0 articles and 1 run of wrong forgotten"
    assert "1 of 1 newsrooms are fine" in scrapy(folder, "report").log
