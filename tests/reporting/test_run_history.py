from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from corpnews.reporting.run_history import RUNS_FILE_NAME, RunRecord, append_run_records, build_outcome, build_run_record
from corpnews.reporting.verdict import Coverage, RunCounts, Verdict
from corpnews.state.records import PastRun
from tests.helpers import read, start_python

if TYPE_CHECKING:
    from pathlib import Path

RECORD = RunRecord(
    newsroom="acme",
    started="2026-11-23T06:10:00Z",
    ended="2026-11-23T06:12:00Z",
    verdict=Verdict.DEGRADED,
    reasons=("dates on 15% of the pages, 95% before",),
    coverage=Coverage.RECENT,
    counts=RunCounts(pages=30, found=20, new=3),
    files=("output/acme/2026-11-23T06-10-00Z.jsonl",),
)
STARTED = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)


def test_record_is_read_from_the_store_as_it_was_written() -> None:
    details = json.loads(json.dumps(RECORD.details))
    past = PastRun(1, STARTED, STARTED.replace(minute=12), RECORD.verdict, RECORD.reasons, {**details, "unfinished": {}})
    assert build_run_record("acme", past) == RECORD
    outcome = build_outcome(past)
    assert (outcome.counts, outcome.coverage, outcome.stopped) == (RECORD.counts, Coverage.RECENT, "")


def test_killed_run_is_a_failed_one_without_an_end() -> None:
    past = PastRun(1, STARTED, None, "failed", ("killed before it ended",))
    record = build_run_record("acme", past)
    assert (record.verdict, record.ended, record.counts) == (Verdict.FAILED, None, RunCounts())
    assert build_outcome(past).stopped == "killed before it ended"


def test_each_run_is_a_line(tmp_path: Path) -> None:
    append_run_records(tmp_path / "acme", [RECORD])
    append_run_records(tmp_path / "acme", [replace(RECORD, ended=None), RECORD])
    lines = read(tmp_path / "acme" / RUNS_FILE_NAME)
    assert [line["ended"] for line in lines] == [RECORD.ended, None, RECORD.ended]
    assert lines[0] == json.loads(json.dumps(asdict(RECORD)))


def test_line_follows_one_that_was_cut_short(tmp_path: Path) -> None:
    (tmp_path / RUNS_FILE_NAME).write_bytes(b'{"newsroom": "acme", "sta')
    append_run_records(tmp_path, [RECORD])
    assert json.loads((tmp_path / RUNS_FILE_NAME).read_bytes().splitlines()[1])["newsroom"] == "acme"


def test_lines_of_runs_that_end_at_once_do_not_mix(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from dataclasses import replace\n"
        "from tests.reporting.test_run_history import RECORD, append_run_records\n"
        f"for _ in range(50): append_run_records(Path({str(tmp_path)!r}), [replace(RECORD, reasons=('x' * 5000,))])"
    )
    processes = [start_python("-c", script, stdout=DEVNULL) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert (tmp_path / RUNS_FILE_NAME).read_bytes().count(b"\n") == 100
