"""Which pages are listings: their items are articles, and they say little besides."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.discovery.anchors import iter_anchors
from corpnews.discovery.articles.item_texts import read_list_items
from corpnews.discovery.articles.list_items import build_list_items, find_blocks_inside
from corpnews.discovery.articles.listing_dates import DateStyle, parse_date_line, parse_month_label
from corpnews.discovery.page_classifier.page_features import FRAME_ZONES, PageContent
from corpnews.discovery.page_classifier.page_kind import PageKind
from corpnews.extraction.data_article import find_data_article
from corpnews.page.layout import Zone
from corpnews.web import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.scope import Scope
    from corpnews.page.layout import Block
    from corpnews.page.page import Page

_MIN_LISTED_ARTICLES: Final = 3
_MAX_LISTING_PROSE: Final = 80
_MAX_LABEL_BYTES: Final = 60
_MAX_PROSE_BELOW_LISTING: Final = 200  # as a site's last lines say of the company
_MAX_SIZE_OF_TEASER: Final = 3  # times the usual number of blocks
_MIN_GROUPS_OF_HUB: Final = 2
_RELATED_ZONES: Final = Zone.ASIDE | Zone.RELATED


def find_listing(page: Page, scope: Scope, content: PageContent, items: Sequence[ListItem]) -> PageKind | None:
    """Return that the page is a listing or a hub, if its items are several articles and it says little besides.

    A release may be a line and a PDF between its heading and the list of others, or have its text in the page's data.
    """
    has_body = bool(content.headings) and bool(content.headings[0].zone & Zone.BODY)
    listed = [item for item in items if not item.box.zone & _RELATED_ZONES and (item.box.zone & Zone.BODY or not has_body)]
    number = len({item.key for item in listed})
    if number < _MIN_LISTED_ARTICLES or _has_prose_outside(content, listed):
        return None
    first = min(item.first for item in listed)
    is_line_and_file = content.headings and _has_document(page, scope, content.headings[0].index, first)
    if is_line_and_file or find_data_article(page, min_length=_MAX_LISTING_PROSE):
        return None
    parents = Counter(id(item.box.parent) for item in listed)
    if sum(count >= _MIN_LISTED_ARTICLES - 1 for count in parents.values()) >= _MIN_GROUPS_OF_HUB:
        return PageKind("hub", f"lists {number} articles in several sections and says little else", articles=number)
    return PageKind("listing", f"lists {number} articles and says little else", articles=number)


class KnownItems(NamedTuple):
    """The list items of articles that the run has found, below the heading, and the other blocks from there to the last."""

    items: list[ListItem]
    unlisted: list[Block]


def read_known_items(
    page: Page, scope: Scope, content: PageContent, is_known: Callable[[str], bool], headline: str | None
) -> KnownItems:
    """Read the list items of articles that the run has found; none if one, or headline and text, stand above the heading."""
    own = urls.article_key(page.url)
    if content.headings and _has_text_above(page.layout.blocks[: content.headings[0].index], headline):
        return KnownItems([], [])
    anchors = [anchor for anchor in iter_anchors(page, scope.contains) if anchor.key != own and is_known(anchor.url)]
    items = build_list_items(page, anchors)
    if not items or not content.headings or content.headings[0].index >= min(item.first for item in items):
        return KnownItems([], [])
    between = page.layout.blocks[content.headings[0].index + 1 : max(item.last for item in items)]
    listed = find_blocks_inside(items)
    return KnownItems(items, [block for block in between if block.index not in listed])


def _has_text_above(blocks: Sequence[Block], headline: str | None) -> bool:
    """Whether a sentence follows the headline in these blocks above the page's first heading, which is then that of a list."""
    at = next((block.index for block in blocks if block.text == headline and not block.zone & FRAME_ZONES), None)
    return at is not None and any(_is_sentence(block.text) and not block.zone & FRAME_ZONES for block in blocks[at + 1 :])


def find_known_listing(page: Page, scope: Scope, content: PageContent, known: KnownItems) -> PageKind | None:
    """Return that the page is a listing, if known articles follow its heading without a sentence above them.

    A short release says something before it links to others.
    """
    if not known.items or any(_is_sentence(block.text) for block in known.unlisted):
        return None
    return find_listing(page, scope, content, known.items)


def find_list_of_known(page: Page, content: PageContent, known: KnownItems, *, has_long_headline: bool) -> PageKind | None:
    """Return that the page is a listing, if nothing but known articles with dates and labels follows its heading.

    A release without text of its own has its date, a picture, a video or a file there, or its text in the page's data.
    One or two articles must be dated, below a heading as short as a topic's.
    """
    items, unlisted = known
    if not items or any(item.box.zone & _RELATED_ZONES for item in items) or _has_prose_outside(content, items):
        return None
    first, heading = min(item.first for item in items), content.headings[0]
    if not all(_is_label_of_list(block, first, heading.text) for block in unlisted):
        return None
    if len({item.key for item in items}) < _MIN_LISTED_ARTICLES:
        read_list_items(page, items, DateStyle.from_page(page))
        if has_long_headline or not (unlisted or all(item.date for item in items)):
            return None
    if _has_media_outside(page, heading.index, items) or find_data_article(page, min_length=_MAX_LISTING_PROSE):
        return None
    return PageKind("listing", "lists articles that were found before, and says nothing else")


def _is_label_of_list(block: Block, first: int, heading: str) -> bool:
    """Whether a block next to list items is a date or repeats the page's heading; above the `first` item, a month."""
    text = block.text.replace(heading, "").strip()
    is_above = block.index < first and text == block.text
    return not text or bool(parse_month_label(text) if is_above else parse_date_line(text))


def _has_media_outside(page: Page, heading: int, items: Iterable[ListItem]) -> bool:
    """Whether a picture or player stands below the heading in none of the items."""
    boxes = {item.box for item in items}
    media = (each.box for each in (*page.layout.images, *page.layout.players) if each.index > heading)
    return any(not box.zone & FRAME_ZONES and boxes.isdisjoint(box.ancestors()) for box in media)


def _has_document(page: Page, scope: Scope, first: int, last: int) -> bool:
    return any(first <= anchor.link_ref.index < last for anchor in iter_anchors(page, scope.contains_document))


def _is_sentence(text: str) -> bool:
    """Whether a text is more than a label or a date, in any script."""
    return len(text.encode()) > _MAX_LABEL_BYTES or text.endswith(("。", "！", "？"))


def _has_prose_outside(content: PageContent, items: Sequence[ListItem]) -> bool:
    """Whether the page says much outside the listed items; an item far larger than the others is the page's own article.

    Below a list that follows the heading a site may say more than above it.
    """
    largest = _MAX_SIZE_OF_TEASER * (1 + median(item.last - item.first for item in items))
    listed = find_blocks_inside(item for item in items if item.last - item.first < largest)
    outside = [block for block in content.prose if block.index not in listed]
    first, last = min(item.first for item in items), max(item.last for item in items)
    is_below_heading = bool(content.headings) and content.headings[0].index < first
    below = sum(len(block.text) for block in outside if is_below_heading and block.index > last)
    return sum(len(block.text) for block in outside) - below > _MAX_LISTING_PROSE or below > _MAX_PROSE_BELOW_LISTING
