"""The verdict on a run, computed from its numbers and from those of the newsroom's earlier runs.

Change here what makes a run `degraded`, `blocked`, `broken` or `failed`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from corpnews.reporting.field_rates import find_share_drops
from corpnews.reporting.missing_releases import describe_omissions, find_shrunken_listings, find_standing_omissions
from corpnews.reporting.obstacles import describe_obstacles
from corpnews.web.text import join_list, plural
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpnews.discovery.completeness.omissions import ListedPage, Omission

_MIN_BLOCKED_SHARE = 0.2  # of all responses; a site may refuse a single page, a firewall refuses many
_MIN_PAGES_COMPARED = 5  # pages; among fewer, one odd release is a fifth or more
_MIN_YIELD_SHARE = 0.5  # of the median number of listed releases; listings seldom shrink by half
_MIN_UNREADABLE = 3  # pages; one or two may be withdrawn or fail for a night
_FAILING_RUNS = 3  # in a row; in one or two, a page may fail for a night
_MAX_RUNS_COMPARED = 10  # earlier runs


class Verdict(StrEnum):
    """How a run ended, from best to worst; "busy" did not begin, as another run of the newsroom was under way."""

    BUSY = "busy"
    OK = "ok"
    UNCHANGED = "unchanged"
    DEGRADED = "degraded"
    BLOCKED = "blocked"
    BROKEN = "broken"
    FAILED = "failed"


# 2 is the status of a command that cannot be run
EXIT_STATUS = {
    Verdict.BUSY: os.EX_TEMPFAIL,  # 75, by which schedulers tell "later" from a failure
    Verdict.OK: 0,
    Verdict.UNCHANGED: 0,
    Verdict.FAILED: 1,
    Verdict.DEGRADED: 3,
    Verdict.BLOCKED: 4,
    Verdict.BROKEN: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCounts:
    """Numbers of one run.

    Attributes:
        pages: responses received.
        blocked: responses that refuse robots (403, 429 or a challenge page).
        unchanged: articles for which the server answered with status 304.
        found: listed releases, known ones included; `rejected` of them are beyond the limits that the run's arguments set.
        foreign: how many of the rejected ones are in none of the wanted languages.
        expected: releases that there are by what the newsroom announces; 0 if it announces nothing, or nothing was compared.
        known: articles of the newsroom in the store, those of this run included.
        failed: pages that could not be fetched, because of an HTTP error other than 404 and 410, a timeout or a lost connection,
            and pages that were a wall or an error in the place of a release.
        astray: links to releases that robots.txt forbids, or that lead to another site, or to no page and no PDF with text.
        gone: pages with status 404 or 410, and links that lead back to a listing.
        dead: listed releases whose pages earlier runs found gone, and this one too if it fetched them.
        refused: requests that were not made because they lead inside a network, to an unusual port or to no web server.
        read: pages that should hold a release; `headlines`, `dates` and `bodies` count those on which each was found.
        errors: exceptions in the log, whether raised in this project, in a user's component or in Scrapy.
    """

    pages: int = 0
    blocked: int = 0
    unchanged: int = 0
    found: int = 0
    expected: int = 0
    rejected: int = 0
    foreign: int = 0
    known: int = 0
    failed: int = 0
    astray: int = 0
    gone: int = 0
    dead: int = 0
    refused: int = 0
    read: int = 0
    headlines: int = 0
    dates: int = 0
    bodies: int = 0
    new: int = 0
    updated: int = 0
    withdrawn: int = 0
    errors: int = 0


class Coverage(StrEnum):
    """Where a run stops: at the end of all listings, at known releases, or at the limits that its arguments set."""

    ALL = "all"
    RECENT = "recent"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """A run that has ended.

    Attributes:
        stopped: why the run was stopped early; empty if it was not.
        spent: the budget that the run used up before it came to its end; empty if it did not.
        start_urls: the pages from which it set out.
        tried: URLs of listings, feeds and the like, each with its outcome.
        unreachable: start pages that could not be fetched, other than by 404 and 410, each with the reason.
        omissions: what the run did not get, as far as it knows.
        listed: how many releases each listing page named, by its URL.
        obstacles: pages that stood in the place of releases, by the sort of wall or error.
        failing: why pages of releases could not be fetched, by URL.
        is_fine: whether its verdict was `ok` or `unchanged`.
        is_accepted: whether a person has said that the newsroom is now as it was in this run.
    """

    counts: RunCounts
    stopped: str = ""
    spent: str = ""
    coverage: Coverage = Coverage.ALL
    start_urls: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    omissions: tuple[Omission, ...] = ()
    listed: Mapping[str, ListedPage] = field(default_factory=dict)
    obstacles: Mapping[str, int] = field(default_factory=dict)
    failing: Mapping[str, str] = field(default_factory=dict)
    is_fine: bool = True
    is_accepted: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it came to the end of all listings."""
        return self.coverage is Coverage.ALL and not self.stopped

    @property
    def is_recent(self) -> bool:
        """Whether it stopped at known releases."""
        return self.coverage is Coverage.RECENT


class Judgement(NamedTuple):
    verdict: Verdict
    reasons: tuple[str, ...]


def judge_run(run: RunOutcome, history: Sequence[RunOutcome]) -> Judgement:
    """Return the verdict on a run and the reasons for it; `history` has the newsroom's earlier runs, oldest first.

    >>> judge_run(RunOutcome(counts=RunCounts(pages=3, found=20, known=20)), [])
    Judgement(verdict=<Verdict.UNCHANGED: 'unchanged'>, reasons=())
    >>> judge_run(RunOutcome(counts=RunCounts(pages=1)), [RunOutcome(counts=RunCounts(found=20))]).reasons
    ('no releases found, 20 in an earlier run',)
    """
    accepted = next((at for at in reversed(range(len(history))) if history[at].is_accepted), 0)
    for verdict, find in (
        (Verdict.FAILED, _find_early_stop),
        (Verdict.BLOCKED, _find_blocks),
        (Verdict.FAILED, _find_unreachable_start),
        (Verdict.DEGRADED, _find_spent_budget),
        (Verdict.BROKEN, _find_lost_releases),
        (Verdict.FAILED, _find_empty_newsroom),
        (Verdict.DEGRADED, _find_degradations),
    ):
        if reasons := tuple(find(run, history[accepted:])):
            return Judgement(verdict, reasons)
    counts = run.counts
    return Judgement(Verdict.OK if counts.new or counts.updated or counts.withdrawn else Verdict.UNCHANGED, ())


def find_usual_start(run: RunOutcome, history: Sequence[RunOutcome]) -> str:
    """The page from which earlier runs found the newsroom's releases, if this run set out from others and found none."""
    successful = [earlier for earlier in history if earlier.counts.found]
    known = {article_key(url) for earlier in successful for url in earlier.start_urls}
    if run.counts.found or not all(earlier.start_urls for earlier in successful):
        return ""
    is_other = known.isdisjoint(map(article_key, run.start_urls))
    return successful[-1].start_urls[0] if successful and is_other else ""


def _find_early_stop(run: RunOutcome, _: Sequence[RunOutcome]) -> Iterator[str]:
    if run.stopped:
        yield f"stopped early ({run.stopped})"


def _find_blocks(run: RunOutcome, _: Sequence[RunOutcome]) -> Iterator[str]:
    counts = run.counts
    if counts.blocked and (not counts.found or counts.blocked >= _MIN_BLOCKED_SHARE * counts.pages):
        yield f"{counts.blocked} of {plural(counts.pages, 'response')} refuse robots (403, 429 or a challenge page)"


def _find_unreachable_start(run: RunOutcome, _: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield that the site does not answer, which says nothing of its releases."""
    if run.unreachable and not run.counts.found:
        yield f"the newsroom could not be fetched: {join_list(run.unreachable)}"


def _find_spent_budget(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield that a run has spent its budget, so that what it did not find says nothing; the next run goes on."""
    if run.spent:
        yield f"stopped for {run.spent}"
        yield from _find_degradations(run, history)


def _find_lost_releases(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield how a newsroom that had releases lost them: none is listed, or none can be read."""
    counts = run.counts
    had = next((earlier.counts.found for earlier in reversed(history) if earlier.counts.found), 0)
    if had and not counts.found and not counts.unchanged:
        yield f"no releases found, {had} in an earlier run"
    could_be_read = any(earlier.counts.bodies for earlier in history)
    lost = counts.failed + counts.astray + counts.gone
    is_enough = counts.read >= _MIN_PAGES_COMPARED or lost >= min(_MIN_UNREADABLE, max(counts.found, 1))
    if could_be_read and is_enough and not counts.bodies and not counts.unchanged:
        kinds = {"failed": counts.failed, "lead elsewhere": counts.astray, "are gone": counts.gone}
        failures = ", ".join(f"{number} {what}" for what, number in kinds.items() if number)
        yield f"no release on any of {plural(counts.read + lost, 'page')}{f' ({failures})' if failures else ''}"


def _find_empty_newsroom(run: RunOutcome, _: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield that a newsroom without any known article gave none, unless the run's own limits exclude all that it lists."""
    counts = run.counts
    if counts.known or counts.new:
        return
    if not counts.found:
        yield f"no articles found. Tried {join_list(run.tried)}"
        return
    if counts.foreign:
        yield f"{counts.foreign} of {plural(counts.found, 'listed release')} in none of the wanted languages"
    if counts.found > counts.rejected:
        yield f"no article came of {plural(counts.found - counts.rejected, 'listed release')}. Tried {join_list(run.tried)}"


def _find_degradations(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    counts = run.counts
    if counts.errors:
        yield f"{plural(counts.errors, 'error')} in the log"
    if counts.refused:
        yield f"{plural(counts.refused, 'request')} refused that led inside a network or to an unusual port"
    if run.unreachable:
        yield f"{plural(len(run.unreachable), 'start page')} could not be fetched: {join_list(run.unreachable)}"
    yield from _find_unreadable_pages(counts)
    if walls := describe_obstacles(run.obstacles):
        yield walls
    yield from _find_standing_failures(run, history)
    if shrunken := find_shrunken_listings(run, history):
        yield f"{plural(len(shrunken), 'listing')} with half as many releases as usual or fewer: {join_list(shrunken)}"
    yield from describe_omissions(find_standing_omissions(run, history))
    yield from _find_yield_drop(run, history)
    yield from find_share_drops(run, history)


def _find_unreadable_pages(counts: RunCounts) -> Iterator[str]:
    """Yield whether most pages could not be fetched; of dead links that earlier runs met, whether most releases are dead."""
    dead = counts.gone + counts.dead
    gone, astray = (number if number >= _MIN_UNREADABLE else 0 for number in (dead, counts.astray))
    lost, had = counts.failed + astray + gone, counts.read + counts.unchanged
    if counts.failed + astray > had or (gone and lost > max(had, counts.found - dead)):
        kinds = {"lead elsewhere": astray, "are gone": gone}
        named = "".join(f", {'all' if number == lost else number} of them {what}" for what, number in kinds.items() if number)
        yield f"{lost} of {plural(max(lost + counts.read, counts.found if gone else 0), 'page')} could not be fetched{named}"


def _find_standing_failures(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield the releases that could not be fetched in this run and in those before it."""
    before = history[-_FAILING_RUNS + 1 :]
    standing = [url for url in run.failing if len(before) == _FAILING_RUNS - 1 and all(url in each.failing for each in before)]
    if standing:
        more = f" and {len(standing) - 1} more" if len(standing) > 1 else ""
        named = f"{standing[0]} ({run.failing[standing[0]]}){more}"
        yield f"{plural(len(standing), 'release')} could not be fetched in {_FAILING_RUNS} runs in a row: {named}"


def _find_yield_drop(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield whether far fewer releases were listed than in earlier runs of the same coverage; a 304 does not say how many.

    Runs that were not fine are no measure, so that an alarm stays until the newsroom is whole again or the change is accepted.
    """
    alike = [each.counts.found for each in history if each.coverage is run.coverage and each.is_fine and each.counts.found]
    earlier = alike[-_MAX_RUNS_COMPARED:]
    if not earlier or not run.counts.found or run.counts.unchanged or run.coverage is Coverage.SOME:
        return
    usual = median(earlier)
    if run.counts.found < _MIN_YIELD_SHARE * usual:
        yield f"{plural(run.counts.found, 'release')} found, usually {usual:.0f}"
