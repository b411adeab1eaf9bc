"""A run ends within its budgets, with what it has read; its last line says which budget was spent, and the next run goes on."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer, Asked, Run, Site, crawl, headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RELEASES = 24


@pytest.fixture
def newsroom(site: Site) -> Site:
    for page in range(RELEASES // 4):
        further = f"/news/?page={page + 2}" if page < RELEASES // 4 - 1 else ""
        site.listing(f"/news/?page={page + 1}" if page else "/news/", range(4 * page + 1, 4 * page + 5), further)
    return site


def run(site: Site, folder: Path, *settings: str) -> Run:
    arguments = [part for setting in settings for part in ("-s", setting)]
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-s", "CONCURRENT_REQUESTS=2", *arguments)


def read_all_lines(done: Run) -> list[str]:
    files = sorted(done.folder.glob("output/*/[0-9]*.jsonl"))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("CLOSESPIDER_PAGECOUNT=15", "degraded: stopped for requests (CLOSESPIDER_PAGECOUNT=15)"),
        ("CORPNEWS_MAX_BYTES=20000", "degraded: stopped for bytes (CORPNEWS_MAX_BYTES=20000)"),
        (
            "CORPNEWS_MAX_REQUESTS_PER_HOST=15",
            "degraded: stopped for requests to 127.0.0.1 (CORPNEWS_MAX_REQUESTS_PER_HOST=15)",
        ),
        ("CORPNEWS_MAX_BYTES_PER_HOST=20000", "degraded: stopped for bytes from 127.0.0.1 (CORPNEWS_MAX_BYTES_PER_HOST=20000)"),
    ],
)
def test_run_that_spends_a_budget_keeps_what_it_has_read_and_the_next_one_goes_on(
    setting: str, said: str, newsroom: Site, tmp_path: Path
) -> None:
    first = run(newsroom, tmp_path, setting)
    assert (first.code, first.verdict["verdict"]) == (3, "degraded")
    assert said in first.last_line
    assert len(newsroom.asked) < 24
    assert 2 <= len(first.lines) < RELEASES
    time.sleep(1)
    again = run(newsroom, tmp_path)
    assert again.code == 0, again.log
    lines = read_all_lines(again)
    assert len(lines) == RELEASES
    assert all(any(f'"{headline(number)}"' in line for line in lines) for number in range(1, RELEASES + 1))


def answer_late(_: Asked) -> None:
    time.sleep(0.4)


def test_run_that_spends_its_time_ends_soon_and_says_so(newsroom: Site, tmp_path: Path) -> None:
    newsroom.answers.append(answer_late)
    began = time.monotonic()
    done = run(newsroom, tmp_path, "CLOSESPIDER_TIMEOUT=3")
    assert time.monotonic() - began < 12
    assert "degraded: stopped for time (CLOSESPIDER_TIMEOUT=3)" in done.last_line
    assert done.lines


def test_releases_that_all_come_to_nothing_end_the_run_and_name_where_it_went(site: Site, tmp_path: Path) -> None:
    items = "".join(f"<li><a href='/news/acme-opens-plant-number-{n}-in-oslo/'>Acme opens plant {n}</a></li>" for n in range(300))
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
    site.answers.append(lambda asked: Answer(b"<h1>Sorry</h1>") if "plant-number" in asked.path else None)
    done = run(site, tmp_path, "CORPNEWS_MAX_PAGES_WITHOUT_NEWS=40")
    assert 40 <= len(site.asked) < 80
    said = "stopped for pages without news (CORPNEWS_MAX_PAGES_WITHOUT_NEWS=40); of the last "
    assert said in done.last_line
    assert f"most went to {site.url}/news/*/ (" in done.last_line


def test_known_releases_are_news_that_is_not_missing(newsroom: Site, tmp_path: Path) -> None:
    assert len(run(newsroom, tmp_path).lines) == RELEASES
    time.sleep(1)
    again = crawl(
        tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "full=1", "-s", "CORPNEWS_MAX_PAGES_WITHOUT_NEWS=10"
    )
    assert "unchanged" in again.last_line


def test_no_request_is_made_outside_of_the_hours(newsroom: Site, tmp_path: Path) -> None:
    later = datetime.now().astimezone() + timedelta(hours=2)
    hours = f"{later:%H:%M}-{later + timedelta(hours=1):%H:%M}"
    done = run(newsroom, tmp_path, f"CORPNEWS_CRAWL_HOURS={hours}")
    assert newsroom.asked == []
    assert f"degraded: stopped for the hour (CORPNEWS_CRAWL_HOURS={hours})" in done.last_line
    assert run(newsroom, tmp_path, f"CORPNEWS_CRAWL_HOURS={later - timedelta(hours=3):%H:%M}-{later:%H:%M}").code == 0


def drip() -> Iterator[bytes]:
    for number in count():
        time.sleep(0.1)
        yield b"<p>%d" % number


@pytest.mark.parametrize("kind", ["no first byte", "a drip"])
def test_slow_answers_end_with_the_time_for_a_download(kind: str, newsroom: Site, tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer | None:
        if "plant-number-3/" not in asked.path:
            return None
        if kind == "no first byte":
            time.sleep(30)
        return Answer(b"", pieces=drip)

    newsroom.answers.append(answer)
    began = time.monotonic()
    done = run(newsroom, tmp_path, "DOWNLOAD_TIMEOUT=1", "RETRY_TIMES=1")
    assert time.monotonic() - began < 20
    assert len(done.lines) == RELEASES - 1
    assert "1 timed out" in done.last_line


def test_wrong_budgets_are_named_before_the_first_request(newsroom: Site, tmp_path: Path) -> None:
    for setting, said in (
        ("CORPNEWS_CRAWL_HOURS=night", "'night' are not hours such as 22-6 or 22:30-06:00"),
        ("CORPNEWS_MAX_BYTES=-1", "'-1' is not a number of bytes, 0 for no limit"),
    ):
        done = run(newsroom, tmp_path, setting)
        assert (done.code, newsroom.asked) == (2, [])
        assert said in done.log
