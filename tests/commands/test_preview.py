from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer, Site, crawl, headline, scrapy
from tests.pdfs import release

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 8))
    return site


def test_preview_shows_the_newest_releases_and_keeps_nothing(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "preview", f"{newsroom.url}/news/", "-n", "2", "-s", "AUTOTHROTTLE_ENABLED=0")
    assert run.code == 0, run.log
    assert [number for number in range(1, 8) if headline(number) in run.log] == [1, 2]
    assert "who laid the first stone" in " ".join(run.log.split())
    assert "removed:" in run.log
    assert "\x1b[" not in run.log  # colours are for terminals
    assert run.files == []


def test_newsroom_with_a_file_is_previewed_by_its_name(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "preview", "demo", "-n", "1")
    assert run.code == 0, run.log
    assert "2025-09-18" in run.log
    assert run.files == []


def test_newsroom_of_pdfs_alone_is_previewed(site: Site, tmp_path: Path) -> None:
    links = [
        f'<li><a href="/files/{n}.pdf">Acme opens plant number {n} in Oslo</a> <time>2024-05-0{n}</time></li>'
        for n in range(1, 6)
    ]
    site.page("/news/", f"<h1>Press releases</h1><ul>{''.join(links)}</ul>")
    site.pages.update({f"/files/{n}.pdf": Answer(release(n), headers={"Content-Type": "application/pdf"}) for n in range(1, 6)})
    run = scrapy(tmp_path, "preview", f"{site.url}/news/", "-n", "2", "-s", "AUTOTHROTTLE_ENABLED=0")
    assert run.code == 0, run.log
    assert [n for n in range(1, 6) if f"Acme opens plant number {n} in Oslo" in run.log] == [4, 5]
    assert "Acme builds a turbine plant in the north" in run.log


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name one newsroom"),
        (("Demo",), "no newsroom is named 'Demo'; did you mean 'demo'?"),
        (("demo", "-n", "none"), "-n: 'none' is not a whole number above 0"),
        (("ftp://acme.example/",), "'ftp://acme.example/' is not the URL of a web page"),
    ],
)
def test_wrong_argument_of_preview_is_named(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "preview", *arguments)
    assert run.code == 2
    assert message in run.last_line


def test_dry_run_lists_what_would_be_fetched_and_fetches_none(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "--dry-run")
    assert run.code == 0, run.log
    assert f"2024-05-27  {newsroom.url}/news/acme-opens-its-turbine-plant-number-1/  {headline(1)}" in run.log
    assert "7 articles of 7 listed ones would be fetched" in run.last_line
    assert not any("turbine-plant" in path for path in newsroom.asked)
    assert list(tmp_path.iterdir()) == []


def test_dry_run_after_a_crawl_lists_what_is_new(newsroom: Site, tmp_path: Path) -> None:
    assert crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/").code == 0
    newsroom.listing("/news/", range(8))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.jsonl")}
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "--dry-run")
    assert run.code == 0, run.log
    assert [number for number in range(8) if f"{headline(number)}\n" in run.log] == [0]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.jsonl")} == before


def test_dry_run_of_a_page_without_releases_has_exit_status_1(site: Site, tmp_path: Path) -> None:
    site.page("/", "<h1>Turbines</h1><p>For everybody.</p>")
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/", "--dry-run")
    assert run.code == 1
    assert "0 articles of 0 listed ones" in run.last_line
