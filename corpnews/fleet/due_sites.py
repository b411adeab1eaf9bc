"""Puts the sites of newsrooms that are due into the queue, and frees those of workers that died."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from corpnews.fleet.queue import CRAWL_QUEUE, CRAWL_TASK, STALLED_AFTER, raise_queue_errors
from corpnews.state import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from procrastinate import App
    from procrastinate.jobs import Job
    from procrastinate.types import JSONValue

    from corpnews.schedule.newsroom_runs import NewsroomRuns
    from corpnews.state.newsroom_list import ListedNewsroom, NewsroomList

_JOBS_PER_STATEMENT: Final = 200
MAX_PLANNED: Final = 5000  # newsrooms a turn; the rest is due still


async def plan(queue: App, newsroom_list: NewsroomList, get_site: Callable[[ListedNewsroom], str], now: datetime) -> int:
    """Queue every site with a newsroom that is due, unless it waits already; returns how many sites were queued."""
    due = await asyncio.to_thread(newsroom_list.read_due, now, MAX_PLANNED)
    sites: defaultdict[str, list[JSONValue]] = defaultdict(list)
    for newsroom in due:  # the site of the longest overdue newsroom comes first
        sites[get_site(newsroom)].append(newsroom.name)
    waiting = await find_waiting_sites(queue) if sites else set()
    jobs = [_build_job(queue, site, names) for site, names in sites.items() if site not in waiting]
    pieces = [jobs[at : at + _JOBS_PER_STATEMENT] for at in range(0, len(jobs), _JOBS_PER_STATEMENT)]
    return sum([await _add_jobs(queue, piece) for piece in pieces])


def _build_job(queue: App, site: str, names: list[JSONValue]) -> Job:
    job = queue.configure_task(CRAWL_TASK, queue=CRAWL_QUEUE, lock=site, queueing_lock=site)
    return job.make_new_job(site=site, newsrooms=names)


async def _add_jobs(queue: App, jobs: list[Job]) -> int:
    """Add jobs to the queue, in one statement if none of their sites waits; returns how many were added."""
    try:
        return len(await queue.job_manager.batch_defer_jobs_async(jobs))
    except AlreadyEnqueued:  # one by another planner, since this one looked: then none is added
        return sum([await _add_jobs(queue, [job]) for job in jobs]) if len(jobs) > 1 else 0


async def run_now(queue: App, runs: NewsroomRuns, names: Sequence[str], now: datetime) -> None:
    """Make newsrooms due and queue their sites. Raises StoreError, before any is due, if one of them is not on the list."""
    found = {name: runs.newsroom_list.find(name) for name in names}
    if missing := [name for name, newsroom in found.items() if newsroom is None]:
        raise StoreError(f"not on the list: {', '.join(missing)}")
    for newsroom in filter(None, found.values()):
        runs.newsroom_list.set_due(newsroom.name, now, newsroom.failures)
    with raise_queue_errors():
        async with queue.open_async():
            await plan(queue, runs.newsroom_list, runs.get_site, now)


async def find_waiting_sites(queue: App) -> set[str]:
    """The sites that wait in the queue."""
    jobs = await queue.job_manager.list_jobs_async(queue=CRAWL_QUEUE, status=Status.TODO.value)
    return {job.lock for job in jobs if job.lock}


async def free_stalled_jobs(queue: App) -> None:
    """Delete the jobs of workers whose heart stopped; what they did not do is due still, or will be when its lease ends."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            await queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException:  # another planner was faster
            continue
