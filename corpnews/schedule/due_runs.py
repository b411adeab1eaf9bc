"""Runs all newsrooms that are due, several at once."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.schedule.child_run import ChildRun
    from corpnews.schedule.newsroom_runs import EndedRun, NewsroomRuns
    from corpnews.state.newsroom_list import ListedNewsroom

_TICK: Final = 0.5  # seconds between two looks at the time limits
_LEASE_MARGIN: Final = timedelta(minutes=5)


@dataclass(slots=True)
class DueRuns:
    """The runs of a list of newsrooms: two newsrooms of one site are never crawled at the same time."""

    runs: NewsroomRuns
    waiting: deque[ListedNewsroom] = field(default_factory=deque)
    running: list[ChildRun] = field(default_factory=list)
    is_stopping: bool = False

    def run(self, newsrooms: Iterable[ListedNewsroom]) -> Iterator[EndedRun | None]:
        """Crawl the newsrooms, the longest overdue first; yields each run that has ended, and None every half second.

        Raises StoreError, OSError.
        """
        lease = timedelta(seconds=self.runs.limits.time_limit) + _LEASE_MARGIN
        self.waiting.extend(sorted(newsrooms, key=lambda each: each.due))
        while self.running or (self.waiting and not self.is_stopping):
            while newsroom := self._take_next():
                if child := self.runs.start(newsroom, lease):
                    self.running.append(child)
            if self.is_stopping:  # since a run was started
                self.stop()
            wait([child.process.sentinel for child in self.running], timeout=_TICK)
            for child in [each for each in self.running if each.process.exitcode is not None]:
                self.running.remove(child)
                yield self.runs.end(child)
            for child in self.running:
                child.enforce_limit(monotonic())
            yield None

    def stop(self) -> None:
        """Start no further run, and end those under way as SIGTERM does."""
        self.is_stopping = True
        for child in self.running:
            child.stop()

    def _take_next(self) -> ListedNewsroom | None:
        """Take the next newsroom whose site no run is at, if one more run may begin."""
        if self.is_stopping or len(self.running) >= self.runs.limits.jobs:
            return None
        busy = {self.runs.get_site(child.newsroom) for child in self.running}
        free = next((each for each in self.waiting if self.runs.get_site(each) not in busy), None)
        if free:
            self.waiting.remove(free)
        return free
