from __future__ import annotations

import os
import re
import socket
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from corpnews.state import Store, StoreError
from corpnews.state.migrations import MIGRATIONS, upgrade_schema
from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList
from tests.helpers import start_python
from tests.state.releases import MONDAY, TUESDAY, OpenRun, record, release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.state.postgresql import Server


NOBODY = 65534
NEWEST = 1 + len(MIGRATIONS)


def add_mood(connection: Connection) -> None:
    """Step 2 of a ladder: a column more."""
    connection.execute(text("ALTER TABLE corpnews_articles ADD COLUMN mood VARCHAR"))
    connection.execute(text("UPDATE corpnews_articles SET mood = 'glad'"))


def give_up(connection: Connection) -> None:
    """A step that fails in its midst."""
    add_mood(connection)
    connection.execute(text("SELECT no_such_column FROM corpnews_articles"))


def climb(address: str, *steps: object) -> list[str]:
    """Upgrade the store by further steps than its own, and say which columns articles have then."""
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            upgrade_schema(connection, (*MIGRATIONS, *steps))  # type: ignore[arg-type]
            return [column["name"] for column in inspect(connection).get_columns("corpnews_articles")]
    finally:
        engine.dispose()


def columns(address: str) -> list[str]:
    return climb(address)


def test_relative_path_is_that_of_the_working_directory_of_the_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        with closing(OpenRun(Store.open(Path("store.sqlite")), "acme", MONDAY)):
            assert (folder / "store.sqlite").exists()


def test_store_of_an_earlier_version_is_brought_up_with_all_that_is_in_it(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
    assert "mood" in climb(address, add_mood)
    assert "mood" in climb(address, add_mood)  # the second time there is nothing to do
    engine = create_engine(address)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, mood FROM corpnews_articles")).all() == [(release(1).id, "glad")]
    engine.dispose()


def test_store_of_the_second_version_has_reports_and_a_list_then(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)
    engine = create_engine(address)
    with engine.begin() as connection:
        for dropped in (
            "VIEW corpnews_changed",
            "VIEW corpnews_latest",
            "TABLE corpnews_profiles",
            "TABLE corpnews_listings",
            "TABLE corpnews_uploads",
            "INDEX corpnews_newsrooms_due",
        ):
            connection.execute(text(f"DROP {dropped}"))
        connection.execute(text("ALTER TABLE corpnews_articles DROP COLUMN changed"))
        if "postgresql" in address:
            connection.execute(text("ALTER TABLE corpnews_runs ALTER COLUMN number TYPE INTEGER"))
            connection.execute(text("ALTER SEQUENCE corpnews_runs_number_seq AS INTEGER"))
        for column in ("spider", "arguments", "every", "due", "failures"):
            connection.execute(text(f"ALTER TABLE corpnews_newsrooms DROP COLUMN {column}"))
        connection.execute(text("UPDATE corpnews_schema SET version = 2"))
    engine.dispose()
    upgraded = Store.open(address)
    assert [overview.newsroom for overview in upgraded.read_overviews()] == ["acme"]
    newsroom_list = NewsroomList(upgraded)
    assert newsroom_list.read() == []
    newsroom_list.add([ListedNewsroom("acme", "acme", {}, None, MONDAY)])
    assert [(each.name, each.due, each.failures) for each in newsroom_list.read()] == [("acme", MONDAY, 0)]
    if "postgresql" in address:  # a billion runs are not the end
        with upgraded.writing() as connection:
            connection.execute(text("SELECT setval('corpnews_runs_number_seq', 3000000000)"))
    with closing(OpenRun(upgraded, "acme", TUESDAY)) as run:
        assert run.history.find_uploads() == []


def test_known_newsroom_uses_up_no_number(store: Store) -> None:
    newsroom_list = NewsroomList(store)
    for _ in range(5):
        OpenRun(store, "acme", MONDAY).close()
        newsroom_list.add([ListedNewsroom("acme", "acme", {}, None, MONDAY)])
    newsroom_list.add([ListedNewsroom("other", "acme", {}, None, MONDAY)])
    with store.reading() as connection:
        assert connection.execute(text("SELECT max(number) FROM corpnews_newsrooms")).scalar_one() == 2


def test_newsroom_is_claimed_by_one_process(store: Store) -> None:
    newsroom_list = NewsroomList(store)
    newsroom_list.add([ListedNewsroom("acme", "newsroom", {"url": "https://acme.example/news"}, None, MONDAY)])
    (acme,) = newsroom_list.read()
    assert newsroom_list.claim(acme, TUESDAY)
    assert not newsroom_list.claim(acme, TUESDAY)
    newsroom_list.remove("acme")
    newsroom_list.set_due("acme", MONDAY, 1)
    assert newsroom_list.read() == []


def test_step_that_fails_leaves_the_store_as_it_was(store: Store, address: str) -> None:
    before = columns(address)
    with pytest.raises(Exception, match="no_such_column"):
        climb(address, give_up)
    assert columns(address) == before
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1)


def test_store_of_a_later_version_is_refused(address: str) -> None:
    climb(address, add_mood)
    with pytest.raises(
        StoreError,
        match=rf"cannot be opened: it was written by a later version of corpnews .* {NEWEST + 1}, these of {NEWEST}\)$",
    ):
        Store.open(address)


OPEN_AND_RECORD = """
import sys
from contextlib import closing
from corpnews.state import Store
from tests.state.releases import MONDAY, OpenRun, record
with closing(OpenRun(Store.open(sys.argv[1]), sys.argv[2], MONDAY)) as run:
    record(run, *range(5))
"""


def test_many_processes_may_make_one_store_at_once(address: str) -> None:
    processes = [start_python("-c", OPEN_AND_RECORD, address, f"newsroom {number}", stdout=DEVNULL) for number in range(4)]
    assert [each.wait() for each in processes] == [0] * 4


def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Buy milk. " * 1000)
    with pytest.raises(StoreError, match=r"^the store sqlite:///.*notes.txt cannot be opened: file is not a database$"):
        Store.open(file)
    assert file.read_text() == "Buy milk. " * 1000


def test_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE places (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"cannot be opened: it is another program's database$"):
        Store.open(file)
    assert file.read_bytes() == before


def test_tables_of_others_in_postgresql_do_no_harm(server: Server) -> None:
    address = server.new_schema()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE articles (name TEXT)"))
    engine.dispose()
    with closing(OpenRun(Store.open(address), "acme", MONDAY)) as run:
        record(run, 1)


def test_folder_of_the_store_is_made(tmp_path: Path) -> None:
    Store.open(tmp_path / "data" / "deep" / "store.sqlite3")
    assert (tmp_path / "data" / "deep" / "store.sqlite3").exists()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that all may read, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to the folder; root, who may write anywhere, is nobody meanwhile."""
    is_root = os.geteuid() == 0
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_folder_that_may_not_be_written_to_is_told(folder: Path) -> None:
    with read_only(folder):
        with pytest.raises(StoreError, match=r"^the store sqlite:///.* cannot be opened: unable to open database file$"):
            Store.open(folder / "store.sqlite3")
        with pytest.raises(StoreError, match=r"cannot be opened: Permission denied$"):
            Store.open(folder / "data" / "store.sqlite3")


def test_store_that_may_not_be_written_to_is_told(folder: Path) -> None:
    file = folder / "store.sqlite3"
    Store.open(file)
    with (
        read_only(folder),
        pytest.raises(StoreError, match=r"^the store .* cannot be opened: attempt to write a readonly database$"),
    ):
        Store.open(file)


def test_postgresql_that_cannot_be_reached_is_told_without_the_password() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        address = f"postgresql://news:secret@127.0.0.1:{taken.getsockname()[1]}/news"
        with pytest.raises(StoreError, match=r"^the store .* cannot be opened: .*[Rr]efused[^\n]*$") as error:
            Store.open(address)
    assert "secret" not in str(error.value)


def test_database_that_is_not_there_is_told(server: Server) -> None:
    address = re.sub(r"/postgres\?", "/nowhere?", server.address)
    with pytest.raises(StoreError, match=r'cannot be opened: [^\n]*"nowhere" does not exist[^\n]*$'):
        Store.open(address)


@pytest.mark.parametrize(
    "address", ["", "store.sqlite3", "mysql://root:secret@db.example/news", "sqlite://", "sqlite:///:memory:"]
)
def test_address_that_is_no_stores_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match=r"^a store is sqlite:///PATH or postgresql\+psycopg:") as error:
        Store.open(address)
    assert "secret" not in str(error.value)


def test_server_that_goes_away_ends_the_run_with_an_error(server: Server) -> None:
    address = server.new_schema()
    store = Store.open(address)
    run = OpenRun(store, "acme", MONDAY)
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
    engine.dispose()
    run.journal.add_article(release())
    with pytest.raises(StoreError, match=r"^the store cannot be written: [^\n]*$"):
        run.journal.flush()
    with closing(OpenRun(store, "acme", TUESDAY)), pytest.raises(StoreError, match=r": the connection was lost$"):
        run.journal.flush()  # the newsroom is another run's by now
    run.close()
    with closing(OpenRun(store, "acme", TUESDAY)) as later:
        assert later.history.past_runs()[1].ended is None


def test_views_show_articles_as_they_are_and_what_changed_since_yesterday(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run:
        record(run, 1, 2)
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE corpnews_articles SET changed = 2000000000 WHERE id = :id"), {"id": release(2).id})
        latest = connection.execute(text("SELECT newsroom, id, changed FROM corpnews_latest ORDER BY id")).all()
        changed = connection.execute(text("SELECT id FROM corpnews_changed")).all()
    engine.dispose()
    assert sorted(row.id for row in latest) == sorted([release(1).id, release(2).id])
    assert {row.newsroom for row in latest} == {"acme"}
    assert "2033-05-18T03:33:20Z" in {row.changed for row in latest}
    assert [row.id for row in changed] == [release(2).id]
