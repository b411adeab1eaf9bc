"""The verdict on a run, computed from its numbers and from those of the newsroom's earlier runs.

Change here what makes a run `degraded`, `blocked`, `broken` or `failed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from corpnews.phrases import listed, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BLOCKED_SHARE = 0.2  # of all responses; a site may refuse a single page, a firewall refuses many
ENOUGH = 5  # pages; among fewer, one odd release is a fifth or more
FALL = 0.2  # of the pages; more than the occasional undated or empty page
FLOOR = 0.5  # required share if there is no earlier run to compare with
YIELD_FALL = 0.5  # of the median number of listed releases; listings seldom shrink by half
REMEMBERED = 10  # earlier runs; a change that lasts longer is the new normal


class Verdict(StrEnum):
    """How a run ended, from best to worst."""

    OK = "ok"
    UNCHANGED = "unchanged"
    DEGRADED = "degraded"
    BLOCKED = "blocked"
    BROKEN = "broken"
    FAILED = "failed"


# 2 is the status of a command that cannot be run
EXIT_STATUS = {
    Verdict.OK: 0,
    Verdict.UNCHANGED: 0,
    Verdict.FAILED: 1,
    Verdict.DEGRADED: 3,
    Verdict.BLOCKED: 4,
    Verdict.BROKEN: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of one run.

    Attributes:
        pages: responses received.
        blocked: responses that refuse robots (403, 429 or a challenge page).
        unchanged: responses with status 304.
        found: listed releases, known ones included.
        read: pages that should hold a release; `headlines`, `dates` and `bodies` count those on which each was found.
        errors: exceptions in the code of this project or of a component of Scrapy.
    """

    pages: int = 0
    blocked: int = 0
    unchanged: int = 0
    found: int = 0
    read: int = 0
    headlines: int = 0
    dates: int = 0
    bodies: int = 0
    new: int = 0
    updated: int = 0
    withdrawn: int = 0
    errors: int = 0


class Reach(StrEnum):
    """Where a run stops: at the end of all listings, at known releases, or at the limits that its arguments set."""

    ALL = "all"
    RECENT = "recent"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A run that has ended.

    Attributes:
        stopped: why the run was stopped early; empty if it was not.
        tried: URLs of listings, feeds and the like, each with its outcome.
    """

    counts: Counts
    stopped: str = ""
    reach: Reach = Reach.ALL
    tried: tuple[str, ...] = ()


class Trait(NamedTuple):
    """A field that a release page should have: on how many pages it was found, of how many."""

    name: str
    had: Callable[[Counts], int]
    of: Callable[[Counts], int]


TRAITS = (
    Trait("headlines", lambda counts: counts.headlines, lambda counts: counts.read),
    Trait("bodies", lambda counts: counts.bodies, lambda counts: counts.read),
    Trait("dates", lambda counts: counts.dates, lambda counts: counts.bodies),  # a page without a release needs no date
)


class Judgement(NamedTuple):
    verdict: Verdict
    reasons: tuple[str, ...]


def judge(run: Ended, history: Sequence[Ended]) -> Judgement:
    """Return the verdict on a run and the reasons for it; `history` has the newsroom's earlier runs, oldest first.

    >>> judge(Ended(counts=Counts(pages=3, found=20)), [])
    Judgement(verdict=<Verdict.UNCHANGED: 'unchanged'>, reasons=())
    >>> judge(Ended(counts=Counts(pages=1)), [Ended(counts=Counts(found=20))]).reasons
    ('no releases found, 20 in an earlier run',)
    """
    recent = history[-REMEMBERED:]
    for verdict, find in (
        (Verdict.FAILED, _stops),
        (Verdict.BLOCKED, _blocks),
        (Verdict.BROKEN, _losses),
        (Verdict.FAILED, _nothing),
        (Verdict.DEGRADED, _declines),
    ):
        if reasons := tuple(find(run, history if verdict is Verdict.BROKEN else recent)):
            return Judgement(verdict, reasons)
    counts = run.counts
    return Judgement(Verdict.OK if counts.new or counts.updated or counts.withdrawn else Verdict.UNCHANGED, ())


def _stops(run: Ended, _: Sequence[Ended]) -> Iterator[str]:
    if run.stopped:
        yield f"stopped early ({run.stopped})"


def _blocks(run: Ended, _: Sequence[Ended]) -> Iterator[str]:
    counts = run.counts
    if counts.blocked and (not counts.found or counts.blocked >= BLOCKED_SHARE * counts.pages):
        yield f"{counts.blocked} of {number_of(counts.pages, 'response')} refuse robots (403, 429 or a challenge page)"


def _losses(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Yield how a newsroom that had releases lost them: none is listed, or none can be read."""
    counts = run.counts
    had = next((earlier.counts.found for earlier in reversed(history) if earlier.counts.found), 0)
    if had and not counts.found and not counts.unchanged:
        yield f"no releases found, {had} in an earlier run"
    could_be_read = any(earlier.counts.bodies for earlier in history)
    if could_be_read and counts.read >= ENOUGH and not counts.bodies:
        yield f"no release on any of {number_of(counts.read, 'page')}"


def _nothing(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Yield that nothing was found, if no earlier run found anything either."""
    counts = run.counts
    nothing_found = not counts.found and not counts.unchanged
    nothing_read = counts.read and not counts.bodies
    if (nothing_found or nothing_read) and not any(earlier.counts.bodies for earlier in history):
        yield f"no articles found. Tried {listed(run.tried)}"


def _declines(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    if run.counts.errors:
        yield f"{number_of(run.counts.errors, 'error')} in the log"
    yield from _fewer_found(run, history)
    for trait in TRAITS:
        yield from _fall(run, history, trait)


def _fewer_found(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Yield whether far fewer releases were listed than in earlier runs of the same coverage; a 304 does not say how many."""
    earlier = [each.counts.found for each in history if each.reach is run.reach and not each.stopped and each.counts.found]
    if not earlier or not run.counts.found or run.counts.unchanged or run.reach is Reach.SOME:
        return
    usual = median(earlier)
    if run.counts.found < YIELD_FALL * usual:
        yield f"{number_of(run.counts.found, 'release')} found, usually {usual:.0f}"


def _fall(run: Ended, history: Sequence[Ended], trait: Trait) -> Iterator[str]:
    """Yield whether a field is missing on far more pages than before; a run with few pages is joined with the runs before it."""
    late, early = _parted(run, history)
    now, lately, before = share([run], trait), share(late, trait), share(early, trait)
    if now is None or lately is None or sum(trait.of(each.counts) for each in late) < ENOUGH:
        return
    limit = FLOOR if before is None else before - FALL
    if now < limit and lately < limit:
        known = "" if before is None else f", {before:.0%} before"
        yield f"{trait.name} on {now:.0%} of the pages{known}"


def _parted(run: Ended, history: Sequence[Ended]) -> tuple[list[Ended], list[Ended]]:
    """Split into the run with as many runs before it as make up MIN_PAGES_COMPARED pages, and all runs before those."""
    late, early = [run], list(history)
    while early and sum(each.counts.read for each in late) < ENOUGH:
        late.append(early.pop())
    return late, early


def share(runs: Sequence[Ended], trait: Trait) -> float | None:
    """Return the share of pages with the field, from 0 to 1; None without pages."""
    whole = sum(trait.of(each.counts) for each in runs)
    return sum(trait.had(each.counts) for each in runs) / whole if whole else None
