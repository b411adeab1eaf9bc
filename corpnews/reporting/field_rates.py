"""Fields that a release page should have, and whether far fewer pages have them than in earlier runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpnews.reporting.verdict import RunCounts, RunOutcome

_MIN_PAGES_COMPARED = 5  # pages; among fewer, one odd release is a fifth or more
_MAX_SHARE_DROP = 0.2  # of the pages; more than the occasional undated or empty page
_MIN_SHARE_WITHOUT_HISTORY = 0.5  # required share if there is no earlier run to compare with
_MAX_RUNS_COMPARED = 10  # earlier runs


class FieldRate(NamedTuple):
    """A field that a release page should have: on how many pages it was found, of how many."""

    name: str
    had: Callable[[RunCounts], int]
    of: Callable[[RunCounts], int]


_FIELD_RATES = (
    FieldRate("headlines", lambda counts: counts.headlines, lambda counts: counts.read),
    FieldRate("bodies", lambda counts: counts.bodies, lambda counts: counts.read),
    FieldRate("dates", lambda counts: counts.dates, lambda counts: counts.bodies),  # a page without a release needs no date
)


def find_share_drops(run: RunOutcome, history: Sequence[RunOutcome]) -> Iterator[str]:
    """Yield each field that is missing on far more pages than before."""
    for trait in _FIELD_RATES:
        yield from _find_share_drop(run, history, trait)


def _find_share_drop(run: RunOutcome, history: Sequence[RunOutcome], trait: FieldRate) -> Iterator[str]:
    """Yield whether a field is missing on far more pages than before; a run with few pages is joined with the runs before it."""
    late, early = _split_history(run, history)
    now, lately, before = (
        _compute_field_share([run], trait),
        _compute_field_share(late, trait),
        _compute_field_share(early, trait),
    )
    if now is None or lately is None or sum(trait.of(each.counts) for each in late) < _MIN_PAGES_COMPARED:
        return
    limit = _MIN_SHARE_WITHOUT_HISTORY if before is None else before - _MAX_SHARE_DROP
    if now < limit and lately < limit:
        known = "" if before is None else f", {before:.0%} before"
        yield f"{trait.name} on {now:.0%} of the pages{known}"


def _split_history(run: RunOutcome, history: Sequence[RunOutcome]) -> tuple[list[RunOutcome], list[RunOutcome]]:
    """Split into the run with as many runs before it as make up MIN_PAGES_COMPARED pages, and all runs before those."""
    late, early = [run], list(history[-_MAX_RUNS_COMPARED:])
    while early and sum(each.counts.read for each in late) < _MIN_PAGES_COMPARED:
        late.append(early.pop())
    return late, early


def _compute_field_share(runs: Sequence[RunOutcome], trait: FieldRate) -> float | None:
    """Return the share of pages with the field, from 0 to 1; None without pages."""
    whole = sum(trait.of(each.counts) for each in runs)
    return sum(trait.had(each.counts) for each in runs) / whole if whole else None
