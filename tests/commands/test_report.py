from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpnews.reporting.verdict import Verdict
from corpnews.state import Journal, Store
from tests.helpers import scrapy
from tests.reporting.test_run_history import RECORD

if TYPE_CHECKING:
    from pathlib import Path

    from corpnews.reporting.run_history import RunRecord

GOOD = replace(RECORD, newsroom="borealis", verdict=Verdict.UNCHANGED, reasons=())
STARTED = datetime.fromisoformat(RECORD.started)


def store_run(folder: Path, record: RunRecord) -> None:
    """Write a run into the default store."""
    run = Store.open(folder / "output" / "store.sqlite").start_run(record.newsroom, STARTED)
    Journal(run, STARTED).finish(datetime.now(UTC), record.verdict, record.reasons, record.details)


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """The folder of two newsrooms, one of which is fine by now."""
    for record in (RECORD, replace(GOOD, verdict=Verdict.BROKEN), GOOD):
        store_run(tmp_path, record)
    return tmp_path


def test_every_newsroom_has_its_last_run_in_a_row(fleet: Path) -> None:
    run = scrapy(fleet, "report")
    assert run.code == 1, run.log
    head, acme, borealis, total = (line.rstrip() for line in run.log.splitlines())
    assert head.split() == ["newsroom", "last", "run", "verdict", "new", "updated", "withdrawn", "reasons"]
    assert acme.split(maxsplit=6) == ["acme", RECORD.started, "degraded", "3", "0", "0", RECORD.reasons[0]]
    assert borealis.split()[:3] == ["borealis", GOOD.started, "unchanged"]
    assert total == "1 of 2 newsrooms are fine"


def test_status_is_0_when_all_are_fine(fleet: Path) -> None:
    store_run(fleet, replace(RECORD, verdict=Verdict.OK, reasons=()))
    assert scrapy(fleet, "report").code == 0


def test_run_that_is_under_way_is_not_reported(fleet: Path) -> None:
    Store.open(fleet / "output" / "store.sqlite").start_run("borealis", datetime.now(UTC))
    lines = scrapy(fleet, "report", "--json").log.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["degraded", "unchanged"]


def test_newsroom_whose_first_run_is_under_way_is_counted_apart(fleet: Path) -> None:
    Store.open(fleet / "output" / "store.sqlite").start_run("cygnus", datetime.now(UTC))
    assert scrapy(fleet, "report").last_line == "1 of 2 newsrooms are fine; the first run of 1 more is under way"


def test_programs_get_lines(fleet: Path) -> None:
    run = scrapy(fleet, "report", "--json", "-s", f"CORPNEWS_STORE={fleet / 'output' / 'store.sqlite'}")
    acme = json.loads(run.log.splitlines()[0])
    assert (acme["newsroom"], acme["verdict"], acme["counts"]["new"], acme["files"]) == ("acme", "degraded", 3, [*RECORD.files])


def test_store_without_runs_is_named_and_not_created(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "report", "-s", "CORPNEWS_OUTPUT=elsewhere")
    assert run.code == 2
    assert "there is no run in the store elsewhere/store.sqlite" in run.last_line
    assert list(tmp_path.iterdir()) == []


def test_accepted_run_is_fine(fleet: Path) -> None:
    run = scrapy(fleet, "report", "--accept", "acme")
    assert run.code == 0, run.log
    assert "2 of 2 newsrooms are fine" in run.log


def test_newsroom_without_a_run_cannot_be_accepted(fleet: Path) -> None:
    run = scrapy(fleet, "report", "--accept", "acne")
    assert run.code == 2
    assert "no run of a newsroom 'acne' has ended" in run.last_line
