"""What a list item says of its article: title, date, day and teaser."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from corpnews.discovery.anchors import Anchor, count_words
from corpnews.discovery.articles.list_items import MAX_CARD_PARTS, MAX_SEARCHED_TEXT, ListItem, TextPiece
from corpnews.discovery.articles.listing_dates import DAY_WITHOUT_YEAR, HAS_DIGIT, DateStyle, parse_date_line, pick_most_precise
from corpnews.discovery.vocabulary import READ_MORE_LABELS
from corpnews.extraction.dates import FoundDate, find_dates
from corpnews.page.elements import iter_first_inside
from corpnews.page.layout import Block, BlockKind, Zone
from corpnews.web.text import normalize_label, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.page.page import Page

_MAX_DATE_TILE_LENGTH = 24
_MAX_LINK_TITLE_LENGTH = 160
_MIN_TITLE_WORDS = 3
_MIN_TEASER_WORDS = 10
_MIN_LINK_DENSITY_OF_LINK = 0.8  # of a block that is a link


def read_list_items(page: Page, items: Iterable[ListItem], style: DateStyle) -> None:
    """Set title, date, day, heading and teaser of the items from their texts."""
    has_times = next(page.root.iter("time"), None) is not None
    for item in items:
        pieces = [piece for piece in _iter_item_pieces(page, item) if piece.text]
        _read_item_title(item, pieces)
        item.heading = any(piece.level for piece in pieces)
        item.others = [piece for piece in pieces if piece.text != item.title]
        item.teaser = any(not piece.linked and count_words(piece.text) >= _MIN_TEASER_WORDS for piece in item.others)
        item.date = None if _is_comment(item) else _find_item_date(item, style, has_times=has_times)
        item.day = next(
            (piece.text for piece in item.others if len(piece.text) < 14 and DAY_WITHOUT_YEAR.match(piece.text)), None
        )


def _iter_link_pieces(anchor: Anchor, level: int) -> Iterator[TextPiece]:
    """Yield the link's text; a date in an element of its own is a separate piece."""
    if not len(anchor.link_ref.element):
        yield TextPiece(anchor.text, linked=True, level=level)
        return
    strings = [text for text in map(normalize_space, islice(anchor.link_ref.element.itertext(), MAX_CARD_PARTS)) if text]
    dates = [text for text in strings if len(text) < 40 and parse_date_line(text) is not None and count_words(text) < 6]
    rest = [text for text in strings if text not in dates]
    yield from (TextPiece(text) for text in dates if rest)
    title = " ".join(rest) if dates and rest else anchor.text
    if len(title) > _MAX_LINK_TITLE_LENGTH:
        title = next((text for text in rest if count_words(text) >= 3), title)
    yield TextPiece(title, linked=True, level=level)


def _get_spaced_text(block: Block) -> str:
    """Return the block's text; in a short block (a date tile) inline elements that touch are separated by spaces."""
    box = block.box
    if len(block.text) > _MAX_DATE_TILE_LENGTH or not len(box.element) or box.chars > len(block.text):
        return block.text
    texts, length = [], 0
    for text in box.element.itertext():
        texts.append(text)
        length += len(text.strip())
        if length > 2 * len(block.text):  # the element holds text that is not the page's, too
            return block.text
    spaced = normalize_space(" ".join(texts))
    return spaced if spaced.replace(" ", "") == block.text.replace(" ", "") else block.text


def _iter_item_pieces(page: Page, item: ListItem) -> Iterator[TextPiece]:
    """Yield the item's text in pieces: its link texts and the texts around them. Items may hold many others, which may too."""
    own_boxes = {anchor.box for anchor in item.anchors if anchor.is_box}
    linked: dict[int, list[Anchor]] = {}
    for anchor in item.anchors:
        if anchor.text:
            linked.setdefault(anchor.link_ref.index, []).append(anchor)
    blocks, end = page.layout.blocks, min(item.last + 1, len(page.layout.blocks))  # a link without text may be at the page's end
    start = range(item.first, min(end, item.first + MAX_CARD_PARTS))
    for block in (blocks[index] for index in sorted({*start, *linked}) if index < end):
        here = linked.get(block.index, [])
        level = block.level if block.kind is BlockKind.HEADING else 0
        rest = block.text if here else _get_spaced_text(block)
        is_shared = item.is_link_only and here and block.links > len(here) and not any(block.text in each.text for each in here)
        for anchor in here:
            if text := anchor.text if is_shared and len(rest) > MAX_SEARCHED_TEXT else anchor.find_text(rest):
                rest = rest.replace(text, " ", 1) if not is_shared else rest
                yield from _iter_link_pieces(anchor, level)
        if is_shared:
            continue  # the rest belongs to other items
        for cell in rest.split(" | ") if block.kind is BlockKind.TABLE_ROW else (rest,):
            text = normalize_space(cell).strip(" |·•-–—")
            if any(map(str.isalnum, text)):
                is_link = block.link_density > _MIN_LINK_DENSITY_OF_LINK
                # all blocks of an item that is only its link are inside the link
                is_elsewhere = is_link and not (here or item.is_link_only) and own_boxes.isdisjoint(block.box.ancestors())
                for part in _split_after_bold(block, text) if block.kind is BlockKind.TABLE_ROW else (text,):
                    yield TextPiece(part, linked=bool(own_boxes) or is_link, level=level, leads_elsewhere=is_elsewhere)


def _split_after_bold(row: Block, cell: str) -> Iterator[str]:
    """Yield the text of a table cell in two if it begins with the row's first bold text: the headline above a teaser."""
    bold = next((each for tag in ("b", "strong") for each in iter_first_inside(row.box.element, tag)), None)
    headline = "" if bold is None else normalize_space("".join(bold.itertext()))
    if count_words(headline) >= _MIN_TITLE_WORDS and cell.startswith(f"{headline} "):
        yield headline
        cell = cell.removeprefix(f"{headline} ")
    yield cell


def _is_comment(item: ListItem) -> bool:
    """Return whether the item is one of the latest comments on the site, whose links lead to a place on an article's page."""
    return bool(item.box.zone & Zone.COMMENT) and all("#" in (each.link_ref.element.get("href") or "") for each in item.anchors)


def _read_item_title(item: ListItem, pieces: Sequence[TextPiece]) -> None:
    """Set the title: the heading, else the link text, else an image's text; a `title` attribute completes a cut one.

    If no link names the article, its title is the first other text that could.
    """
    unnamed = {anchor.text for anchor in item.anchors if anchor.is_read_more}
    dates: list[TextPiece] = []
    texts: list[TextPiece] = []
    for piece in pieces:
        is_date = parse_date_line(piece.text) is not None and count_words(piece.text) <= 5
        (dates if is_date else texts).append(piece)
    own = (piece for piece in texts if piece.linked and not piece.leads_elsewhere)
    links = [piece for piece in own if piece.text not in unnamed and not _is_read_more_text(piece.text)]
    headings = _find_headings(texts, links)
    named = [piece.text for piece in (*headings, *links)]
    around = () if links else [piece.text for piece in texts if piece.text not in unnamed]
    choice = next((text for text in (*named, *around) if count_words(text) >= 3), None)
    dated = [piece.text for piece in dates if piece.linked and count_words(piece.text) > 3]
    item.title = choice or max(named or dated or _find_image_alts(item), key=count_words, default=None)
    cut = (item.title or "").rstrip(".… ")
    for anchor in item.anchors:
        full = normalize_space(anchor.link_ref.element.get("title") or "")
        if full and full.startswith(cut) and (cut != item.title or not cut) and not _is_read_more_text(full):
            item.title = full


def _find_headings(texts: Sequence[TextPiece], links: Sequence[TextPiece]) -> list[TextPiece]:
    """Return the headings, the highest first; below a link that names the article and its text's start they are the text's."""
    headings = sorted((piece for piece in texts if piece.level), key=lambda piece: piece.level)
    if headings and links:
        above = list(takewhile(lambda piece: piece.linked or count_words(piece.text) < _MIN_TEASER_WORDS, texts))
        if any(piece in above and count_words(piece.text) >= _MIN_TITLE_WORDS for piece in links):
            return [piece for piece in headings if piece in above]
    return headings


def _is_read_more_text(text: str) -> bool:
    return normalize_label(text) in READ_MORE_LABELS


def _find_image_alts(item: ListItem) -> list[str]:
    images = (image for anchor in item.anchors for image in iter_first_inside(anchor.link_ref.element, "img"))
    alts = (normalize_space(alt) for image in images if (alt := image.get("alt")))
    return [alt for alt in alts if alt]


def _find_item_date(item: ListItem, style: DateStyle, *, has_times: bool) -> FoundDate | None:
    """Return the most precise date of a line, else of a `time` element, else of any element, else of several short pieces."""
    found = [date for piece in item.others if (date := parse_date_line(piece.text, style))]
    if not found and has_times and not item.is_link_only:
        times = iter_first_inside(item.box.element, "time")
        found = [date for time in times for date in find_dates(time.get("datetime") or "")]
    if not found and not item.is_link_only:
        texts = islice(item.box.element.itertext(), MAX_CARD_PARTS)
        strings = (normalize_space(text) for text in texts if HAS_DIGIT.search(text))
        found = [date for text in strings if (date := parse_date_line(text, style)) and count_words(text) < 6][:1]
    if not found and len(item.others) > 1:
        tile = parse_date_line(
            " ".join(piece.text for piece in item.others if len(piece.text) < _MAX_DATE_TILE_LENGTH // 2), style
        )
        found = [tile] if tile else []
    return pick_most_precise(found)
