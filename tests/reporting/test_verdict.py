from __future__ import annotations

from dataclasses import replace

import pytest

from corpnews.discovery.completeness.omissions import ListedPage, Omission, OmissionKind
from corpnews.reporting.verdict import Coverage, RunCounts, RunOutcome, Verdict, judge_run

USUAL = RunOutcome(counts=RunCounts(pages=30, found=20, known=20, read=20, headlines=20, dates=19, bodies=20, new=20))
QUIET = RunOutcome(counts=RunCounts(pages=2, found=20, known=20))


LOST = Omission(OmissionKind.LOST_PAGE, "https://acme.example/news/?page=2", "HTTP 500")


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


def test_new_newsroom_in_other_languages_says_so_also_where_some_links_are_dead() -> None:
    judgement = judge_run(run(found=77, rejected=60, foreign=60, gone=17, known=0, new=0), [])
    assert judgement.verdict is Verdict.FAILED
    assert judgement.reasons[0] == "60 of 77 listed releases in none of the wanted languages"
    assert judgement.reasons[1].startswith("no article came of 17 listed releases.")


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
    for earlier in ([USUAL], [USUAL, *[gone] * 20]):
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


def test_alarm_stays_until_the_newsroom_is_whole_again() -> None:
    fewer, days = run(QUIET, found=8), [QUIET] * 10
    for _ in range(30):
        judgement = judge_run(fewer, days)
        assert judgement == (Verdict.DEGRADED, ("8 releases found, usually 20",))
        days.append(replace(fewer, is_fine=False))
    assert judge_run(QUIET, days).verdict is Verdict.UNCHANGED


def test_accepted_run_is_what_later_ones_are_compared_with() -> None:
    accepted = replace(run(QUIET, found=8), is_fine=False, is_accepted=True, omissions=(LOST,))
    assert judge_run(run(QUIET, found=8), [QUIET, accepted]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(QUIET, coverage=Coverage.RECENT), [QUIET, accepted]).verdict is Verdict.UNCHANGED


def test_runs_that_go_less_far_are_not_held_against_those_that_go_to_the_end() -> None:
    first = run(found=300)
    recent = replace(QUIET, coverage=Coverage.RECENT)
    few = run(QUIET, found=3)
    assert judge_run(recent, [first]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(few, coverage=Coverage.SOME), [first]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(few, coverage=Coverage.RECENT), [first, recent]).verdict is Verdict.DEGRADED


@pytest.mark.parametrize(("now", "verdict"), [(13, Verdict.UNCHANGED), (12, Verdict.DEGRADED), (3, Verdict.DEGRADED)])
def test_listing_that_loses_half_of_its_releases_is_degraded(now: int, verdict: Verdict) -> None:
    usual = replace(QUIET, coverage=Coverage.RECENT, listed={"https://acme.example/news/": ListedPage(24, 24)})
    fewer = replace(usual, listed={"https://acme.example/news/": ListedPage(now, now)})
    days = [usual]
    for _ in range(15):
        judgement = judge_run(fewer, days)
        assert judgement.verdict is verdict
        days.append(replace(fewer, is_fine=judgement.verdict is not Verdict.DEGRADED))


def test_listing_that_begins_anew_has_lost_nothing() -> None:
    december = replace(QUIET, coverage=Coverage.RECENT, listed={"https://acme.example/news/": ListedPage(24, 23)})
    january = replace(december, listed={"https://acme.example/news/": ListedPage(2, 0)})
    later = replace(january, listed={"https://acme.example/news/": ListedPage(3, 2)})
    assert judge_run(january, [december]).verdict is Verdict.UNCHANGED
    assert judge_run(later, [december, january]).verdict is Verdict.UNCHANGED


def test_shorter_page_is_no_loss_if_a_full_crawl_finds_all_releases() -> None:
    usual = replace(USUAL, listed={"https://acme.example/news/": ListedPage(20, 0)})
    shorter = replace(QUIET, listed={"https://acme.example/news/": ListedPage(5, 5)})
    assert judge_run(replace(shorter, coverage=Coverage.RECENT), [usual]).verdict is Verdict.DEGRADED
    assert judge_run(shorter, [usual]).verdict is Verdict.UNCHANGED
    assert judge_run(replace(shorter, coverage=Coverage.RECENT), [usual, shorter]).verdict is Verdict.UNCHANGED


def test_omissions_of_a_full_crawl_stand_until_the_next_one() -> None:
    full = replace(USUAL, omissions=(LOST,))
    judgement = judge_run(full, [])
    assert judgement == (Verdict.DEGRADED, ("1 listing page was lost: https://acme.example/news/?page=2 (HTTP 500)",))
    recent = replace(QUIET, coverage=Coverage.RECENT)
    assert judge_run(recent, [replace(full, is_fine=False), recent]) == judgement
    assert judge_run(QUIET, [full]).verdict is Verdict.UNCHANGED


def test_lost_page_in_the_middle_of_a_list_is_degraded_once_it_is_lost_again() -> None:
    once = replace(USUAL, omissions=(replace(LOST, is_minor=True),))
    assert judge_run(once, []).verdict is Verdict.OK
    assert judge_run(once, [once]).verdict is Verdict.DEGRADED


def test_newsroom_whose_releases_all_fail_is_broken() -> None:
    for counts in ({"failed": 12}, {"gone": 12}, {"astray": 12}, {"failed": 4, "gone": 4, "astray": 4}):
        failing = RunOutcome(counts=RunCounts(pages=15, found=20, known=20, **counts))
        assert judge_run(failing, [USUAL]).verdict is Verdict.BROKEN
    assert judge_run(run(QUIET, gone=2), [USUAL]).verdict is Verdict.UNCHANGED
    assert judge_run(run(QUIET, found=2, gone=2), [USUAL]).verdict is Verdict.BROKEN  # all that it lists


def test_site_that_does_not_answer_has_failed_and_not_lost_its_releases() -> None:
    down = RunOutcome(counts=RunCounts(pages=1), unreachable=("https://acme.example/news/: HTTP 503",))
    assert judge_run(down, [USUAL]) == (
        Verdict.FAILED,
        ("the newsroom could not be fetched: https://acme.example/news/: HTTP 503",),
    )
