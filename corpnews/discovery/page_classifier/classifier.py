"""What a page is: a few checks that are certain, and a model (page_kinds.json, fitted by tests/benchmarks/fit_page_kinds.py).

The model weighs the page's text, lists, forms, dates, claims, URL and what it says of its own state; no feature decides alone.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import iter_anchors
from corpnews.discovery.app_shell import is_app_shell
from corpnews.discovery.articles.article_links import find_item_groups
from corpnews.discovery.articles.item_groups import select_article_items
from corpnews.discovery.page_classifier.listing_pages import (
    find_known_listing,
    find_list_of_known,
    find_listing,
    read_known_items,
)
from corpnews.discovery.page_classifier.notices import (
    GATE_SORT,
    NOTICE_SORT,
    UNNAMED_SORTS,
    has_title_in_data_only,
    match_gate,
    match_notice,
)
from corpnews.discovery.page_classifier.page_features import (
    ARTICLE_SCHEMA_TYPES,
    NO_CLAIMS,
    PageClaims,
    PageContent,
    bears_slug,
    bears_title,
    get_page_features,
    is_newsroom_url,
    read_status_words,
)
from corpnews.discovery.page_classifier.page_kind import OBSTACLE_PHRASES, PageKind
from corpnews.discovery.page_classifier.status_phrases import is_wall_sort
from corpnews.discovery.scope import Scope
from corpnews.extraction.data_article import find_data_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.page.garbage import pause_garbage_collection
from corpnews.web import url_features, urls
from corpnews.web.text import split_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from corpnews.discovery.page_classifier.status_phrases import StatusMatch
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.page import Page

# Types of pages that are no articles, of OpenGraph and schema.org, unless the page declares an article type too
_OTHER_TYPES: Final = split_terms("""
product profile Product ProductGroup JobPosting AboutPage ContactPage ProfilePage SearchResultsPage CollectionPage
LocalBusiness Recipe
""")
_LIST_SCHEMA_TYPES: Final = frozenset(("CollectionPage", "ProfilePage", "SearchResultsPage"))
# A page is an article unless the model is this sure of another kind.
_SCRIPT_SHELL: Final = PageKind("script shell", "empty without its scripts")
MIN_PROBABILITIES: Final = {"obstacle": 0.5, "listing": 0.5, "other": 0.85}
_MIN_OTHER_WITHOUT_LINK: Final = 0.5  # where no article link leads to the page
_MIN_WITH_LONG_HEADLINE: Final = 0.9  # a release may be far shorter than the list of others around it
_MIN_WITH_KNOWN_ARTICLES: Final = 0.2  # if what the page lists are articles that the run has found
_MIN_TEASERS: Final = 3
_MIN_DATA_TEXT: Final = 80  # characters
_MAX_OBSTACLE_TEXT: Final = 2_500  # characters
_NO_OBSTACLES_OF_LISTINGS: Final = ("", "not_found", "javascript")
_SIGN_ON_FIELDS: Final = frozenset(("samlrequest", "samlresponse", "relaystate", "wresult", "wctx", "id_token"))
_HEADING_WEIGHT: Final = 3.0
_PASSWORD_WEIGHT: Final = 2.0


@pause_garbage_collection()
def classify(
    page: Page,
    scope: Scope,
    claims: PageClaims = NO_CLAIMS,
    *,
    is_known: Callable[[str], bool] | None = None,
    is_linked: bool = True,
) -> PageKind:
    """Classify a page that an article link led to: it is an article unless something else is likely.

    `is_known` says whether the run has found an article at a URL: a page that lists several of them and says little else is none.
    A page that is not `is_linked` as an article is any page of the site.
    """
    headline, types = claims.headline, claims.types
    if headline is not None and scope.is_article_url(page.url):
        return PageKind("article", "the newsroom says so")
    content = PageContent(page)
    features = get_page_features(page, scope, claims, content)
    probabilities = _estimate_page_kinds(features)
    likely = [kind for kind, limit in MIN_PROBABILITIES.items() if probabilities[kind] >= limit]
    if headline is None and not page.layout.blocks:
        return _name_page_without_text(page)
    if "obstacle" in likely:
        obstacle = _name_obstacle(read_status_words(page, content, headline), has_password=bool(features["password"]))
        return _SCRIPT_SHELL if not obstacle.sort and is_app_shell(page) else obstacle
    found = _find_replacement(page, content, claims) or _find_kind_of_url(page, scope, types) or _find_declared_kind(page, types)
    is_surely_listed = probabilities["listing"] >= _MIN_WITH_LONG_HEADLINE or features["paged url"] or features["label url"]
    if found is None and "listing" in likely and (is_surely_listed or not features["long headline"]):
        groups = find_item_groups(page, scope, list(iter_anchors(page, scope.contains)))
        found = find_listing(page, scope, content, select_article_items(groups, scope))
    is_likely = probabilities["listing"] >= _MIN_WITH_KNOWN_ARTICLES
    if found is None and is_known and (is_likely or features["prose under 600"]):
        known = read_known_items(page, scope, content, is_known, headline)
        found = find_known_listing(page, scope, content, known) if is_likely else None
        found = found or find_list_of_known(page, content, known, has_long_headline=bool(features["long headline"]))
    if found is None and headline is None and not content.has_text:
        found = _name_empty_page(page)
    is_other = "other" in likely or (not is_linked and probabilities["other"] >= _MIN_OTHER_WITHOUT_LINK)
    if found is None and is_other and not (claims.is_dated and find_data_article(page, min_length=_MIN_DATA_TEXT)):
        found = PageKind("other", "neither an article nor a list of articles by its content and address")
    return found or PageKind("article", "nothing speaks against it")


def _name_page_without_text(page: Page) -> PageKind:
    """Return what a page is that shows no text: a form that scripts send on to a sign-on, a server's logo, nothing."""
    if any((field.get("name") or "").lower() in _SIGN_ON_FIELDS for field in page.elements["input"]):
        return _name_wall("single_sign_on")
    words = read_status_words(page, PageContent(page), None)
    return _name_obstacle(words, has_password=False) if words.title.phrases else _name_empty_page(page)


def _name_empty_page(page: Page) -> PageKind:
    if is_app_shell(page):
        return _SCRIPT_SHELL
    return PageKind("other", "no headline and no text")


def classify_unlinked(page: Page, claims: PageClaims = NO_CLAIMS) -> PageKind:
    """Classify a page of which nobody knows whether an article link leads to it, such as one of a WARC file."""
    return classify(page, Scope.from_start_url(f"https://{page.host}/"), claims, is_linked=False)


def is_likely_article(page: Page, scope: Scope, title: str) -> bool:
    """Whether a page that was requested as a listing is an article.

    It bears the `title` of the link to it, or the words of its URL if the link has none, and no other kind is likelier.
    """
    content = PageContent(page)
    headline = content.headings[0].text if content.headings else ""
    if not (bears_title(page, title, headline) or bears_slug(page, page.url, headline)):
        return False
    probabilities = _estimate_page_kinds(get_page_features(page, scope, PageClaims(headline, title=title or None), content))
    return max(probabilities, key=lambda kind: probabilities[kind]) == "article"


def is_certain_article(extracted: ExtractedPage) -> bool:
    """Whether the page says itself that it is an article and has too much text for an obstacle: no model needs to be asked."""
    page, scope = extracted.page, Scope.from_start_url(f"https://{extracted.page.host}/")
    if may_be_obstacle(extracted) or _find_kind_of_url(page, scope, extracted.types):
        return False
    kind = _find_declared_kind(page, extracted.types)
    return kind is not None and kind.is_article


def check_no_obstacle(extracted: ExtractedPage) -> None:
    """Check that no wall or error stands in the place of the article. Raises NotAnArticle."""
    if may_be_obstacle(extracted):
        kind = classify_unlinked(extracted.page, PageClaims.from_extracted(extracted))
        if kind.is_obstacle:
            raise NotAnArticle(kind.reason)


def may_be_obstacle(extracted: ExtractedPage) -> bool:
    """Whether the text is so short that a wall or an error may stand in the place of the article."""
    return sum(len(block.text) for block in extracted.region.blocks) <= _MAX_OBSTACLE_TEXT


def find_obstacle(page: Page, scope: Scope) -> PageKind | None:
    """Return what stands in the place of a page that should list articles; None if the page is its own.

    That a page must be filled by scripts, or that there are no more releases, is no obstacle.
    """
    content = PageContent(page)
    if len(content.teasers) >= _MIN_TEASERS:
        return None
    headline = content.headings[0].text if content.headings else None
    features = get_page_features(page, scope, PageClaims(headline), content)
    if _estimate_page_kinds(features)["obstacle"] < MIN_PROBABILITIES["obstacle"]:
        return None
    kind = _name_obstacle(read_status_words(page, content, headline), has_password=bool(features["password"]))
    return None if kind.sort in _NO_OBSTACLES_OF_LISTINGS else kind


def _find_replacement(page: Page, content: PageContent, claims: PageClaims) -> PageKind | None:
    """Return what else a page says in the place of the text below its headline."""
    headline, title = claims.headline or "", claims.title or ""
    if headline and (notice := match_notice(headline, claims.body)):
        obstacle = _name_obstacle((notice,), has_password=False)
        return obstacle if obstacle.sort else _name_wall(NOTICE_SORT)
    # a date stands beside a headline of the page's own, where the link's text may be a translation
    if match_gate(page, content, {title or headline, *([headline] if claims.is_dated else ())}):
        return _name_wall(GATE_SORT)
    if has_title_in_data_only(page, title, headline, claims.body):
        return PageKind("error", "its title is in its data only, and another text in its place")
    return None


def _find_kind_of_url(page: Page, scope: Scope, types: Collection[str]) -> PageKind | None:
    if url_features.is_home_page_url(page.url):
        return PageKind("other", "the home page of the site")
    if urls.article_key(page.url) == urls.article_key(scope.start_url):
        return PageKind("listing", "the listing that the newsroom begins with")
    if is_newsroom_url(page.url) and ARTICLE_SCHEMA_TYPES.isdisjoint(types):
        return PageKind("listing", "the URL of a listing page")
    return None


def _find_declared_kind(page: Page, types: Collection[str]) -> PageKind | None:
    """Return what the page is by its own word."""
    if any(next(body.iterchildren("rss", "feed"), None) is not None for body in page.root.iterchildren("body")):
        return PageKind("other", "a feed")
    is_list = url_features.is_label_url(page.url) and not _LIST_SCHEMA_TYPES.isdisjoint(types)  # whose items may be articles
    if not ARTICLE_SCHEMA_TYPES.isdisjoint(types) and not is_list:
        return PageKind("article", "says so itself (schema.org)")
    kind = page.meta.get("og:type", "").lower()
    name = next((name for name in (kind.partition(".")[0], *types) if name in _OTHER_TYPES), None)
    if name is None or kind.startswith("article"):
        return None
    return PageKind("product" if name.lower().startswith("product") else "other", f"its type is {name}")


def _name_obstacle(words: Sequence[StatusMatch], *, has_password: bool) -> PageKind:
    """Return the kind and the sort of a page that stands in the place of another, by what it says most of."""
    scores = {"login": _PASSWORD_WEIGHT} if has_password else {}
    for match, weight in zip(reversed(words), (1.0, _HEADING_WEIGHT, _HEADING_WEIGHT), strict=False):
        for phrase in filter(lambda each: each.sort not in UNNAMED_SORTS, match.phrases):
            added = weight * match.share + len(phrase.text) / 100
            scores[phrase.sort] = scores.get(phrase.sort, 0.0) + added
    if not scores:
        return PageKind("error", "something else stands in its place")
    sort = max(scores, key=lambda each: scores[each])
    return _name_wall(sort) if is_wall_sort(sort) else PageKind("error", f"{OBSTACLE_PHRASES[sort]} stands in its place", sort)


def _name_wall(sort: str) -> PageKind:
    return PageKind("wall", f"{OBSTACLE_PHRASES[sort]} stands in its place", sort)


@cache
def _read_weights() -> Mapping[str, Mapping[str, float]]:
    weights: Mapping[str, Mapping[str, float]] = json.loads(files(__package__).joinpath("page_kinds.json").read_text("utf-8"))
    return weights


def _estimate_page_kinds(features: Mapping[str, float]) -> Mapping[str, float]:
    """Return the probability of each kind that the model knows."""
    sums = {
        kind: weights["bias"] + sum(weights[name] * value for name, value in features.items() if value)
        for kind, weights in _read_weights().items()
    }
    top = max(sums.values())
    powers = {kind: exp(value - top) for kind, value in sums.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
