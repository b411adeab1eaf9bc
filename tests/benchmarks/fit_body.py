"""Fit the weights of corpnews/extraction/body/weights.json to the pages whose article is known.

usage: python -m tests.benchmarks.fit_body [--check]     needs the `bench` extra and the shared folder

Each block of a page is in the article or not, by the truth; blocks that the truth leaves open are left out. The sites are those
of the shared folder, and newsrooms of series of releases. The second model is fitted to the log-odds of the first on pages that
it has not seen (cross-fitting by site). --check writes nothing: it prints F1 on sites that the models have not seen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from corpnews.extraction.body.block_features import BIT_GROUPS, BLOCK_FEATURES, compute_block_bits, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext
from corpnews.extraction.body.model import MAX_FEATURE_VALUES
from corpnews.extraction.body.page_blocks import PageBlocks
from corpnews.extraction.extract import get_stated_body
from corpnews.extraction.headline import find_headline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.benchmarks.truth import SHARED, SiteTruth, load_module, read_sites
from tests.release_series import build_newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpnews.page.layout import Block

scorer = load_module(SHARED / "corpus" / "score.py")
WEIGHTS = Path(__file__).parents[2] / "corpnews/extraction/body/weights.json"
SETS = ("newsrooms", "more_newsrooms", "cms", "daniel", "wcxb", "publishers", "web")
SERIES_SEEDS = range(1000, 1040)
FOLDS = 4
# Blocks that the model before is so certain of, and right, count for as many with this step.
CERTAIN = 3.5
STEP = 4
MAX_LINK_DENSITY = 0.9
STRENGTH = 0.3  # of the regularisation; 0.1 to 2 differ little
IN, OUT, OPEN = 1, 0, -1


@dataclass(slots=True)
class Sample:
    """One page: its blocks, their features and bits, whether each is in the article, and whether that is plain to see."""

    site: str
    row: dict[str, Any]
    blocks: list[Block]
    page: PageBlocks
    features: np.ndarray
    bits: np.ndarray
    labels: np.ndarray
    is_easy: np.ndarray
    weight: float = 1.0


def shingles(words: Sequence[str], size: int = 3) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def labels(blocks: Sequence[Block], row: dict[str, Any]) -> np.ndarray:
    """Return IN, OUT or OPEN for each block, by the true body or else by its snippets."""
    texts = [scorer.tokens(block.text) for block in blocks]
    if not row.get("body"):
        return np.array([label_by_snippets(words, row) for words in texts])
    found = np.array(labels_by_body(texts, row))
    drop_copies(found, texts, " ".join(scorer.tokens(row["body"])))
    return found


def drop_copies(found: np.ndarray, texts: Sequence[list[str]], body: str) -> None:
    """Of a text that the page has more often than the body, label only the copies with most of the article around them IN."""
    copies: dict[str, list[int]] = {}
    for at, words in enumerate(texts):
        if found[at] == IN:
            copies.setdefault(" ".join(words), []).append(at)
    for text, places in copies.items():
        count = f" {body} ".count(f" {text} ")
        if len(places) > max(1, count):
            support = {at: -int((found[max(0, at - 6) : at + 7] == IN).sum()) for at in places}
            for at in sorted(places, key=support.__getitem__)[max(1, count) :]:
                found[at] = OUT if len(texts[at]) >= 4 else OPEN


def labels_by_body(texts: Sequence[list[str]], row: dict[str, Any]) -> list[int]:
    """Label by the share of three-word runs that are in the true body; a short text by whether it is next to its neighbours."""
    words = scorer.tokens(row["body"])
    body, flat = shingles(words), f" {' '.join(words)} "
    lines = {" ".join(scorer.tokens(line)) for line in row["body"].split("\n")}
    optional = set[tuple[str, ...]]().union(*(shingles(scorer.tokens(text)) for text in list_optional_texts(row)))

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


def list_optional_texts(row: dict[str, Any]) -> list[str]:
    lists = (row.get(name) or [] for name in ("captions", "optional", "titles"))
    return [row.get("end_matter") or "", *(text for each in lists for text in each)]


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
        measured = PageBlocks(page.layout, template, headline, get_stated_body(facts))
        features, bits = np.column_stack(compute_block_features(measured)), unpack_bits(compute_block_bits(measured))
        answers = labels(blocks, row)
        if headline:  # some truths count the headline in, some do not
            answers[[block.index for block in headline.blocks]] = OPEN
        is_easy = (measured.densities > MAX_LINK_DENSITY) & (answers == OUT)
        yield Sample(known.site, row, blocks, measured, features, bits, answers, is_easy)


def unpack_bits(bits: np.ndarray) -> np.ndarray:
    return np.hstack([group[:, None] >> np.arange(width) & 1 for group, width in zip(bits.T, BIT_GROUPS.values(), strict=True)])


def read_series() -> Iterator[SiteTruth]:
    """Newsrooms whose releases repeat one another."""
    for seed in SERIES_SEEDS:
        newsroom = build_newsroom(seed)
        known = SiteTruth("series", newsroom.site, listings={newsroom.listing_url: newsroom.listing.encode()})
        for release in newsroom.releases:
            known.rows.append({"id": release.url, "url": release.url, "title": release.title, "body": "\n".join(release.body)})
            known.pages[release.url] = release.html.encode()
        yield known


def all_samples() -> list[Sample]:
    """Return all pages with the template of their site, and a third of those of larger sites without template too."""
    found: list[Sample] = []
    for known in chain(read_series(), *map(read_sites, SETS)):
        found += samples(known, with_template=True)
        if len(known.rows) > 2:
            found += samples(known, with_template=False)
    pages = Counter(sample.site for sample in found)
    for sample in found:
        sample.weight = (len(sample.blocks) * pages[sample.site]) ** -0.5
    return found


def build_matrix(sample: Sample, features: np.ndarray) -> sparse.csr_matrix:
    """Return the features, one column for each of their values, and the bits of the sample's blocks."""
    rows, columns = features.shape
    at = (features.astype(np.int64) + np.arange(columns) * MAX_FEATURE_VALUES).ravel()
    values = (np.ones(at.size, np.float32), (np.repeat(np.arange(rows), columns), at))
    one_hot = sparse.csr_matrix(values, shape=(rows, columns * MAX_FEATURE_VALUES))
    return sparse.hstack([one_hot, sparse.csr_matrix(sample.bits.astype(np.float32))]).tocsr()


def fit(training: Sequence[Sample], get_features: Callable[[Sample], np.ndarray]) -> LogisticRegression:
    """Fit one model; of the blocks that are easy, some count for all."""
    matrices, answers, weights = [], [], []
    for sample in training:
        step = np.arange(len(sample.labels)) % STEP
        mask = (sample.labels != OPEN) & ~(sample.is_easy & (step > 0))
        if mask.any():
            sizes = np.log1p([len(block.text) for block in sample.blocks]) * np.where(sample.is_easy, STEP, 1)
            matrices.append(build_matrix(sample, get_features(sample))[mask])
            answers.append(sample.labels[mask])
            weights.append(sizes[mask] * sample.weight)
    weight = np.concatenate(weights)
    model = LogisticRegression(C=STRENGTH, max_iter=120)
    return model.fit(sparse.vstack(matrices), np.concatenate(answers), sample_weight=weight / weight.mean())


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
    return np.column_stack((*PageContext(sample.page, log_odds).features(), sample.features))


def table(model: LogisticRegression, features: Sequence[str]) -> dict[str, list[float]]:
    """Return the model's weights by feature and by group of bits."""
    weights = model.coef_[0]
    tables = {"constant": [round(float(model.intercept_[0]), 3)]}
    for at, name in enumerate(features):
        own = weights[at * MAX_FEATURE_VALUES : (at + 1) * MAX_FEATURE_VALUES]
        tables[name] = [round(float(weight), 3) for weight in own[: max(np.flatnonzero(own), default=0) + 1]]
    first = len(features) * MAX_FEATURE_VALUES
    for name, width in BIT_GROUPS.items():
        tables[name] = [round(float(weight), 3) for weight in weights[first : first + width]]
        first += width
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
    for sample, log_odds in zip(found, first, strict=True):
        sample.is_easy = np.where(sample.labels == IN, 1, -1) * log_odds > CERTAIN
    both = {id(sample): add_context_features(sample, log_odds) for sample, log_odds in zip(found, first, strict=True)}
    if check:
        second = cross_fit(found, lambda sample: both[id(sample)])
        for site, f1 in sorted(f1_by_set(found, second).items(), key=lambda row: row[1]):
            print(f"{f1:.3f} {site}")
        return
    alone = table(fit(found, lambda sample: sample.features), BLOCK_FEATURES)
    together = table(fit(found, lambda sample: both[id(sample)]), CONTEXT_FEATURES + BLOCK_FEATURES)
    WEIGHTS.write_text(json.dumps([alone, together], indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
