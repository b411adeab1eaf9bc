"""Decides which repeated items of a page are articles: each item is scored, groups of similar items are accepted as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from corpnews.discovery import urls
from corpnews.discovery.anchors import units
from corpnews.discovery.words import OTHER_STEPS
from corpnews.extraction.blocks import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.articles.records import Record
    from corpnews.discovery.scope import Scope

CHROME = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.HIDDEN
ASIDE = Zone.ASIDE | Zone.RELATED
# A group is accepted from this mean score of its items; an item of an accepted group from the second one.
GROUP_POINTS = 4.0
ITEM_POINTS = 2.0
# Groups that score this much less than the best one are teasers for other pages.
MARGIN = 4.0
# An item of a rejected group is accepted from this score if its URL matches the pattern of accepted articles.
STRAY_POINTS = 5.0
PRICE = re.compile(r"[€$£¥￥₹₽]\s?\d|\d\s?(?:[€£¥￥₹₽元円]|EUR|USD|zł)")
SHORT_PIECE = 20


@dataclass(slots=True, eq=False)
class Item:
    """A list item with its score; `newsy` says that a date or the URL suggests news."""

    record: Record
    points: float
    newsy: bool


def weigh(record: Record, scope: Scope) -> Item:
    """Score an item by its date, headline, teaser and URL."""
    below = scope.is_below(record.url) and not scope.is_other
    news = below or urls.says_news(record.url)
    dated = record.date is not None and len(record.date.value) > 4
    points = text_points(record) + (3.0 if dated else 1.0 if record.day else 0.0)
    points += address_points(record.url, below=below, news=news)
    return Item(record, points, dated or record.day is not None or news or urls.has_date(record.url))


def text_points(record: Record) -> float:
    """Score headline and teaser; a price counts against an article."""
    length = units(record.title or "")
    points = 2.0 if length >= 4 else 1.0 if length >= 2.5 else 0.0 if length > 1 else -1.0
    priced = any(len(piece.text) < SHORT_PIECE and PRICE.search(piece.text) for piece in record.others)
    return points + 0.5 * record.teaser + 0.5 * record.heading - (3.0 if priced else 0.0)


def address_points(url: str, *, below: bool, news: bool) -> float:
    """Score the URL: its path, and whether it contains a date, slug or id."""
    points = 2.0 if below else 1.0 if news else 0.0
    made = 1.5 * urls.has_date(url) + 1.5 * urls.has_slug(url)
    points += made or (1.0 if urls.has_id(url) else 0.0)
    if below or OTHER_STEPS.isdisjoint(urls.edition_free(url)):
        return points
    return points - (2.5 if news else 4.0)


@dataclass(eq=False)
class Group:
    """Items whose boxes have the same place in the page."""

    scope: Scope
    records: list[Record]

    @cached_property
    def items(self) -> list[Item]:
        return [weigh(record, self.scope) for record in self.records]

    @cached_property
    def zone(self) -> int:
        box = self.records[0].box
        return (box.parent or box).zone

    @cached_property
    def points(self) -> float:
        """The items' mean score; lower in navigation, higher for many items."""
        mean = sum(item.points for item in self.items) / len(self.items)
        count = len({record.key for record in self.records})
        mean += 0.5 if count >= 5 else 0.0 if count > 2 else -1.0
        if self.zone & CHROME:
            mean -= 2.0
        return mean - (0.5 if self.zone & ASIDE else 0.0)

    @cached_property
    def newsy(self) -> float:
        return sum(item.newsy for item in self.items) / len(self.items)

    @cached_property
    def title_units(self) -> float:
        return median(units(record.title or "") for record in self.records)

    @cached_property
    def is_section(self) -> bool:
        """Whether most items' URLs are below the listing's path."""
        return 2 * sum(self.scope.is_below(record.url) for record in self.records) > len(self.records)

    def is_odd(self, item: Item) -> bool:
        """Whether the item is a short label among headlines, an event, or an undated teaser among dated news."""
        record = item.record
        if self.is_section and self.is_dated and not is_dated(record) and id(record.box.parent) not in self.own_lists:
            return True
        if self.is_section and not self.scope.is_below(record.url) and not OTHER_STEPS.isdisjoint(urls.edition_free(record.url)):
            return True
        short = units(record.title or "") * 2 <= min(self.title_units, 6)
        return short and record.date is None and not urls.has_slug(record.url) and not urls.has_date(record.url)

    @cached_property
    def is_dated(self) -> bool:
        """Whether most items have a date."""
        return 2 * sum(map(is_dated, self.records)) > len(self.records)

    @cached_property
    def own_lists(self) -> set[int]:
        """The ids of the boxes around items whose URLs are below the listing's path."""
        return {id(record.box.parent) for record in self.records if self.scope.is_below(record.url)}

    def is_beside(self, other: Group) -> bool:
        """Whether these are undated teasers for another section, next to the newsroom's dated articles in `other`."""
        own = other.is_section and other.is_dated
        return own and not self.is_dated and not self.own_lists

    @cached_property
    def families(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.scope.family(record.url) for record in self.records)


def is_dated(record: Record) -> bool:
    return record.date is not None or record.day is not None


def grouped(records: Iterable[Record], scope: Scope) -> list[Group]:
    """Group items whose boxes have the same place in the page and tag."""
    groups: dict[tuple[int, str, int], Group] = {}
    for record in records:
        parent = record.box.parent
        at = (parent.place if parent else 0, record.box.tag, record.anchors[0].path if record.flat else 0)
        groups.setdefault(at, Group(scope, [])).records.append(record)
    return list(groups.values())


def needed(group: Group, scope: Scope) -> float:
    """Return the score that a group needs: more if only its wording suggests news."""
    if group.newsy >= 0.3:
        return GROUP_POINTS
    in_content = len(group.records) > 2 and not group.zone & (CHROME | ASIDE)
    return GROUP_POINTS - 0.5 if scope.is_news and in_content else GROUP_POINTS + 2.0


def is_enough(group: Group, scope: Scope) -> bool:
    return group.points >= needed(group, scope)


def parted(group: Group, scope: Scope) -> list[Group]:
    """Return the group, or its separate lists if only some of them are articles."""
    if is_enough(group, scope):
        return [group]
    lists: dict[int, Group] = {}
    for record in group.records:
        lists.setdefault(id(record.box.parent), Group(scope, [])).records.append(record)
    parts = list(lists.values())
    return parts if any(len(part.records) > 2 and is_enough(part, scope) for part in parts) else [group]


def article_records(groups: Sequence[Group], scope: Scope) -> list[Record]:
    """Return the items of accepted groups, and items elsewhere whose URLs match the pattern of these."""
    groups = [part for group in groups for part in parted(group, scope)]
    taken = [group for group in groups if is_enough(group, scope)]
    best = max(taken, key=lambda group: group.points, default=None)
    if best is None:
        return []
    near = (group for group in taken if group.points >= best.points - MARGIN or group.families & best.families)
    taken = [group for group in near if not group.is_beside(best)]
    proven = {family for group in taken for family in group.families if family}
    items = [item for group in taken for item in group.items if item.points >= ITEM_POINTS and not group.is_odd(item)]
    others = [item for group in groups if group not in taken for item in group.items]
    strays = [item for item in others if scope.family(item.record.url) in proven and is_stray(item)]
    return sorted((item.record for item in (*items, *strays)), key=lambda record: record.anchors[0].mark.index)


def is_stray(item: Item) -> bool:
    """Whether an item of a rejected group is certainly an article."""
    return item.points >= STRAY_POINTS and units(item.record.title or "") >= 4
