from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpnews.reporting import run_history as runs
from corpnews.reporting.verdict import Verdict
from tests.helpers import scrapy
from tests.reporting.test_run_history import ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

GOOD = replace(ACCOUNT, newsroom="borealis", verdict=Verdict.UNCHANGED, reasons=())


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Two newsrooms, one of which is well by now."""
    for account in (ACCOUNT, replace(GOOD, verdict=Verdict.BROKEN), GOOD):
        runs.append_run_record(tmp_path / "output" / account.newsroom, account)
    return tmp_path


def test_every_newsroom_has_its_last_run_in_a_row(fleet: Path) -> None:
    run = scrapy(fleet, "report")
    assert run.code == 1
    head, acme, borealis, total = (line.rstrip() for line in run.log.splitlines())
    assert head.split() == ["newsroom", "last", "run", "verdict", "new", "updated", "withdrawn", "reasons"]
    assert acme.split(maxsplit=6) == ["acme", ACCOUNT.started, "degraded", "3", "0", "0", ACCOUNT.reasons[0]]
    assert borealis.split()[:3] == ["borealis", GOOD.started, "unchanged"]
    assert total == "1 of 2 newsrooms are fine"


def test_status_is_0_when_all_is_well(fleet: Path) -> None:
    runs.append_run_record(fleet / "output" / "acme", replace(ACCOUNT, verdict=Verdict.OK, reasons=()))
    assert scrapy(fleet, "report").code == 0


def test_programs_get_lines(fleet: Path) -> None:
    run = scrapy(fleet, "report", "output", "--json")
    assert [json.loads(line)["verdict"] for line in run.log.splitlines()] == ["degraded", "unchanged"]


def test_folder_without_runs_is_named(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "report", "elsewhere")
    assert run.code == 2
    assert "no runs of newsrooms below elsewhere" in run.last_line
