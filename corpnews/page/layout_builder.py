"""Building the layout of a page in one walk over its tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from zlib import crc32

from lxml import etree

from corpnews.page.layout import Block, BlockKind, Box, ElementRef, Layout, TextStyle, Zone
from corpnews.page.zones import MAX_NAMES_LENGTH, STATE_ATTRIBUTES, get_zone_of_names, get_zone_of_state, get_zone_of_tag
from corpnews.web.text import normalize_code, normalize_space

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr picture source time svg button input".split()
)
SKIPPED_TAGS = frozenset(
    "script style template svg object embed select button input textarea option head math canvas map iframe video audio noscript "
    "title datalist".split()
)
_PLAYER_TAGS = frozenset(("iframe", "video", "audio", "embed", "object"))
# Tags that end a run of text and contain none themselves.
_VOID_TAGS = frozenset("meta link base hr".split())
_HEAD_TAGS = frozenset("meta link base title script style noscript template object".split())
# How the walk treats an element by its tag; a tag that is not in the table makes a box.
_AS_BOX, _AS_TEXT, _AS_SKIPPED, _AS_STYLE, _AS_MARKER = -1, 0, 1, 2, 3
_ROLE_BY_TAG = {
    **dict.fromkeys(_INLINE_TAGS, _AS_TEXT),
    **dict.fromkeys(SKIPPED_TAGS, _AS_SKIPPED),
    **dict.fromkeys(("a", "b", "strong"), _AS_STYLE),
    **dict.fromkeys((*_VOID_TAGS, "br", "img"), _AS_MARKER),
}
_KIND_BY_TAG = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_GENERIC_TAGS = frozenset(("p", "div", "section", "center", "article"))
_INHERITED_KINDS = (BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION)
# Tags of code listings. Headings and paragraphs inside are prose again: some pages never close their <pre>.
_CODE_TAGS = frozenset("pre code div table tbody tr td ol li figure".split())
# Class names that syntax highlighters use for their boxes.
_CODE_CLASS = re.compile(
    r"\b(?:syntaxhighlighter|highlighter|crayon|codehilite|sourceCode|hljs|prettyprint|geshi|enlighter|wp_syntax)\b"
)
_PLAIN_KIND = (BlockKind.PARAGRAPH, 0)
_BOLD_TAGS = frozenset(("b", "strong"))
_LIST_BOX_TAGS = frozenset(("ul", "ol", "dl", "menu"))
_TAGS_WITH_KIND = frozenset((*_KIND_BY_TAG, *_LIST_BOX_TAGS, "table", "tr"))
_HAS_DIGIT = re.compile(r"\d")
# Class names of a box that contains more than this share of the page's text outside links are ignored.
_MAX_ZONE_SHARE = 0.5
# Deeper elements count as part of the box at this depth; real pages nest about forty boxes.
_MAX_BOX_DEPTH = 100
# Longer class attributes are cut: what is read of them is cached.
_MAX_CLASS_LENGTH = 500


@lru_cache(maxsize=20_000)
def _describe_box(tag: str, classes: str) -> tuple[bytes, int, bool]:
    """Return the box's path segment (tag and classes, but not numbered ones: post-1234), its zone, and whether it is code."""
    names = [name for name in classes.split() if not _HAS_DIGIT.search(name)]
    segment = f"/{tag}.{' '.join(names)}".encode("utf-8", "replace")
    return segment, get_zone_of_tag(tag, classes), bool(_CODE_CLASS.search(classes))


def contains_page_body(element: HtmlElement, tag: str) -> bool:
    """Return whether the parser put the page's content into its head or into a button because a tag is missing."""
    if tag == "button":
        return next(element.iter("main", "article"), None) is not None
    return tag == "head" and len(element) > 0 and isinstance(element[-1].tag, str) and element[-1].tag not in _HEAD_TAGS


def _is_data_table(table: HtmlElement) -> bool:
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


class LayoutBuilder:
    """Builds the layout of the tree of a page, which is without comments, in one walk."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.box: Box | None = None
        self.row: HtmlElement | None = None  # the open row of a data table
        self.data_tables: set[HtmlElement] = set()
        self.list_depth = 0
        self.levels_too_deep = 0  # number of open elements below the maximum depth
        self.open_links = 0
        self.open_bold = 0
        self.href: str | None = None
        self.style: TextStyle | None = None  # of the next piece of text
        # the current run of text
        self.pieces: list[str] = []
        self.styles: list[TextStyle | None] = []
        self.link_chars = self.bold_chars = 0
        self.links = 0
        self.breaks = 0
        self.code: list[str] = []  # the texts of the current code listing

    def build(self, root: HtmlElement) -> Layout:
        pieces = self.pieces
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = cast("str", element.tag)
            role = _ROLE_BY_TAG.get(tag, _AS_BOX)
            if event == "start":
                if role == _AS_BOX:
                    self.start_box(element, tag)
                elif role == _AS_SKIPPED and not contains_page_body(element, tag):
                    walker.skip_subtree()
                    if tag in _PLAYER_TAGS:
                        self.add_reference(self.layout.players, element)
                    continue
                elif role:
                    self.start_inline(element, tag)
                text = element.text
            else:
                if role == _AS_BOX:
                    self.end_box(element, tag)
                elif role == _AS_STYLE:
                    self.end_inline(tag)
                text = element.tail
            if text and (pieces or not text.isspace()):
                self.add_text(text)
        self.flush()
        self.end_listing()
        _inherit_zones(self.layout.boxes)
        return self.layout

    def start_inline(self, element: HtmlElement, tag: str) -> None:
        if tag == "a":
            self.open_links += 1
            self.links += 1
            self.href = element.get("href")
            self.add_reference(self.layout.links, element)
            self.update_style()
        elif tag == "img":
            self.add_reference(self.layout.images, element)
        elif tag in _BOLD_TAGS:
            self.open_bold += 1
            self.update_style()
        else:
            self.break_line()
            self.breaks += tag == "br"

    def end_inline(self, tag: str) -> None:
        self.open_links -= tag == "a"
        self.open_bold -= tag != "a"
        self.update_style()

    def update_style(self) -> None:
        is_styled = self.open_links or self.open_bold
        self.style = TextStyle(self.open_bold > 0, self.href if self.open_links else None) if is_styled else None

    def start_box(self, element: HtmlElement, tag: str) -> None:
        if self.row is not None:
            self.add_text(" | " if tag in ("td", "th") and self.pieces else " ")
            return
        if self.pieces:
            self.flush()
        self.links = self.open_links
        parent = self.box
        if parent and parent.depth == _MAX_BOX_DEPTH:
            self.levels_too_deep += 1
            return
        attributes = dict(element.items())
        segment, zone, is_code = _describe_box(tag, attributes.get("class", "")[:_MAX_CLASS_LENGTH])
        if "id" in attributes:
            zone |= get_zone_of_names(attributes["id"][:MAX_NAMES_LENGTH])
        kind, level = _PLAIN_KIND
        if tag in _CODE_TAGS and (is_code or (parent is not None and parent.kind == BlockKind.CODE)):
            kind, zone = BlockKind.CODE, zone & Zone.BODY
            self.list_depth += tag in _LIST_BOX_TAGS
        elif tag in _TAGS_WITH_KIND or (parent and parent.kind in _INHERITED_KINDS):
            kind, level = self.classify_box(element, tag)
        if attributes and not STATE_ATTRIBUTES.isdisjoint(attributes):
            zone |= get_zone_of_state(attributes)
        path_hash, depth = (crc32(segment, parent.path_hash), parent.depth + 1) if parent else (crc32(segment), 0)
        self.box = Box(element, tag, parent, path_hash, depth, kind, level, zone)
        self.layout.boxes.append(self.box)

    def end_box(self, element: HtmlElement, tag: str) -> None:
        if self.row is not None and element is not self.row:
            return
        self.row = None
        if self.pieces:
            self.flush()
        self.links = self.open_links
        if self.levels_too_deep:
            self.levels_too_deep -= 1
            return
        if tag in _LIST_BOX_TAGS:
            self.list_depth -= 1
        box = self.box
        if box is not None:
            self.box = parent = box.parent
            if parent is not None:
                parent.chars += box.chars
                parent.link_chars += box.link_chars

    def classify_box(self, element: HtmlElement, tag: str) -> tuple[str, int]:
        """Return kind and level of a box whose tag or parent tells them, and remember an opened list, data table or row."""
        if tag == "table" and _is_data_table(element):
            self.data_tables.add(element)
        elif tag in _LIST_BOX_TAGS:
            self.list_depth += 1
        elif tag == "tr" and self.data_tables and not self.data_tables.isdisjoint(element.iterancestors("table")):
            self.row = element
            return BlockKind.TABLE_ROW, 0
        kind, parent = _KIND_BY_TAG.get(tag), self.box
        if kind is None:
            inherits = parent and parent.kind in _INHERITED_KINDS and tag in _GENERIC_TAGS
            return (parent.kind, parent.level) if parent and inherits else _PLAIN_KIND
        if kind == BlockKind.HEADING:
            return kind, int(tag[1])
        return kind, max(1, self.list_depth) if kind == BlockKind.LIST_ITEM else 0

    def add_reference(self, references: list[ElementRef], element: HtmlElement) -> None:
        if self.box is not None:
            references.append(ElementRef(element, self.box, len(self.layout.blocks)))

    def add_text(self, text: str) -> None:
        self.pieces.append(text)
        self.styles.append(self.style)
        if self.style is not None:
            length = len(text.strip())
            self.link_chars += length if self.open_links else 0
            self.bold_chars += length if self.open_bold else 0

    def break_line(self) -> None:
        """End the run of text at a line break; a row of a data table and a code listing continue."""
        if self.row is not None:
            self.add_text(" ")
        elif self.box and self.box.kind == BlockKind.CODE:
            self.add_text("\n")
        else:
            self.flush()

    def flush(self) -> None:
        """End the run of text and add it as a block, unless it is blank."""
        box = self.box
        if self.pieces and box is not None:
            if box.kind == BlockKind.CODE and not self.link_chars:
                self.add_code(normalize_code("".join(self.pieces)), box)
            elif text := normalize_space("".join(self.pieces)).removesuffix(" |"):
                self.add_block(text, box)
            self.pieces.clear()
            self.styles.clear()
            self.link_chars = self.bold_chars = 0
        self.links = self.open_links

    def add_block(self, text: str, box: Box) -> None:
        self.end_listing()
        blocks, length = self.layout.blocks, len(text)
        is_after_line_break = self.breaks == 1 and bool(blocks) and blocks[-1].box is box
        runs = tuple(zip(self.pieces, self.styles, strict=True)) if any(self.styles) else ()
        link_chars = min(self.link_chars, length)
        bold_chars = min(self.bold_chars, length)
        blocks.append(Block(len(blocks), text, box, is_after_line_break, link_chars, self.links, bold_chars, runs))
        box.chars += length
        box.link_chars += link_chars
        self.breaks = 0

    def add_code(self, text: str, box: Box) -> None:
        """Append to the block of the code listing, unless the text is a column of line numbers."""
        listing = box
        while listing.parent and listing.parent.kind == BlockKind.CODE:
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


def _inherit_zones(boxes: list[Box]) -> None:
    """Set each box's zone from its own bits and its ancestors'; a box with most of the page's text keeps only Zone.BODY."""
    most = _MAX_ZONE_SHARE * (boxes[0].chars - boxes[0].link_chars) if boxes else 0
    for box in boxes:
        zone, parent = box.own_zone, box.parent
        if zone and (parent is None or box.tag == "body" or box.chars - box.link_chars > most):
            zone &= Zone.BODY
        box.zone = zone if parent is None else parent.zone | zone
