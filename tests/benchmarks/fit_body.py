"""Fit weights.json and trees.json of corpnews/extraction/body to the pages whose article is known.

usage: python -m tests.benchmarks.fit_body [--check]     needs the `bench` extra and the shared folder

Each block of a page is in the article or not, by the truth; blocks that the truth leaves open are left out. The sites are those
of the shared folder, and newsrooms of series of releases. The second model is fitted to the log-odds of the first on pages that
it has not seen (cross-fitting by site), and the trees to those of the second. --check writes nothing: it prints F1 by set and of
the worst sites, none of which the models have seen, without and with the trees.

Of each page, only arrays and the words of its blocks are kept: the trees of all pages would not fit into memory.
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

from corpnews.extraction.body.block_bits import BIT_GROUPS, compute_block_bits
from corpnews.extraction.body.block_features import BLOCK_FEATURES, compute_block_features
from corpnews.extraction.body.context_features import CONTEXT_FEATURES, PageContext
from corpnews.extraction.body.model import (
    LOG_ODDS_DECIMALS,
    MAX_FEATURE_VALUES,
    bound_log_odds,
    compute_tree_features,
)
from corpnews.extraction.body.page_blocks import PageBlocks
from corpnews.extraction.extract import get_stated_body
from corpnews.extraction.headline import find_headline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.extraction.structured_data import read_structured_data
from corpnews.page.page import Page
from tests.benchmarks.body_labels import IN, OPEN, OUT, labels, scorer
from tests.benchmarks.body_trees import fit_trees, tabulate_trees
from tests.benchmarks.truth import SiteTruth, read_sites
from tests.release_series import build_newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from corpnews.extraction.body.page_blocks import BlockArrays

MODELS = Path(__file__).parents[2] / "corpnews/extraction/body"
SETS = ("newsrooms", "more_newsrooms", "cms", "daniel", "wcxb", "publishers", "web")
SERIES_SEEDS = range(1000, 1040)
FEW_PAGES = 3  # of a first run that is limited
FOLDS = 4
# Blocks that the model before is so certain of, and right, count for as many with this step.
CERTAIN = 3.5
STEP = 4
MAX_LINK_DENSITY = 0.9
STRENGTH = 0.3  # of the regularisation; 0.1 to 2 differ little
MAX_SITES_PRINTED = 30


@dataclass(slots=True)
class Sample:
    """One page as numbers.

    Attributes:
        features, bits: Of each block.
        bounds: The highest log-odds that each block may have.
        labels: Whether each block is in the article.
        is_easy: Whether that is plain to see.
        words: The words of each block, as far as the score of the page needs them.
        optional, truth: The words that the body may have, and those that it must have; the latter empty if unknown.
    """

    corpus: str
    site: str
    arrays: BlockArrays
    features: np.ndarray
    bits: np.ndarray
    bounds: np.ndarray
    labels: np.ndarray
    is_easy: np.ndarray
    words: list[Counter[str]]
    optional: Counter[str]
    truth: Counter[str]
    weight: float = 1.0


def samples(known: SiteTruth) -> Iterator[Sample]:
    """Yield all pages with the template of their site; of larger sites a third without, and a sixth with one of few pages."""
    pages = {row["id"]: Page.from_html(known.pages[row["id"]], row["url"]) for row in known.rows}
    listings = [Page.from_html(html, url) for url, html in known.listings.items()]
    yield from samples_with(build_template([*listings, *pages.values()]), known, pages, known.rows, known.corpus)
    if len(pages) > 2:
        yield from samples_with(None, known, pages, known.rows[::3], known.corpus)
    if len(pages) > FEW_PAGES:
        for row in known.rows[1::6]:
            few = [*listings[:1], *(pages[other["id"]] for other in known.rows[: FEW_PAGES - 1]), pages[row["id"]]]
            yield from samples_with(build_template(few), known, pages, [row], f"{known.corpus}, few pages")


def build_template(pages: Iterable[Page]) -> SiteTemplate:
    template = SiteTemplate()
    for page in pages:
        template.observe(page)
    return template


def samples_with(
    template: SiteTemplate | None, known: SiteTruth, pages: Mapping[str, Page], rows: Sequence[dict[str, Any]], corpus: str
) -> Iterator[Sample]:
    for row in rows:
        page = pages[row["id"]]
        blocks = page.layout.blocks
        if not blocks:
            continue
        facts = read_structured_data(page)
        headline = find_headline(page, facts)
        measured = PageBlocks(page.layout, template, headline, get_stated_body(facts, template))
        answers = labels(blocks, row)
        if headline:  # some truths count the headline in, some do not
            answers[[block.index for block in headline.blocks]] = OPEN
        is_scored = template is not None and bool(row.get("body")) and row.get("article", True)
        got = {"headline": headline.text, "subheadline": headline.subheadline} if headline else {}
        yield Sample(
            corpus,
            known.site,
            measured.get_arrays(),
            np.column_stack(compute_block_features(measured)),
            unpack_bits(compute_block_bits(measured)),
            bound_log_odds(measured),
            answers,
            (measured.densities > MAX_LINK_DENSITY) & (answers == OUT),
            [Counter(scorer.tokens(block.text)) for block in blocks] if is_scored else [],
            Counter(scorer.tokens(" ".join(scorer.optional_texts(row, got)))),
            Counter(scorer.asked_for(row, got) if is_scored else ()),
        )


def unpack_bits(numbers: np.ndarray) -> np.ndarray:
    """Return the bits of BIT_GROUPS, a row for each block and a column for each bit."""
    widths = list(BIT_GROUPS.values())
    shifts = np.concatenate([np.arange(width) for width in widths])
    unpacked: np.ndarray = (np.repeat(numbers, widths, axis=1) >> shifts & 1).astype(np.int8)
    return unpacked


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
    found = [sample for known in chain(read_series(), *map(read_sites, SETS)) for sample in samples(known)]
    pages = Counter(sample.site for sample in found)
    for sample in found:
        sample.weight = (len(sample.labels) * pages[sample.site]) ** -0.5
    return found


def build_matrix(sample: Sample, features: np.ndarray) -> sparse.csr_matrix:
    """Return the features, one column for each of their values, and the bits of the sample's blocks."""
    rows, columns = features.shape
    at = (features.astype(np.int64) + np.arange(columns) * MAX_FEATURE_VALUES).ravel()
    values = (np.ones(at.size, np.float32), (np.repeat(np.arange(rows), columns), at))
    one_hot = sparse.csr_matrix(values, shape=(rows, columns * MAX_FEATURE_VALUES))
    return sparse.hstack([one_hot, sparse.csr_matrix(sample.bits, dtype=np.float32)]).tocsr()


def fit(training: Sequence[Sample], get_features: Callable[[Sample], np.ndarray]) -> LogisticRegression:
    """Fit one model; of the blocks that are easy, some count for all."""
    matrices, answers, weights = [], [], []
    for sample in training:
        step = np.arange(len(sample.labels)) % STEP
        mask = (sample.labels != OPEN) & ~(sample.is_easy & (step > 0))
        if mask.any():
            sizes = np.log1p(sample.arrays.text_lengths) * np.where(sample.is_easy, STEP, 1)
            matrices.append(build_matrix(sample, get_features(sample))[mask])
            answers.append(sample.labels[mask])
            weights.append(sizes[mask] * sample.weight)
    weight = np.concatenate(weights)
    model = LogisticRegression(C=STRENGTH, max_iter=120)
    return model.fit(sparse.vstack(matrices), np.concatenate(answers), sample_weight=weight / weight.mean())


def get_fold(sample: Sample) -> int:
    return crc32(sample.site.encode()) % FOLDS


def predict_unseen(samples: Sequence[Sample], fit_fold: Callable[[list[int]], Callable[[int], np.ndarray]]) -> list[np.ndarray]:
    """Return the log-odds of each sample's blocks by a model that `fit_fold` fits without pages of its site."""
    answers: dict[int, np.ndarray] = {}
    for number in range(FOLDS):
        predict = fit_fold([at for at, sample in enumerate(samples) if get_fold(sample) != number])
        for at, sample in enumerate(samples):
            if get_fold(sample) == number:
                answers[at] = np.minimum(np.round(predict(at), LOG_ODDS_DECIMALS), sample.bounds)
    return [answers[at] for at in range(len(samples))]


def cross_fit(samples: Sequence[Sample], get_features: Callable[[Sample], np.ndarray]) -> list[np.ndarray]:
    """Return the log-odds by linear models that were fitted without pages of the sample's site."""

    def fit_fold(training: list[int]) -> Callable[[int], np.ndarray]:
        model = fit([samples[at] for at in training], get_features)
        return lambda at: np.asarray(model.decision_function(build_matrix(samples[at], get_features(samples[at]))))

    return predict_unseen(samples, fit_fold)


def cross_fit_trees(samples: Sequence[Sample], rows: Sequence[np.ndarray], log_odds: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the log-odds with those of trees that were fitted without pages of the sample's site."""

    def fit_fold(training: list[int]) -> Callable[[int], np.ndarray]:
        model = fit_trees([samples[at] for at in training], [rows[at] for at in training], [log_odds[at] for at in training])
        return lambda at: log_odds[at] + np.asarray(model.predict(rows[at], raw_score=True))

    return predict_unseen(samples, fit_fold)


def add_context_features(sample: Sample, log_odds: np.ndarray) -> np.ndarray:
    return np.column_stack((*PageContext(sample.arrays, log_odds).features(), sample.features))


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


def print_f1(samples: Sequence[Sample], log_odds: Sequence[np.ndarray]) -> None:
    """Print the mean F1 of each set, and of the worst sites."""
    scores: dict[str, dict[str, list[float]]] = {}
    for sample, odds in zip(samples, log_odds, strict=True):
        if sample.truth:
            body = sum((sample.words[at] for at in np.flatnonzero(odds > 0)), Counter[str]())
            f1 = scorer.overlap(scorer.kept_words(body, sample.optional, sample.truth), sample.truth)[2]
            scores.setdefault(sample.corpus, {}).setdefault(sample.site, []).append(f1)
    for corpus, sites in scores.items():
        print(f"{np.mean(list(chain(*sites.values()))):.4f} {corpus}")
    means = sorted((float(np.mean(values)), site) for sites in scores.values() for site, values in sites.items())
    for f1, site in means[:MAX_SITES_PRINTED]:
        print(f"  {f1:.3f} {site}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print f1 on unseen sites, write nothing")
    check = parser.parse_args().check
    found = all_samples()
    first = cross_fit(found, lambda sample: sample.features)
    for sample, log_odds in zip(found, first, strict=True):
        sample.is_easy = np.where(sample.labels == IN, 1, -1) * log_odds > CERTAIN
    both = {id(sample): add_context_features(sample, log_odds) for sample, log_odds in zip(found, first, strict=True)}
    second = cross_fit(found, lambda sample: both[id(sample)])
    rows = [
        compute_tree_features(PageContext(sample.arrays, log_odds), list(sample.features.T), np.ones(len(log_odds), dtype=bool))
        for sample, log_odds in zip(found, second, strict=True)
    ]
    if check:
        print_f1(found, second)
        print_f1(found, cross_fit_trees(found, rows, second))
        return
    alone = table(fit(found, lambda sample: sample.features), BLOCK_FEATURES)
    together = table(fit(found, lambda sample: both[id(sample)]), CONTEXT_FEATURES + BLOCK_FEATURES)
    trees = tabulate_trees(fit_trees(found, rows, second))
    (MODELS / "weights.json").write_text(json.dumps([alone, together], indent=0) + "\n", encoding="utf-8")
    (MODELS / "trees.json").write_text(json.dumps(trees) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
