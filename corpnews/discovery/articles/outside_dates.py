"""Dates outside the list items: `<dt>` before `<dd>`, a line above or below each headline, a year above several items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.discovery.articles.listing_dates import parse_date_line, parse_day_of_year
from corpnews.discovery.vocabulary import YEAR_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.articles.item_groups import ItemGroup
    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.articles.listing_dates import DateStyle
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.layout import Block
    from corpnews.page.page import Page

# A date further from its headline than this many blocks is another item's.
_MAX_BLOCKS_TO_DATE = 3


def read_dates_between_items(page: Page, group: ItemGroup, style: DateStyle) -> None:
    """Set the dates of undated items from the blocks between the items, either all from above or all from below."""
    rows = _sort_items(group.list_items)
    if len(rows) < 2 or sum(item.date is not None for item in rows) * 3 > len(rows):
        return
    above = [_find_first_date(gap, style) for gap in _iter_blocks_above(page, rows)]
    below = [_find_first_date(gap, style) for gap in _iter_blocks_below(page, rows)]
    side = above if _are_dates_above(above, below) else below
    for item, found in zip(rows, side, strict=True):
        item.date = item.date or (found[1] if found else None)


def _sort_items(items: Sequence[ListItem]) -> list[ListItem]:
    """Return the items that have text, in document order."""
    return sorted((item for item in items if item.last >= item.first), key=lambda item: item.first)


def _iter_blocks_above(page: Page, rows: Sequence[ListItem]) -> Iterator[list[Block]]:
    """Yield for each item the blocks before it in its list, nearest first."""
    last = -1
    for item in rows:
        yield _keep_blocks_in_list(page.layout.blocks[max(last + 1, item.first - _MAX_BLOCKS_TO_DATE) : item.first][::-1], item)
        last = item.last


def _iter_blocks_below(page: Page, rows: Sequence[ListItem]) -> Iterator[list[Block]]:
    """Yield for each item the blocks after it in its list, nearest first."""
    firsts = [*(item.first for item in rows[1:]), len(page.layout.blocks)]
    for item, first in zip(rows, firsts, strict=True):
        yield _keep_blocks_in_list(page.layout.blocks[item.last + 1 : min(first, item.last + 1 + _MAX_BLOCKS_TO_DATE)], item)


def _keep_blocks_in_list(blocks: Sequence[Block], item: ListItem) -> list[Block]:
    container = item.box if item.flat else item.box.parent
    return [block for block in blocks if any(box is container for box in block.box.ancestors())]


def _find_first_date(blocks: Sequence[Block], style: DateStyle) -> tuple[int, FoundDate] | None:
    """Return the nearest date and its distance in blocks."""
    return next(((away, date) for away, block in enumerate(blocks) if (date := parse_date_line(block.text, style))), None)


def _are_dates_above(above: Sequence[tuple[int, FoundDate] | None], below: Sequence[tuple[int, FoundDate] | None]) -> bool:
    """Whether the dates stand above their items: more items have one above than below, else they are nearer above."""
    counts = sum(found is not None for found in above), sum(found is not None for found in below)
    if counts[0] != counts[1]:
        return counts[0] > counts[1]
    return sum(found[0] for found in above if found) <= sum(found[0] for found in below if found)


def read_years_above_items(page: Page, items: Iterable[ListItem], style: DateStyle) -> None:
    """Complete days without a year by the nearest year heading above the item."""
    headings = _find_year_headings(page)
    for item in items:
        if item.day and not item.date and (year := next((year for at, year in headings if at < item.first), None)):
            item.date = parse_day_of_year(item.day, year, style)


def _find_year_headings(page: Page) -> list[tuple[int, str]]:
    """Return position and year of blocks that are only a year, last first; years in a row are archive links and left out."""
    found = {block.index: year[1] for block in page.layout.blocks if (year := YEAR_LABEL.match(block.text))}
    return [(at, year) for at, year in reversed(found.items()) if at - 1 not in found and at + 1 not in found]
