"""Scores how much an item of a list reads like an article: by its date, headline, teaser and URL."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import count_words
from corpnews.web import url_features
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.scope import Scope

_PRICE_TEXT = re.compile(r"[€$£¥￥₹₽]\s?\d|\d\s?(?:[€£¥￥₹₽元円]|EUR|USD|zł)")
_MAX_PRICE_LENGTH = 20


def suggests_news(item: ListItem, scope: Scope) -> bool:
    """Whether the item's date or URL does."""
    names_news = _is_below(item, scope) or url_features.is_news_url(item.url) or url_features.has_date_in_path(item.url)
    return names_news or item.day is not None or _has_month(item)


def score_item(item: ListItem, scope: Scope, *, is_own: bool) -> float:
    """Score an item by its date, headline, teaser and URL; that of an entry of the newsroom's own list may be any."""
    points = _score_text(item) + (3.0 if _has_month(item) else 1.0 if item.day else 0.0)
    return points + max(1.0 if is_own else -math.inf, _score_url(item.url, is_below=_is_below(item, scope)))


def _is_below(item: ListItem, scope: Scope) -> bool:
    return scope.is_below_section(item.url) and not scope.is_other


def _has_month(item: ListItem) -> bool:
    """Whether the item's date is more than a year."""
    return item.date is not None and item.date.precision != "year"


def _score_text(item: ListItem) -> float:
    """Score headline and teaser; a price counts against an article."""
    length = count_words(item.title or "")
    points = 2.0 if length >= 4 else 1.0 if length >= 2.5 else 0.0 if length > 1 else -1.0
    priced = any(len(piece.text) < _MAX_PRICE_LENGTH and _PRICE_TEXT.search(piece.text) for piece in item.others)
    return points + 0.5 * item.teaser + 0.5 * item.heading - (3.0 if priced else 0.0)


def _score_url(url: str, *, is_below: bool) -> float:
    """Score the URL: its path, and whether it contains a date, slug or id."""
    is_news = url_features.is_news_url(url)
    points = 2.0 if is_below else 1.0 if is_news else 0.0
    made = 1.5 * url_features.has_date_in_path(url) + 1.5 * url_features.has_slug(url)
    points += made or (1.0 if url_features.has_article_id(url) else 0.0)
    if is_below or OTHER_SEGMENTS.isdisjoint(url_features.split_path_without_edition(url)):
        return points
    return points - (2.5 if is_news else 4.0)
