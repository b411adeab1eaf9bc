"""The article links of a listing page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import Anchor, count_words
from corpnews.discovery.articles.between_items import read_dates_between_items, read_titles_between_items
from corpnews.discovery.articles.item_groups import ItemGroup, group_similar_items
from corpnews.discovery.articles.item_texts import read_list_items
from corpnews.discovery.articles.list_items import MAX_SEARCHED_TEXT, LinkTargets, ListItem, build_list_items, find_blocks_inside
from corpnews.discovery.articles.listing_dates import (
    DateStyle,
    parse_date_line,
    parse_period_label,
    pick_most_precise,
    read_periods_above_items,
)
from corpnews.discovery.vocabulary import ALL_LABELS, NEXT_LABELS
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.page.layout import BlockKind
from corpnews.web import url_features, urls
from corpnews.web.languages import LANGUAGE_NAMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.discovery.scope import Scope
    from corpnews.page.layout import Box
    from corpnews.page.page import Page

_MIN_REPEATS = 3
_MIN_LABELLED = 2
_MAX_FILTER_LENGTH = 3  # characters
_MAX_LINK_DENSITY_OF_PROSE = 0.4
_MIN_WORDS_BEFORE_LINK = 3
_MAX_SHARED_LABEL_WORDS = 3


def build_article_links(items: Iterable[ListItem]) -> list[ArticleLink]:
    """Return each article once, in document order."""
    found: dict[str, list[ListItem]] = {}
    for item in items:
        found.setdefault(item.key, []).append(item)
    return [_merge_items(same) for same in found.values()]


def find_item_groups(
    page: Page, scope: Scope, anchors: Sequence[Anchor], known_places: Collection[ListPlace] = ()
) -> list[ItemGroup]:
    """Return the lists of the page that may be of articles; at `known_places` other pages of the newsroom list articles."""
    start_key = urls.article_key(scope.start_url)
    linked = [anchor for anchor in _iter_article_anchors(page, anchors) if anchor.key != start_key]
    return read_item_groups(page, scope, linked, known_places)


def read_item_groups(
    page: Page, scope: Scope, anchors: Sequence[Anchor], known_places: Collection[ListPlace] = ()
) -> list[ItemGroup]:
    """Return the lists of these links, each item with what the page says of it."""
    items = build_list_items(page, anchors, known_places)
    style = DateStyle.from_page(page)
    read_list_items(page, items, style)
    groups = group_similar_items(items, scope, known_places)
    separate = [item for item in items if not item.is_link_only]
    titled = find_blocks_inside(item for item in separate if not item.is_unnamed)
    dated = find_blocks_inside(item for item in separate if item.date)
    for group in groups:
        read_titles_between_items(page, group, titled)
        read_dates_between_items(page, group, style, dated)
    read_periods_above_items(page, items, style)
    return groups


def _iter_article_anchors(page: Page, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the links that may be articles: no listings, no labels of other items, no links in running text."""
    _mark_shared_labels(anchors)
    labels, label_paths = _find_repeated_labels(anchors)
    labels |= urls.find_parent_keys({anchor.key for anchor in anchors if anchor.is_headline})
    labels |= _find_labels_of_items(anchors)
    for anchor in anchors:
        if anchor.key in labels or anchor.path in label_paths or _is_listing_label(anchor):
            continue
        if _is_own_filter(page, anchor.url) or _is_in_sentence(page, anchor):
            continue
        # an id may look like a year: /news/2024 with a headline, with "read more", or as the empty link of a whole card
        is_named = anchor.is_headline or (anchor.is_read_more and not _is_image(anchor))
        if not is_listing_url(anchor.url) or (is_named and url_features.is_period_url(anchor.url)):
            yield anchor


def _is_image(anchor: Anchor) -> bool:
    return not anchor.text and next(anchor.link_ref.element.iter("img"), None) is not None


def _mark_shared_labels(anchors: Sequence[Anchor]) -> None:
    """Mark the links whose short text is the same for several targets of one list: it does not name them."""
    targets: dict[tuple[int, str], set[str]] = {}
    for anchor in anchors:
        if anchor.label and anchor.word_count <= _MAX_SHARED_LABEL_WORDS:
            targets.setdefault((anchor.path, anchor.label), set()).add(anchor.key)
    for anchor in anchors:
        if len(targets.get((anchor.path, anchor.label), ())) >= _MIN_REPEATS:
            anchor.is_read_more = True


def _is_own_filter(page: Page, url: str) -> bool:
    """Whether the URL is the page's own with a short parameter, such as ?type=1, that is no identifier."""
    queries = urls.get_query(url)
    is_short = bool(queries) and max(map(len, queries.values())) <= _MAX_FILTER_LENGTH
    return is_short and not url_features.has_id_parameter(url) and urls.split_path(url) == urls.split_path(page.url)


def _is_in_sentence(page: Page, anchor: Anchor) -> bool:
    """Whether the link stands in running text, after three or more words."""
    block = page.layout.blocks[anchor.link_ref.index] if anchor.link_ref.index < len(page.layout.blocks) else None
    if block is None or block.link_density > _MAX_LINK_DENSITY_OF_PROSE or anchor.is_read_more:
        return False
    if len(block.text) > MAX_SEARCHED_TEXT:
        return True
    before, found, _ = block.text.partition(anchor.find_text(block.text) or anchor.text)
    before = before.rpartition(" | ")[2] if block.kind is BlockKind.TABLE_ROW else before
    return bool(found) and count_words(before) >= _MIN_WORDS_BEFORE_LINK and parse_date_line(before) is None


def _find_repeated_labels(anchors: Sequence[Anchor]) -> tuple[set[str], set[int]]:
    """Return the targets that are linked repeatedly with one short text, and the tag paths where most links are such."""
    texts = Counter((anchor.key, anchor.path, anchor.label) for anchor in anchors if anchor.label and not anchor.is_read_more)
    places = Counter(anchor.path for anchor in anchors)
    copied = _find_copied_lists(anchors)
    repeated = {(key, path) for (key, path, _), count in texts.items() if count >= _MIN_REPEATS and path not in copied}
    labelled = Counter(anchor.path for anchor in anchors if (anchor.key, anchor.path) in repeated)
    return {key for key, _ in repeated}, {path for path, count in labelled.items() if count * 2 > places[path]}


def _find_labels_of_items(anchors: Sequence[Anchor]) -> set[str]:
    """Return the targets of short links of a list and tag path that each stand next to another headline, as topics do."""
    owners = LinkTargets(anchors)
    labels: dict[tuple[Box | None, int], list[tuple[str, str]]] = {}
    for anchor in anchors:
        if not anchor.is_headline and not anchor.is_read_more:
            place = owners.find_list(anchor), anchor.path
            labels.setdefault(place, []).append((anchor.key, owners.find_headline(anchor)))
    found: set[str] = set()
    for same in labels.values():
        headlines = [headline for _, headline in same]
        if all(headlines) and len(set(headlines)) == len(headlines) >= _MIN_LABELLED:
            found.update(key for key, _ in same)
    return found


def _find_copied_lists(anchors: Sequence[Anchor]) -> set[int]:
    """Return the tag paths where most targets are linked equally often: copies of one list in several tabs, not labels.

    Most are more than two thirds, and often is three times or more.
    """
    counts: dict[int, list[int]] = {}
    for (_, path), count in Counter((anchor.key, anchor.path) for anchor in anchors).items():
        counts.setdefault(path, []).append(count)
    usual = {path: Counter(each).most_common(1)[0] for path, each in counts.items() if len(each) > 2}
    return {path for path, (count, share) in usual.items() if count >= _MIN_REPEATS and share * 3 > len(counts[path]) * 2}


def _is_listing_label(anchor: Anchor) -> bool:
    """Whether the link text is a page number, a year, a month, "next", "all" or a language."""
    text = anchor.label
    if (text.isdigit() and len(text) < 5) or parse_period_label(anchor.text):
        return True
    return (text in NEXT_LABELS and not anchor.is_read_more) or text in ALL_LABELS or text in LANGUAGE_NAMES


def is_listing_url(url: str) -> bool:
    """Whether the URL is that of a listing: a label, page number, year or month, or the site's home page."""
    return (
        url_features.is_home_page_url(url)
        or url_features.is_label_url(url)
        or (url_features.has_page_number_in_path(url) and not url_features.has_slug_above(url))
        or (url_features.is_period_url(url) and not url_features.is_day_url(url))
    )


def _merge_items(items: Sequence[ListItem]) -> ArticleLink:
    """Merge all items that link to one article: the longest title, the most precise date."""
    title = max((item.title or "" for item in items), key=len)
    date = pick_most_precise([item.date for item in items if item.date])
    return ArticleLink(items[0].url, title or None, date)
