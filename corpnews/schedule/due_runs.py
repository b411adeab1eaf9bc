"""Runs all newsrooms that are due, several at once, and sets when each is due again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from secrets import SystemRandom
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.reporting.run_history import build_run_record
from corpnews.reporting.verdict import EXIT_STATUS, Coverage, RunCounts, Verdict
from corpnews.schedule.child_run import ChildRun, create_context
from corpnews.schedule.due_time import get_interval, get_next_due
from corpnews.web.sites import get_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scrapy.spiderloader import SpiderLoaderProtocol

    from corpnews.state import Store
    from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList

_TICK: Final = 0.5  # seconds between two looks at the time limits
_LEASE_MARGIN: Final = timedelta(minutes=5)
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


@dataclass(slots=True)
class DueRuns:
    """The runs of a list of newsrooms: two newsrooms of one site are never crawled at the same time.

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
    waiting: deque[ListedNewsroom] = field(default_factory=deque)
    running: list[ChildRun] = field(default_factory=list)
    is_stopping: bool = False

    def run(self, newsrooms: Iterable[ListedNewsroom]) -> Iterator[EndedRun | None]:
        """Crawl the newsrooms, the longest overdue first; yields each run that has ended, and None every half second.

        Raises StoreError, OSError.
        """
        context = create_context()
        bounds = {"CLOSESPIDER_TIMEOUT": f"{self.limits.time_limit}", "MEMUSAGE_LIMIT_MB": f"{self.limits.memory_limit}"}
        settings = {**bounds, **self.settings}
        self.waiting.extend(sorted(newsrooms, key=lambda each: each.due))
        while self.running or (self.waiting and not self.is_stopping):
            while newsroom := self._take_next():
                if self._claim(newsroom):
                    log = self._get_log(newsroom)
                    self.running.append(ChildRun.start(context, newsroom, settings, log, self.limits.time_limit))
            wait([child.process.sentinel for child in self.running], timeout=_TICK)
            for child in [each for each in self.running if each.process.exitcode is not None]:
                self.running.remove(child)
                yield self._end(child)
            for child in self.running:
                child.enforce_limit(monotonic())
            yield None

    def stop(self) -> None:
        """Start no further run, and end those under way as SIGTERM does."""
        self.is_stopping = True
        for child in self.running:
            child.deadline = 0.0

    def _take_next(self) -> ListedNewsroom | None:
        """Take the next newsroom whose site no run is at, if one more run may begin."""
        if self.is_stopping or len(self.running) >= self.limits.jobs:
            return None
        busy = {self._get_site(child.newsroom) for child in self.running}
        free = next((each for each in self.waiting if self._get_site(each) not in busy), None)
        if free:
            self.waiting.remove(free)
        return free

    def _claim(self, newsroom: ListedNewsroom) -> bool:
        """Keep other processes from the newsroom while it is crawled; False if one was faster."""
        lease = timedelta(seconds=self.limits.time_limit) + _LEASE_MARGIN
        return self.newsroom_list.claim(newsroom, datetime.now(UTC) + lease)

    def _end(self, child: ChildRun) -> EndedRun:
        """Read how a run ended, and set when its newsroom is due again."""
        child.process.join()
        newsroom, (verdict, trouble) = child.newsroom, child.read_verdict()
        last = None if trouble or verdict is Verdict.BUSY else next(iter(self.store.past_runs(newsroom.name, 1)), None)
        is_own = (
            last is not None and last.ended is not None and last.started >= child.begun
        )  # some runs end before they begin one
        record = build_run_record(newsroom.name, last) if last and is_own else None
        if record and EXIT_STATUS[record.verdict] == EXIT_STATUS[verdict]:
            verdict = record.verdict
        interval = get_interval(newsroom.every, self.newsroom_list.read_release_dates(newsroom.name))
        is_cut = record is not None and record.coverage is Coverage.SOME and not _LIMITS & newsroom.arguments.keys()
        has_not_begun = record is None and verdict is not Verdict.BUSY
        outcome = Verdict.FAILED if is_cut or has_not_begun else verdict
        due, failures = get_next_due(outcome, newsroom.failures, interval, datetime.now(UTC), SystemRandom())
        self.newsroom_list.set_due(newsroom.name, due, failures)
        reasons = record.reasons if record else (trouble,) if trouble else ()
        counts = record.counts if record else RunCounts()
        return EndedRun(newsroom.name, verdict, reasons, counts, monotonic() - child.started, self._get_log(newsroom))

    def _get_log(self, newsroom: ListedNewsroom) -> Path:
        return self.logs / f"{newsroom.name}.log"

    def _get_site(self, newsroom: ListedNewsroom) -> str:
        """The site that a run of the newsroom sends its requests to."""
        urls = [newsroom.arguments["url"]] if "url" in newsroom.arguments else self.loader.load(newsroom.spider).start_urls
        return get_site(urlsplit(next(iter(urls), "")).netloc) or newsroom.name
