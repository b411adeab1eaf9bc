"""List items: the boxes of a page that each belong to one link target."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from corpnews.discovery.anchors import Anchor, count_words
from corpnews.discovery.articles.listing_dates import parse_date_line
from corpnews.page.layout import Box, NearestBoxes, find_first_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_CONTAINER_TAGS = frozenset(["html", "body", "main", "ul", "ol", "dl", "menu", "table", "tbody", "thead", "form"])
MAX_CARD_PARTS = 40  # text nodes, or blocks
# In a longer block with other links, each link is taken to stand in its text: to look for all of them would be quadratic.
MAX_SEARCHED_TEXT = 10_000
_SEVERAL_TARGETS = "*"
_MIN_TITLE_WORDS = 3

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
    url: str
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
            # a day stands for the headline where the headline is no link
            if anchor.is_headline or ((date := parse_date_line(anchor.text)) and date.precision == "day"):
                _add_target(self.of_headlines, key, box)
            if anchor.is_read_more:
                _add_target(self.of_unnamed, key, box)
        self._named_boxes = NearestBoxes(self.of_headlines.keys() | self.of_unnamed.keys())
        self._lists = NearestBoxes({box for box, key in self.of_headlines.items() if key == _SEVERAL_TARGETS})

    def is_alone(self, anchor: Anchor, box: Box) -> bool:
        """Whether the box contains no link at the same tag path, and no headline, of another target.

        A box with "read more" for several targets is a list: "more" in its head or foot is none of its items.
        """
        is_one_target = self.by_path[anchor.path][box] == self.of_headlines.get(box, anchor.key) == anchor.key
        return is_one_target and (not anchor.is_read_more or self.of_unnamed[box] == anchor.key)

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
        item = items.setdefault((id(box), anchor.key), ListItem(box, anchor.url, anchor.key, [], first, last, flat))
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
    start, *further = blocks[first : first + MAX_CARD_PARTS] or (None,)
    if start and further and further[0].text in text and start.text not in text and not anchor.find_text(start.text):
        first, further = first + 1, further[1:]
    return first, first + sum(1 for _ in takewhile(lambda block: block.text in text, further))
