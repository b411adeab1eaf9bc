"""Decides which repeated items of a page are articles: groups of similar items are accepted as a whole, by their scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import count_words
from corpnews.discovery.articles.item_scores import score_item, suggests_news
from corpnews.page.layout import Zone
from corpnews.web import url_features
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from corpnews.discovery.articles.list_items import ListItem, ListPlace
    from corpnews.discovery.scope import Scope

_FRAME_ZONES = Zone.NAV | Zone.HEADER | Zone.FOOTER
_TEASER_ZONES = Zone.ASIDE | Zone.RELATED
# A group is accepted from this mean score of its items; an item of an accepted group from the second one.
_MIN_GROUP_SCORE = 4.0
# A dated list of so many items needs half a point less.
_MIN_LONG_LIST = 10
_MIN_ITEM_SCORE = 2.0
# An undated list is the newsroom's own if it has so many headlines below the newsroom's path.
_MIN_OWN_ENTRIES = 2
_MIN_ENTRY_WORDS = 4
# Groups that score this much less than the best one are teasers for other pages.
_MAX_SCORE_BELOW_BEST = 4.0
# An item of a rejected group is accepted from this score if its URL matches the pattern of accepted articles.
_MIN_STRAY_SCORE = 5.0
# Where other pages have lists of articles, this score suffices: the last page may list a single one.
_MIN_SCORE_AT_KNOWN_PLACE = 1.5
# A list of headlines with this score may be one of articles, although nothing names news.
_MIN_UNCERTAIN_SCORE = 1.5
_MIN_UNCERTAIN_TITLE_UNITS = 3
_MIN_TEASERS = 2
_MIN_ITEMS_OF_SECTION = 2
_MAX_DEPTH_OF_SECTION = 5  # boxes above an item


def is_outside_content(zone: int) -> bool:
    """Whether a box of that zone is of the page's frame; a closed panel of an accordion is hidden, but content."""
    return bool(zone & _FRAME_ZONES) or (bool(zone & Zone.HIDDEN) and not zone & Zone.BODY)


@dataclass(eq=False)
class ItemGroup:
    """Items whose boxes have the same place in the page."""

    scope: Scope
    list_items: list[ListItem]
    is_known: bool = False  # articles were listed at this place on another page

    @cached_property
    def scores(self) -> dict[ListItem, float]:
        return {item: score_item(item, self.scope, is_own=self.is_own_entry(item)) for item in self.list_items}

    @cached_property
    def zone(self) -> int:
        box = self.list_items[0].box
        return (box.parent or box).zone

    @cached_property
    def score(self) -> float:
        """The items' mean score; lower in navigation, higher for many items."""
        mean = sum(self.scores.values()) / len(self.scores)
        count = len({item.key for item in self.list_items})
        mean += 0.5 if count >= 5 else 0.0 if count > 2 else -1.0
        if is_outside_content(self.zone):
            mean -= 2.0
        return mean - (0.5 if self.is_aside else 0.0)

    @cached_property
    def news_share(self) -> float:
        return sum(suggests_news(item, self.scope) for item in self.list_items) / len(self.list_items)

    @cached_property
    def title_units(self) -> float:
        return median(count_words(item.title or "") for item in self.list_items)

    @cached_property
    def is_section(self) -> bool:
        """Whether most items' URLs are below the listing's path."""
        return 2 * sum(self.scope.is_below_section(item.url) for item in self.list_items) > len(self.list_items)

    @cached_property
    def names_events(self) -> bool:
        """Whether most items are events or jobs by their URLs."""
        return 2 * sum(url_features.is_event_url(item.url) for item in self.list_items) > len(self.list_items)

    @cached_property
    def is_blog(self) -> bool:
        """Whether most items are posts of a blog next to the newsroom."""
        return 2 * sum(self.scope.is_other_blog(item.url) for item in self.list_items) > len(self.list_items)

    def is_odd(self, item: ListItem) -> bool:
        """Whether the item is a short label without text among headlines, a post of a blog next to the newsroom, or an event."""
        if self.scope.is_other_blog(item.url) and not self.is_blog:
            return True
        path = url_features.split_path_without_edition(item.url)
        if self.is_section and not self.scope.is_below_section(item.url) and not OTHER_SEGMENTS.isdisjoint(path):
            return True
        has_text = item.teaser and item.heading and not self.is_dated
        short = count_words(item.title or "") * 2 <= min(self.title_units, 6) and not has_text
        return short and item.date is None and not url_features.has_slug(item.url) and not url_features.has_date_in_path(item.url)

    def is_own_entry(self, item: ListItem) -> bool:
        """Whether the item is an entry of the newsroom's own list, wherever on the site it leads.

        If the list has dates it is dated, else it is a headline.
        """
        is_entry = _has_item_date(item) if self.is_dated else count_words(item.title or "") >= _MIN_ENTRY_WORDS
        least = 0 if self.is_known else 1 if self.is_dated else _MIN_OWN_ENTRIES
        return is_entry and self.own_lists[id(item.box.parent)] >= least and not url_features.is_event_url(item.url)

    @cached_property
    def is_dated(self) -> bool:
        return 2 * sum(map(_has_item_date, self.list_items)) > len(self.list_items)

    @cached_property
    def own_lists(self) -> Counter[int]:
        """The ids of the boxes around items whose URLs are below the listing's path, with their number."""
        return Counter(id(item.box.parent) for item in self.list_items if self.scope.is_below_section(item.url))

    def is_teaser_next_to(self, other: ItemGroup) -> bool:
        """Whether these are undated teasers for another section, or blog posts, next to the newsroom's articles in `other`.

        What a sidebar lists next to the page's own list, as the latest posts of the site, are teasers too.
        """
        if self.is_blog and not other.is_blog:
            return True
        is_aside = self.is_aside and not other.is_aside and (other.is_known or len(other.list_items) > 2)
        own = other.is_section and other.is_dated and not self.is_dated
        return (is_aside or own) and not self.own_lists

    @cached_property
    def is_aside(self) -> bool:
        """Whether the list is in a sidebar, or below a heading such as "Latest posts"."""
        return bool(self.zone & _TEASER_ZONES)

    @cached_property
    def url_patterns(self) -> frozenset[tuple[str, ...]]:
        return frozenset(self.scope.url_pattern(item.url) for item in self.list_items)


def _has_item_date(item: ListItem) -> bool:
    return item.date is not None or item.day is not None


def group_similar_items(items: Iterable[ListItem], scope: Scope, known_places: Collection[ListPlace] = ()) -> list[ItemGroup]:
    """Group items by place; at `known_places` other pages of the newsroom list articles."""
    groups: dict[ListPlace, ItemGroup] = {}
    for item in items:
        place = item.place
        if place not in groups:
            groups[place] = ItemGroup(scope, [], item.is_at(known_places))
        groups[place].list_items.append(item)
    return list(groups.values())


def _get_required_score(group: ItemGroup, scope: Scope) -> float:
    """Return the score that a group needs: more if only its wording suggests news."""
    if group.is_known and not group.names_events:
        return _MIN_SCORE_AT_KNOWN_PLACE
    if group.news_share >= 0.3:
        return _MIN_GROUP_SCORE - (0.5 if group.is_dated and len(group.list_items) >= _MIN_LONG_LIST else 0.0)
    in_content = len(group.list_items) > 2 and not is_outside_content(group.zone) and not group.is_aside
    return _MIN_GROUP_SCORE - 0.5 if scope.is_news and in_content else _MIN_GROUP_SCORE + 2.0


def is_article_group(group: ItemGroup, scope: Scope) -> bool:
    return group.score >= _get_required_score(group, scope)


def is_uncertain_group(group: ItemGroup) -> bool:
    """Whether these are headlines in the page's content of which only their pages can tell what they are.

    One of them below the newsroom's section, or two with heading and teaser, are worth a look, wherever on the site they lead.
    """
    if is_outside_content(group.zone) or group.title_units < _MIN_UNCERTAIN_TITLE_UNITS:
        return False
    count = len({item.key for item in group.list_items})
    if count == _MIN_TEASERS:
        return group.title_units >= _MIN_ENTRY_WORDS and all(item.heading and item.teaser for item in group.list_items)
    return count > _MIN_TEASERS and (group.score >= _MIN_UNCERTAIN_SCORE or bool(group.own_lists))


def _split_group(group: ItemGroup, scope: Scope) -> list[ItemGroup]:
    """Return the group, or its separate lists if only some of them are articles."""
    if is_article_group(group, scope):
        return [group]
    lists: dict[int, ItemGroup] = {}
    for item in group.list_items:
        lists.setdefault(id(item.box.parent), ItemGroup(scope, [])).list_items.append(item)
    parts = list(lists.values()) if len(lists) > 1 else []
    return parts if any(len(part.list_items) > 2 and is_article_group(part, scope) for part in parts) else [group]


def _leave_out_section_heads(groups: Sequence[ItemGroup]) -> Iterator[ItemGroup]:
    """Yield the groups without items that are the heading of a section and its "more", next to the section's list."""
    parents = [item.box.parent for group in groups for item in group.list_items if item.box.parent]
    held = Counter(id(box) for parent in parents for box in islice(parent.ancestors(), _MAX_DEPTH_OF_SECTION))
    for group in groups:
        alike = Counter(id(item.box.parent) for item in group.list_items)
        unnamed = () if group.is_known else filter(_is_only_more, group.list_items)
        alone = (item for item in unnamed if alike[id(item.box.parent)] == 1)
        heads = {item for item in alone if held[id(item.box.parent)] > _MIN_ITEMS_OF_SECTION}
        rest = [item for item in group.list_items if item not in heads] if heads else []
        if rest or not heads:
            yield ItemGroup(group.scope, rest) if heads else group


def _is_only_more(item: ListItem) -> bool:
    """Whether nothing but a heading above "more" tells what the item leads to."""
    return not item.teaser and not _has_item_date(item) and all(anchor.is_read_more for anchor in item.anchors)


def select_article_items(groups: Sequence[ItemGroup], scope: Scope) -> list[ListItem]:
    """Return the items of accepted groups, of events only if the best one is, and items elsewhere with URLs of their pattern."""
    groups = [part for group in _leave_out_section_heads(groups) for part in _split_group(group, scope)]
    taken = [group for group in groups if is_article_group(group, scope)]
    best = max(taken, key=lambda group: (not group.is_blog, group.is_known and not group.is_aside, group.score), default=None)
    if best is None:
        return []
    groups = [group for group in groups if best.names_events or not group.names_events]
    taken = [
        group
        for group in groups
        if is_article_group(group, scope)
        and (group.score >= best.score - _MAX_SCORE_BELOW_BEST or group.url_patterns & best.url_patterns)
        and not group.is_teaser_next_to(best)
    ]
    proven = {family for group in taken for family in group.url_patterns if family}
    items = [
        item
        for group in taken
        for item, score in group.scores.items()
        if group.is_own_entry(item) or (score >= _MIN_ITEM_SCORE and not group.is_odd(item))
    ]
    strays = [
        item
        for group in groups
        if group not in taken and not (group.is_aside and group.is_teaser_next_to(best))
        for item, score in group.scores.items()
        if score >= _MIN_STRAY_SCORE
        and scope.url_pattern(item.url) in proven
        and count_words(item.title or "") >= _MIN_ENTRY_WORDS
    ]
    return sorted((*items, *strays), key=lambda item: item.anchors[0].link_ref.index)


def select_other_items(
    groups: Sequence[ItemGroup], scope: Scope, articles: Collection[str], shared_sections: Collection[tuple[str, ...]]
) -> Iterator[ListItem]:
    """Yield the headlines of lists like the newsroom's own that have none of `articles` (keys), and those with similar URLs.

    In the `shared_sections` of the site there are articles of the newsroom.
    """
    others = [group for group in groups if not any(item.key in articles for item in group.list_items)]
    similar = {pattern for group in others if is_article_group(group, scope) for pattern in group.url_patterns}
    for group in others if similar or shared_sections else ():
        for item in group.list_items:
            pattern, is_headline = scope.url_pattern(item.url), count_words(item.title or "") >= _MIN_ENTRY_WORDS
            is_shared = pattern in shared_sections and not is_outside_content(group.zone)
            if is_shared or (is_headline and pattern in similar):
                yield item
