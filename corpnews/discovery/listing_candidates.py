"""Links of a page that may lead to listings of releases, each with the probability that it does.

A logistic model (`listing_candidates.json`, fitted by tests/benchmarks/fit_candidates.py) weighs what stands for and against a
link: its label, its URL, its place on the page, the links around it. No single feature decides.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import Anchor, iter_anchors
from corpnews.discovery.articles.listing_dates import parse_period_label
from corpnews.discovery.script_links import iter_attribute_urls
from corpnews.discovery.vocabulary import ALL_LABELS, NEWS_LABELS, NEXT_LABELS, PRESS_LABELS, READ_MORE_LABELS
from corpnews.page.layout import ElementRef, Zone
from corpnews.web import url_features, urls
from corpnews.web.languages import LANGUAGE_NAMES
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

_FRAME_ZONES: Final = Zone.HEADER | Zone.FOOTER | Zone.FORM | Zone.SHARE
_MAX_COUNT: Final = 20  # larger numbers of links say no more
_SHORT_LABEL_WORDS: Final = 3.5
_LONG_LABEL_WORDS: Final = 6
_MAX_SMALL_MENU: Final = 8  # links
_COUNT_AT_END = re.compile(r"\s*[(\[（]\d{1,4}[)\]）]\s*$")
_MORE_WORDS: Final = frozenset(("more", "all", "alle", "todas", "todos", "tous", "toutes", "tutti", "tutte"))


@dataclass(frozen=True, slots=True)
class ListingCandidate:
    """A link that may lead to a listing, with the model's probability that it does.

    `place` is a hash of the tags above the link: links of one menu or one kind of button share it. `is_from_frame` says that the
    link is in the site's menus or its URL names something else, and that nothing about it names news.
    """

    url: str
    key: str
    place: int
    probability: float
    page_url: str
    text: str = ""
    is_from_frame: bool = False


@dataclass(slots=True)
class _BoxLinks:
    """The numbers of links in a box: all, those to articles, to the page itself, to other parts of the site, of short label."""

    links: int = 0
    articles: int = 0
    own: int = 0
    other: int = 0
    short: int = 0
    parents: int = 0


def find_listing_candidates(
    page: Page, scope: Scope, articles: Collection[str], *, is_off_section: bool = False
) -> Iterator[ListingCandidate]:
    """Yield the links of a page that may lead to further listings, each target once; `articles` are keys of those that it lists.

    A page is off the section if it is the site's home page, one above the section, or was itself reached by a link of the site's
    menus: what is next to the section on it are the site's other sections, as in the site's header.
    """
    for anchor, features in iter_link_features(page, scope, articles):
        is_in_frame = bool(anchor.box.zone & (_FRAME_ZONES | Zone.NAV))
        is_other_section = features["beside"] and (features["header"] or features["other url"] or is_off_section)
        is_sites_menu = is_other_section or (features["header"] and features["beside top"])
        is_section_menu = features["menu has own"] and not features["menu other"] and not is_sites_menu
        names_news = is_section_menu or any(features[name] for name in ("news label", "below", "language"))
        names_news = names_news or bool(features["beside"] and not is_other_section)
        names_news = names_news or bool(features["news url"] and not features["blog"] and not is_sites_menu)
        is_elsewhere = is_in_frame or is_off_section or bool(features["other url"])
        is_from_frame = is_elsewhere and not names_news
        yield ListingCandidate(
            anchor.url, anchor.key, anchor.path, _get_probability(features), page.url, anchor.text, is_from_frame
        )


def iter_link_features(page: Page, scope: Scope, articles: Collection[str]) -> Iterator[tuple[Anchor, Mapping[str, float]]]:
    """Yield the links of a page that lead to no article, and the model's features of each."""
    anchors = [*iter_anchors(page, scope.contains, with_own=True), *_find_scripted_anchors(page, scope)]
    context = _LinkContext(page, scope, anchors, articles)
    seen = {urls.article_key(page.url)}
    for anchor in anchors:
        if anchor.key not in articles and anchor.key not in seen:
            seen.add(anchor.key)
            yield anchor, context.get_features(anchor)


def _find_scripted_anchors(page: Page, scope: Scope) -> Iterator[Anchor]:
    """Yield the addresses that elements keep for scripts: data-url, hx-get and the like."""
    boxes = {box.element: box for box in page.layout.boxes}
    for element, name, url in iter_attribute_urls(page):
        box = next((boxes[each] for each in (element, *element.iterancestors()) if each in boxes), None)
        if box is not None and scope.contains(url):
            yield Anchor(url, urls.article_key(url), ElementRef(element, box, 0), hash((box.path_hash, element.tag, name)))


class _LinkContext:
    """What surrounds the links of one page."""

    def __init__(self, page: Page, scope: Scope, anchors: Collection[Anchor], articles: Collection[str]) -> None:
        self.scope = scope
        self.articles = articles
        self.path = url_features.split_path_without_edition(page.url)
        self.queries = urls.get_query(page.url)
        self.parents = {key.rpartition("/")[0] for key in articles}
        self.own_steps = {*scope.section, *_find_news_steps(articles)}
        self.own = {urls.article_key(page.url), urls.article_key(scope.start_url)}
        self.boxes: dict[int, _BoxLinks] = {}
        self.is_blog = any(step.startswith("blog") for step in scope.section)
        self.links_by_place = Counter(anchor.path for anchor in anchors)
        self.links_by_target = Counter(anchor.key for anchor in anchors)
        for anchor in anchors:
            self._count(anchor)

    def _count(self, anchor: Anchor) -> None:
        key = anchor.key
        is_article, is_own, is_parent = key in self.articles, key in self.own, key in self.parents
        is_other = self._names_other(url_features.split_path_without_edition(anchor.url))
        is_short = anchor.word_count <= _SHORT_LABEL_WORDS
        for box in anchor.box.ancestors():
            held = self.boxes.setdefault(id(box), _BoxLinks())
            held.links += 1
            held.articles += is_article
            held.own += is_own
            held.other += is_other
            held.parents += is_parent
            held.short += is_short

    def _names_other(self, path: Iterable[str]) -> bool:
        """Whether a step of the path names something else than news, and none of the newsroom's own paths does: /about/news."""
        return any(step in OTHER_SEGMENTS and step not in self.own_steps for step in path)

    def get_features(self, anchor: Anchor) -> Mapping[str, float]:
        """Return the features of a link by name; a feature that is missing is 0."""
        return {**self._get_label_features(anchor), **self._get_url_features(anchor.url), **self._get_place_features(anchor)}

    def _get_label_features(self, anchor: Anchor) -> dict[str, float]:
        label, element = anchor.label, anchor.link_ref.element
        words = label.split()
        period = parse_period_label(_COUNT_AT_END.sub("", anchor.text))
        return {
            "more": _is_more(label),
            "all": label in ALL_LABELS or "all" in words[:2],
            "news label": label in NEWS_LABELS or label in PRESS_LABELS,
            "next": label in NEXT_LABELS,
            "number": label.isdigit() and len(label) < 4,
            "year": len(period) == len("2024"),
            "month": len(period) > len("2024"),
            "language": label in LANGUAGE_NAMES or bool(element.get("hreflang")),
            "no text": not anchor.text,
            "short": anchor.word_count <= _SHORT_LABEL_WORDS,
            "long": anchor.word_count >= _LONG_LABEL_WORDS,
            "attribute": element.get("href") is None,
        }

    def _get_url_features(self, url: str) -> dict[str, float]:
        scope, here = self.scope, self.path
        path, queries = url_features.split_path_without_edition(url), urls.get_query(url)
        section = scope.section
        is_in_section = scope.is_below_section(url)
        return {
            "below": is_in_section,
            "beside": len(path) == len(section) > 1 and path[:-1] == section[:-1],
            "beside top": len(path) == len(section) == 1,
            "same first step": bool(path and here) and path[0] == here[0],
            "same path other query": path == here and bool(queries),
            "own query and more": path == here and queries.items() > self.queries.items(),
            "news url": url_features.is_news_url(url),
            "other url": self._names_other(path) and not is_in_section,
            "blog": not self.is_blog and any(step.startswith("blog") for step in path),
            "paged url": url_features.has_page_number_in_path(url) or any(map(url_features.is_page_parameter, queries)),
            "period url": url_features.is_period_url(url),
            "slug": url_features.has_slug(url),
            "id": url_features.has_article_id(url),
            "home": not path and not queries,
            "start is news": scope.is_news,
        }

    def _get_place_features(self, anchor: Anchor) -> dict[str, float]:
        zone = anchor.box.zone
        held = [self.boxes[id(box)] for box in anchor.box.ancestors()]
        distance, near = next(((up, box) for up, box in enumerate(held) if box.articles), (0, None))
        menu = next((box for box in held if box.links > 1), held[-1])
        return {
            "nav": bool(zone & Zone.NAV),
            "header": bool(zone & Zone.HEADER),
            "aside": bool(zone & (Zone.ASIDE | Zone.RELATED)),
            "near articles": 1 / (1 + distance) if near else 0.0,
            "tight with articles": near.articles / near.links if near else 0.0,
            "with few articles": near is not None and near.articles < len(self.articles),
            "menu has own": menu.own > 0,
            "small menu has own": menu.own > 0 and menu.links <= _MAX_SMALL_MENU and not menu.other,
            "small menu": 1 < menu.links <= _MAX_SMALL_MENU and not menu.other,
            "menu has parent": menu.parents > 0,
            "menu other": menu.other / menu.links,
            "menu short": menu.short / menu.links,
            "repeated place": min(self.links_by_place[anchor.path], _MAX_COUNT) / _MAX_COUNT,
            "parent of articles": anchor.key in self.parents,
            "more near articles": (1 / (1 + distance) if near and _is_more(anchor.label) else 0.0),
            "linked again": self.links_by_target[anchor.key] > 1,
            "no articles here": not self.articles,
            "few articles here": len(self.articles) < 6,
        }


def _find_news_steps(articles: Iterable[str]) -> frozenset[str]:
    """Return the steps that all articles' paths share, if one of them names news."""
    paths = [frozenset(url_features.split_path_without_edition(f"http://{key}")) for key in articles]
    shared = frozenset.intersection(*paths) if len(paths) > 1 else frozenset()
    return shared if url_features.has_news_segment(tuple(shared)) else frozenset()


def _is_more(label: str) -> bool:
    """Return whether a label promises more of a list: "View more +", "Show all", "Alle anzeigen"."""
    return label in READ_MORE_LABELS or label in ALL_LABELS or not _MORE_WORDS.isdisjoint(label.split()[:3])


@cache
def _read_weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads(files("corpnews.discovery").joinpath("listing_candidates.json").read_text("utf-8"))
    return weights


def _get_probability(features: Mapping[str, float]) -> float:
    weights = _read_weights()
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + exp(-total))
