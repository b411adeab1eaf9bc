"""What a fleet's planner and queue cost over days, on a real PostgreSQL, with a clock that is simulated.

usage: python -m tests.benchmarks.fleet_planning [NEWSROOMS [DAYS [SLOTS]]]     1000 newsrooms, 2 days and 32 slots by default

Newsrooms are due each hour (a twentieth), six hours (three twentieths) or day; a run takes half a minute to three minutes of the
simulated clock. Each simulated minute the planner has its turn, runs end, and free slots fetch sites from the queue. A line a
day: runs, milliseconds of a turn and of a fetch, the longest wait, how even the starts are over the hour, size of the queue.
"""

from __future__ import annotations

import asyncio
import heapq
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import mean
from typing import TYPE_CHECKING

from procrastinate.jobs import Job, Status

from corpnews.fleet.due_sites import free_stalled_jobs, plan
from corpnews.fleet.queue import CRAWL_QUEUE, create_queue, init_queue
from corpnews.reporting.verdict import Verdict
from corpnews.schedule.due_time import get_next_due
from corpnews.state import Store
from corpnews.state.database import parse_store_url
from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList
from tests.state import postgresql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from procrastinate import App

START = datetime(2026, 11, 29, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(minutes=30)
SIZE = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'procrastinate%%' AND relkind = 'r'"


@dataclass
class DayOfPlanning:
    """What was measured in a day; `waits` are minutes from due to start, `starts` is by minute of the hour."""

    turns: list[float] = field(default_factory=list)
    fetches: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    starts: Counter[int] = field(default_factory=Counter)
    started: set[str] = field(default_factory=set)
    size: int = 0

    @property
    def unevenness(self) -> float:
        """The fullest ten minutes of the hour against the mean of its sixths."""
        sixths = [sum(self.starts[minute] for minute in range(first, first + 10)) for first in range(0, 60, 10)]
        return max(sixths) / mean(sixths)


@dataclass
class Simulation:
    """A fleet of so many slots whose runs take no time of ours; the planner has its turn each `step` minutes."""

    queue: App
    newsroom_list: NewsroomList
    slots: int
    step: int = 1
    random: Random = field(default_factory=lambda: Random(21))
    running: list[tuple[datetime, int, Job, ListedNewsroom]] = field(default_factory=list)
    worker: int = 0

    async def run(self, days: int) -> AsyncIterator[DayOfPlanning]:
        async with self.queue.open_async():
            self.worker = await self.queue.job_manager.register_worker()
            for day in range(days):
                measured = DayOfPlanning()
                for minute in range(0, 24 * 60, self.step):
                    await self.pass_minute(START + day * DAY + minute * MINUTE, measured)
                row = await self.queue.connector.execute_query_one_async(SIZE)
                measured.size = int(row["sum"])
                yield measured

    async def pass_minute(self, now: datetime, measured: DayOfPlanning) -> None:
        while self.running and self.running[0][0] <= now:
            _, _, job, newsroom = heapq.heappop(self.running)
            assert newsroom.every
            due, failures = get_next_due(Verdict.OK, 0, newsroom.every, now, self.random)
            self.newsroom_list.set_due(newsroom.name, due, failures)
            await self.queue.job_manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
        await self.queue.job_manager.update_heartbeat(self.worker)
        begun = time.perf_counter()
        await free_stalled_jobs(self.queue)
        await plan(self.queue, self.newsroom_list, lambda newsroom: newsroom.name, now)
        measured.turns.append(time.perf_counter() - begun)
        while len(self.running) < self.slots and await self.fetch(now, measured):
            pass

    async def fetch(self, now: datetime, measured: DayOfPlanning) -> bool:
        """Start the next run of the queue; returns whether there is one."""
        begun = time.perf_counter()
        job = await self.queue.job_manager.fetch_job(queues=[CRAWL_QUEUE], worker_id=self.worker)
        measured.fetches.append(time.perf_counter() - begun)
        if job is None:
            return False
        newsroom = self.newsroom_list.find(str(job.lock))
        assert newsroom
        assert newsroom.due <= now
        assert self.newsroom_list.claim(newsroom, now + LEASE)
        measured.waits.append((now - newsroom.due) / MINUTE)
        measured.starts[now.minute] += 1
        measured.started.add(newsroom.name)
        end = now + timedelta(seconds=self.random.uniform(30, 180))
        heapq.heappush(self.running, (end, job.id or 0, job, newsroom))
        return True


async def simulate(address: str, newsrooms: int, days: int, slots: int, step: int = 1) -> AsyncIterator[DayOfPlanning]:
    """Simulate a fleet in an empty PostgreSQL store, day by day."""
    store = Store.open(address, keeps_connections=True)
    init_queue(store)
    newsroom_list = NewsroomList(store)
    hours = [HOUR, *[6 * HOUR] * 3, *[DAY] * 16]
    newsroom_list.add(ListedNewsroom(f"n{at}", "newsroom", {}, hours[at % len(hours)], START) for at in range(newsrooms))
    simulation = Simulation(create_queue(parse_store_url(address)), newsroom_list, slots, step)
    async for measured in simulation.run(days):
        yield measured


def main() -> None:
    newsrooms, days, slots = [int(word) for word in sys.argv[1:]] + [1000, 2, 32][len(sys.argv) - 1 :]
    binaries = postgresql.programs()
    assert binaries, "needs PostgreSQL's programs"
    print("| day | runs | newsrooms | ms a turn | ms a fetch | longest wait, min | fullest sixth of the hour | queue, MB |")
    print("|---|---|---|---|---|---|---|---|")
    with postgresql.serving(binaries) as server:
        asyncio.run(print_days(simulate(server.new_schema(), newsrooms, days, slots)))


async def print_days(days: AsyncIterator[DayOfPlanning]) -> None:
    number = 0
    async for day in days:
        number += 1
        costs = f"{1000 * mean(day.turns):.1f} | {1000 * mean(day.fetches):.2f}"
        runs = f"{len(day.waits)} | {len(day.started)}"
        print(
            f"| {number} | {runs} | {costs} | {max(day.waits):.0f} | {day.unevenness:.2f} | {day.size / 2**20:.1f} |", flush=True
        )


if __name__ == "__main__":
    main()
