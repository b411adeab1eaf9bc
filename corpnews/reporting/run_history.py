"""The run history: records of runs in the store, and `runs.jsonl` in the newsroom's output folder, written from them."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from errno import ENOSPC
from typing import TYPE_CHECKING, Any

from corpnews.discovery.completeness.omissions import ListedPage, Omission, OmissionKind
from corpnews.items import format_utc
from corpnews.reporting.verdict import Coverage, RunCounts, RunOutcome, Verdict
from corpnews.state.locks import wait_for_lock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corpnews.state.records import PastRun

RUNS_FILE_NAME = "runs.jsonl"
MAX_OMISSIONS_KEPT = 20
_COUNT_NAMES = frozenset(each.name for each in fields(RunCounts))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run that has ended.

    Times are ISO 8601 in UTC; `ended` is None for a run that was killed. `start_urls` are the pages from which the run set out,
    `files` the feeds that it stored, `omissions` what it did not get, `listed` how many releases each listing page named,
    `obstacles` how many pages stood in the place of releases, by the sort of wall or error, `failing` why pages of releases
    could not be had.
    """

    newsroom: str
    started: str
    ended: str | None
    verdict: Verdict
    reasons: tuple[str, ...]
    coverage: Coverage
    counts: RunCounts
    start_urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    omissions: tuple[Omission, ...] = ()
    listed: Mapping[str, ListedPage] = field(default_factory=dict)
    obstacles: Mapping[str, int] = field(default_factory=dict)
    failing: Mapping[str, str] = field(default_factory=dict)

    @property
    def details(self) -> dict[str, Any]:
        """What the store keeps of the run besides times, verdict and reasons; `build_run_record` reads it."""
        return {
            **asdict(self.counts),
            "coverage": self.coverage,
            "start_urls": [*self.start_urls],
            "files": [*self.files],
            "omissions": [asdict(omission) for omission in self.omissions[:MAX_OMISSIONS_KEPT]],
            "listed": {url: asdict(page) for url, page in self.listed.items()},
            "obstacles": dict(self.obstacles),
            "failing": dict(self.failing),
        }


def build_run_record(newsroom: str, run: PastRun) -> RunRecord:
    """Build the record of a run from the store."""
    return RunRecord(
        newsroom=newsroom,
        started=format_utc(run.started),
        ended=format_utc(run.ended) if run.ended else None,
        verdict=Verdict(run.verdict or Verdict.FAILED),
        reasons=run.reasons,
        coverage=Coverage(run.counts.get("coverage", Coverage.ALL)),
        counts=_parse_counts(run.counts),
        start_urls=tuple(run.counts.get("start_urls", ())),
        files=tuple(run.counts.get("files", ())),
        omissions=_parse_omissions(run.counts),
        listed=_parse_listed(run.counts),
        obstacles=dict(run.counts.get("obstacles", {})),
        failing=run.counts.get("failing", {}),
    )


def build_outcome(run: PastRun) -> RunOutcome:
    """Build what `judge_run` compares later runs with."""
    stopped = "; ".join(run.reasons) if run.verdict == Verdict.FAILED else ""
    coverage = Coverage(run.counts.get("coverage", Coverage.ALL))
    return RunOutcome(
        counts=_parse_counts(run.counts),
        stopped=stopped,
        coverage=coverage,
        start_urls=tuple(run.counts.get("start_urls", ())),
        omissions=_parse_omissions(run.counts),
        listed=_parse_listed(run.counts),
        failing=run.counts.get("failing", {}),
        is_fine=run.verdict in (Verdict.OK, Verdict.UNCHANGED),
        is_accepted=bool(run.counts.get("accepted")),
    )


def _parse_omissions(details: Mapping[str, Any]) -> tuple[Omission, ...]:
    return tuple(Omission(**{**each, "kind": OmissionKind(each["kind"])}) for each in details.get("omissions", ()))


def _parse_listed(details: Mapping[str, Any]) -> dict[str, ListedPage]:
    return {url: ListedPage(**page) for url, page in details.get("listed", {}).items()}


def _parse_counts(details: Mapping[str, Any]) -> RunCounts:
    return RunCounts(**{name: number for name, number in details.items() if name in _COUNT_NAMES})


def append_run_records(folder: Path, records: list[RunRecord]) -> None:
    """Append runs to the newsroom's `runs.jsonl`, in one write. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records).encode()
    descriptor = os.open(folder / RUNS_FILE_NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        wait_for_lock(descriptor)
        data = lines if _ends_with_newline(descriptor) else b"\n" + lines
        if os.write(descriptor, data) < len(data):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ends_with_newline(descriptor: int) -> bool:
    """Return whether the file ends with a newline; it does not if the disk was full."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
