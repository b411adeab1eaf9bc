"""Building the layout of a page in one walk over its tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from zlib import crc32

from lxml import etree

from corpnews.extraction.blocks import Block, Box, Kind, Layout, Mark, Style, Zone
from corpnews.extraction.text import folded, lines_of_code
from corpnews.extraction.zones import LONGEST_TELLING, TELLING, zone_of, zone_of_names, zone_of_state

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr picture source time svg button input".split()
)
SKIPPED = frozenset(
    "script style template svg object embed select button input textarea option head math canvas map iframe video audio noscript "
    "title datalist".split()
)
# Tags that end a run of text and contain none themselves.
VOID = frozenset("meta link base hr".split())
IN_HEAD = frozenset("meta link base title script style noscript template object".split())
# How the walk treats an element by its tag; a tag that is not in the table makes a box.
BOX, NOTHING, SKIP, STYLING, MARK = -1, 0, 1, 2, 3
PARTS = {
    **dict.fromkeys(INLINE, NOTHING),
    **dict.fromkeys(SKIPPED, SKIP),
    **dict.fromkeys(("a", "b", "strong"), STYLING),
    **dict.fromkeys((*VOID, "br", "img"), MARK),
}
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), Kind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
    "pre": Kind.CODE,
}
GENERIC = frozenset(("p", "div", "section", "center", "article"))
INHERITED = (Kind.LIST_ITEM, Kind.QUOTE, Kind.CAPTION)
# Tags of code listings. Headings and paragraphs inside are prose again: some pages never close their <pre>.
IN_LISTING = frozenset("pre code div table tbody tr td ol li figure".split())
# Class names that syntax highlighters use for their boxes.
LISTING = re.compile(
    r"\b(?:syntaxhighlighter|highlighter|crayon|codehilite|sourceCode|hljs|prettyprint|geshi|enlighter|wp_syntax)\b"
)
PLAIN = (Kind.PARAGRAPH, 0)
BOLD = frozenset(("b", "strong"))
LISTS = frozenset(("ul", "ol", "dl", "menu"))
TELLING_TAGS = frozenset((*KINDS, *LISTS, "table", "tr"))
HAS_DIGIT = re.compile(r"\d")
# Class names of a box that contains more than this share of the page's text outside links are ignored.
MOST_OF_THE_PAGE = 0.5
# Deeper elements count as part of the box at this depth; real pages nest about forty boxes.
DEEPEST = 100
# Longer class attributes are cut: what is read of them is cached.
LONGEST_NAMES = 500


@lru_cache(maxsize=20_000)
def step(tag: str, classes: str) -> tuple[bytes, int, bool]:
    """Return the box's path segment (tag and classes, but not numbered ones: post-1234), its zone, and whether it is code."""
    names = [name for name in classes.split() if not HAS_DIGIT.search(name)] if HAS_DIGIT.search(classes) else classes.split()
    return f"/{tag}.{' '.join(names)}".encode("utf-8", "replace"), zone_of(tag, classes), bool(LISTING.search(classes))


def holds_body(element: HtmlElement, tag: str) -> bool:
    """Return whether the parser put the page's content into its head or into a button because a tag is missing."""
    if tag == "button":
        return next(element.iter("main", "article"), None) is not None
    return tag == "head" and len(element) > 0 and isinstance(element[-1].tag, str) and element[-1].tag not in IN_HEAD


def is_data_table(table: HtmlElement) -> bool:
    """Return whether the rows of a table are lines of data: two or more columns of short cells, no table inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = cells = filled = chars = 0
    for row in table.iter("tr"):
        lengths = [len("".join(cell.itertext()).strip()) for cell in row if cell.tag in ("td", "th")]
        rows += 1
        cells += len(lengths) > 1 and sum(length > 0 for length in lengths) > 1
        filled += sum(length > 0 for length in lengths)
        chars += sum(lengths)
    return rows > 1 and cells * 2 > rows and chars < 150 * filled


class Segmenter:
    """Builds the layout of a tree without comments, as Page parses it; `layout` is complete after `walk`."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.box: Box | None = None
        self.row: HtmlElement | None = None  # the open row of a data table
        self.data_tables: set[HtmlElement] = set()
        self.lists = 0
        self.deeper = 0  # number of open elements below the maximum depth
        self.open_links = 0
        self.open_bold = 0
        self.href: str | None = None
        self.style: Style | None = None  # of the next piece of text
        # the current run of text
        self.pieces: list[str] = []
        self.styles: list[Style | None] = []
        self.link_chars = self.bold_chars = 0
        self.links = 0
        self.breaks = 0
        self.code: list[str] = []  # the texts of the current code listing

    def walk(self, root: HtmlElement) -> Layout:
        pieces = self.pieces
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = cast("str", element.tag)
            part = PARTS.get(tag, BOX)
            if event == "start":
                if part == BOX:
                    self.start_box(element, tag)
                elif part == SKIP and not holds_body(element, tag):
                    walker.skip_subtree()
                    self.skip(element, tag)
                    continue
                elif part:
                    self.start_inline(element, tag)
                text = element.text
            else:
                if part == BOX:
                    self.end_box(element, tag)
                elif part == STYLING:
                    self.end_inline(tag)
                text = element.tail
            if text and (pieces or not text.isspace()):
                self.add(text)
        self.flush()
        self.end_listing()
        settle_zones(self.layout.boxes)
        return self.layout

    def start_inline(self, element: HtmlElement, tag: str) -> None:
        if tag == "a":
            self.open_links += 1
            self.links += 1
            self.href = element.get("href")
            self.mark(self.layout.links, element)
            self.restyle()
        elif tag == "img":
            self.mark(self.layout.images, element)
        elif tag in BOLD:
            self.open_bold += 1
            self.restyle()
        else:
            self.part()
            self.breaks += tag == "br"

    def end_inline(self, tag: str) -> None:
        if tag == "a":
            self.open_links -= 1
        else:
            self.open_bold -= 1
        self.restyle()

    def restyle(self) -> None:
        styled = self.open_links or self.open_bold
        self.style = Style(self.open_bold > 0, self.href if self.open_links else None) if styled else None

    def start_box(self, element: HtmlElement, tag: str) -> None:
        if self.row is not None:
            self.add(" | " if tag in ("td", "th") and self.pieces else " ")
            return
        if self.pieces:
            self.flush()
        self.links = self.open_links
        parent = self.box
        if parent and parent.depth == DEEPEST:
            self.deeper += 1
            return
        attributes = dict(element.items())
        name, hint, is_listing = step(tag, attributes.get("class", "")[:LONGEST_NAMES])
        if "id" in attributes:
            hint |= zone_of_names(attributes["id"][:LONGEST_TELLING])
        kind, level = PLAIN
        if tag in IN_LISTING and (is_listing or (parent is not None and parent.kind == Kind.CODE)):
            kind, hint = Kind.CODE, hint & Zone.BODY
            self.lists += tag in LISTS
        elif tag in TELLING_TAGS or (parent and parent.kind in INHERITED):
            kind, level = self.kind_of(element, tag)
        if attributes and not TELLING.isdisjoint(attributes):
            hint |= zone_of_state(attributes)
        place, depth = (crc32(name, parent.place), parent.depth + 1) if parent else (crc32(name), 0)
        self.box = Box(element, tag, parent, place, depth, kind, level, hint)
        self.layout.boxes.append(self.box)

    def end_box(self, element: HtmlElement, tag: str) -> None:
        if self.row is not None and element is not self.row:
            return
        self.row = None
        if self.pieces:
            self.flush()
        self.links = self.open_links
        if self.deeper:
            self.deeper -= 1
            return
        if tag in LISTS:
            self.lists -= 1
        box = self.box
        if box is not None:
            self.box = around = box.parent
            if around is not None:
                around.chars += box.chars
                around.link_chars += box.link_chars

    def kind_of(self, element: HtmlElement, tag: str) -> tuple[str, int]:
        """Return kind and level of a box whose tag or parent tells them, and remember an opened list, data table or row."""
        if tag == "table" and is_data_table(element):
            self.data_tables.add(element)
        elif tag in LISTS:
            self.lists += 1
        elif tag == "tr" and self.data_tables and any(around in self.data_tables for around in element.iterancestors("table")):
            self.row = element
            return Kind.TABLE_ROW, 0
        kind, parent = KINDS.get(tag), self.box
        if kind is None:
            return (parent.kind, parent.level) if parent and parent.kind in INHERITED and tag in GENERIC else PLAIN
        if kind == Kind.HEADING:
            return kind, int(tag[1])
        return kind, max(1, self.lists) if kind == Kind.LIST_ITEM else 0

    def skip(self, element: HtmlElement, tag: str) -> None:
        """Keep a reference to a skipped element that is a player."""
        if tag in ("iframe", "video", "audio", "embed", "object"):
            self.mark(self.layout.players, element)

    def mark(self, marks: list[Mark], element: HtmlElement) -> None:
        if self.box is not None:
            marks.append(Mark(element, self.box, len(self.layout.blocks)))

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.styles.append(self.style)
        if self.style is not None:
            length = len(text.strip())
            self.link_chars += length if self.open_links else 0
            self.bold_chars += length if self.open_bold else 0

    def part(self) -> None:
        """End the run of text at a line break; a row of a data table and a code listing continue."""
        if self.row is not None:
            self.add(" ")
        elif self.box and self.box.kind == Kind.CODE:
            self.add("\n")
        else:
            self.flush()

    def flush(self) -> None:
        """End the run of text and add it as a block, unless it is blank."""
        box = self.box
        if self.pieces and box is not None:
            if box.kind == Kind.CODE and not self.link_chars:
                self.add_code(lines_of_code("".join(self.pieces)), box)
            elif text := folded("".join(self.pieces)).removesuffix(" |"):
                self.add_block(text, box)
            self.pieces.clear()
            self.styles.clear()
            self.link_chars = self.bold_chars = 0
        self.links = self.open_links

    def add_block(self, text: str, box: Box) -> None:
        self.end_listing()
        blocks, length = self.layout.blocks, len(text)
        soft = self.breaks == 1 and bool(blocks) and blocks[-1].box is box
        runs = tuple(zip(self.pieces, self.styles, strict=True)) if any(self.styles) else ()
        link_chars = min(self.link_chars, length)
        blocks.append(Block(len(blocks), text, box, soft, link_chars, self.links, min(self.bold_chars, length), runs))
        box.chars += length
        box.link_chars += link_chars
        self.breaks = 0

    def add_code(self, text: str, box: Box) -> None:
        """Append to the block of the code listing, unless the text is a column of line numbers."""
        listing = box
        while listing.parent and listing.parent.kind == Kind.CODE:
            listing = listing.parent
        if not text.strip() or (box is not listing and text.replace("\n", "").isdecimal()):
            return
        blocks = self.layout.blocks
        if not blocks or blocks[-1].box is not listing:
            self.end_listing()
            blocks.append(Block(len(blocks), text, listing))
        elif not self.code:
            self.code.append(blocks[-1].text)
        self.code.append(text)
        box.chars += len(text)

    def end_listing(self) -> None:
        if self.code:
            self.layout.blocks[-1].text = "\n".join(self.code)
            self.code.clear()


def settle_zones(boxes: list[Box]) -> None:
    """Set each box's zone from its own bits and its ancestors'; a box with most of the page's text keeps only Zone.BODY."""
    if not boxes:
        return
    most = MOST_OF_THE_PAGE * (boxes[0].chars - boxes[0].link_chars)
    for box in boxes:
        hint, parent = box.hint, box.parent
        if hint and (parent is None or box.tag == "body" or box.chars - box.link_chars > most):
            hint &= Zone.BODY
        box.zone = hint if parent is None else parent.zone | hint


def segment(root: HtmlElement) -> Layout:
    """Return the layout of the tree of a page."""
    return Segmenter().walk(root)
