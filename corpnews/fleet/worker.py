"""A worker of the fleet: takes sites from the queue and crawls their newsrooms, each in a fork."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Final

from procrastinate.jobs import DeleteJobCondition

from corpnews.fleet.due_sites import free_stalled_jobs, plan
from corpnews.fleet.queue import (
    CRAWL_QUEUE,
    CRAWL_TASK,
    HEARTBEAT,
    PLAN_QUEUE,
    PLAN_TASK,
    STALLED_AFTER,
    check_tables,
    raise_queue_errors,
)
from corpnews.schedule.run_display import create_console, format_ended_run
from corpnews.state import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from procrastinate import App
    from rich.console import Console

    from corpnews.schedule.child_run import ChildRun
    from corpnews.schedule.newsroom_runs import EndedRun, NewsroomRuns
    from corpnews.state.newsroom_list import ListedNewsroom

_PLANNED: Final = "* * * * * */10"  # a cron line with seconds: how long a newsroom waits that is due
_TURN: Final = 600.0  # seconds; a site with many newsrooms then goes to the end of the queue
_TICK: Final = 0.5  # seconds between two looks at a run's time limit
_FIRST_LEASE: Final = timedelta(seconds=STALLED_AFTER)  # as long as the queue takes to find out that a worker died
_MAX_DOUBLINGS: Final = 6
_STOPPED_WITHIN: Final = 25.0  # seconds; a run that was told to end is killed after 20


@dataclass(slots=True)
class FleetWorker:
    """A worker.

    Attributes:
        running: the runs under way.
        trouble: why it ended by itself.
    """

    queue: App
    runs: NewsroomRuns
    console: Console = field(default_factory=create_console)
    running: list[ChildRun] = field(default_factory=list)
    is_stopping: bool = False
    trouble: StoreError | None = None
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def work(self) -> None:
        """Work until a signal ends it. Raises StoreError if the database is gone or was changed to another version."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        self.queue.task(name=CRAWL_TASK, queue=CRAWL_QUEUE)(self._crawl_site)
        planned = self.queue.task(name=PLAN_TASK, queue=PLAN_QUEUE, queueing_lock=PLAN_TASK)(self._plan)
        self.queue.periodic(cron=_PLANNED)(planned)
        with raise_queue_errors():
            async with self.queue.open_async():
                workers = [self._start_worker(CRAWL_QUEUE, self.runs.limits.jobs), self._start_worker(PLAN_QUEUE, 1)]
                self._tasks = [*workers]
                if self.is_stopping:  # before there was anything to stop
                    self.stop()
                await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
                is_asked = self.is_stopping and not self.trouble
                self.stop()
                ends = await asyncio.gather(*workers, return_exceptions=True)
            if is_asked:
                return
            errors = [each for each in (self.trouble, *ends) if isinstance(each, Exception)]
            raise errors[0] if errors else StoreError("the queue cannot be reached: its connection was lost")

    def stop(self) -> None:
        """Take no further site, and end the runs under way as SIGTERM does."""
        self.is_stopping = True
        for child in self.running:
            child.stop()
        while self._tasks:  # once each: cancelled again, a worker would not wait for its jobs
            self._tasks.pop().cancel()

    def _start_worker(self, queue_name: str, at_once: int) -> asyncio.Task[None]:
        """Start one of Procrastinate's workers; it keeps no job that has ended, and handles no signal."""
        worker = self.queue.run_worker_async(
            queues=[queue_name],
            name=queue_name,
            concurrency=at_once,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            shutdown_graceful_timeout=_STOPPED_WITHIN,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
        )
        return asyncio.create_task(worker, name=queue_name)

    async def _plan(self, timestamp: int) -> None:  # noqa: ARG002 - Procrastinate's signature
        """One turn of the planner."""
        with self._ending_on_trouble(), raise_queue_errors():
            await free_stalled_jobs(self.queue)
            await plan(self.queue, self.runs.newsroom_list, self.runs.get_site, datetime.now(UTC))

    async def _crawl_site(self, site: str, newsrooms: Sequence[str]) -> None:  # noqa: ARG002 - what the job is about, in the log
        """Crawl those of a site's newsrooms that are due still, one after the other."""
        end = monotonic() + _TURN
        with self._ending_on_trouble():
            await asyncio.to_thread(check_tables, self.runs.store)
            for name in newsrooms:
                newsroom = await asyncio.to_thread(self.runs.newsroom_list.find, name)
                if self.is_stopping or monotonic() > end:
                    return
                if newsroom and newsroom.due <= datetime.now(UTC) and (ended := await self._crawl(newsroom)):
                    self.console.print(format_ended_run(ended))

    async def _crawl(self, newsroom: ListedNewsroom) -> EndedRun | None:
        lease = _FIRST_LEASE * 2 ** min(newsroom.failures, _MAX_DOUBLINGS)
        child = await asyncio.to_thread(self.runs.start, newsroom, lease)
        if child is None:
            return None
        self.running.append(child)
        if self.is_stopping:  # since the run was started
            child.stop()
        try:
            while child.process.exitcode is None:
                child.enforce_limit(monotonic())
                await _wait_a_tick(child.process.sentinel)
        finally:
            self.running.remove(child)
        return await asyncio.to_thread(self.runs.end, child)

    @contextmanager
    def _ending_on_trouble(self) -> Iterator[None]:
        """End the worker, with what it has under way, where the database fails or a log cannot be written."""
        try:
            yield
        except (StoreError, OSError) as error:
            self.trouble = self.trouble or (error if isinstance(error, StoreError) else StoreError(str(error)))
            self.stop()


async def _wait_a_tick(descriptor: int) -> None:
    """Wait until there is something to read, or for a tick."""
    loop = asyncio.get_running_loop()
    is_readable = asyncio.Event()
    loop.add_reader(descriptor, is_readable.set)
    try:
        async with asyncio.timeout(_TICK):
            await is_readable.wait()
    except TimeoutError:
        return
    finally:
        loop.remove_reader(descriptor)
