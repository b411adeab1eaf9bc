"""What a new user tries: each does the right thing, or says in one line what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import Site, crawl, headline, scrapy

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there
SPIDER = """
from corpnews import NewsroomSpider

class Acme(NewsroomSpider):
    name = "acme"
    start_urls = ["{url}/news/"]
    {more}
"""


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 8))
    return site


def test_demo_needs_no_network_and_so_no_proxy(tmp_path: Path) -> None:
    run = crawl(tmp_path, "demo", proxy=NOWHERE)
    assert run.code == 0, run.log
    assert len(run.lines) == 18


def test_newsroom_without_articles_in_the_wanted_language_is_failed(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "languages=de")
    assert run.code == 1, run.log
    assert "failed: 7 of 7 listed releases in none of the wanted languages" in run.last_line


def test_source_that_the_newsroom_does_not_have_is_named(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "sources=q4,listing")
    assert "Source q4 lists nothing at this newsroom" in run.log
    assert "Source listing lists nothing" not in run.log


@pytest.mark.parametrize("command", ["shell", "fetch"])
def test_answer_of_the_console_is_not_buried_in_the_log(command: str, newsroom: Site, tmp_path: Path) -> None:
    options = ["-c", "response.status"] if command == "shell" else ["--headers"]
    run = scrapy(tmp_path, command, f"{newsroom.url}/news/", *options)
    assert run.code == 0
    assert " INFO " not in run.log
    assert ("200" if command == "shell" else "Content-Type") in run.log
    assert list(tmp_path.iterdir()) == []


def test_file_outside_a_project_is_run_with_the_exit_status_of_its_verdict(newsroom: Site, tmp_path: Path) -> None:
    file = tmp_path / "acme.py"
    file.write_text(SPIDER.format(url=newsroom.url, more=""), encoding="utf-8")
    options = ("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_TIMES=0")
    assert scrapy(tmp_path, "runspider", "acme.py", *options).code == 0
    run = scrapy(tmp_path, "runspider", "acme.py", *options, http_proxy=NOWHERE)
    assert run.code == 1, run.log
    assert len(run.lines) == 7


def test_new_newsroom_is_written_to_the_working_directory_outside_a_project(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "genspider", "acme", f"{newsroom.url}/news/")
    assert run.code == 0, run.log
    assert "To crawl it: corpnews runspider acme.py" in run.log
    run = scrapy(tmp_path, "probe", f"{newsroom.url}/news/", "--write", "borealis", "-s", "AUTOTHROTTLE_ENABLED=0")
    assert "Written to borealis.py; to crawl it: corpnews runspider borealis.py" in run.log
    assert run.log.count("class Borealis") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.py", "borealis.py"]


def test_newsroom_that_gets_a_name_may_keep_what_runs_by_its_url_know(newsroom: Site, tmp_path: Path) -> None:
    first = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    (host,) = {line["newsroom"] for line in first.lines}
    (tmp_path / "acme.py").write_text(SPIDER.format(url=newsroom.url, more=f'newsroom = "{host}"'), encoding="utf-8")
    run = scrapy(tmp_path, "runspider", "acme.py", "-s", "AUTOTHROTTLE_ENABLED=0")
    assert f"{host}: unchanged" in run.last_line
    assert len(run.lines) == 7


def test_output_is_in_one_place_whatever_folder_of_the_project_the_command_is_run_in(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = corpnews.settings\n", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    assert crawl(tmp_path / "notes", "demo").code == 0
    assert [path.name for path in tmp_path.glob("output/demo/*.jsonl")]
    assert list((tmp_path / "notes").iterdir()) == []
    assert "1 of 1 newsrooms are fine" in scrapy(tmp_path, "report").log


def test_what_is_removed_from_each_page_is_shown_once(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "preview", f"{newsroom.url}/news/", "-n", "3", "-s", "AUTOTHROTTLE_ENABLED=0")
    each, several = run.log.split("removed from several of them")
    removed = [line for line in several.splitlines() if line.startswith("removed: ")]
    assert removed
    assert len(removed) == len(set(removed))
    assert not [line for line in removed if line in each]
    assert headline(1) in each


def test_sample_of_a_probe_has_the_newest_first_and_the_log_no_verdict(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy(tmp_path, "probe", f"{newsroom.url}/news/", "-s", "AUTOTHROTTLE_ENABLED=0")
    days = [line[2:12] for line in run.log.splitlines() if line.startswith("│ 2024-")]
    assert len(days) == 5
    assert days == sorted(days, reverse=True)
    assert "ERROR" not in run.log
