"""The verdict of real runs: in the log, the exit status and the run history."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.helpers import SENTENCES, Answer, Run, Site, crawl, headline, read, scrapy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, 13))
    return site


def again(site: Site, folder: Path, *more: str) -> Run:
    """A run, in a second of its own."""
    time.sleep(1)
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", *more)


def test_run_that_went_well_is_ok(newsroom: Site, tmp_path: Path) -> None:
    run = again(newsroom, tmp_path)
    assert run.code == 0, run.log
    said = run.verdict
    assert (said["verdict"], said["reasons"], said["newsroom"]) == ("ok", [], "127.0.0.1")
    counts = {name: said["counts"][name] for name in ("pages", "read", "headlines", "dates", "bodies", "new")}
    assert counts == {"pages": 17, "read": 12, "headlines": 12, "dates": 12, "bodies": 12, "new": 12}
    assert [str(tmp_path / file) for file in said["files"]] == list(map(str, run.files))


def test_newsroom_that_loses_its_dates_is_degraded(newsroom: Site, tmp_path: Path) -> None:
    assert again(newsroom, tmp_path).code == 0
    items = ""
    for number in range(1, 13):
        path = newsroom.release(number)
        text = "".join(f"<p>{sentence.format(number=number, day='Monday')}</p>" for sentence in SENTENCES)
        newsroom.page(path, f"<article><h1>{headline(number)}</h1>{text}</article>", headline(number))
        items += f"<li><a href='{path}'>{headline(number)}</a></li>"
    newsroom.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
    run = again(newsroom, tmp_path, "-a", "full=1")
    assert run.code == 3
    assert "degraded: dates on 0% of the pages, 100% before. 12 articles" in run.last_line
    assert run.verdict["verdict"] == "degraded"


def test_newsroom_behind_a_challenge_is_blocked(newsroom: Site, tmp_path: Path) -> None:
    newsroom.pages["/news/"] = Answer(b"<title>Just a moment...</title>", 403)
    run = again(newsroom, tmp_path)
    assert run.code == 4
    assert "blocked: 1 of 2 responses refuse robots" in run.last_line


def test_newsroom_without_its_releases_is_broken(newsroom: Site, tmp_path: Path) -> None:
    again(newsroom, tmp_path)
    newsroom.page("/news/", "<h1>News</h1><p>Nothing to see here.</p>", "News")
    run = again(newsroom, tmp_path)
    assert run.code == 5
    assert "broken: no releases found, 12 in an earlier run" in run.last_line


def test_site_that_is_down_has_failed_and_the_account_goes_on(newsroom: Site, tmp_path: Path) -> None:
    again(newsroom, tmp_path)
    newsroom.pages["/news/"] = Answer(b"down", 500)
    down = again(newsroom, tmp_path, "-s", "RETRY_ENABLED=0")
    assert down.code == 1
    assert f"failed: the newsroom could not be fetched: {newsroom.url}/news/: HTTP 500" in down.last_line
    newsroom.listing("/news/", range(1, 13))
    assert again(newsroom, tmp_path).code == 0
    (account,) = tmp_path.glob("output/*/runs.jsonl")
    assert [line["verdict"] for line in read(account)] == ["ok", "failed", "unchanged"]


def test_quiet_day_is_unchanged(newsroom: Site, tmp_path: Path) -> None:
    run = again(newsroom, tmp_path, "-a", "since=2030-01-01")
    assert run.code == 0
    assert "127.0.0.1: unchanged, 0 articles from 2 pages" in run.last_line
    assert run.verdict["verdict"] == "unchanged"


def test_dead_links_are_told_until_the_newsroom_is_whole(newsroom: Site, tmp_path: Path) -> None:
    whole = dict(newsroom.pages)
    for number in range(3, 13):
        del newsroom.pages[f"/news/acme-opens-its-turbine-plant-number-{number}/"]
    for _ in range(2):
        run = again(newsroom, tmp_path)
        assert run.code == 3, run.log
        assert "degraded: 10 of 12 pages could not be fetched, all of them are gone." in run.last_line
    newsroom.pages.update(whole)
    run = again(newsroom, tmp_path, "-a", "full=1")
    assert run.code == 0, run.log
    assert "10 articles" in run.last_line


def test_release_that_fails_in_three_runs_is_named(newsroom: Site, tmp_path: Path) -> None:
    assert again(newsroom, tmp_path).code == 0
    newsroom.listing("/news/", range(13))
    path = "/news/acme-opens-its-turbine-plant-number-0/"
    newsroom.pages[path] = Answer(b"down", 500)
    runs = [again(newsroom, tmp_path, "-s", "RETRY_ENABLED=0") for _ in range(3)]
    reason = f"1 release could not be fetched in 3 runs in a row: {newsroom.url}{path} (HTTP 500)"
    assert [reason in run.last_line for run in runs] == [False, False, True]


def test_wrong_url_on_the_host_of_a_newsroom_is_no_run_of_it(newsroom: Site, tmp_path: Path) -> None:
    assert again(newsroom, tmp_path).code == 0
    wrong = [crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}{path}") for path in ("/nosuch", "/nosuch")]
    assert [run.code for run in wrong] == [1, 1]
    known_from = f"The run is not recorded, as the newsroom is known from <{newsroom.url}/news/>; -a name=NAME"
    assert known_from in wrong[1].last_line
    assert "1 of 1 newsrooms are fine" in scrapy(tmp_path, "report").log
    newsroom.pages["/news/"] = Answer(b"<h1>News</h1>")
    moved = again(newsroom, tmp_path)
    assert (moved.code, "broken: no releases found, 12 in an earlier run" in moved.last_line) == (5, True)
    assert len(next(tmp_path.glob("output/*/runs.jsonl")).read_text().splitlines()) == 2


def test_forgotten_newsroom_is_written_again(newsroom: Site, tmp_path: Path) -> None:
    assert again(newsroom, tmp_path).code == 0
    for file in tmp_path.glob("output/*/[0-9]*.jsonl"):
        file.unlink()
    run = again(newsroom, tmp_path)
    assert "The store knows 12 articles of 127.0.0.1, but output/127.0.0.1 has no lines" in run.log
    assert scrapy(tmp_path, "forget", "127.0.0.1").code == 0
    assert "12 articles" in again(newsroom, tmp_path).last_line
    assert len(next(tmp_path.glob("output/*/[0-9]*.jsonl")).read_text().splitlines()) == 12
    unknown = scrapy(tmp_path, "forget", "acne")
    assert (unknown.code, "no articles of a newsroom 'acne'" in unknown.last_line) == (2, True)
