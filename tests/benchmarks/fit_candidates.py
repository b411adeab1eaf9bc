"""Fit the model of listing candidates, corpnews/discovery/listing_candidates.json, to the saved newsrooms.

usage: python -m tests.benchmarks.fit_candidates [--check]     needs the shared folder and `pip install -e '.[bench]'`

Each link of a listing page is a row: its features, and whether the page behind it lists releases that the listing does not.
Links whose page was not saved count little. The weights stay near a prior, since some kinds of links are rare in the saved pages.
--check fits to one set of newsrooms and measures on the others instead of writing the weights.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from corpnews.discovery import Scope
from corpnews.discovery.anchors import iter_anchors
from corpnews.discovery.listing_candidates import iter_link_features
from corpnews.page.page import Page
from corpnews.web.urls import article_key
from tests.benchmarks.truth import SHARED, load_module, read_jsonl
from tests.generator import generate_newsroom
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SETS: Final = ("newsrooms", "more_newsrooms", "shapes")
GENERATED: Final = "generated"
SEEDS: Final = range(200)
WEIGHT_OF_GENERATED: Final = 0.5
WEIGHTS: Final = ROOT / "corpnews" / "discovery" / "listing_candidates.json"
MAX_PAGES_PER_SITE: Final = 25
WEIGHT_OF_UNSAVED: Final = 0.15
PRIOR_STRENGTH: Final = 2.0
PRIOR: Final = {
    "more near articles": 2.5, "parent of articles": 1.2, "attribute": 0.7, "all": 0.4, "more": 0.2,
    "blog": -1.0, "month": 0.8, "year": 0.8, "menu has own": 0.6, "next": 1.0, "number": 1.0, "language": 0.6,
}  # fmt: skip
# Unsaved pages behind such links may well be listings.
AMBIGUOUS_IF_UNSAVED: Final = ("more", "all", "attribute", "parent of articles", "number", "year", "month", "next")


@dataclass(frozen=True)
class Row:
    """A link: the set and the site it is from, its features, and whether it leads to a listing; None if nobody knows."""

    corpus: str
    site: str
    features: Mapping[str, float]
    is_listing: bool | None


class SavedSite:
    """The pages of a saved newsroom and the links among them."""

    def __init__(self, folder: Path, replay: Any, key: Any) -> None:
        self.corpus, self.name = folder.parent.name, folder.name
        self.key = key
        self.files = replay.files(folder)
        self.info = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        truth = (row["url"] for row in read_jsonl(folder / "truth.jsonl"))
        self.articles = {key(url) for url in (*self.info["article_urls"], *truth)}
        self.scope = Scope.from_start_url(self.info["start_url"])
        self.pages: dict[Any, Page | None] = {}

    def page(self, url: str) -> Page | None:
        at = self.key(url)
        if at not in self.pages:
            parts = urlsplit(url)
            is_here = (parts.hostname or "").lower() == self.info["host"].lower()
            name = self.files.named(unquote(parts.path).lstrip("/"), parts.query) if is_here else None
            self.pages[at] = Page.from_html(self.files[name], url) if name else None
        return self.pages[at]

    def listed(self, page: Page) -> set[Any]:
        return {self.key(anchor.url) for anchor in iter_anchors(page, self.scope.contains)} & self.articles

    def rows(self) -> Iterator[Row]:
        """Walk the listings from the start page on, and yield the links of each."""
        queue, seen = [self.info["start_url"]], set[Any]()
        while queue and len(seen) < MAX_PAGES_PER_SITE:
            url = queue.pop(0)
            page = self.page(url)
            if self.key(url) in seen or page is None:
                continue
            seen.add(self.key(url))
            here = self.listed(page)
            keys = {article_key(anchor.url) for anchor in iter_anchors(page, self.scope.contains) if self.key(anchor.url) in here}
            for anchor, features in iter_link_features(page, self.scope, keys):
                if self.key(anchor.url) in self.articles:
                    continue
                target = self.page(anchor.url)
                found = self.listed(target) if target else set()
                is_listing = None if target is None else len(found) > 1 and bool(found - here)
                yield Row(self.corpus, self.name, features, is_listing)
                if is_listing:
                    queue.append(anchor.url)


class GeneratedSite(SavedSite):
    """The pages of a generated newsroom."""

    def __init__(self, seed: int) -> None:  # the files are in memory
        self.corpus, self.name = GENERATED, str(seed)
        self.key = article_key
        self.newsroom = generate_newsroom(seed)
        self.info = {"start_url": self.newsroom.start_url}
        self.articles = {article_key(url) for url in self.newsroom.releases}
        self.scope = Scope.from_start_url(self.newsroom.start_url)
        self.pages = {}
        self.answers: dict[int, str] = {}

    def page(self, url: str) -> Page | None:
        key = article_key(url)
        if key not in self.pages:
            answer = self.newsroom.site.respond(url)
            is_html = answer.status == HTTPStatus.OK and "html" in answer.content_type
            page = self.pages[key] = Page.from_html(answer.body, url, answer.content_type) if is_html else None
            self.answers[id(page)] = unescape(answer.body.decode()).replace("\\/", "/")
        return self.pages[key]

    def listed(self, page: Page) -> set[Any]:
        """Return the releases that a page names anywhere, also in its data."""
        text = self.answers[id(page)]
        paths = ((url, url.removeprefix(self.newsroom.site.url)) for url in self.newsroom.releases)
        return {article_key(url) for url, path in paths if re.search(rf"{re.escape(path)}(?![\w-])", text)}


def is_told(row: Row) -> bool:
    return row.is_listing is not None or not any(row.features[name] for name in AMBIGUOUS_IF_UNSAVED)


def fit(rows: list[Row], names: list[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Logistic regression with weights near PRIOR; the first value is the bias."""
    features = np.array([[float(row.features[name]) for name in names] for row in rows])
    labels = np.array([row.is_listing is True for row in rows], dtype=float)
    counts = {site: sum(row.site == site for row in rows) for site in {row.site for row in rows}}
    told = np.array([1.0 if row.is_listing is not None else WEIGHT_OF_UNSAVED for row in rows])
    weights = told / np.sqrt([counts[row.site] for row in rows])
    weights *= np.array([WEIGHT_OF_GENERATED if row.corpus == GENERATED else 1.0 for row in rows])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])

    def loss(values: Any) -> tuple[float, Any]:
        sums, apart = features @ values[1:] + values[0], values[1:] - prior
        errors = weights * (1 / (1 + np.exp(-sums)) - labels)
        total = (weights * (np.logaddexp(0, sums) - labels * sums)).sum() + PRIOR_STRENGTH * apart @ apart
        return float(total), np.concatenate([[errors.sum()], features.T @ errors + 2 * PRIOR_STRENGTH * apart])

    found = minimize(loss, np.concatenate([[-2.3], prior]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def check(rows: list[Row], names: list[str]) -> None:
    for learned, measured in (SETS[:2], SETS[1::-1], (GENERATED, SETS[0]), (GENERATED, SETS[1]), (GENERATED, SETS[2])):
        values = fit([row for row in rows if row.corpus in (learned, GENERATED)], names)
        others = [row for row in rows if row.corpus == measured and row.is_listing is not None]
        sums = [
            values[0] + sum(value * row.features[name] for value, name in zip(values[1:], names, strict=True)) for row in others
        ]
        print(
            f"{learned} -> {measured}: AUC {roc_auc_score([row.is_listing for row in others], sums):.3f} of {len(others)} links"
        )


def read_rows() -> list[Row]:
    replay, scorer = (load_module(SHARED / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    folders = [path.parent for name in SETS for path in sorted((SHARED / name).glob("*/site.json"))]
    sites = [*(SavedSite(folder, replay, scorer.key) for folder in folders), *map(GeneratedSite, SEEDS)]
    return [row for site in sites for row in site.rows() if is_told(row)]


def fit_weights(rows: list[Row]) -> dict[str, float]:
    """Return the weights by feature."""
    names = list(rows[0].features)
    return dict(zip(["bias", *names], [round(float(value), 2) for value in fit(rows, names)], strict=True))


def main() -> None:
    rows = read_rows()
    if "--check" in sys.argv:
        check(rows, list(rows[0].features))
    else:
        WEIGHTS.write_text(json.dumps(fit_weights(rows), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
