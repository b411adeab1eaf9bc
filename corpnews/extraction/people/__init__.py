"""Finding the authors of an article. In doubt none rather than a wrong one."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from corpnews.extraction.people.author_features import OPENS_BODY
from corpnews.extraction.people.candidates import find_author_candidates

if TYPE_CHECKING:
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.people.candidates import AuthorCandidate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page

MIN_LOG_ODDS: Final = -0.9


def find_authors(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None
) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the article's authors and their source (json-ld, meta, microdata or visible), or None.

    Of all texts that may name them the likeliest is taken, by the features that tests/benchmarks/fit_authors.py weighed.
    """
    candidates = find_author_candidates(page, data, headline, region)
    best = max(candidates, key=score_author, default=None)
    if best is None or score_author(best) <= MIN_LOG_ODDS:
        return None
    if best.form == "site":  # a person's name right above the text says more than the publisher's
        best = next((each for each in candidates if each.form == "person" and _is_bare_byline(each)), best)
    wider = (each for each in candidates if each.source != "visible" and each.form == "person" and each.keys > best.keys)
    chosen = next(wider, best)  # a byline may name only the first of the stated authors
    return chosen.names, chosen.source


def _is_bare_byline(candidate: AuthorCandidate) -> bool:
    return OPENS_BODY in candidate.features and f"common word: {candidate.kind}" not in candidate.features


def score_author(candidate: AuthorCandidate) -> float:
    """Return the log-odds that the candidate names the authors: the sum of the weights of its features."""
    weights = _load_weights()
    return weights["constant"] + sum(weights.get(feature, 0.0) for feature in candidate.features)


@cache
def _load_weights() -> dict[str, float]:
    text = files("corpnews.extraction.people").joinpath("weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights
