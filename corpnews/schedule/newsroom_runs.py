"""A run of a newsroom of the list, from the claim to the time at which the newsroom is due again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import SystemRandom
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.reporting.run_history import build_run_record
from corpnews.reporting.verdict import EXIT_STATUS, Coverage, RunCounts, Verdict
from corpnews.schedule.child_run import ChildRun, create_context
from corpnews.schedule.due_time import get_interval, get_next_due
from corpnews.schedule.list_file import get_newsroom_url
from corpnews.web.sites import get_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerContext
    from pathlib import Path

    from scrapy.spiderloader import SpiderLoaderProtocol

    from corpnews.reporting.run_history import RunRecord
    from corpnews.state import Store
    from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList

# Arguments with which a run covers some of a newsroom; without them it was cut short
_LIMITS: Final = frozenset(("since", "max_articles", "sources"))


@dataclass(frozen=True, slots=True)
class EndedRun:
    """What came of a newsroom's run; `seconds` is how long it took, `counts` are those of the store."""

    newsroom: str
    verdict: Verdict
    reasons: tuple[str, ...]
    counts: RunCounts
    seconds: float
    log: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """How many runs go on at once; how long each may take in seconds, and how much memory it may have in MB."""

    jobs: int
    time_limit: int
    memory_limit: int


@dataclass(frozen=True, slots=True)
class NewsroomRuns:
    """Begins and ends runs.

    Attributes:
        settings: Scrapy settings that each run gets, as of the command line.
        logs: the folder of the runs' logs.
    """

    store: Store
    newsroom_list: NewsroomList
    loader: SpiderLoaderProtocol
    limits: RunLimits
    settings: Mapping[str, str]
    logs: Path
    context: ForkServerContext = field(default_factory=create_context)

    def start(self, newsroom: ListedNewsroom, lease: timedelta) -> ChildRun | None:
        """Claim the newsroom for so long and start its run; None if another process was faster. Raises StoreError, OSError."""
        if not self.newsroom_list.claim(newsroom, datetime.now(UTC) + lease):
            return None
        bounds = {"CLOSESPIDER_TIMEOUT": f"{self.limits.time_limit}", "MEMUSAGE_LIMIT_MB": f"{self.limits.memory_limit}"}
        settings = {**bounds, **self.settings}
        return ChildRun.start(self.context, newsroom, settings, self._get_log(newsroom), self.limits.time_limit)

    def end(self, child: ChildRun) -> EndedRun:
        """Read how a run ended, and set when its newsroom is due again. Raises StoreError."""
        child.process.join()
        newsroom, (verdict, trouble) = child.newsroom, child.read_verdict()
        record = None if trouble or verdict is Verdict.BUSY else self._find_record(child)
        if record and EXIT_STATUS[record.verdict] == EXIT_STATUS[verdict]:
            verdict = record.verdict
        is_cut = record is not None and record.coverage is Coverage.SOME and not _LIMITS & newsroom.arguments.keys()
        has_not_begun = record is None and verdict is not Verdict.BUSY
        outcome = Verdict.FAILED if is_cut or has_not_begun else verdict
        self._set_due(child, outcome)
        reasons = record.reasons if record else (trouble,) if trouble else ()
        counts = record.counts if record else RunCounts()
        return EndedRun(newsroom.name, verdict, reasons, counts, monotonic() - child.started, self._get_log(newsroom))

    def get_site(self, newsroom: ListedNewsroom) -> str:
        """The site that a run of the newsroom sends its requests to; its own name where that is not known."""
        urls = [get_newsroom_url(newsroom)]
        if "url" not in newsroom.arguments and newsroom.spider in self.loader.list():
            urls = self.loader.load(newsroom.spider).start_urls
        return get_site(urlsplit(next(iter(urls), "")).netloc) or newsroom.name

    def _find_record(self, child: ChildRun) -> RunRecord | None:
        """The run's record in the store; some runs end before they begin one, or to write its end."""
        last = next(iter(self.store.past_runs(child.newsroom.name, 1)), None)
        is_own = last is not None and last.ended is not None and last.started >= child.begun
        return build_run_record(child.newsroom.name, last) if last and is_own else None

    def _set_due(self, child: ChildRun, outcome: Verdict) -> None:
        newsroom, now = child.newsroom, datetime.now(UTC)
        if child.is_stopped and outcome is Verdict.FAILED:  # by us: another process may go on with it at once
            due, failures = now, newsroom.failures
        else:
            interval = get_interval(newsroom.every, self.newsroom_list.read_release_dates(newsroom.name))
            is_killed = (child.process.exitcode or 0) < 0
            due, failures = get_next_due(outcome, newsroom.failures, interval, now, SystemRandom(), is_killed=is_killed)
        self.newsroom_list.set_due(newsroom.name, due, failures)

    def _get_log(self, newsroom: ListedNewsroom) -> Path:
        return self.logs / f"{newsroom.name}.log"
