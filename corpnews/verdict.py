"""How a run ended, told from its numbers and those of the newsroom's earlier runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from corpnews.phrases import listed, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BLOCKED_SHARE = 0.2  # of the answers; sites refuse a single page for reasons of its own, a firewall refuses many
ENOUGH = 5  # pages; with fewer, one odd release is a fifth of them or more
FALL = 0.2  # of the articles; more than the undated or empty page that each newsroom has now and then
FLOOR = 0.5  # where nothing is known of the newsroom: it is told apart from a newsroom by more than half of it failing
YIELD_FALL = 0.5  # of the releases that its lists usually name; lists grow and shrink, but seldom by half
REMEMBERED = 10  # runs; what goes on for longer is what the newsroom is like now, and no longer news


class Verdict(StrEnum):
    """From the best to the worst that may be said of a run."""

    OK = "ok"
    UNCHANGED = "unchanged"
    DEGRADED = "degraded"
    BLOCKED = "blocked"
    BROKEN = "broken"
    FAILED = "failed"


# 2 is that of a command that cannot be run
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
    """What came of a run.

    `pages` are the answers that came, `blocked` those of them that turn robots away, `unchanged` those that only say that
    nothing changed (304). `found` are the releases that lists named, known ones too. `read` are the pages that should have
    held a release, of which so many had a headline, a date and a body. `errors` are pages on which our own code failed.
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
    """How far a run was to go: to the end of all lists, to the releases that are known, or no further than its arguments say."""

    ALL = "all"
    RECENT = "recent"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A run that has ended: of its own accord, or because it was `stopped`; `tried` are pages and what came of them."""

    counts: Counts
    stopped: str = ""
    reach: Reach = Reach.ALL
    tried: tuple[str, ...] = ()


class Trait(NamedTuple):
    """Something that a page has or lacks: how many pages had it, of how many."""

    name: str
    had: Callable[[Counts], int]
    of: Callable[[Counts], int]


TRAITS = (
    Trait("headlines", lambda counts: counts.headlines, lambda counts: counts.read),
    Trait("bodies", lambda counts: counts.bodies, lambda counts: counts.read),
    Trait("dates", lambda counts: counts.dates, lambda counts: counts.bodies),  # a page without a release needs none
)


class Judgement(NamedTuple):
    verdict: Verdict
    reasons: tuple[str, ...]


def judge(run: Ended, history: Sequence[Ended]) -> Judgement:
    """The verdict on a run, and why; `history` are the newsroom's earlier runs, the oldest first.

    >>> judge(Ended(counts=Counts(pages=3, found=20)), [])
    Judgement(verdict=<Verdict.UNCHANGED: 'unchanged'>, reasons=())
    >>> judge(Ended(counts=Counts(pages=1)), [Ended(counts=Counts(found=20))]).reasons
    ('no release is to be found, where there were 20',)
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
        yield f"stopped before the end ({run.stopped})"


def _blocks(run: Ended, _: Sequence[Ended]) -> Iterator[str]:
    counts = run.counts
    if counts.blocked and (not counts.found or counts.blocked >= BLOCKED_SHARE * counts.pages):
        yield f"{counts.blocked} of {number_of(counts.pages, 'answer')} turn robots away (403, 429 or a challenge)"


def _losses(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Whether releases are gone from a site that had them: no list names any, or none can be read any more."""
    counts = run.counts
    had = next((earlier.counts.found for earlier in reversed(history) if earlier.counts.found), 0)
    if had and not counts.found and not counts.unchanged:
        yield f"no release is to be found, where there were {had}"
    could_be_read = any(earlier.counts.bodies for earlier in history)
    if could_be_read and counts.read >= ENOUGH and not counts.bodies:
        yield f"none of {number_of(counts.read, 'page')} holds a release any more"


def _nothing(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Whether nothing came of a newsroom of which nothing is known."""
    counts = run.counts
    nothing_found = not counts.found and not counts.unchanged
    nothing_read = counts.read and not counts.bodies
    if (nothing_found or nothing_read) and not any(earlier.counts.bodies for earlier in history):
        yield f"no article was found. Tried {listed(run.tried)}"


def _declines(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    if run.counts.errors:
        yield f"{number_of(run.counts.errors, 'error')} in the log"
    yield from _fewer_found(run, history)
    for trait in TRAITS:
        yield from _fall(run, history, trait)


def _fewer_found(run: Ended, history: Sequence[Ended]) -> Iterator[str]:
    """Whether lists named far fewer releases than in earlier runs that went as far; what a 304 names is not known."""
    earlier = [each.counts.found for each in history if each.reach is run.reach and not each.stopped and each.counts.found]
    if not earlier or not run.counts.found or run.counts.unchanged or run.reach is Reach.SOME:
        return
    usual = median(earlier)
    if run.counts.found < YIELD_FALL * usual:
        yield f"{number_of(run.counts.found, 'release')} found, usually {usual:.0f}"


def _fall(run: Ended, history: Sequence[Ended], trait: Trait) -> Iterator[str]:
    """Whether pages lack what the newsroom's pages had; where there are few, those of the runs before count with them."""
    late, early = _parted(run, history)
    now, lately, before = share([run], trait), share(late, trait), share(early, trait)
    if now is None or lately is None or sum(trait.of(each.counts) for each in late) < ENOUGH:
        return
    limit = FLOOR if before is None else before - FALL
    if now < limit and lately < limit:
        known = "" if before is None else f", {before:.0%} before"
        yield f"{trait.name} on {now:.0%} of the pages{known}"


def _parted(run: Ended, history: Sequence[Ended]) -> tuple[list[Ended], list[Ended]]:
    """The run and as many before it as make up enough pages, and all that came before them."""
    late, early = [run], list(history)
    while early and sum(each.counts.read for each in late) < ENOUGH:
        late.append(early.pop())
    return late, early


def share(runs: Sequence[Ended], trait: Trait) -> float | None:
    """On how many of the pages it was found; None where there was no page."""
    whole = sum(trait.of(each.counts) for each in runs)
    return sum(trait.had(each.counts) for each in runs) / whole if whole else None
