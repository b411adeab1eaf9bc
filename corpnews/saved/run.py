"""The processes that share the work, and the order in which their results come."""

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

# A site of so many pages is one piece of work. Of a larger one so many pages from all over it are learned first, in parts,
# and it is read in pieces.
WHOLE: Final = 250
PART: Final = 50
PIECE: Final = 100
# So many pieces of work are on their way for each process.
AHEAD: Final = 3
STOPPING: Final = (signal.SIGINT, signal.SIGTERM)


def extract_saved(index: Index, jobs: int, *, use_template: bool) -> Iterator[Outcome]:
    """What comes of all pages, site by site; the same in the same order however many processes share the work."""
    with processes(jobs) as executor:
        waiting: deque[Future[Outcome]] = deque()
        for future in submitted(index, executor, use_template=use_template):
            waiting.append(future)
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def submitted(index: Index, executor: Executor, *, use_template: bool) -> Iterator[Future[Outcome]]:
    """The pieces of work, each given to a process when it is asked for."""
    for site, count in index.sites():
        known = learned(index, site, count, executor) if use_template and count > WHOLE else None
        for places in batches(index.places(site), PIECE if count > WHOLE else WHOLE):
            yield executor.submit(partial(work, places, use_template=use_template, known=known))


def learned(index: Index, site: str, count: int, executor: Executor) -> bytes:
    """What pages from all over a large site have in common."""
    sample = index.places(site, step=-(-count // WHOLE))
    parts = [executor.submit(learn, places) for places in batches(sample, PART)]
    template = SiteTemplate()
    for part in parts:
        template.merge(SiteTemplate.from_bytes(part.result()))
    return template.to_bytes()


def batches(places: Iterable[Place], size: int) -> Iterator[list[Place]]:
    """The places in lists of so many.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(places)
    while batch := list(islice(rest, size)):
        yield batch


def fitting_jobs(pages: int) -> int:
    """How many processes pay for so many pages: one takes about as long to start as a hundred pages to read."""
    return max(1, min(os.cpu_count() or 1, pages // PIECE))


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """So many processes; where one is enough, this one. Those that are at work when an error ends it all end what they do."""
    if jobs == 1:
        yield Here()
        return
    executor = Processes(jobs, get_context("spawn"), initializer=begin)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


class Processes(ProcessPoolExecutor):
    """A pool whose processes, which start as work comes, are not torn in their start by who stops the work."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        asked: list[int] = []
        before = {each: signal.signal(each, lambda number, _: asked.append(number)) for each in STOPPING}
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
            if asked:
                signal.raise_signal(asked[0])


class Here(Executor):
    """An executor that does the work at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def begin() -> None:
    """Leave interrupts to the process that gives the work, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=follow, args=(parent.sentinel,), daemon=True).start()


def follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
