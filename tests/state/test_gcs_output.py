"""Output in Google Cloud Storage: an article is known when its line can be read there."""

from __future__ import annotations

import os
import signal
from subprocess import DEVNULL
from typing import TYPE_CHECKING

import pytest

from tests.gcs import BUCKET, PROJECT, GcsServer, serving_gcs
from tests.helpers import QUICK, Run, Site, crawl, headline, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.state.postgresql import Server

COUNT = 6
ALL = sorted(map(headline, range(1, COUNT + 1)))


@pytest.fixture
def gcs(monkeypatch: pytest.MonkeyPatch) -> Iterator[GcsServer]:
    with serving_gcs() as server:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", server.url)
        yield server


@pytest.fixture
def options(site: Site, server: Server) -> list[str]:
    """The words of a crawl whose lines go to the bucket, and what it knows to a database."""
    site.listing("/news/", range(1, COUNT + 1))
    settings = {"CORPNEWS_STORE": server.new_schema(), "CORPNEWS_OUTPUT": f"gs://{BUCKET}/news/", "GCS_PROJECT_ID": PROJECT}
    return ["newsroom", "-a", f"url={site.url}/news/", *(f"-s{name}={value}" for name, value in settings.items())]


def run(folder: Path, options: list[str]) -> Run:
    """Crawl on a host of its own, which is a folder."""
    folder.mkdir(exist_ok=True)
    return crawl(folder, *options)


def list_headlines(gcs: GcsServer) -> list[str]:
    return sorted(line["headline"] for lines in gcs.read_objects().values() for line in lines)


def test_refused_upload_leaves_nothing_known_and_the_next_run_has_all_lines_once(
    tmp_path: Path, options: list[str], gcs: GcsServer
) -> None:
    refused = run(tmp_path / "first", options)
    assert refused.code == 1, refused.log
    assert f"cannot write gs://{BUCKET}/news/newsroom=127.0.0.1/" in refused.last_line
    assert "Traceback" not in refused.log
    gcs.client.create_bucket(BUCKET)
    done = run(tmp_path / "second", options)
    assert done.code == 0, done.log
    ((name, lines),) = gcs.read_objects().items()
    day = lines[0]["crawl"]["fetched_at"][:10]
    assert name.startswith(f"news/newsroom=127.0.0.1/date={day}/{day}T")
    assert list_headlines(gcs) == ALL
    assert "unchanged" in run(tmp_path / "third", options).last_line
    assert len(gcs.read_objects()) == 1


def test_run_that_is_killed_right_after_its_upload_repeats_nothing(tmp_path: Path, options: list[str], gcs: GcsServer) -> None:
    gcs.client.create_bucket(BUCKET)
    (tmp_path / "first").mkdir()
    process = start(tmp_path / "first", "crawl", *options, *QUICK, stderr=DEVNULL)
    gcs.after = lambda: os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    gcs.after = None
    last = run(tmp_path / "second", options)
    assert last.code == 0, last.log
    assert list_headlines(gcs) == ALL
