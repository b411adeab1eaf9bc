from __future__ import annotations

from dataclasses import replace

import pytest

from corpnews.reporting.verdict import MAX_RUNS_COMPARED, Coverage, RunCounts, RunOutcome, Verdict, judge_run

USUAL = RunOutcome(counts=RunCounts(pages=30, found=20, known=20, read=20, headlines=20, dates=19, bodies=20, new=20))
QUIET = RunOutcome(counts=RunCounts(pages=2, found=20, known=20))


def run(base: RunOutcome = USUAL, **counts: int) -> RunOutcome:
    """`base` with other counts."""
    return replace(base, counts=replace(base.counts, **counts))


def test_run_with_new_releases_is_ok() -> None:
    assert judge_run(USUAL, []) == (Verdict.OK, ())
    assert judge_run(USUAL, [USUAL] * 3) == (Verdict.OK, ())


@pytest.mark.parametrize("change", ["updated", "withdrawn"])
def test_run_that_only_tells_of_changes_is_ok(change: str) -> None:
    assert judge_run(replace(QUIET, counts=replace(QUIET.counts, **{change: 1})), [USUAL]).verdict is Verdict.OK


def test_run_that_names_only_known_releases_is_unchanged() -> None:
    assert judge_run(QUIET, [USUAL]) == (Verdict.UNCHANGED, ())


def test_listing_that_only_says_that_nothing_changed_is_unchanged() -> None:
    assert judge_run(run(QUIET, found=0, unchanged=1), [USUAL]) == (Verdict.UNCHANGED, ())


def test_stopped_run_failed_whatever_else_is_true_of_it() -> None:
    verdict, (reason,) = judge_run(replace(run(blocked=30, errors=2), stopped="shutdown"), [USUAL])
    assert verdict is Verdict.FAILED
    assert "shutdown" in reason


@pytest.mark.parametrize(
    ("blocked", "found", "verdict"),
    [(6, 20, Verdict.BLOCKED), (30, 0, Verdict.BLOCKED), (1, 0, Verdict.BLOCKED), (1, 20, Verdict.OK)],
)
def test_answers_that_turn_robots_away_are_a_block_when_they_are_many_or_all_there_is(
    blocked: int, found: int, verdict: Verdict
) -> None:
    assert judge_run(run(blocked=blocked, found=found), [USUAL]).verdict is verdict


def test_newsroom_without_its_releases_is_broken_however_long_it_lasts() -> None:
    gone = RunOutcome(counts=RunCounts(pages=3))
    for earlier in ([USUAL], [USUAL, *[gone] * 2 * MAX_RUNS_COMPARED]):
        assert judge_run(gone, earlier) == (Verdict.BROKEN, ("no releases found, 20 in an earlier run",))


def test_newsroom_of_which_no_page_can_be_read_any_more_is_broken() -> None:
    verdict, reasons = judge_run(run(headlines=0, dates=0, bodies=0, new=0), [USUAL])
    assert verdict is Verdict.BROKEN
    assert reasons == ("no release on any of 20 pages",)


def test_nothing_found_at_an_unknown_newsroom_is_a_failure_that_names_what_was_tried() -> None:
    nothing = RunOutcome(counts=RunCounts(pages=1), tried=("https://acme.example/: 0 article links",))
    assert judge_run(nothing, []) == (
        Verdict.FAILED,
        ("no articles found. Tried https://acme.example/: 0 article links",),
    )


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"dates": 3}, "dates on 15% of the pages, 95% before"),
        ({"headlines": 12}, "headlines on 60% of the pages, 100% before"),
        ({"bodies": 10, "dates": 10}, "bodies on 50% of the pages, 100% before"),
        ({"errors": 2}, "2 errors in the log"),
        ({"failed": 21}, "21 of 41 pages could not be fetched"),
        ({"found": 9}, "9 releases found, usually 20"),
    ],
)
def test_fall_against_the_newsrooms_own_past_is_named(counts: dict[str, int], reason: str) -> None:
    assert judge_run(replace(USUAL, counts=replace(USUAL.counts, **counts)), [USUAL] * 3) == (Verdict.DEGRADED, (reason,))


def test_newsroom_that_never_had_dates_is_ok_without_them() -> None:
    undated = run(dates=0)
    assert judge_run(undated, [undated] * 3).verdict is Verdict.OK


def test_first_run_is_measured_by_what_any_newsroom_has() -> None:
    assert judge_run(run(dates=9), []) == (Verdict.DEGRADED, ("dates on 45% of the pages",))
    assert judge_run(run(dates=11), []).verdict is Verdict.OK


def test_one_undated_release_is_no_fall_but_five_in_a_row_are() -> None:
    one = RunOutcome(counts=RunCounts(pages=2, found=20, known=20, read=1, headlines=1, bodies=1, new=1))
    days = [USUAL, USUAL]
    verdicts = []
    for _ in range(6):
        verdicts.append(judge_run(one, days).verdict)
        days.append(one)
    assert verdicts == [Verdict.OK] * 4 + [Verdict.DEGRADED] * 2


def test_first_good_release_after_bad_ones_is_no_longer_a_fall() -> None:
    bad = RunOutcome(counts=RunCounts(pages=2, found=20, known=20, read=1, headlines=1, bodies=1, new=1))
    assert judge_run(run(bad, dates=1), [USUAL, *[bad] * 4]).verdict is Verdict.OK


def test_what_goes_on_for_long_is_the_newsroom_as_it_is_now() -> None:
    fewer, days = run(QUIET, found=8), [QUIET] * MAX_RUNS_COMPARED
    told = 0
    while judge_run(fewer, days).verdict is Verdict.DEGRADED:
        told += 1
        days.append(fewer)
        assert told < MAX_RUNS_COMPARED
    assert told >= MAX_RUNS_COMPARED // 2


def test_runs_that_go_less_far_are_not_held_against_those_that_go_to_the_end() -> None:
    first = run(found=300)
    recent = replace(QUIET, coverage=Coverage.RECENT)
    few = run(QUIET, found=3)
    assert judge_run(recent, [first]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(few, coverage=Coverage.SOME), [first]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(few, coverage=Coverage.RECENT), [first, recent]).verdict is Verdict.DEGRADED
