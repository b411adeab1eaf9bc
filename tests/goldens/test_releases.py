"""Releases of invented companies in ten languages, each on pages of five kinds: and how well their fields are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from corpnews.cleaning.article import Provenance, build_article
from corpnews.cleaning.phrases import classify_end_matter_heading
from corpnews.extraction.extract import NotAnArticle, extract_page
from corpnews.page.page import Page
from corpnews.web.text import build_comparison_key
from tests.goldens.release_pages import MARKUPS, Release, read_releases, render_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.items import Article

RELEASES = read_releases()
# The lowest share of right values over all pages, by field.
FLOORS = {
    "body": 0.98,
    "headline": 0.98,
    "date": 0.98,
    "dateline": 0.97,
    "contacts": 0.95,
    "tickers": 0.98,
    "wire": 1.0,
    "embargo": 1.0,
    "about": 0.97,
    "legal notice": 0.97,
    "captions": 0.97,
    "attachments": 0.98,
}
CONTACT_FIELDS = ("name", "role", "organization", "email", "phone")


@cache
def read_all() -> dict[tuple[Release, str], Article | None]:
    return {(release, markup): read(release, markup) for release in RELEASES for markup in MARKUPS}


def read(release: Release, markup: str) -> Article | None:
    page = Page.from_html(render_page(release, markup), release.url)
    try:
        return build_article(extract_page(page), Provenance("golden", "Company"))
    except NotAnArticle:
        return None


def truth_of(release: Release) -> dict[str, Any]:
    truth = release.truth
    dateline = truth.get("dateline")
    return {
        "headline": truth["headline"],
        "date": truth["date"],
        "dateline": tuple(part or None for part in dateline) if dateline else None,
        "tickers": truth.get("tickers", []),
        "wire": tuple(part or None for part in truth["wire"]) if "wire" in truth else None,
        "embargo": truth.get("embargo"),
        "about": [name or None for name in truth.get("about", [])],
        "legal notice": truth.get("legal"),
        "captions": truth.get("captions", []),
        "attachments": truth.get("attachments", []),
    }


def fields_of(article: Article, truth: dict[str, Any]) -> dict[str, Any]:
    """The article's fields in the form of the truth; of the legal notice the words that the truth has, if it starts with them."""
    notice, wanted = article.legal_notice, truth["legal notice"]
    return {
        "headline": article.headline,
        "date": article.date_published,
        "dateline": (article.dateline.location, article.dateline.date) if article.dateline else None,
        "tickers": [f"isin:{each.isin}" if each.isin else f"{each.mic}:{each.symbol}" for each in article.tickers],
        "wire": (article.wire.name, article.wire.id) if article.wire else None,
        "embargo": article.embargo,
        "about": [about.organization for about in article.about],
        "legal notice": wanted if notice and wanted and notice.startswith(wanted) else notice,
        "captions": [image.caption for image in article.images if image.caption],
        "attachments": [
            file.url.removeprefix("https://www.company.example") for file in article.attachments if "print" not in file.url
        ],
    }


def bag_of_contacts(contacts: Iterable[tuple[str | None, ...]]) -> Counter[tuple[str, str]]:
    return Counter((name, value) for contact in contacts for name, value in zip(CONTACT_FIELDS, contact, strict=True) if value)


def measure_overlap(pairs: list[tuple[Counter[Any], Counter[Any]]]) -> float:
    """The F1 of the values found and the true ones, over all pages."""
    common = sum((found & true).total() for found, true in pairs)
    return 2 * common / max(1, sum(found.total() + true.total() for found, true in pairs))


@cache
def measure() -> tuple[dict[str, float], dict[str, list[str]]]:
    """The score of each field, and what was wrong."""
    right: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = defaultdict(list)
    bags: dict[str, list[tuple[Counter[Any], Counter[Any]]]] = {"body": [], "contacts": []}
    for (release, markup), article in read_all().items():
        where, truth = f"{release.name} ({markup})", truth_of(release)
        found = fields_of(article, truth) if article else {}
        for field, true in truth.items():
            right[field].append(found.get(field) == true)
            if found.get(field) != true:
                wrong[field].append(f"{where}: {found.get(field)!r} instead of {true!r}")
        lines = Counter(line for line in (article.body.split("\n") if article else ()) if line)
        contacts = (
            [(each.name, each.role, each.organization, each.email, each.phone) for each in article.contacts] if article else []
        )
        bags["body"].append((lines, Counter(release.body())))
        bags["contacts"].append((bag_of_contacts(contacts), bag_of_contacts(list(map(tuple, release.truth.get("contacts", []))))))
        for name, pairs in bags.items():
            one, other = pairs[-1]
            if one != other:
                wrong[name].append(f"{where}: {list(one - other)} instead of {list(other - one)}")
    scores = {field: sum(values) / len(values) for field, values in right.items()}
    return {**scores, **{name: measure_overlap(pairs) for name, pairs in bags.items()}}, wrong


def is_accounted_for(text: str, article: Article) -> bool:
    """Whether a block's text is in the line: in the headline, the body, a field, or among the texts that were removed."""
    captions = (image.caption for image in article.images)
    kept = (article.headline, article.subheadline, article.legal_notice, article.embargo, *captions)
    abouts, removed = (about.text for about in article.about), (each.text for each in article.crawl.removed)
    lines = (*filter(None, kept), *article.body.split("\n"), *abouts, *removed)
    return any(build_comparison_key(text) in build_comparison_key(line) for line in lines)


def test_each_text_of_a_page_is_in_its_line() -> None:
    for (release, markup), article in read_all().items():
        assert article is not None
        for block in Page.from_html(render_page(release, markup), release.url).layout.blocks:
            is_heading = classify_end_matter_heading(block.text) in ("about", "legal notice")
            assert is_heading or is_accounted_for(block.text, article), f"{release.name} ({markup}): {block.text}"


@pytest.mark.parametrize("field", FLOORS)
def test_field_of_releases_is_read(field: str) -> None:
    scores, wrong = measure()
    assert scores[field] >= FLOORS[field], "\n".join(wrong[field][:20])


def test_there_are_releases_of_many_kinds_and_languages() -> None:
    assert len(RELEASES) >= 60
    assert len({release.language for release in RELEASES}) == 10
