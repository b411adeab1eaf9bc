"""Scores how much an item of a list reads like an article: by its date, headline, teaser and URL."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import count_words
from corpnews.web import url_features
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.scope import Scope

_PRICE_TEXT = re.compile(r"[€$£¥￥₹₽]\s?\d|\d\s?(?:[€£¥￥₹₽元円]|EUR|USD|zł)")
_MAX_PRICE_LENGTH = 20


@dataclass(slots=True, eq=False)
class ScoredItem:
    """A list item with its score; `suggests_news` says that its date or URL does."""

    list_item: ListItem
    score: float
    suggests_news: bool


def score_item(item: ListItem, scope: Scope, *, is_own: bool) -> ScoredItem:
    """Score an item by its date, headline, teaser and URL; that of an entry of the newsroom's own list may be any."""
    below = scope.is_below_section(item.url) and not scope.is_other
    news = below or url_features.is_news_url(item.url)
    dated = item.date is not None and len(item.date.value) > 4
    points = _score_text(item) + (3.0 if dated else 1.0 if item.day else 0.0)
    points += max(1.0 if is_own else -math.inf, _score_url(item.url, below=below, news=news))
    return ScoredItem(item, points, dated or item.day is not None or news or url_features.has_date_in_path(item.url))


def _score_text(item: ListItem) -> float:
    """Score headline and teaser; a price counts against an article."""
    length = count_words(item.title or "")
    points = 2.0 if length >= 4 else 1.0 if length >= 2.5 else 0.0 if length > 1 else -1.0
    priced = any(len(piece.text) < _MAX_PRICE_LENGTH and _PRICE_TEXT.search(piece.text) for piece in item.others)
    return points + 0.5 * item.teaser + 0.5 * item.heading - (3.0 if priced else 0.0)


def _score_url(url: str, *, below: bool, news: bool) -> float:
    """Score the URL: its path, and whether it contains a date, slug or id."""
    points = 2.0 if below else 1.0 if news else 0.0
    made = 1.5 * url_features.has_date_in_path(url) + 1.5 * url_features.has_slug(url)
    points += made or (1.0 if url_features.has_article_id(url) else 0.0)
    if below or OTHER_SEGMENTS.isdisjoint(url_features.split_path_without_edition(url)):
        return points
    return points - (2.5 if news else 4.0)
