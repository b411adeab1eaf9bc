"""List items: the boxes of a page that each belong to one link target, with title, date and teaser."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING, TypeAlias

from corpnews.discovery.anchors import Anchor, count_words
from corpnews.discovery.articles.listing_dates import DAY_WITHOUT_YEAR, HAS_DIGIT, DateStyle, parse_date_line, pick_most_precise
from corpnews.discovery.vocabulary import READ_MORE_LABELS
from corpnews.extraction.dates import FoundDate, find_dates
from corpnews.page.elements import iter_first_inside
from corpnews.page.layout import Block, BlockKind, Box, NearestBoxes, Zone, find_first_blocks
from corpnews.web.text import normalize_label, normalize_space

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from corpnews.page.page import Page

_CONTAINER_TAGS = frozenset(["html", "body", "main", "ul", "ol", "dl", "menu", "table", "tbody", "thead", "form"])
_MAX_DATE_TILE_LENGTH = 24
_MAX_LINK_TITLE_LENGTH = 160
_MAX_CARD_PARTS = 40  # text nodes, or blocks
_SEVERAL_TARGETS = "*"
_MIN_TITLE_WORDS = 3
_MIN_TEASER_WORDS = 10
_MIN_LINK_DENSITY_OF_LINK = 0.8  # of a block that is a link

# The path of the box around a list, the tag of its items, and the path of their links if the items are only links.
ListPlace: TypeAlias = tuple[int, str, int]


@dataclass(slots=True, eq=False)
class TextPiece:
    """A part of an item's text; `level` is that of the heading that contains it, else 0.

    `leads_elsewhere` says that it is a link to another page than the item's, such as its topic's.
    """

    text: str
    linked: bool = False
    level: int = 0
    leads_elsewhere: bool = False


@dataclass(eq=False)
class ListItem:
    """A box that belongs to one target, from block `first` to block `last`.

    `is_link_only` says that the box holds other targets too, so that the item is only its link. `day` is a date without a year.
    """

    box: Box
    key: str
    anchors: list[Anchor]
    first: int
    last: int
    is_link_only: bool = False
    title: str | None = None
    date: FoundDate | None = None
    day: str | None = None
    heading: bool = False
    teaser: bool = False
    others: list[TextPiece] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.anchors[0].url

    @property
    def is_unnamed(self) -> bool:
        """Whether the item is "read more" and no headline, as the head of a section is."""
        return all(anchor.is_read_more for anchor in self.anchors) and count_words(self.title or "") < _MIN_TITLE_WORDS

    @property
    def place(self) -> ListPlace:
        """The place of the item's list: items of one list share it, on all pages of a template."""
        parent = self.box.parent
        return (parent.path_hash if parent else 0, self.box.tag, self.anchors[0].path if self.is_link_only else 0)

    @property
    def place_in_fragment(self) -> ListPlace:
        """The place that the item's list has where its items come as a fragment, without the page around them."""
        element = self.anchors[0].link_ref.element if self.is_link_only else self.box.element
        return (0, f"{element.tag!s} {element.get('class') or ''}", 0)

    def is_at(self, places: Collection[ListPlace]) -> bool:
        """Whether the item's list is at one of these places; a single link in it has the list's box for itself."""
        outer = self.box if self.is_link_only else self.box.parent
        is_fragment = outer is None or outer.tag == "body"
        path_hash, tag, _ = self.place
        is_known = self.place in places or (path_hash, tag, self.anchors[0].path) in places
        return is_known or (is_fragment and self.place_in_fragment in places)


class LinkTargets:
    """The target of the links in each box, by tag path, of headlines and of links without a name; or SEVERAL_TARGETS."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self.by_path: dict[int, dict[Box, str]] = {}
        self.of_headlines: dict[Box, str] = {}
        self.of_unnamed: dict[Box, str] = {}
        for anchor in anchors:
            key, box = anchor.key, anchor.box
            _add_target(self.by_path.setdefault(anchor.path, {}), key, box)
            if anchor.is_headline or _is_day(anchor.text):
                _add_target(self.of_headlines, key, box)
            if anchor.is_read_more:
                _add_target(self.of_unnamed, key, box)
        self._named_boxes = NearestBoxes(self.of_headlines.keys() | self.of_unnamed.keys())
        self._lists = NearestBoxes({box for box, key in self.of_headlines.items() if key == _SEVERAL_TARGETS})

    def is_alone(self, anchor: Anchor, box: Box) -> bool:
        """Whether the box contains no link at the same tag path, and no headline, of another target.

        A box with "read more" for several targets is a list: "more" in its head or foot is none of its items.
        """
        others = [self.by_path[anchor.path][box], self.of_headlines.get(box, anchor.key)]
        if anchor.is_read_more:
            others.append(self.of_unnamed[box])
        return all(key == anchor.key for key in others)

    def find_headline(self, anchor: Anchor) -> str:
        """Return the key of the one headline, or of the one link without a name, next to a link; empty if there is none."""
        box = self._named_boxes.find(anchor.box)
        found = (self.of_headlines.get(box) or self.of_unnamed[box]) if box else ""
        return "" if found in (_SEVERAL_TARGETS, anchor.key) else found

    def find_list(self, anchor: Anchor) -> Box | None:
        """Return the smallest box around a link that contains several headlines."""
        return self._lists.find(anchor.box)


def _add_target(targets: dict[Box, str], key: str, box: Box | None) -> None:
    """Add a link's target to the box of the link and those around it, up to one that has it already, or several."""
    while box is not None and (known := targets.get(box)) != key and known != _SEVERAL_TARGETS:
        targets[box] = key if known is None else _SEVERAL_TARGETS
        box = box.parent


def _is_day(text: str) -> bool:
    """Whether a link's text is a day, which stands for the headline where the headline is no link."""
    date = parse_date_line(text)
    return date is not None and date.precision == "day"


def build_list_items(page: Page, anchors: Sequence[Anchor], known_places: Collection[ListPlace] = ()) -> list[ListItem]:
    """Build the page's list items in document order: links of one target that share their widest box make one item.

    At `known_places` other pages of the newsroom list articles: the box of an item there is no wider if it is the only one.
    """
    owners, blocks = LinkTargets(anchors), page.layout.blocks
    firsts, lasts = find_first_blocks(blocks), find_first_blocks(reversed(blocks))
    items: dict[tuple[int, str], ListItem] = {}
    for anchor in anchors:
        box = anchor.box
        flat = not owners.is_alone(anchor, box)
        while not flat and box.parent and box.parent.tag not in _CONTAINER_TAGS and owners.is_alone(anchor, box.parent):
            if any((box.parent.path_hash, box.tag, path) in known_places for path in (0, anchor.path)):
                break
            box = box.parent
        at = anchor.link_ref.index
        first, last = _find_link_blocks(page, anchor) if flat else (firsts.get(box, at), lasts.get(box, at - 1))
        item = items.setdefault((id(box), anchor.key), ListItem(box, anchor.key, [], first, last, flat))
        item.anchors.append(anchor)
        item.first, item.last = min(item.first, first), max(item.last, last)
    return list(items.values())


def find_blocks_inside(items: Iterable[ListItem]) -> set[int]:
    """Return the indexes of the blocks of the items, which may contain one another."""
    inside: set[int] = set()
    last = -1
    for item in sorted(items, key=lambda item: item.first):
        inside.update(range(max(item.first, last + 1), item.last + 1))
        last = max(last, item.last)
    return inside


def _find_link_blocks(page: Page, anchor: Anchor) -> tuple[int, int]:
    """Return the indexes of the first and last block inside a link.

    If the link wraps blocks, the block of its own index may be the text before it.
    """
    blocks, text, first = page.layout.blocks, anchor.text, anchor.link_ref.index
    inside = [block.text in text for block in blocks[first : first + _MAX_CARD_PARTS]]
    if inside[:2] == [False, True] and not anchor.find_text(blocks[first].text):
        first, inside = first + 1, inside[1:]
    further = takewhile(bool, inside[1:])
    return first, first + sum(1 for _ in further)


def _iter_link_pieces(anchor: Anchor, level: int) -> Iterator[TextPiece]:
    """Yield the link's text; a date in an element of its own is a separate piece."""
    if not len(anchor.link_ref.element):
        yield TextPiece(anchor.text, linked=True, level=level)
        return
    strings = [text for text in map(normalize_space, islice(anchor.link_ref.element.itertext(), _MAX_CARD_PARTS)) if text]
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
    start = range(item.first, min(end, item.first + _MAX_CARD_PARTS))
    for block in (blocks[index] for index in sorted({*start, *linked}) if index < end):
        here = linked.get(block.index, [])
        level = block.level if block.kind is BlockKind.HEADING else 0
        rest = block.text if here else _get_spaced_text(block)
        for anchor in here:
            if text := anchor.find_text(rest):
                rest = rest.replace(text, " ", 1)
                yield from _iter_link_pieces(anchor, level)
        if item.is_link_only and here and block.links > len(here) and not any(block.text in anchor.text for anchor in here):
            continue  # the rest belongs to other items
        for cell in rest.split(" | ") if block.kind is BlockKind.TABLE_ROW else (rest,):
            text = normalize_space(cell).strip(" |·•-–—")
            if any(map(str.isalnum, text)):
                is_link = block.link_density > _MIN_LINK_DENSITY_OF_LINK
                # all blocks of an item that is only its link are inside the link
                is_elsewhere = is_link and not (here or item.is_link_only) and own_boxes.isdisjoint(block.box.ancestors())
                yield TextPiece(text, linked=bool(own_boxes) or is_link, level=level, leads_elsewhere=is_elsewhere)


def read_list_items(page: Page, items: Iterable[ListItem], style: DateStyle) -> None:
    """Set title, date, day, heading and teaser of the items from their texts."""
    for item in items:
        pieces = [piece for piece in _iter_item_pieces(page, item) if piece.text]
        _read_item_title(item, pieces)
        item.heading = any(piece.level for piece in pieces)
        item.others = [piece for piece in pieces if piece.text != item.title]
        item.teaser = any(not piece.linked and count_words(piece.text) >= _MIN_TEASER_WORDS for piece in item.others)
        item.date = None if _is_comment(item) else _find_item_date(item, style)
        item.day = next(
            (piece.text for piece in item.others if len(piece.text) < 14 and DAY_WITHOUT_YEAR.match(piece.text)), None
        )


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
        (dates if _is_date_line(piece.text) else texts).append(piece)
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


def _is_date_line(text: str) -> bool:
    return parse_date_line(text) is not None and count_words(text) <= 5


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


def _find_item_date(item: ListItem, style: DateStyle) -> FoundDate | None:
    """Return the most precise date of a line, else of a `time` element, else of any element, else of several short pieces."""
    found = [date for piece in item.others if (date := parse_date_line(piece.text, style))]
    if not found and not item.is_link_only:
        times = iter_first_inside(item.box.element, "time")
        found = [date for time in times for date in find_dates(time.get("datetime") or "")]
    if not found and not item.is_link_only:
        texts = islice(item.box.element.itertext(), _MAX_CARD_PARTS)
        strings = (normalize_space(text) for text in texts if HAS_DIGIT.search(text))
        found = [date for text in strings if (date := parse_date_line(text, style)) and count_words(text) < 6][:1]
    if not found and len(item.others) > 1:
        tile = parse_date_line(
            " ".join(piece.text for piece in item.others if len(piece.text) < _MAX_DATE_TILE_LENGTH // 2), style
        )
        found = [tile] if tile else []
    return pick_most_precise(found)
