"""The processes that share the work; results come in the order of the input."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Any, Final

from corpnews.extraction.template import SiteTemplate
from corpnews.saved.work import learn, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.saved.index import Index
    from corpnews.saved.place import Place
    from corpnews.saved.work import Outcome

# A site of at most MAX_PAGES_IN_ONE_TASK pages is one task. The template of a larger one is first learned from as many pages, in
# tasks of PAGES_PER_TEMPLATE_TASK; the pages are then extracted in tasks of PAGES_PER_EXTRACTION_TASK.
WHOLE: Final = 250
PART: Final = 50
PIECE: Final = 100
# The bound on unfinished tasks per process: results that wait for an earlier one are held in memory.
AHEAD: Final = 3
STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


def extract_saved(index: Index, jobs: int, *, use_template: bool) -> Iterator[Outcome]:
    """Yield the results of all pages, site by site; equal and in the same order for any number of processes."""
    with processes(jobs) as executor:
        waiting: deque[Future[Outcome]] = deque()
        for future in submitted(index, executor, use_template=use_template):
            waiting.append(future)
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def submitted(index: Index, executor: Executor, *, use_template: bool) -> Iterator[Future[Outcome]]:
    """Submit the tasks one by one, each when the next future is asked for."""
    for site, count in index.sites():
        known = learned(index, site, count, executor) if use_template and count > WHOLE else None
        for places in batches(index.places(site), PIECE if count > WHOLE else WHOLE):
            yield executor.submit(partial(work, places, use_template=use_template, known=known))


def learned(index: Index, site: str, count: int, executor: Executor) -> bytes:
    """Learn the template of a large site from an even sample of its pages."""
    sample = index.places(site, step=-(-count // WHOLE))
    parts = [executor.submit(learn, places) for places in batches(sample, PART)]
    template = SiteTemplate()
    for part in parts:
        template.merge(SiteTemplate.from_bytes(part.result()))
    return template.to_bytes()


def batches(places: Iterable[Place], size: int) -> Iterator[list[Place]]:
    """Split the locations into lists of at most `size`.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(places)
    while batch := list(islice(rest, size)):
        yield batch


def fitting_jobs(pages: int) -> int:
    """Return the number of processes that is fastest: starting one takes about as long as extracting a hundred pages."""
    return max(1, min(os.cpu_count() or 1, pages // PIECE))


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """Open a pool of `jobs` processes, or an executor in this process for one. On an error, running tasks are finished first."""
    if jobs == 1:
        yield Here()
        return
    executor = Processes(jobs, get_context("spawn"), initializer=begin)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


class Processes(ProcessPoolExecutor):
    """A pool that holds back Ctrl-C and SIGTERM while `submit` starts a process, so that none is left half started."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        received: list[int] = []
        before = {each: signal.signal(each, lambda number, _: received.append(number)) for each in STOPPING}
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
            if received:
                signal.raise_signal(received[0])


class Here(Executor):
    """An executor that runs each task at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def begin() -> None:
    """Ignore Ctrl-C, which the parent process handles, and exit when the parent has ended, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=follow, args=(parent.sentinel,), daemon=True).start()


def follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
