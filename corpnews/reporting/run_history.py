"""The run history of a newsroom: `runs.jsonl` in its output folder, one line per run, newest last."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from errno import ENOSPC
from typing import TYPE_CHECKING, Any, Self

from corpnews.reporting.verdict import Coverage, RunCounts, RunOutcome, Verdict
from corpnews.state.locks import wait_for_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNS_FILE_NAME = "runs.jsonl"
_MAX_HISTORY_BYTES = 200_000  # read from the end of the file, some hundred runs; older runs change no verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One line of the run history; times are ISO 8601 in UTC, `files` are the feeds that the run stored."""

    newsroom: str
    started: str
    ended: str
    verdict: Verdict
    reasons: tuple[str, ...]
    coverage: Coverage
    counts: RunCounts
    files: tuple[str, ...] = ()

    @classmethod
    def read(cls, line: bytes) -> Self | None:
        """Parse a line; None if it is incomplete or of another version. Missing counts are 0."""
        try:
            said: dict[str, Any] = json.loads(line)
            known = {each.name for each in fields(RunCounts)}
            counts = RunCounts(**{name: int(number) for name, number in said["counts"].items() if name in known})
            return cls(
                newsroom=str(said["newsroom"]),
                started=str(said["started"]),
                ended=str(said["ended"]),
                verdict=Verdict(said["verdict"]),
                reasons=tuple(map(str, said["reasons"])),
                coverage=Coverage(said["coverage"]),
                counts=counts,
                files=tuple(map(str, said["files"])),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    @property
    def run(self) -> RunOutcome:
        """The run as `judge_run` compares later runs with it."""
        stopped = "; ".join(self.reasons) if self.verdict is Verdict.FAILED else ""
        return RunOutcome(counts=self.counts, stopped=stopped, coverage=self.coverage)


def append_run_record(folder: Path, account: RunRecord) -> None:
    """Append a run to the history in the newsroom's folder, in one write. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(account), ensure_ascii=False).encode() + b"\n"
    descriptor = os.open(folder / RUNS_FILE_NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        wait_for_lock(descriptor)
        whole = line if _ends_with_newline(descriptor) else b"\n" + line
        if os.write(descriptor, whole) < len(whole):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_run_records(folder: Path) -> list[RunRecord]:
    """Read the last runs of a newsroom, oldest first; empty without a history."""
    try:
        with (folder / RUNS_FILE_NAME).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _MAX_HISTORY_BYTES))
            return [account for line in file if (account := RunRecord.read(line))]
    except FileNotFoundError:
        return []


def iter_latest_runs(output: Path) -> Iterator[RunRecord]:
    """Yield the last run of each newsroom whose folder is below `output`."""
    for path in sorted(output.glob(f"*/{RUNS_FILE_NAME}")):
        yield from read_run_records(path.parent)[-1:]


def _ends_with_newline(descriptor: int) -> bool:
    """Return whether the file ends with a newline; it does not if the disk was full."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
