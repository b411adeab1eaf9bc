"""The layout of a page: its block-level elements (boxes), the texts in them (blocks), and its links, images and players."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from lxml import etree

from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element


# Longer texts are prose, which needs no spaces between its elements.
_MAX_SPACED_LENGTH: Final = 160


_TAGS_OF_SCRIPTS: Final = ("script", "style", "noscript")
# The texts of an element without those of scripts: an advertisement may stand in the line of the date.
_iter_texts: Final = etree.XPath(".//text()[not(parent::script or parent::style or parent::noscript)]", smart_strings=False)


def _join_texts(element: _Element) -> str:
    """Return the texts inside an element with spaces between them; XPath is needed only if it has more than one."""
    inner = element
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
    if len(inner) == 0 and inner.tag not in _TAGS_OF_SCRIPTS:
        return inner.text or ""
    return " ".join(_iter_texts(element))


def hash_text(text: str) -> int:
    """Return a 64-bit hash of the text that is the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class BlockKind:
    """The kinds of blocks. Plain strings: looking up Enum members is too slow for the walk over a page."""

    PARAGRAPH: Final = "paragraph"
    HEADING: Final = "heading"
    LIST_ITEM: Final = "list item"
    TABLE_ROW: Final = "table row"
    QUOTE: Final = "quote"
    CODE: Final = "code"
    CAPTION: Final = "caption"


class Zone:
    """Bits that say what a box contains, by its tag, role, class and id. Plain ints: enum.Flag is too slow for the walk."""

    NONE: Final = 0
    NAV: Final = 1
    HEADER: Final = 2
    FOOTER: Final = 4
    ASIDE: Final = 8
    HIDDEN: Final = 16
    FORM: Final = 32
    SHARE: Final = 64
    RELATED: Final = 128
    COMMENT: Final = 256
    AD: Final = 512
    META: Final = 1024
    BODY: Final = 2048


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element.

    Attributes:
        path_hash: Hash of the path of tags and classes from the root to the box. Pages of one template give a box the same hash.
        depth: Number of boxes around the box.
        level: See Block.level.
        class_names: The element's class attribute, cut at MAX_CLASS_LENGTH.
        own_zone: Zone bits of the element itself.
        zone: Zone bits of the element and of all its ancestors.
        chars: Number of characters of text inside.
        link_chars: Number of these that are inside links.
    """

    element: _Element
    tag: str
    parent: Box | None
    path_hash: int
    depth: int
    kind: str
    level: int = 0
    class_names: str = ""
    own_zone: int = Zone.NONE
    zone: int = Zone.NONE
    chars: int = 0
    link_chars: int = 0

    def ancestors(self) -> Iterator[Box]:
        """Yield the box itself, its parent, and so on up to the root."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent

    def is_inside(self, other: Box) -> bool:
        """Whether `other` is the box itself or one around it."""
        box: Box | None = self
        while box is not None and box.depth > other.depth:
            box = box.parent
        return box is other


class TextStyle(NamedTuple):
    """The style of a piece of text: bold, or a link to `href` (unresolved, as in the page)."""

    bold: bool
    href: str | None


# The style of the pieces that stand for the borders between the cells of a row; to be compared by identity.
CELL_BORDER: Final = TextStyle(bold=False, href=None)


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, a heading, a list item, a row of a table, or another run of text that nothing interrupts.

    Attributes:
        index: Number of the block on the page, in document order.
        text: The text with normalized white space.
        box: The innermost box around the text.
        is_after_line_break: Whether only a single <br> separates the block from the one before.
        link_chars: Number of characters inside links.
        links: Number of links.
        bold_chars: Number of bold characters.
        runs: The pieces of the text as in the page, each with its style; empty if no piece is styled. Those of a table row have
            CELL_BORDER between its columns, also at empty ones.
        kind: The kind of the box.
    """

    index: int
    text: str
    box: Box
    is_after_line_break: bool = False
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    runs: tuple[tuple[str, TextStyle | None], ...] = ()
    kind: str = field(init=False)
    _key: int | None = None
    _spaced_text: str | None = None

    def __post_init__(self) -> None:
        self.kind = self.box.kind  # asked for so often that a property costs more

    @property
    def key(self) -> int:
        """32 bits of the box's path hash and 32 bits of a hash of the text; the same in every process."""
        if self._key is None:
            self._key = self.box.path_hash << 32 | crc32(self.text.encode("utf-8", "replace"))
        return self._key

    @property
    def spaced_text(self) -> str:
        """The text with spaces between its elements: some pages separate "<a>Ann Lee</a><time>May 3</time>" by CSS."""
        if self._spaced_text is None:
            box = self.box
            is_plain = len(box.element) == 0 or box.chars > len(self.text) or box.chars > _MAX_SPACED_LENGTH
            self._spaced_text = self.text if is_plain else normalize_space(_join_texts(box.element))
        return self._spaced_text

    @property
    def level(self) -> int:
        """The rank of a heading (1 to 6), the depth of a list item (from 1), or 0."""
        return self.box.level

    @property
    def zone(self) -> int:
        return self.box.zone

    @property
    def link_density(self) -> float:
        return self.link_chars / max(1, len(self.text))


@dataclass(slots=True, eq=False)
class ElementRef:
    """A link, an image or a player.

    Attributes:
        element: The element.
        box: The innermost box around it.
        index: Index of the first block that ends after the element's start; a link with text is inside this block.
    """

    element: _Element
    box: Box
    index: int


@dataclass(slots=True)
class Layout:
    """The parts of a page, each list in document order; `items` are the boxes' elements that say what they are (microdata)."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    links: list[ElementRef] = field(default_factory=list)
    images: list[ElementRef] = field(default_factory=list)
    players: list[ElementRef] = field(default_factory=list)
    items: list[_Element] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class BodyRegion:
    """The body of an article: the box that contains it, and its blocks in order."""

    box: Box
    blocks: tuple[Block, ...]

    @property
    def first(self) -> int:
        """The index of the body's first block."""
        return self.blocks[0].index

    @property
    def last(self) -> int:
        """The index of the body's last block."""
        return self.blocks[-1].index


class NearestBoxes:
    """Finds the nearest of some boxes around any box of a page; however many are asked for, each box is passed once."""

    def __init__(self, wanted: Iterable[Box]) -> None:
        self._found: dict[Box, Box | None] = {box: box for box in wanted}

    def find(self, box: Box) -> Box | None:
        """Return the box itself or the nearest one around it that is wanted."""
        above: Box | None = box
        passed: list[Box] = []
        while above is not None and above not in self._found:
            passed.append(above)
            above = above.parent
        found = self._found[above] if above else None
        self._found.update(dict.fromkeys(passed, found))
        return found


def find_first_blocks(blocks: Iterable[Block]) -> dict[Box, int]:
    """Return the boxes around the blocks, each with the index of the first block in it; of blocks in reverse order, the last."""
    found: dict[Box, int] = {}
    for block in blocks:
        box: Box | None = block.box
        while box is not None and box not in found:
            found[box] = block.index
            box = box.parent
    return found
