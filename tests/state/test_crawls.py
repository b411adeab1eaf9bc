"""Real crawls whose runs share a store, in either database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.helpers import Run, Site, crawl, read

if TYPE_CHECKING:
    from pathlib import Path


def run(url: str, address: str, folder: Path) -> tuple[Run, list[dict[str, Any]]]:
    """Crawl with the store at `address`, in a folder of its own; the run, and its lines."""
    folder.mkdir()
    done = crawl(folder, "newsroom", "-a", f"url={url}/news/", "-s", f"CORPNEWS_STORE={address}")
    return done, [line for file in folder.glob("output/*/[0-9]*.jsonl") for line in read(file)]


def test_second_run_knows_what_the_first_found_wherever_its_lines_went(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    first, lines = run(site.url, address, tmp_path / "monday")
    assert len(lines) == 8, first.log
    second, none = run(site.url, address, tmp_path / "tuesday")
    assert second.code == 0, second.log
    assert none == []
    assert second.verdict["verdict"] == "unchanged"


def test_release_that_two_newsrooms_have_is_told_across_them(address: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    _, originals = run(site.url, address, tmp_path / "company")
    _, copies = run(site.url.replace("127.0.0.1", "localhost"), address, tmp_path / "group")
    assert {line["newsroom"] for line in copies} == {"localhost"}
    assert {line["headline"]: line["duplicate_of"] for line in copies} == {line["headline"]: line["id"] for line in originals}
    assert {line["duplicate_of"] for line in originals} == {None}
