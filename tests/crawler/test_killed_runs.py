"""Runs that are killed, doubled or out of room: no line is lost, torn or seen before its file is whole."""

from __future__ import annotations

import json
import os
import resource
import signal
import threading
import time
from contextlib import contextmanager
from itertools import chain
from random import Random
from subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING, Self

import pytest

from tests.helpers import QUICK, SLOW, Run, Site, crawl, headline, read, scrapy, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.forks import ForkedProcess

RELEASES = 320
PER_PAGE = 20
KILLS = 20
# The first line of a run comes early, so that most of its requests and lines are still to come when it is killed
PROMPT = ("-s", "CORPNEWS_MAX_WAITING_PAGES=8")


def add_pages(site: Site) -> None:
    """Add 320 releases, on pages of 20."""
    for page, first in enumerate(range(1, RELEASES + 1, PER_PAGE), 1):
        further = f"/news/page/{page + 1}/" if first + PER_PAGE <= RELEASES else ""
        site.listing(f"/news/page/{page}/" if page > 1 else "/news/", range(first, first + PER_PAGE), further)


@pytest.fixture
def newsroom(site: Site) -> Site:
    """27 releases."""
    site.listing("/news/", range(1, 28))
    return site


def start_crawl(site: Site, folder: Path, *arguments: str, stderr: int = PIPE) -> ForkedProcess:
    return start(folder, "crawl", "newsroom", "-a", f"url={site.url}/news/", *QUICK, *arguments, stderr=stderr)


@contextmanager
def crawling(site: Site, folder: Path) -> Iterator[ForkedProcess]:
    """A crawl that takes its time, once two lines are written."""
    with start_crawl(site, folder, *SLOW) as process:
        while process.poll() is None and sum(file.read_bytes().count(b"\n") for file in unfinished(folder)) < 2:
            time.sleep(0.05)
        yield process
        process.kill()


def kill(site: Site, folder: Path, seconds: float) -> None:
    """Kill a crawl so many seconds after its first line, if it takes that long."""
    before = set(unfinished(folder))
    with start_crawl(site, folder, *PROMPT, stderr=DEVNULL) as process:
        while not set(unfinished(folder)) - before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(seconds)
        process.kill()


def unfinished(folder: Path) -> list[Path]:
    return list(folder.glob("output/*/.*.part"))


def published(folder: Path) -> list[Path]:
    return sorted(folder.glob("output/*/[0-9]*.jsonl"))


class Reader(threading.Thread):
    """Reads all of output/ again and again, and notes each line that is not whole."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.done = threading.Event()
        self.looks = 0
        self.torn: list[str] = []

    def run(self) -> None:
        while not self.done.wait(0.02):
            self.looks += 1
            for file in self.folder.glob("output/*/*.jsonl"):
                text = file.read_bytes()
                if not text.endswith(b"\n"):
                    self.torn.append(f"{file.name}: {text[-40:]!r}")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.join()


def test_killed_at_any_instant_each_release_comes_out_exactly_once(site: Site, tmp_path: Path) -> None:
    """CORPNEWS_KILL_SEED names other instants than the usual ones."""
    random = Random(os.environ.get("CORPNEWS_KILL_SEED", "5"))
    add_pages(site)
    written: set[str] = set()
    with Reader(tmp_path) as reader:
        for _ in range(KILLS):
            kill(site, tmp_path, random.random())
            for file in unfinished(tmp_path):
                whole = file.read_bytes().rpartition(b"\n")[0].splitlines()
                written.update(json.loads(line)["id"] for line in whole)
        last = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert last.code == 0, last.log
    lines = [line["id"] for file in published(tmp_path) for line in read(file)]
    assert len(written) > KILLS  # what was out when its run was killed
    assert written <= set(lines)
    assert len(lines) == len(set(lines)) == RELEASES
    assert reader.looks > 10
    assert reader.torn == []
    assert unfinished(tmp_path) == []


def test_next_start_says_what_it_found_of_a_killed_run(newsroom: Site, tmp_path: Path) -> None:
    with crawling(newsroom, tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    (left,) = unfinished(tmp_path)
    name = left.name[1:].partition(".jsonl")[0]
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    (said,) = [line for line in run.log.splitlines() if "did not come to its end" in line]
    known, *others = map(read, published(tmp_path))
    assert f"it had written {len(known)} article" in said
    assert f"{name}.jsonl" in said
    assert run.verdict["files"][0].endswith(f"{name}.jsonl")
    assert len(run.verdict["files"]) == 2
    assert sorted(line["headline"] for line in chain(known, *others)) == sorted(map(headline, range(1, 28)))
    assert unfinished(tmp_path) == []


def test_second_run_of_a_newsroom_says_so_and_stops(newsroom: Site, tmp_path: Path) -> None:
    with crawling(newsroom, tmp_path) as process:
        newsroom.asked.clear()
        run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
        process.terminate()
        process.wait()
    assert run.code == 75
    assert "busy: another run of this newsroom is under way" in run.last_line
    assert "Traceback" not in run.log
    assert "/robots.txt" not in newsroom.asked
    assert len(published(tmp_path)) == 1


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopped_run_publishes_what_it_has(stop: signal.Signals, newsroom: Site, tmp_path: Path) -> None:
    if signal.getsignal(stop) is signal.SIG_IGN:
        pytest.skip(f"{stop.name} is ignored here, as by nohup, and so by the run")
    with crawling(newsroom, tmp_path) as process:
        process.send_signal(stop)
        process.wait()
    assert process.returncode == 1
    assert 1 <= len(read(published(tmp_path)[0])) < 27
    assert unfinished(tmp_path) == []


def test_run_without_room_fails_and_what_it_wrote_comes_out_at_the_next_start(newsroom: Site, tmp_path: Path) -> None:
    with crawling(newsroom, tmp_path) as process:
        room = unfinished(tmp_path)[0].stat().st_size + 100
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))
        log = process.communicate()
    run = Run(process.wait(), log, tmp_path)
    assert run.code == 1
    assert "cannot write" in run.last_line
    assert "File too large" in run.last_line
    assert "written to" not in run.last_line
    assert published(tmp_path) == []
    (left,) = unfinished(tmp_path)
    first = left.read_bytes().splitlines()
    again = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    known, rest = map(read, published(tmp_path))
    assert f"{len(known)} article" in run.last_line
    assert [line["url"] for line in known] == [json.loads(line)["url"] for line in first[: len(known)]]
    assert sorted(line["headline"] for line in known + rest) == sorted(map(headline, range(1, 28))), again.log


def test_output_that_cannot_be_written_to_is_said_before_anything_is_asked(newsroom: Site, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "127.0.0.1").write_bytes(b"a file where a folder should be")
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    assert run.code == 1
    assert "cannot write output/127.0.0.1" in run.last_line
    assert newsroom.asked == []


def test_lines_land_in_the_folder_that_the_environment_names(newsroom: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "100 % elsewhere"
    run = scrapy(tmp_path, "crawl", "newsroom", "-a", f"url={newsroom.url}/news/", *QUICK, CORPNEWS_OUTPUT=str(elsewhere))
    assert run.code == 0, run.log
    (file,) = elsewhere.glob("127.0.0.1/[0-9]*.jsonl")
    assert len(read(file)) == 27
    assert not (tmp_path / "output").exists()
