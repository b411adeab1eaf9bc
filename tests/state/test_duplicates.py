from __future__ import annotations

from itertools import combinations

import pytest

from corpnews.state.duplicates import HASH_BANDS, Fingerprint, compute_min_hashes, find_original, is_duplicate
from corpnews.state.records import DuplicateCandidate

HEADLINE = "Nordvik Turbines to supply 48 turbines for the Storfjord wind farm"
STORY = """Nordvik Turbines today announced that it has won the order for the Storfjord wind farm, the largest in the
county so far. The
company will deliver 48 turbines of its N-180 series with a rated output of 7.2 MW each, and will look after them for 25 years.

“Storfjord is the project that our engineers have been waiting for,” said Kari Haugen, chief executive of Nordvik
Turbines. “The winds
there are strong and steady, and the harbour lies next to our works, so that not a single blade has to travel by road.”

The first foundations will be laid in April 2027. All turbines are to feed into the grid by the end of 2029, when
they will supply
about 310,000 households. The order is worth €412 million, of which €96 million fall to the service contract.

Storfjord Vind, the customer, belongs to eleven municipalities. Its managing director, Per Lillesund, pointed out
that two thirds of the
revenue will stay in the region: “People see these towers every day. They should also see what they get for it.”"""
ABOUT = """About Nordvik Turbines

Nordvik Turbines develops, builds and maintains wind turbines. The company was founded in 1987, has 4,300 employees
in nine countries
and reported sales of €2.1 billion last year. Its shares are listed in Oslo.

Media contact: Ola Brekke, +47 55 01 23 45, press@nordvik-turbines.example"""
WIRE = f"""NORDVIK, Norway, Nov. 23, 2026 /Acme Wire/ -- {STORY.replace("“", '"').replace("”", '"')}

Forward-looking statements in this release are subject to risks that may cause results to differ.

{ABOUT}

SOURCE Nordvik Turbines

View original content: https://wire.example/news/nordvik-turbines-to-supply-301998877.html"""


def results(quarter: str, year: int, months: str, *amounts: str) -> Fingerprint:
    """A quarter's results, in the sentences that the company always uses."""
    sales, orders, ebit, share, backlog, cash = amounts
    return Fingerprint(
        f"Nordvik Turbines reports results for the {quarter} quarter of {year}",
        f"""Nordvik Turbines today published its results for the {quarter} quarter of {year}. Sales came to €{sales}
        million, while the order
intake reached €{orders} million. Earnings before interest and taxes were €{ebit} million, and earnings per share €{share}.

“We are on the way that we have set out for ourselves,” said Kari Haugen, chief executive. “Demand in our core
markets is intact, and
the measures that we have taken in purchasing and production are showing their effect.”

The order backlog stood at €{backlog} million at the end of {months}, and free cash flow came to €{cash} million. The
company confirms
its outlook for the year: it expects that sales will grow and that the margin will improve compared with the year before.

A conference call for analysts and investors takes place today at 10:00 CET. The full report and the presentation can
be found in the
investor section of the company's website. The figures have not been audited.""",
        "en",
    )


Q1 = results("first", 2026, "March", "512.4", "631.0", "38.2", "0.41", "2,914", "-22.7")
Q2 = results("second", 2026, "June", "548.9", "702.3", "44.6", "0.49", "3,071", "12.5")
ORIGINAL = Fingerprint(HEADLINE, STORY, "en")


def share_a_mark(one: Fingerprint, other: Fingerprint) -> bool:
    return not set(compute_min_hashes(one)).isdisjoint(compute_min_hashes(other))


@pytest.mark.parametrize(
    "copy",
    [
        Fingerprint(HEADLINE, STORY, "en-GB"),
        Fingerprint(HEADLINE, WIRE, "en"),
        Fingerprint(HEADLINE.upper(), f"23 November 2026 – {STORY}\n\n{ABOUT}", None),
        Fingerprint(f"Nordvik Turbines ASA: {HEADLINE}", f"• 48 turbines\n\n• Service for 25 years\n\n{STORY}", "en"),
        Fingerprint(HEADLINE, STORY.replace("pointed out that", "said"), "en"),
        Fingerprint("Big order for Nordvik Turbines", STORY.replace("\n\n", " "), "en"),
    ],
    ids=["address", "wire", "end matter", "deck", "edited", "other headline"],
)
def test_copy_is_found_and_told(copy: Fingerprint) -> None:
    assert share_a_mark(ORIGINAL, copy)
    assert is_duplicate(ORIGINAL, copy)
    assert is_duplicate(copy, ORIGINAL)


def test_copy_in_a_script_without_spaces_is_found() -> None:
    body = (
        "诺德维克风机公司今日宣布，公司已获得斯图尔峡湾风电场的订单，将交付48台风机，并在二十五年内负责维护。首批基础将于2027年4月动工。"
        * 2
    )
    one, copy = (
        Fingerprint("公司获得大订单", body, "zh-Hans"),
        Fingerprint("公司获得大订单", f"（本报讯 2026年11月23日）{body}来源：公司网站", "zh"),
    )
    assert share_a_mark(one, copy)
    assert is_duplicate(one, copy)


def test_results_of_two_quarters_are_two_releases() -> None:
    assert not is_duplicate(Q1, Q2)
    assert not is_duplicate(Fingerprint("Quarterly results", Q1.body), Fingerprint("Quarterly results", Q2.body))


def test_results_and_their_wire_copy_are_one_release() -> None:
    copy = Fingerprint(Q1.headline, f"NORDVIK, Norway, May 4, 2026 (ACME WIRE) -- {Q1.body}\n\n{ABOUT}", "en")
    assert share_a_mark(Q1, copy)
    assert is_duplicate(Q1, copy)
    assert not is_duplicate(Q2, copy)


def dividend(paid: str, recorded: str) -> Fingerprint:
    return Fingerprint(
        "Acme declares quarterly dividend",
        f"""The board of directors of Acme Turbines today declared a regular quarterly cash dividend of $0.25 per
        share on the company's common
        stock. The dividend is payable on {paid} 15, 2026 to all shareholders of record at the close of business on
        {recorded} 1, 2026. Acme has
        paid a dividend in every quarter since the company went public in 1994.""",
        "en",
    )


def test_notices_that_differ_in_a_month_are_two_releases() -> None:
    assert not is_duplicate(dividend("March", "March"), dividend("June", "June"))
    assert is_duplicate(dividend("March", "March"), dividend("March", "March"))


def test_short_notes_that_point_elsewhere_are_not_each_others_duplicates() -> None:
    stub = "Please click here to read this press release on our investor site."
    one, other = (
        Fingerprint("Acme announces first quarter results", stub, "en"),
        Fingerprint("Acme announces third quarter results", stub, "en"),
    )
    assert not is_duplicate(one, other)
    assert is_duplicate(one, Fingerprint("Acme Announces First Quarter Results", stub, "en"))


def conference(name: str) -> Fingerprint:
    body = f"Acme Turbines will present at the {name}. A recording will be available on its website for ninety days."
    return Fingerprint(f"Acme to present at the {name}", f"{body}\n\n{ABOUT}\n\n{ABOUT.replace('Nordvik', 'Acme')}", "en")


def test_releases_that_share_their_end_matter_alone_are_two() -> None:
    assert not is_duplicate(conference("Haugen Energy Conference"), conference("Brekke Industrial Forum"))
    assert not is_duplicate(
        Fingerprint("News", f"A new plant opens.\n\n{ABOUT}" * 2), Fingerprint("News", f"Kari Haugen leaves.\n\n{ABOUT}" * 2)
    )


def test_report_of_which_a_release_is_a_small_part_is_another_release() -> None:
    start = " ".join(STORY.split()[:60])
    assert not is_duplicate(ORIGINAL, Fingerprint(HEADLINE, f"{start}\n\n{Q1.body}\n\n{Q2.body}", "en"))


def test_translation_is_no_duplicate() -> None:
    assert not is_duplicate(ORIGINAL, Fingerprint(HEADLINE, STORY, "de"))
    assert not is_duplicate(Fingerprint("N-180", "N-180", "en"), Fingerprint("N-180", "N-180", "nb"))


def test_first_candidate_that_is_the_same_is_the_original() -> None:
    candidates = [
        DuplicateCandidate(f"{at}", "acme", each.language, each.headline, each.body, each.content)
        for at, each in enumerate((Q1, Q2, ORIGINAL))
    ]
    assert find_original(Fingerprint(HEADLINE, WIRE, "en"), candidates) == "2"
    assert find_original(conference("Nordvik Forum"), candidates) is None


def test_marks_are_few_and_the_same_in_every_process_and_version() -> None:
    assert len(compute_min_hashes(ORIGINAL)) == 1 + HASH_BANDS
    assert all(-(2**63) <= mark < 2**63 for mark in compute_min_hashes(ORIGINAL))
    # Stores hold them: where the library gives others, a step of the store's ladder has to make them anew
    assert compute_min_hashes(Fingerprint("Plant", "It opens. " * 30))[:2] == (-3428527940960269434, -2272917634820522852)


@pytest.mark.parametrize("body", ["", " ", "word", "— … —", "\ud83d"])
def test_texts_without_words_have_a_mark_and_are_not_all_one(body: str) -> None:
    assert len(compute_min_hashes(Fingerprint("Plant", body))) == 1
    assert not is_duplicate(Fingerprint("Plant", body), Fingerprint("Other", body))


def test_unlike_releases_of_one_company_are_all_apart() -> None:
    releases = [ORIGINAL, Q1, Q2, dividend("March", "May"), conference("Haugen Energy Conference")]
    assert not any(is_duplicate(one, other) for one, other in combinations(releases, 2))
