"""Fit the weights of corpnews/extraction/body/weights.json to the pages whose article is known.

usage: python -m tests.benchmarks.fit_body [--check]     needs the `bench` extra and the shared folder

Each block of a page is in the article or not, by the truth; blocks that the truth leaves open are left out. The second model
is fitted to the log-odds of the first on pages that it has not seen (cross-fitting by site). --check writes nothing: it prints
F1 on sites that the models have not seen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from corpnews.extraction.body.block_features import BLOCK_FEATURES, PageBlocks, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext
from corpnews.extraction.body.model import ZONE_BITS, ZONE_TABLES, get_block_zones, to_probabilities
from corpnews.extraction.extract import get_stated_body
from corpnews.extraction.headline import find_headline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.benchmarks.truth import SHARED, SiteTruth, load_module, read_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpnews.page.layout import Block

scorer = load_module(SHARED / "corpus" / "score.py")
WEIGHTS = Path(__file__).parents[2] / "corpnews/extraction/body/weights.json"
SETS = ("newsrooms", "cms", "daniel", "wcxb", "publishers", "web")
WIDTH = 64  # more than the largest value of any feature
FOLDS = 4
STRENGTH = 0.3  # of the regularisation; 0.1 to 2 differ little
IN, OUT, OPEN = 1, 0, -1


@dataclass(slots=True)
class Sample:
    """One page: its blocks, their features and zones, and whether each is in the article."""

    site: str
    row: dict[str, Any]
    blocks: list[Block]
    features: np.ndarray
    zones: list[tuple[int, int]]
    labels: np.ndarray
    appearance_and_novelty: np.ndarray
    weight: float = 1.0


def shingles(words: Sequence[str], size: int = 3) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def labels(blocks: Sequence[Block], row: dict[str, Any]) -> np.ndarray:
    """Return IN, OUT or OPEN for each block, by the true body or else by its snippets."""
    texts = [scorer.tokens(block.text) for block in blocks]
    return np.array(labels_by_body(texts, row) if row.get("body") else [label_by_snippets(words, row) for words in texts])


def labels_by_body(texts: Sequence[list[str]], row: dict[str, Any]) -> list[int]:
    """Label by the share of three-word runs that are in the true body; a short text by whether it is next to its neighbours."""
    words = scorer.tokens(row["body"])
    body, flat = shingles(words), f" {' '.join(words)} "
    lines = {" ".join(scorer.tokens(line)) for line in row["body"].split("\n")}
    optional = set[tuple[str, ...]]().union(
        *(shingles(scorer.tokens(text)) for text in [row.get("end_matter") or "", *row.get("captions", [])])
    )

    def label(before: list[str], own: list[str], after: list[str]) -> int:
        if not own:
            return OPEN
        if len(own) < 4:
            line = " ".join(own)
            if line in lines or any(f" {' '.join(run)} " in flat for run in ([*before[-3:], *own], [*own, *after[:3]])):
                return IN
            return OPEN if f" {line} " in flat else OUT
        runs = shingles(own)
        share = len(runs & body) / len(runs)
        if share > 0.6:
            return IN
        return OPEN if share > 0.3 or len(runs & optional) / len(runs) > 0.5 else OUT

    filled = [text for text in texts if text]
    around = {id(own): (before, after) for before, own, after in zip([[], *filled], filled, [*filled[1:], []], strict=False)}
    return [label(around[id(own)][0], own, around[id(own)][1]) if own else OPEN for own in texts]


def label_by_snippets(words: Sequence[str], row: dict[str, Any]) -> int:
    """Label a text IN if it contains a snippet of the article, OUT if one of the rest of the page, else OPEN."""
    text = f" {' '.join(words)} "
    found = [
        any(f" {' '.join(scorer.tokens(snippet))} " in text for snippet in row.get(side, ())) for side in ("with", "without")
    ]
    return IN if found == [True, False] else OUT if found == [False, True] else OPEN


def samples(known: SiteTruth, *, with_template: bool) -> Iterator[Sample]:
    template = SiteTemplate() if with_template else None
    rows = known.rows if with_template else known.rows[::3]
    pages = {row["id"]: Page.from_html(known.pages[row["id"]], row["url"]) for row in known.rows}
    if template is not None:
        for url, html in known.listings.items():
            template.observe(Page.from_html(html, url))
        for page in pages.values():
            template.observe(page)
    for row in rows:
        page = pages[row["id"]]
        blocks = page.layout.blocks
        if not blocks:
            continue
        facts = read_structured_data(page)
        headline = find_headline(page, facts)
        around = PageBlocks(page.layout, template, headline.block if headline else None, get_stated_body(facts))
        features = compute_block_features(around)
        answers = labels(blocks, row)
        if headline:  # some truths count the headline in, some do not
            answers[[block.index for block in headline.blocks]] = OPEN
        zones = [get_block_zones(block) for block in blocks]
        yield Sample(known.site, row, blocks, features, zones, answers, around.get_appearance_and_novelty())


def all_samples() -> list[Sample]:
    """Return all pages with the template of their site, and a third of those of larger sites without template too."""
    found: list[Sample] = []
    for name in SETS:
        for known in read_sites(name):
            found += samples(known, with_template=True)
            if len(known.rows) > 2:
                found += samples(known, with_template=False)
    pages = Counter(sample.site for sample in found)
    for sample in found:
        sample.weight = (len(sample.blocks) * pages[sample.site]) ** -0.5
    return found


def encode_one_hot(features: np.ndarray) -> sparse.csr_matrix:
    rows, columns = features.shape
    at = (features + np.arange(columns) * WIDTH).ravel()
    return sparse.csr_matrix((np.ones(at.size), (np.repeat(np.arange(rows), columns), at)), shape=(rows, columns * WIDTH))


def zone_bits(zones: Sequence[tuple[int, int]]) -> sparse.csr_matrix:
    bits = np.array(zones)[:, :, None] >> np.arange(ZONE_BITS) & 1
    return sparse.csr_matrix(bits.reshape(len(zones), -1).astype(float))


def build_matrix(sample: Sample, features: np.ndarray) -> sparse.csr_matrix:
    return sparse.hstack([encode_one_hot(features), zone_bits(sample.zones)]).tocsr()


def fit(training: Sequence[Sample], get_features: Callable[[Sample], np.ndarray]) -> LogisticRegression:
    known = [sample.labels != OPEN for sample in training]
    matrix = sparse.vstack(
        [build_matrix(sample, get_features(sample))[mask] for sample, mask in zip(training, known, strict=True)]
    )
    answers = np.concatenate([sample.labels[mask] for sample, mask in zip(training, known, strict=True)])
    sizes = [np.log1p([len(block.text) for block in sample.blocks]) * sample.weight for sample in training]
    weights = np.concatenate([size[mask] for size, mask in zip(sizes, known, strict=True)])
    return LogisticRegression(C=STRENGTH, max_iter=300).fit(matrix, answers, sample_weight=weights / weights.mean())


def get_fold(sample: Sample) -> int:
    return crc32(sample.site.encode()) % FOLDS


def cross_fit(samples: Sequence[Sample], get_features: Callable[[Sample], np.ndarray]) -> list[np.ndarray]:
    """Return the log-odds of each sample's blocks by a model that was fitted without pages of its site."""
    answers: dict[int, np.ndarray] = {}
    for number in range(FOLDS):
        model = fit([sample for sample in samples if get_fold(sample) != number], get_features)
        for at, sample in enumerate(samples):
            if get_fold(sample) == number:
                answers[at] = model.decision_function(build_matrix(sample, get_features(sample)))
    return [answers[at] for at in range(len(samples))]


def add_context_features(sample: Sample, log_odds: np.ndarray) -> np.ndarray:
    context = PageContext(sample.blocks, log_odds, to_probabilities(log_odds), sample.appearance_and_novelty)
    return np.hstack([context.features(), sample.features])


def table(model: LogisticRegression, features: Sequence[str]) -> dict[str, list[float]]:
    weights = model.coef_[0]
    tables = {"constant": [round(float(model.intercept_[0]), 3)]}
    for at, name in enumerate([*features, *ZONE_TABLES]):
        first = at * WIDTH if at < len(features) else len(features) * WIDTH + (at - len(features)) * ZONE_BITS
        own = weights[first : first + (WIDTH if at < len(features) else ZONE_BITS)]
        last = max(np.flatnonzero(own), default=0)
        tables[name] = [round(float(weight), 3) for weight in (own[: last + 1] if at < len(features) else own)]
    return tables


def f1_by_set(samples: Sequence[Sample], log_odds: Sequence[np.ndarray]) -> dict[str, float]:
    scores: dict[str, list[float]] = {}
    for sample, odds in zip(samples, log_odds, strict=True):
        if not sample.row.get("body"):
            continue
        body = "\n".join(block.text for block, lean in zip(sample.blocks, odds, strict=True) if lean > 0)
        words = Counter(scorer.tokens(sample.row["body"]))
        scores.setdefault(sample.site, []).append(scorer.overlap(scorer.body_tokens(body, sample.row), words)[2])
    return {site: float(np.mean(values)) for site, values in scores.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print f1 on unseen sites, write nothing")
    check = parser.parse_args().check
    found = all_samples()
    first = cross_fit(found, lambda sample: sample.features)
    both = {id(sample): add_context_features(sample, log_odds) for sample, log_odds in zip(found, first, strict=True)}
    if check:
        second = cross_fit(found, lambda sample: both[id(sample)])
        for site, f1 in sorted(f1_by_set(found, second).items(), key=lambda row: row[1]):
            print(f"{f1:.3f} {site}")
        return
    alone = table(fit(found, lambda sample: sample.features), BLOCK_FEATURES)
    together = table(fit(found, lambda sample: both[id(sample)]), CONTEXT_FEATURES + BLOCK_FEATURES)
    WEIGHTS.write_text(json.dumps({"block": alone, "context": together}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
