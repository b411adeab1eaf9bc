"""Output in S3: an article is known when its line can be read there, whatever becomes of the run and its host."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import QUICK, ROOT, SLOW, Run, Site, crawl, environment, headline, start
from tests.s3 import BUCKET, CREDENTIALS, REGION, Gate, serving_s3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.state.postgresql import Server

COUNT = 12
ALL = sorted(map(headline, range(1, COUNT + 1)))


@pytest.fixture(scope="session")
def s3_server() -> Iterator[Gate]:
    with serving_s3() as gate:
        yield gate


@pytest.fixture
def s3(s3_server: Gate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """An S3 server with an empty bucket, and nothing in its way."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3_server.client.create_bucket(Bucket=BUCKET)
    yield s3_server
    s3_server.refusing, s3_server.before, s3_server.after = 0, None, None
    for key in s3_server.read_objects():
        s3_server.client.delete_object(Bucket=BUCKET, Key=key)
    s3_server.uploads.clear()


@pytest.fixture
def newsroom(site: Site) -> Site:
    site.listing("/news/", range(1, COUNT + 1))
    return site


@pytest.fixture
def store_url(server: Server) -> str:
    return server.new_schema()


def options(site: Site, store: str) -> list[str]:
    return ["newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_STORE={store}"]


def run(site: Site, folder: Path, store: str, s3: Gate, *more: str) -> Run:
    """Crawl on a host of its own, which is a folder."""
    folder.mkdir(exist_ok=True)
    return crawl(folder, *options(site, store), *s3.options, *more)


def run_until_killed(site: Site, folder: Path, store: str, s3: Gate, moment: str) -> None:
    """Crawl, and be killed with -9 before or after the upload."""
    folder.mkdir()
    process = start(folder, "crawl", *options(site, store), *s3.options, *QUICK, stderr=DEVNULL)
    setattr(s3, moment, lambda: os.kill(process.pid, signal.SIGKILL))
    assert process.wait() == -signal.SIGKILL
    setattr(s3, moment, None)


def headlines(lines: list[dict[str, Any]]) -> list[str]:
    return sorted(line["headline"] for line in lines)


def test_lines_are_parts_of_one_table_and_the_host_keeps_nothing(
    newsroom: Site, tmp_path: Path, store_url: str, s3: Gate
) -> None:
    done = run(newsroom, tmp_path / "host", store_url, s3)
    assert done.code == 0, done.log
    ((key, lines),) = s3.read_objects().items()
    assert headlines(lines) == ALL
    day = lines[0]["crawl"]["fetched_at"][:10]
    assert key.startswith(f"news/newsroom=127.0.0.1/date={day}/{day}T")
    assert key.endswith(".jsonl.gz")
    assert list((tmp_path / "host").iterdir()) == []
    again = run(newsroom, tmp_path / "other host", store_url, s3)
    assert "unchanged" in again.last_line
    assert len(s3.uploads) == 1


def test_recipes_read_all_objects_as_one_table(newsroom: Site, tmp_path: Path, store_url: str, s3: Gate) -> None:
    pytest.importorskip("duckdb", reason="pip install -e '.[analysis]'")
    run(newsroom, tmp_path / "host", store_url, s3)
    newsroom.listing("/news/", range(1, COUNT + 2))
    run(newsroom, tmp_path / "host", store_url, s3)
    copies = {key: s3.client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in s3.read_objects()}
    assert len(copies) == 2
    for key, body in copies.items():
        (tmp_path / "bucket" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bucket" / key).write_bytes(body)
    section = (ROOT / "docs/analysis.md").read_text(encoding="utf-8").partition("\n## S3\n")[2].partition("\n## ")[0]
    duckdb, pyarrow = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    # The extension that reads S3 is downloaded: a copy of the bucket stands in for it here
    local = re.sub(r"^duckdb\.sql\(.*\n", "", duckdb, flags=re.MULTILINE).replace("s3://bucket", f"{tmp_path}/bucket")
    count = "print(*duckdb.sql('select count(*), count(distinct id), min(newsroom), count(date) from articles').fetchall()[0])"
    assert run_recipe(local + count, tmp_path) == "13 13 127.0.0.1 13"
    served = pyarrow.replace("bucket/news", f"{BUCKET}/news").replace("www.example.com", "127.0.0.1")
    served = served.replace("S3FileSystem()", f"S3FileSystem(endpoint_override={s3.url!r}, region={REGION!r})")
    count = "print(len(set(articles['id'].to_pylist())), articles.num_rows, len(articles['date'].drop_null()))"
    assert run_recipe(served + count, tmp_path, **CREDENTIALS) == "13 13 13"


def run_recipe(code: str, folder: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(**variables), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_run_that_is_killed_before_its_upload_loses_nothing(newsroom: Site, tmp_path: Path, store_url: str, s3: Gate) -> None:
    run_until_killed(newsroom, tmp_path / "first", store_url, s3, "before")
    run_until_killed(newsroom, tmp_path / "second", store_url, s3, "before")
    s3.uploads.clear()
    last = run(newsroom, tmp_path / "third", store_url, s3)
    assert last.code == 0, last.log
    assert headlines(s3.read_lines()) == ALL
    assert "could not upload" in last.log


def test_run_that_is_killed_right_after_its_upload_repeats_nothing(
    newsroom: Site, tmp_path: Path, store_url: str, s3: Gate
) -> None:
    run_until_killed(newsroom, tmp_path / "first", store_url, s3, "after")
    newsroom.listing("/news/", range(1, COUNT + 2))
    last = run(newsroom, tmp_path / "second", store_url, s3)
    assert last.code == 0, last.log
    assert headlines(s3.read_lines()) == sorted([*ALL, headline(COUNT + 1)])
    assert "12 articles of earlier runs are known by their files" in last.log


def test_run_does_not_begin_while_the_storage_does_not_say_what_a_killed_run_left(
    newsroom: Site, tmp_path: Path, store_url: str, s3: Gate
) -> None:
    run_until_killed(newsroom, tmp_path / "first", store_url, s3, "after")
    refused = run(newsroom, tmp_path / "second", store_url, s3, "-s", "AWS_ENDPOINT_URL=http://127.0.0.1:9")
    assert refused.code == 1
    assert "the storage does not say whether s3://press/news/newsroom=127.0.0.1/" in refused.last_line
    last = run(newsroom, tmp_path / "third", store_url, s3)
    assert last.code == 0, last.log
    assert headlines(s3.read_lines()) == ALL


@pytest.mark.parametrize("status", [403, 503])
def test_refused_upload_leaves_nothing_known(newsroom: Site, tmp_path: Path, store_url: str, s3: Gate, status: int) -> None:
    s3.refusing = status
    refused = run(newsroom, tmp_path / "first", store_url, s3)
    assert refused.code == 1, refused.log
    assert "cannot write s3://press/news/newsroom=127.0.0.1/" in refused.last_line
    assert "Traceback" not in refused.log
    s3.refusing = 0
    last = run(newsroom, tmp_path / "second", store_url, s3)
    assert last.code == 0, last.log
    assert headlines(s3.read_lines()) == ALL


def test_bucket_that_is_gone_leaves_nothing_known(newsroom: Site, tmp_path: Path, store_url: str, s3: Gate) -> None:
    s3.client.delete_bucket(Bucket=BUCKET)
    refused = run(newsroom, tmp_path / "first", store_url, s3)
    assert refused.code == 1, refused.log
    assert "NoSuchBucket" in refused.last_line
    s3.client.create_bucket(Bucket=BUCKET)
    last = run(newsroom, tmp_path / "first", store_url, s3)
    assert headlines(s3.read_lines()) == ALL, last.log


def test_large_run_is_known_part_by_part(newsroom: Site, tmp_path: Path, store_url: str, s3: Gate) -> None:
    parts = (
        '{"%(output)s/%(newsroom)s-%(batch_id)d%(token)s.jsonl.gz": {"format": "jsonlines", "batch_item_count": 3, "uri_params": '
        '"corpnews.feeds.uri_params", "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}}'
    )
    (tmp_path / "first").mkdir()
    words = [*options(newsroom, store_url), *s3.options, *SLOW, "-s", f"FEEDS={parts}"]
    process = start(tmp_path / "first", "crawl", *words, stderr=DEVNULL)

    def kill_at_the_third() -> None:
        if len(s3.uploads) > 2:
            os.kill(process.pid, signal.SIGKILL)

    s3.after = kill_at_the_third
    assert process.wait() == -signal.SIGKILL
    s3.after = None
    assert len(s3.read_lines()) == 9
    last = run(newsroom, tmp_path / "second", store_url, s3)
    assert last.code == 0, last.log
    assert headlines(s3.read_lines()) == ALL
