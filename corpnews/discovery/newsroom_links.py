"""Finds a company's newsroom from its home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import MAX_LINK_LABEL_LENGTH, read_link_text
from corpnews.discovery.vocabulary import NEWS_LABELS, PRESS_LABELS
from corpnews.web import url_features, urls
from corpnews.web.text import normalize_label
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

_MAX_NEWSROOM_LINKS: Final = 5


def find_newsroom_links(page: Page, scope: Scope) -> list[str]:
    """Return up to five pages of the company's site that may be its newsroom, the most likely first."""
    scores: dict[str, float] = {}
    spelling: dict[str, str] = {}
    for mark in page.layout.links:
        url = page.resolve_url(mark.element.get("href"))
        if url is None or not scope.is_on_company_site(url) or urls.is_asset_url(url) or url_features.has_slug(url):
            continue
        score = _score_newsroom_link(url, read_link_text(mark.element))
        key = urls.article_key(url)
        if score > 0 and key != urls.article_key(page.url):
            scores[key] = max(scores.get(key, 0), score)
            spelling.setdefault(key, url)
    best = sorted(scores, key=lambda key: -scores[key])
    return [spelling[key] for key in best[:_MAX_NEWSROOM_LINKS]]


def _score_newsroom_link(url: str, text: str) -> float:
    """Score a link by its text and URL; 0 if neither names news."""
    label = normalize_label(text) if len(text) <= MAX_LINK_LABEL_LENGTH else ""
    said = 4.0 if label in PRESS_LABELS else 3.0 if label in NEWS_LABELS else 0.0
    path = url_features.split_path_without_edition(url)
    if not said and not (path and url_features.has_news_segment(path[-1:])):
        return 0.0
    named = 1.5 if url_features.has_news_segment(path) else 0.0
    other = 2.0 if not OTHER_SEGMENTS.isdisjoint(path) and not url_features.has_news_segment(path[-1:]) else 0.0
    return said + named - other - 0.25 * len(path)
