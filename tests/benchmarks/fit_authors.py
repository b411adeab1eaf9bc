"""Fit the weights of corpnews/extraction/people/weights.json to the pages whose authors are known.

usage: python -m tests.benchmarks.fit_authors [--check]     needs the shared folder and `pip install -e '.[bench]'`

A page's candidates and "none" compete: the fit maximises the probability of those that name an author of the truth. On pages
whose truth names none, candidates that are rarely a person count as wrong. --check writes nothing: it prints the share of pages
with a right author on sites that the weights have not seen.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer

from corpnews.extraction.extract import extract_page
from corpnews.extraction.people import MIN_LOG_ODDS
from corpnews.extraction.people.candidates import AuthorCandidate, find_author_candidates
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.benchmarks.truth import ALL_SETS, SHARED, load_module, read_sites
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WEIGHTS: Final = ROOT / "corpnews" / "extraction" / "people" / "weights.json"
MAX_PAGES_OF_NEWSROOMS: Final = 220
MIN_CANDIDATES_WITH_FEATURE: Final = 4
WEIGHT_WITHOUT_AUTHOR: Final = 0.1
STRENGTH: Final = 0.3
FOLDS: Final = 5


@dataclass(frozen=True)
class Row:
    """A candidate: the set, site and page it is from, its features, and whether it names an author of the truth."""

    corpus: str
    site: str
    page: str
    features: dict[str, int]
    is_right: bool
    has_truth: bool


def read_rows() -> Iterator[Row]:
    scorer = load_module(SHARED / "corpus" / "score.py")
    for name in ALL_SETS:
        for site in read_sites(name, MAX_PAGES_OF_NEWSROOMS if "newsrooms" in name else None):
            for row in site.rows:
                if row.get("article", True):
                    yield from read_page_rows(name, row, site.pages[row["id"]], scorer)


def read_page_rows(corpus: str, row: dict[str, Any], html: bytes, scorer: Any) -> Iterator[Row]:
    page = Page.from_html(html, row["url"])
    try:
        extracted = extract_page(page)
    except ValueError:
        return
    true = scorer.people(row.get("authors"))
    for candidate in find_author_candidates(page, read_structured_data(page), extracted.headline, extracted.region):
        if true or is_rarely_a_person(candidate):
            is_right = bool(true & scorer.people(candidate.names))
            yield Row(corpus, row["site"], row["id"], dict.fromkeys(candidate.features, 1), is_right, bool(true))


def is_rarely_a_person(candidate: AuthorCandidate) -> bool:
    kind, form = candidate.kind, candidate.form
    return kind in ("name", "site name") or form == "department" or (kind in ("byline", "marked") and form == "company")


def fit(features: csr_matrix, rows: list[Row]) -> NDArray[np.float64]:
    """Return the weights; the first is the constant."""
    numbers = {page: number for number, page in enumerate(dict.fromkeys(row.page for row in rows))}
    pages, right = np.array([numbers[row.page] for row in rows]), np.array([float(row.is_right) for row in rows])
    has_right = np.bincount(pages, right) > 0
    weights = np.ones(len(numbers))
    weights[[numbers[row.page] for row in rows if not row.has_truth]] = WEIGHT_WITHOUT_AUTHOR

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = np.exp(np.clip(features @ values, -30, 30))
        all_odds = 1 + np.bincount(pages, odds)
        right_odds = np.where(has_right, np.bincount(pages, odds * right), 1.0)
        errors = weights[pages] * (odds / all_odds[pages] - has_right[pages] * odds * right / right_odds[pages])
        free = np.concatenate([[0.0], values[1:]])
        total = (weights * (np.log(all_odds) - np.log(right_odds))).sum() + free @ free / (2 * STRENGTH)
        return float(total), features.T @ errors + free / STRENGTH

    return np.asarray(minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x)


def check(features: csr_matrix, rows: list[Row]) -> None:
    """Print the share of right pages of each set, cross-fitted by site."""
    folds = np.array([crc32(row.site.encode()) % FOLDS for row in rows])
    best: dict[str, tuple[float, Row]] = {}
    for fold in range(FOLDS):
        seen, unseen = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        odds = features[unseen] @ fit(features[seen], [rows[i] for i in seen])
        for value, i in zip(odds, unseen, strict=True):
            best[rows[i].page] = max(best.get(rows[i].page, (-99.0, rows[i])), (value, rows[i]), key=lambda pair: pair[0])
    known = Counter(row.corpus for _, row in best.values() if row.has_truth)
    right = Counter(row.corpus for value, row in best.values() if value > MIN_LOG_ODDS and row.is_right)
    print({name: round(right[name] / known[name], 4) for name in known})


def main() -> None:
    rows = list(read_rows())
    counts = Counter(name for row in rows for name in row.features)
    table = [{"constant": 1} | {name: 1 for name in row.features if counts[name] >= MIN_CANDIDATES_WITH_FEATURE} for row in rows]
    names = ["constant", *sorted({name for row in table for name in row} - {"constant"})]
    vectorizer = DictVectorizer()
    features = vectorizer.fit_transform(table)
    features = csr_matrix(features[:, [vectorizer.vocabulary_[name] for name in names]])
    if "--check" in sys.argv:
        check(features, rows)
        return
    weights = {name: round(float(value), 2) for name, value in zip(names, fit(features, rows), strict=True)}
    WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
