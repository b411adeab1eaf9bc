"""What stands between the items of a list and belongs to them: dates, and the headlines of links that are only "read more"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import count_words
from corpnews.discovery.articles.listing_dates import parse_date_line
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from corpnews.discovery.articles.item_groups import ItemGroup
    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.articles.listing_dates import DateStyle
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.layout import Block
    from corpnews.page.page import Page

# A date further from its headline than this many blocks is another item's.
_MAX_BLOCKS_TO_DATE: Final = 3
_MAX_BLOCKS_TO_TITLE: Final = 6
_MIN_TITLE_WORDS: Final = 3


def read_titles_between_items(page: Page, group: ItemGroup, taken: Collection[int] = ()) -> None:
    """Set the titles of items that are only "read more" from the blocks above each: a heading, else the first with some words.

    `taken` are the indexes of the blocks of items with a title of their own: "more" below a list has none of its texts.
    """
    rows = _sort_items(group.list_items)
    if len(rows) < (1 if group.is_known else 2) or not all(item.is_unnamed for item in rows):
        return
    above = _iter_blocks_above(page, rows, _MAX_BLOCKS_TO_TITLE)
    # texts with links are other items
    gaps = [list(takewhile(lambda block: not block.links and block.index not in taken, blocks)) for blocks in above]
    gaps[0] = gaps[0][: len(gaps[-1])]  # what stands above that is not the first item's
    titles = list(map(_find_title, gaps))
    if all(titles) and len(set(titles)) == len(titles):
        for item, title in zip(rows, titles, strict=True):
            item.title, item.heading = title, True


def _find_title(blocks: Sequence[Block]) -> str | None:
    """Return the heading among the blocks, nearest first, else the farthest text that is no date."""
    named = [block for block in blocks if count_words(block.text) >= _MIN_TITLE_WORDS and parse_date_line(block.text) is None]
    heading = next((block.text for block in named if block.kind is BlockKind.HEADING), None)
    return heading or (named[-1].text if named else None)


def read_dates_between_items(page: Page, group: ItemGroup, style: DateStyle, taken: Collection[int] = ()) -> None:
    """Set the dates of undated items from the blocks between the items, either all from above or all from below.

    `taken` are the indexes of the blocks of items with a date of their own.
    """
    rows = _sort_items(group.list_items)
    if len(rows) < 2 or sum(item.date is not None for item in rows) * 3 > len(rows):
        return
    above = [_find_first_date(gap, style, taken) for gap in _iter_blocks_above(page, rows)]
    below = [_find_first_date(gap, style, taken) for gap in _iter_blocks_below(page, rows)]
    side = above if _are_dates_above(above, below) else below
    for item, found in zip(rows, side, strict=True):
        if found and not item.is_unnamed:
            item.date = item.date or found[1]


def _sort_items(items: Sequence[ListItem]) -> list[ListItem]:
    """Return the items that have text, in document order."""
    return sorted((item for item in items if item.last >= item.first), key=lambda item: item.first)


def _iter_blocks_above(page: Page, rows: Sequence[ListItem], most: int = _MAX_BLOCKS_TO_DATE) -> Iterator[list[Block]]:
    """Yield for each item up to `most` blocks before it in its list, nearest first."""
    last = -1
    for item in rows:
        yield _keep_blocks_in_list(page.layout.blocks[max(last + 1, item.first - most) : item.first][::-1], item)
        last = item.last


def _iter_blocks_below(page: Page, rows: Sequence[ListItem]) -> Iterator[list[Block]]:
    """Yield for each item the blocks after it in its list, nearest first."""
    firsts = [*(item.first for item in rows[1:]), len(page.layout.blocks)]
    for item, first in zip(rows, firsts, strict=True):
        yield _keep_blocks_in_list(page.layout.blocks[item.last + 1 : min(first, item.last + 1 + _MAX_BLOCKS_TO_DATE)], item)


def _keep_blocks_in_list(blocks: Sequence[Block], item: ListItem) -> list[Block]:
    container = item.box if item.is_link_only else item.box.parent
    return [block for block in blocks if container is not None and block.box.is_inside(container)]


def _find_first_date(blocks: Sequence[Block], style: DateStyle, taken: Collection[int]) -> tuple[int, FoundDate] | None:
    """Return the nearest date that no other item has, and its distance in blocks."""
    free = ((away, block.text) for away, block in enumerate(blocks) if block.index not in taken)
    return next(((away, date) for away, text in free if (date := parse_date_line(text, style))), None)


def _are_dates_above(above: Sequence[tuple[int, FoundDate] | None], below: Sequence[tuple[int, FoundDate] | None]) -> bool:
    """Whether the dates stand above their items: more items have one above than below, else they are nearer above."""
    counts = sum(found is not None for found in above), sum(found is not None for found in below)
    if counts[0] != counts[1]:
        return counts[0] > counts[1]
    return sum(found[0] for found in above if found) <= sum(found[0] for found in below if found)
