"""Stores and files that are gone in mid-run: one line says so, and each release comes out once."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from threading import Timer
from typing import TYPE_CHECKING

import psycopg
import pytest

from corpnews.state import Store
from corpnews.state.database import build_postgresql_arguments, parse_store_url
from tests.helpers import SLOW, Run, Site, crawl, read, scrapy, start
from tests.state import postgresql

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RELEASES = 26


def crawl_until(folder: Path, site: Site, address: str, act: Callable[[], None], *, articles: int = 8, wait: int = 0) -> Run:
    """Crawl slowly, and do something when so many articles have come."""
    options = ("-a", f"url={site.url}/news/", "-s", f"CORPNEWS_STORE={address}", "-s", f"CORPNEWS_STORE_WAIT={wait}", *SLOW)
    with start(folder, "crawl", "newsroom", *options) as process:
        log = ""
        for line in process.stderr:
            log += line
            if " Article " in line and log.count(" Article ") == articles:
                act()
        return Run(process.wait(), log, folder)


def crawl_again(folder: Path, site: Site, address: str) -> Run:
    return scrapy(folder, "crawl", "newsroom", "-a", f"url={site.url}/news/", "-s", f"CORPNEWS_STORE={address}", *SLOW[:2])


def read_urls(folder: Path) -> Counter[str]:
    return Counter(line["url"] for file in folder.glob("output/*/[0-9]*.jsonl") for line in read(file))


@pytest.mark.parametrize("articles", [1, 8, 25])
def test_release_comes_out_once_though_postgresql_stops_in_mid_run(articles: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, RELEASES + 1))
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("needs PostgreSQL's programs (Debian: postgresql)")
    with postgresql.serving(binaries) as server:
        address = server.new_schema()
        failed = crawl_until(tmp_path, site, address, server.stop, articles=articles)
        assert failed.code == 1, failed.log
        assert "Traceback" not in failed.log, failed.log
        assert failed.log.count("ERROR") == 2, failed.log  # what happened, and the last line
        assert "the store cannot be" in failed.last_line
        server.start()
        again = crawl_again(tmp_path, site, address)
    assert again.code in (0, 3), again.log
    assert read_urls(tmp_path) == Counter({f"{site.url}{path}": 1 for path in site.pages if "plant" in path})


def test_run_goes_on_once_postgresql_is_back(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, RELEASES + 1))
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("needs PostgreSQL's programs (Debian: postgresql)")
    with postgresql.serving(binaries) as server:

        def restart() -> None:
            server.stop()
            Timer(1, server.start).start()

        run = crawl_until(tmp_path, site, server.new_schema(), restart, wait=30)
        assert run.code == 0, run.log
        assert run.log.count("WARNING") == 1, run.log
        assert "the connection to the store was lost; the run waits for it (30 s)" in run.log
        assert read_urls(tmp_path) == Counter({f"{site.url}{path}": 1 for path in site.pages if "plant" in path})


# The server ends the session that writes the first text, the tenth, and the end of the run (when it is committed)
_ENDING_SESSIONS = """
CREATE SEQUENCE texts_written; CREATE SEQUENCE ends_written;
CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_TABLE_NAME = 'corpnews_texts' AND nextval('texts_written') IN (1, 10)
        OR TG_TABLE_NAME = 'corpnews_runs' AND nextval('ends_written') = 1
    THEN PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(5); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ending AFTER INSERT ON corpnews_texts FOR EACH ROW EXECUTE FUNCTION end_session();
CREATE CONSTRAINT TRIGGER ending_late AFTER UPDATE OF ended ON corpnews_runs DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.ended IS NOT NULL) EXECUTE FUNCTION end_session();
"""


def test_run_goes_on_though_postgresql_ends_its_session_within_transactions(
    site: Site, tmp_path: Path, server: postgresql.Server
) -> None:
    site.listing("/news/", range(1, RELEASES + 1))
    address = server.new_schema()
    Store.open(address)
    arguments = build_postgresql_arguments(parse_store_url(address))
    with psycopg.connect(**arguments, autocommit=True) as connection:
        connection.execute(_ENDING_SESSIONS.encode())
        run = crawl_until(tmp_path, site, address, lambda: None, wait=30)
        assert run.code == 0, run.log
        assert run.log.count("the connection to the store was lost; the run waits for it (30 s)") >= 2
        assert "Traceback" not in run.log, run.log
        ends = connection.execute("SELECT verdict FROM corpnews_runs").fetchall()
        assert ends == [("ok",)]
        assert connection.execute("SELECT count(*) FROM corpnews_texts").fetchall() == [(RELEASES,)]
    assert read_urls(tmp_path) == Counter({f"{site.url}{path}": 1 for path in site.pages if "plant" in path})


def test_store_deleted_in_mid_run_ends_it(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, RELEASES + 1))
    store = tmp_path / "store.sqlite"
    failed = crawl_until(tmp_path, site, f"sqlite:///{store}", store.unlink)
    assert failed.code == 1
    assert "the store cannot be" in failed.last_line
    assert "deleted" in failed.last_line
    assert "Traceback" not in failed.log, failed.log
    again = crawl_again(tmp_path, site, f"sqlite:///{store}")
    assert again.code == 0, again.log
    assert read_urls(tmp_path) == Counter({f"{site.url}{path}": 1 for path in site.pages if "plant" in path})


def test_run_without_its_earlier_store_says_that_all_comes_again(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    store = tmp_path / "store.sqlite"
    crawl_again(tmp_path, site, f"sqlite:///{store}")
    store.unlink()
    again = crawl_again(tmp_path, site, f"sqlite:///{store}")
    assert "WARNING The store knows nothing of 127.0.0.1" in again.log


@pytest.mark.parametrize("what", ["file", "folder"])
def test_lines_deleted_in_mid_run_are_written_again(what: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, RELEASES + 1))

    def delete() -> None:
        (part,) = tmp_path.glob("output/127.0.0.1/.*.part")
        part.unlink()
        if what == "folder":
            shutil.rmtree(part.parent)

    run = crawl_until(tmp_path, site, f"sqlite:///{tmp_path / 'store.sqlite'}", delete)
    assert run.code == 0, run.log
    assert "was deleted while it was written; it is written again" in run.log
    assert len(read_urls(tmp_path)) == RELEASES


def test_store_that_is_damaged_is_told_in_one_line_and_the_run_after_it_is_removed_goes_on(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    store = tmp_path / "store.sqlite"
    assert len(crawl_again(tmp_path, site, str(store)).lines) == 8
    size = store.stat().st_size
    with store.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    for sidecar in tmp_path.glob("store.sqlite-*"):
        sidecar.unlink()
    damaged = crawl_again(tmp_path, site, str(store))
    assert damaged.code in (1, 2)
    assert "Traceback" not in damaged.log, damaged.log
    assert "the store" in damaged.last_line
    assert "malformed" in damaged.last_line
    store.unlink()
    again = crawl_again(tmp_path, site, str(store))
    assert (again.code, again.verdict["counts"]["new"]) == (0, 8)
    assert "Was the store deleted?" in again.log


def test_clock_that_was_set_back_repeats_and_loses_nothing(site: Site, tmp_path: Path) -> None:
    """To a run, times in the store that are still to come are those of a clock that has been set back since."""
    site.listing("/news/", range(1, 9))
    store = tmp_path / "store.sqlite"
    crawl_again(tmp_path, site, str(store))
    later = 40 * 24 * 3600
    with closing(sqlite3.connect(store)) as database, database:
        database.execute("update corpnews_runs set started = started + ?, ended = ended + ?", (later, later))
        database.execute("update corpnews_articles set first_seen = first_seen + ?, checked = checked + ?", (later, later))
        database.execute("update corpnews_articles set due = due + ?, last_seen = last_seen + ?", (later, later))
        database.execute("update corpnews_pages set checked = checked + ?", (later,))
    site.listing("/news/", range(9))
    again = crawl_again(tmp_path, site, str(store))
    assert (again.code, again.verdict["counts"]["new"]) == (0, 1), again.log
    assert read_urls(tmp_path) == Counter({f"{site.url}{path}": 1 for path in site.pages if "plant" in path})


def test_certificates_that_are_not_verified_are_told_in_each_run(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    for _ in range(2):
        run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", "DOWNLOAD_VERIFY_CERTIFICATES=0")
        assert run.log.count("certificates are not verified (DOWNLOAD_VERIFY_CERTIFICATES)") == 1
    assert "certificates" not in crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").log
