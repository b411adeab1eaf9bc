"""What a page is made of to a reader: blocks of text in boxes, with the links and pictures between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement


def text_key(text: str) -> int:
    """A 64-bit hash of the text, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class Kind:
    """What a block is to a reader (an Enum's members are too slow to come by for a walk)."""

    PARAGRAPH: Final = "paragraph"
    HEADING: Final = "heading"
    LIST_ITEM: Final = "list item"
    TABLE_ROW: Final = "table row"
    QUOTE: Final = "quote"
    CODE: Final = "code"
    CAPTION: Final = "caption"


class Zone:
    """What a box says of its contents by tag, role, class and id: bits of an int (enum.Flag is too slow for a walk)."""

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

    `place` names the path of tags and classes down to the box; boxes of one template have the same place on each page.
    `hint` is what the element itself says, `zone` that and what its ancestors say.
    `chars` counts the text inside, `link_chars` the part of it that stands in links.
    """

    element: HtmlElement
    tag: str
    parent: Box | None
    place: int
    depth: int
    kind: str
    level: int = 0
    hint: int = Zone.NONE
    zone: int = Zone.NONE
    chars: int = 0
    link_chars: int = 0

    def ancestors(self) -> Iterator[Box]:
        """The box itself, its parent, and so on up to the root."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class Style(NamedTuple):
    """How a piece of text is set: bold, or as a link to `href` (as the page has it)."""

    bold: bool
    href: str | None


@dataclass(slots=True, eq=False)
class Block:
    """A run of text that a reader sees as one: a paragraph, a heading, a list item, a row of a table.

    `text` has its white space folded. `soft` says that only a single <br> parts it from the block before.
    `link_chars` counts the characters inside links, `links` the links, `bold_chars` the characters set bold.
    `index` is the block's number on the page, in document order. `runs` are the text's pieces as they stand in the page,
    each with its style, where some of them are styled; else it is empty.
    """

    index: int
    text: str
    box: Box
    soft: bool = False
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    runs: tuple[tuple[str, Style | None], ...] = ()
    _key: int | None = None

    @property
    def key(self) -> int:
        """A hash of the text at its place, 32 bits of each, the same in every process."""
        if self._key is None:
            self._key = self.box.place << 32 | crc32(self.text.encode("utf-8", "replace"))
        return self._key

    @property
    def kind(self) -> str:
        return self.box.kind

    @property
    def level(self) -> int:
        """A heading's rank (1 to 6), a list item's depth (from 1), else 0."""
        return self.box.level

    @property
    def zone(self) -> int:
        return self.box.zone

    @property
    def link_density(self) -> float:
        return self.link_chars / max(1, len(self.text))


@dataclass(slots=True, eq=False)
class Mark:
    """A link, picture or player: its element, the box around it, and the number of the first block after its start.

    A link with text stands inside the block of that number.
    """

    element: HtmlElement
    box: Box
    index: int


@dataclass(slots=True)
class Layout:
    """All of a page, in document order."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    links: list[Mark] = field(default_factory=list)
    images: list[Mark] = field(default_factory=list)
    players: list[Mark] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Region:
    """Where the article stands: the box that holds its body, and the body's blocks in order."""

    box: Box
    blocks: tuple[Block, ...]

    @property
    def first(self) -> int:
        """The number of the body's first block."""
        return self.blocks[0].index

    @property
    def last(self) -> int:
        """The number of the body's last block."""
        return self.blocks[-1].index
