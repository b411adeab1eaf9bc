from __future__ import annotations

from dataclasses import replace
from subprocess import DEVNULL
from typing import TYPE_CHECKING

import pytest

from corpnews.reporting import run_history as runs
from corpnews.reporting.run_history import RunRecord
from corpnews.reporting.verdict import Coverage, RunCounts, Verdict
from tests.helpers import start_python

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = RunRecord(
    newsroom="acme",
    started="2026-11-23T06:10:00Z",
    ended="2026-11-23T06:12:00Z",
    verdict=Verdict.DEGRADED,
    reasons=("dates on 15% of the pages, 95% before",),
    coverage=Coverage.RECENT,
    counts=RunCounts(pages=30, found=20, new=3),
    files=("output/acme/2026-11-23T06-10-00Z.jsonl",),
)


def test_account_is_read_as_it_was_written(tmp_path: Path) -> None:
    later = replace(ACCOUNT, started="2026-11-24T06:10:00Z")
    runs.append_run_record(tmp_path / "acme", ACCOUNT)
    runs.append_run_record(tmp_path / "acme", later)
    assert runs.read_run_records(tmp_path / "acme") == [ACCOUNT, later]
    assert list(runs.iter_latest_runs(tmp_path)) == [later]


def test_newsroom_without_an_account_has_no_runs(tmp_path: Path) -> None:
    assert runs.read_run_records(tmp_path / "acme") == []
    assert list(runs.iter_latest_runs(tmp_path)) == []


@pytest.mark.parametrize("torn", [b'{"newsroom": "acme", "sta', b"\0\0\0", b"[]\n", b'{"newsroom": "acme"}\n', b"\xff\n"])
def test_line_that_cannot_be_read_costs_that_line(torn: bytes, tmp_path: Path) -> None:
    runs.append_run_record(tmp_path, ACCOUNT)
    with (tmp_path / runs.RUNS_FILE_NAME).open("ab") as file:
        file.write(torn)
    runs.append_run_record(tmp_path, ACCOUNT)
    assert runs.read_run_records(tmp_path) == [ACCOUNT, ACCOUNT]


def test_long_account_costs_no_more_than_its_end(tmp_path: Path) -> None:
    for _ in range(2000):
        with (tmp_path / runs.RUNS_FILE_NAME).open("ab") as file:
            file.write(b'{"counts": {}}' + b" " * 200 + b"\n")
    runs.append_run_record(tmp_path, ACCOUNT)
    assert runs.read_run_records(tmp_path) == [ACCOUNT]


def test_lines_of_runs_that_end_at_once_do_not_mix(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from dataclasses import replace; from tests.reporting.test_run_history import ACCOUNT, runs\n"
        f"for _ in range(50): runs.append_run_record(Path({str(tmp_path)!r}), replace(ACCOUNT, reasons=('x' * 5000,)))"
    )
    processes = [start_python("-c", script, stdout=DEVNULL) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert (tmp_path / runs.RUNS_FILE_NAME).read_bytes().count(b"\n") == 100
