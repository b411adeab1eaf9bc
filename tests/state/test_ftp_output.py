"""Output on an FTP server: known when it is there, and the password stands in no store."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections import Counter
from subprocess import DEVNULL
from typing import TYPE_CHECKING

import psycopg

from corpnews.state.database import build_postgresql_arguments, parse_store_url
from tests.ftp import PASSWORD, FtpServer, serving_ftp
from tests.helpers import QUICK, Site, crawl, headline, start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.state.postgresql import Server

COUNT = 5


def build_words(site: Site, store: str, ftp: FtpServer) -> list[str]:
    return ["newsroom", "-a", f"url={site.url}/news/", f"-sCORPNEWS_STORE={store}", f"-sCORPNEWS_OUTPUT={ftp.url}/press", *QUICK]


def count_headlines(folder: Path) -> Counter[str]:
    lines = (gzip.decompress(file.read_bytes()).splitlines() for file in folder.glob("press/newsroom=*/date=*/*.jsonl.gz"))
    return Counter(json.loads(line)["headline"] for file in lines for line in file)


def test_run_that_is_killed_after_its_upload_repeats_nothing_and_leaves_no_password(
    site: Site, tmp_path: Path, server: Server
) -> None:
    site.listing("/news/", range(1, COUNT + 1))
    store, (served, host, other) = server.new_schema(), (tmp_path / name for name in ("served", "host", "other"))
    for folder in (served, host, other):
        folder.mkdir()
    with serving_ftp(served) as ftp:
        process = start(host, "crawl", *build_words(site, store, ftp), stderr=DEVNULL)
        ftp.after = lambda: os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        ftp.after = None
        with psycopg.connect(**build_postgresql_arguments(parse_store_url(store)), autocommit=True) as connection:
            ((uri,),) = connection.execute("SELECT uri FROM corpnews_uploads").fetchall()
        assert uri.startswith(f"ftp://127.0.0.1:{ftp.port}/press/newsroom=127.0.0.1/")
        site.listing("/news/", range(1, COUNT + 2))
        last = crawl(other, *build_words(site, store, ftp))
        assert last.code == 0, last.log
        assert f"{COUNT} articles of earlier runs are known by their files" in last.log
        assert PASSWORD not in last.log
        assert "s3cret" not in last.log
    assert count_headlines(served) == Counter(map(headline, range(1, COUNT + 2)))
    assert list(other.iterdir()) == []
