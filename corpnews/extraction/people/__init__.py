"""Finding the authors of an article. In doubt none rather than a wrong one."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import fsum
from typing import TYPE_CHECKING, Final

from corpnews.extraction.people.author_features import OPENS_BODY
from corpnews.extraction.people.candidates import find_author_candidates
from corpnews.page.layout import Zone

if TYPE_CHECKING:
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.people.candidates import AuthorCandidate
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page

MIN_LOG_ODDS: Final = -0.9
# The company and its press office may well be the authors of all its releases.
_FORMS_OF_SITE_AUTHORS: Final = ("person", "account", "company")
_ZONES_OF_THE_PAGE: Final = Zone.NAV | Zone.FOOTER


def find_authors(
    page: Page,
    data: StructuredData,
    headline: Headline | None,
    region: BodyRegion | None,
    template: SiteTemplate | None = None,
) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the article's authors and their source (json-ld, meta, microdata or visible), or None.

    Of all texts that may name them the likeliest is taken, by the features that tests/benchmarks/fit_authors.py weighed. Whom
    the data of most of the site's pages state, and no byline, is its web agency or an uploader.
    """
    found = find_author_candidates(page, data, headline, region)
    printed = {key for each in found if each.block and not each.block.zone & _ZONES_OF_THE_PAGE for key in each.keys}
    candidates = [each for each in found if template is None or not _is_site_author(each, printed, template)]
    best = max(candidates, key=score_author, default=None)
    if best is None or score_author(best) <= MIN_LOG_ODDS:
        return None
    if best.form == "site":  # a person's name right above the text says more than the publisher's
        best = next((each for each in candidates if each.form == "person" and _is_bare_byline(each)), best)
    wider = (each for each in candidates if each.source != "visible" and each.form == "person" and each.keys > best.keys)
    chosen = next(wider, best)  # a byline may name only the first of the stated authors
    return chosen.names, chosen.source


def _is_site_author(candidate: AuthorCandidate, printed: set[str], template: SiteTemplate) -> bool:
    return (
        candidate.source != "visible"
        and candidate.kind != "site name"
        and candidate.form in _FORMS_OF_SITE_AUTHORS
        and candidate.keys.isdisjoint(printed)
        and all(map(template.is_site_author, candidate.names))
    )


def _is_bare_byline(candidate: AuthorCandidate) -> bool:
    return OPENS_BODY in candidate.features and f"common word: {candidate.kind}" not in candidate.features


def score_author(candidate: AuthorCandidate) -> float:
    """Return the log-odds that the candidate names the authors: the sum of the weights of its features."""
    weights = _load_weights()
    # an exact sum: features are in no order, and names may be equally likely
    return fsum((weights["constant"], *(weights[feature] for feature in candidate.features if feature in weights)))


@cache
def _load_weights() -> dict[str, float]:
    text = files("corpnews.extraction.people").joinpath("weights.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights
