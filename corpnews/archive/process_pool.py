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

from corpnews.archive.site_facts import SiteFacts
from corpnews.archive.tasks import extract_batch, learn_site_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpnews.archive.page_location import PageLocation
    from corpnews.archive.site_index import SiteIndex
    from corpnews.archive.tasks import TaskResult

# A site of at most MAX_PAGES_IN_ONE_TASK pages is one task. The facts of a larger one are first learned from as many pages, in
# tasks of PAGES_PER_LEARNING_TASK; the pages are then extracted in tasks of PAGES_PER_EXTRACTION_TASK.
MAX_PAGES_IN_ONE_TASK: Final = 250
_PAGES_PER_LEARNING_TASK: Final = 50
_PAGES_PER_EXTRACTION_TASK: Final = 100
# The bound on unfinished tasks per process: results that wait for an earlier one are held in memory.
_MAX_TASKS_AHEAD_PER_PROCESS: Final = 3
_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def extract_archive(index: SiteIndex, jobs: int, *, use_template: bool) -> Iterator[TaskResult]:
    """Yield the results of all pages, site by site; equal and in the same order for any number of processes."""
    with _open_executor(jobs) as executor:
        waiting: deque[Future[TaskResult]] = deque()
        for future in _submit_tasks(index, executor, use_template=use_template):
            waiting.append(future)
            if len(waiting) > _MAX_TASKS_AHEAD_PER_PROCESS * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _submit_tasks(index: SiteIndex, executor: Executor, *, use_template: bool) -> Iterator[Future[TaskResult]]:
    """Submit the tasks one by one, each when the next future is requested."""
    for site, count in index.iter_sites():
        is_large = count > MAX_PAGES_IN_ONE_TASK
        known = _learn_large_site(index, site, count, executor) if use_template and is_large else None
        for batch in _split_batches(index.iter_pages(site), _PAGES_PER_EXTRACTION_TASK if is_large else MAX_PAGES_IN_ONE_TASK):
            yield executor.submit(partial(extract_batch, batch, use_template=use_template, known=known))


def _learn_large_site(index: SiteIndex, site: str, count: int, executor: Executor) -> SiteFacts:
    """Learn the facts of a large site from an even sample of its pages."""
    sample = index.iter_pages(site, step=-(-count // MAX_PAGES_IN_ONE_TASK))
    parts = [executor.submit(learn_site_facts, batch) for batch in _split_batches(sample, _PAGES_PER_LEARNING_TASK)]
    facts = SiteFacts()
    for part in parts:
        facts.merge(part.result())
    return facts


def _split_batches(locations: Iterable[PageLocation], size: int) -> Iterator[list[PageLocation]]:
    """Split the locations into lists of at most `size`.

    >>> list(_split_batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(locations)
    while batch := list(islice(rest, size)):
        yield batch


def choose_process_count(pages: int) -> int:
    """Return the number of processes that is fastest: starting one takes about as long as extracting a hundred pages."""
    return max(1, min(os.cpu_count() or 1, pages // _PAGES_PER_EXTRACTION_TASK))


@contextmanager
def _open_executor(jobs: int) -> Iterator[Executor]:
    """Open a pool of `jobs` processes, or an executor in this process for one. On an error, running tasks are finished first."""
    if jobs == 1:
        yield InlineExecutor()
        return
    executor = SignalSafeProcessPool(jobs, get_context("spawn"), initializer=_initialize_worker)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


class SignalSafeProcessPool(ProcessPoolExecutor):
    """A pool that holds back Ctrl-C and SIGTERM while `submit` starts a process, so that none is left half started."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        received: list[int] = []
        before = {each: signal.signal(each, lambda number, _: received.append(number)) for each in _STOP_SIGNALS}
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
            if received:
                signal.raise_signal(received[0])


class InlineExecutor(Executor):
    """An executor that runs each task at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _initialize_worker() -> None:
    """Ignore Ctrl-C, which the parent process handles, and exit when the parent has ended, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
