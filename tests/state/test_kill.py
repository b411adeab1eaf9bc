from __future__ import annotations

import random
import signal
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from corpnews.state import NewsroomBusyError, Store
from tests.helpers import ROOT, start_python
from tests.state.releases import MONDAY, TUESDAY, OpenRun, body_of, record, release

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.forks import ForkedProcess


WRITER = f"{ROOT}/tests/state/writer.py"
BATCH = 20
KILLS = 6


@contextmanager
def writer(address: str, first: int = 0) -> Iterator[ForkedProcess]:
    """Another process that writes batch after batch, from `first` on, and says of each that it is written."""
    with start_python(WRITER, address, str(first), str(BATCH)) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: ForkedProcess) -> str:
    return process.stdout.readline().strip()


def test_second_run_of_a_newsroom_says_so_and_stops(store: Store, address: str) -> None:
    with closing(OpenRun(store, "acme", MONDAY)) as run, closing(OpenRun(store, "other", MONDAY)):
        with pytest.raises(NewsroomBusyError, match=r"^a run of the newsroom 'acme' is under way already, in "):
            OpenRun(Store.open(address), "acme", MONDAY)
        record(run, 1)  # the first is none the worse
    with closing(OpenRun(store, "acme", TUESDAY)) as later:
        assert later.history.find_pages(["acme.example/news/1"])


def test_run_of_another_process_is_seen_and_ends_when_it_is_killed(store: Store, address: str) -> None:
    with writer(address) as process:
        assert said(process) == f"{BATCH}"
        with pytest.raises(
            NewsroomBusyError, match=f"in process {process.pid}$" if "sqlite" in address else "in another process$"
        ):
            OpenRun(store, "acme", TUESDAY)
        process.send_signal(signal.SIGKILL)
        process.wait()
    run = until_free(store)
    with closing(run):
        (killed,) = run.history.past_runs()
        assert (killed.started, killed.ended) == (MONDAY, None)
        assert [(each.verdict, each.reasons) for each in run.history.past_runs()] == [("failed", ("killed before it ended",))]


def until_free(store: Store) -> OpenRun:
    """The server takes a moment to see that a process is gone."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return OpenRun(store, "acme", TUESDAY)
        except NewsroomBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_killed_at_any_instant_the_store_holds_whole_batches_and_each_that_was_told(store: Store, address: str) -> None:
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    written = 0
    for _ in range(KILLS):
        with writer(address, written) as process:
            told = [int(said(process))]
            time.sleep(dice.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            told += [int(line) for line in process.stdout.read().split()]
        until_free(store).close()
        written = whole(address)
        assert max(told) <= written <= max(told) + BATCH, f"seed {seed}"
        assert written % BATCH == 0, f"seed {seed}"
    with closing(OpenRun(store, "acme", TUESDAY)) as run:
        assert len(run.history.find_pages([f"acme.example/news/{number}" for number in range(written)])) == written
        assert body_of(run, release(written - 1).id) == release().body


def whole(address: str) -> int:
    """How many articles there are; each has its text and its page."""
    engine = create_engine(address)
    with engine.connect() as connection:
        if "sqlite" in address:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        counts = {
            connection.execute(text(f"SELECT count(*) FROM corpnews_{table}")).scalar_one()  # noqa: S608 - ours
            for table in ("articles", "texts", "pages")
        }
    engine.dispose()
    (count,) = counts
    return int(count)
