"""The real `scrapy extract` over folders that hold all pages of a site, and its other kinds of input and output."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

import corpnews
from tests.archive.sample_pages import release_html, write_page_list
from tests.helpers import environment, headline, read, scrapy

HOME_LINK = "<head><link rel='canonical' href='https://www.acme.example/'>"


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A folder with subfolders, with releases, a listing and a page that was not found; none says its URL."""
    folder = tmp_path / "acme-site"
    items = []
    for number in range(6):
        (folder / f"202{number}").mkdir(parents=True)
        (folder / f"202{number}" / f"acme-opens-plant-{number}.html").write_text(release_html(number), encoding="utf-8")
        link = f"<a href='202{number}/acme-opens-plant-{number}.html'>Acme opens its plant {number} in spring</a>"
        items.append(f"<li><time>May 2{number}, 2024</time> {link}</li>")
    listing = f"<title>News</title><main><h1>News</h1><ul>{''.join(items)}</ul></main>"
    (folder / "news.html").write_text(listing, encoding="utf-8")
    (folder / "404.html").write_text("<title>Page not found</title><h1>404 Page not found</h1>", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("mirror")
def test_folder_without_addresses_is_one_newsroom_without_its_listings(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "extract", "acme-site", "-o", "lines.jsonl")
    assert run.code == 0, run.log
    lines = read(tmp_path / "lines.jsonl")
    assert [Path(line["url"]).parent.name for line in lines] == [f"202{number}" for number in range(6)]
    assert {line["newsroom"] for line in lines} == {"acme-site"}
    assert "6 articles from 8 pages; skipped 2" in run.last_line


def test_page_to_which_the_menu_leads_is_no_article(mirror: Path, tmp_path: Path) -> None:
    for page in mirror.glob("*/acme-*.html"):
        menu = (
            "<nav><a href='../cold-seas.html'>Cold seas</a> <a href='../2020/acme-opens-plant-0.html'>Acme opens its plant 0</a> "
        )
        page.write_text(page.read_text(encoding="utf-8").replace("<nav>", menu), encoding="utf-8")
    (mirror / "cold-seas.html").write_text(
        release_html(7).replace(headline(7), "Turbines for cold seas since 1904"), encoding="utf-8"
    )
    run = scrapy(tmp_path, "extract", "acme-site", "-o", "lines.jsonl")
    assert [Path(line["url"]).parent.name for line in read(tmp_path / "lines.jsonl")] == [f"202{number}" for number in range(6)]
    assert "cold-seas.html>: no article: the menu of the site leads to it" in run.log


@pytest.mark.usefixtures("mirror")
def test_folder_has_the_urls_of_its_site(tmp_path: Path) -> None:
    scrapy(tmp_path, "extract", "acme-site", "-o", "lines.jsonl", "--base-url", "https://www.acme.example/press/")
    assert [line["url"] for line in read(tmp_path / "lines.jsonl")] == [
        f"https://www.acme.example/press/202{number}/acme-opens-plant-{number}.html" for number in range(6)
    ]


def test_url_that_many_pages_declare_is_that_of_none(mirror: Path, tmp_path: Path) -> None:
    for page in mirror.glob("*/acme-*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace("<head>", HOME_LINK), encoding="utf-8")
    scrapy(tmp_path, "extract", "acme-site", "-o", "lines.jsonl")
    lines = read(tmp_path / "lines.jsonl")
    assert len({line["id"] for line in lines}) == len({line["url"] for line in lines}) == 6
    assert {line["newsroom"] for line in lines} == {"www.acme.example"}


def test_ending_of_the_output_is_its_format(tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text("an earlier result")
    write_page_list(tmp_path, [1, 2])
    for name in ("lines.jsonl", "lines.csv", "lines.parquet"):
        run = scrapy(tmp_path, "extract", "www.acme.example.jsonl", "-o", name)
        assert run.code == 0, run.log
    lines = read(tmp_path / "lines.jsonl")
    table = parquet.read_table(tmp_path / "lines.parquet")
    assert table.schema.equals(corpnews.SCHEMA)
    assert json.loads(json.dumps(table.to_pylist(), default=str)) == lines
    with (tmp_path / "lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["body"], json.loads(row["crawl"])) for row in rows] == [
        (line["id"], line["body"], line["crawl"]) for line in lines
    ]


def test_page_on_the_standard_input_has_the_url_that_is_given(tmp_path: Path) -> None:
    url = "https://www.acme.example/news/1"
    command = (sys.executable, "-m", "scrapy", "extract", "-", "--url", url, "-o", "line.jsonl")
    subprocess.run(command, check=True, input=release_html(1).encode(), cwd=tmp_path, env=environment())
    assert [line["url"] for line in read(tmp_path / "line.jsonl")] == [url]


@pytest.mark.usefixtures("mirror")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("acme-site", "-o", "acme-site"), "acme-site is a folder; name a file in it"),
        (("acme-site", "-o", "lines.xlsx"), "'.xlsx' is no format of lines; there are .jsonl, .jl, .ndjson, .csv, .parquet"),
        (("https://acme.example/news/",), "is no saved page; to fetch a newsroom: scrapy crawl newsroom -a url=https://acme.ex"),
        (("-", "acme-site"), "- is one page on the standard input"),
        (("acme-site", "--url", "https://acme.example/1"), "--url is that of a single page"),
    ],
)
def test_wrong_input_or_output_is_named_before_a_page_is_read(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "extract", *arguments)
    assert run.code == 2
    assert message in run.last_line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme-site"]
