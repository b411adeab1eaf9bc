"""Building the layout of a page in one walk over its tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from lxml import etree

from corpnews.page.block_kinds import INHERITED_KINDS, LIST_BOX_TAGS, PLAIN_KIND, TAGS_WITH_KIND, get_kind
from corpnews.page.code_listing import CODE_CLASS, CODE_TAGS, CodeListing
from corpnews.page.elements import (
    AS_BOX,
    AS_CUSTOM,
    AS_FORMULA,
    AS_MARKER,
    AS_SKIPPED,
    AS_SPAN,
    AS_STYLE,
    AS_TEXT,
    COPY_TAGS,
    IMAGE_TAGS,
    PLAYER_TAGS,
    ROLE_BY_TAG,
    decode_protected_mail,
    follows_image,
    is_comment_counter,
    is_copy_of_page,
    is_inline_custom,
    is_text_of_skipped,
    read_formula,
    read_superscript,
)
from corpnews.page.garbage import pause_garbage_collection
from corpnews.page.layout import Block, BlockKind, Box, ElementRef, Layout, Zone
from corpnews.page.table_grid import TableGrid, holds_paragraphs, is_data_table
from corpnews.page.text_run import TextRun
from corpnews.page.zones import (
    MAX_CLASS_LENGTH,
    MAX_NAMES_LENGTH,
    STATE_ATTRIBUTES,
    get_zone_of_names,
    get_zone_of_state,
    get_zone_of_tag,
    inherit_zones,
)
from corpnews.web.text import normalize_code, normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_CLOSING_BORDERS = re.compile(r"(?:(?:^| )\|)+$")
_HAS_DIGIT = re.compile(r"\d")
_HAS_WORD = re.compile(r"\w")
_MIN_TEXT = 200  # characters outside links; a page with fewer may have its text in a copy for browsers without scripts
_MAX_BOX_DEPTH = 100  # deeper elements count as part of the box at this depth; real pages nest about forty boxes


@lru_cache(maxsize=20_000)
def _describe_box(tag: str, classes: str) -> tuple[bytes, int, bool]:
    """Return the box's path segment (tag and classes, but not numbered ones: post-1234), its zone, and whether it is code."""
    names = [name for name in classes.split() if not _HAS_DIGIT.search(name)]
    segment = f"/{tag}.{' '.join(names)}".encode("utf-8", "replace")
    return segment, get_zone_of_tag(tag, classes), bool(CODE_CLASS.search(classes))


class LayoutBuilder:
    """Builds the layout of the tree of a page, which is without comments, in one walk."""

    def __init__(self, *, reads_copies: bool = False) -> None:
        self.reads_copies = reads_copies  # whether the copy for browsers without scripts is part of the page
        self.layout = Layout()
        self.box: Box | None = None
        self.row: _Element | None = None  # the open row of a data table
        self.grid = TableGrid()
        self.data_tables: dict[_Element, TableGrid] = {}
        self.inline_customs: set[_Element] = set()
        self.list_depth = 0
        self.blocks_before_heading = 0  # the last one
        self.levels_too_deep = 0  # number of open elements below the maximum depth
        self.run = TextRun()
        self.breaks = 0
        self.listing = CodeListing(self.layout.blocks)

    def build(self, root: _Element) -> Layout:
        run, pieces = self.run, self.run.pieces
        walker = etree.iterwalk(root, events=("start", "end"))
        # Any: the tags of parsed elements are strings, which lxml's types do not say, and a cast for each event costs time
        events: Iterator[tuple[str, Any]] = walker
        for event, element in events:
            tag: str = element.tag
            role = ROLE_BY_TAG.get(tag, AS_CUSTOM)
            if event == "start":
                if role == AS_BOX:
                    self.start_box(element, tag)
                elif role != AS_TEXT and not self.start_inline(element, tag, role):
                    walker.skip_subtree()
                    continue
                text = element.text
            else:
                if role == AS_BOX:
                    self.end_box(element, tag)
                elif role == AS_SPAN:
                    run.close_span(element)
                elif role == AS_STYLE:
                    run.close_style(tag)
                elif role == AS_CUSTOM and element not in self.inline_customs:
                    self.end_box(element, tag)
                text = element.tail
            if text and (pieces or not text.isspace()):
                run.add(text)
        self.flush()
        self.listing.end()
        inherit_zones(self.layout.boxes)
        return self.layout

    def start_inline(self, element: _Element, tag: str, role: int) -> bool:
        """Return whether the text inside the element is part of the page's text."""
        if role == AS_SPAN:
            return self.start_span(element, tag)
        if role == AS_STYLE:
            self.run.open_style(element, tag)
            if tag == "a":
                self.add_reference(self.layout.links, element)
                is_sign = is_comment_counter(element) or self.is_heading_anchor(element)
                return not self.add_protected_mail(element) and not is_sign
        elif tag in IMAGE_TAGS:
            self.add_reference(self.layout.images, element)
        elif role == AS_MARKER:
            self.break_line()
            self.breaks += tag == "br"
        elif role == AS_SKIPPED:
            return self.start_skipped(element, tag)
        elif role == AS_CUSTOM:
            if is_inline_custom(element, tag):
                self.inline_customs.add(element)
            else:
                self.start_box(element, tag)
        else:
            text = read_formula(element) if role == AS_FORMULA else read_superscript(element)
            if text is not None:
                self.run.add(text)
            return text is None
        return True

    def start_span(self, element: _Element, tag: str) -> bool:
        attributes = element.items()
        if not attributes:
            self.run.open_plain_span(tag)
            return True
        return self.run.open_span(element, tag, dict(attributes)) and not self.add_protected_mail(element)

    def add_protected_mail(self, element: _Element) -> bool:
        """Add the mail address that an element states for scripts alone, and return whether it states one."""
        code = element.get("data-cfemail")
        mail = decode_protected_mail(code) if code else ""
        if mail:
            self.run.add(mail)
        return bool(mail)

    def is_heading_anchor(self, element: _Element) -> bool:
        """Return whether a link is no more than the sign by which readers copy the heading's own address: ¶ or #."""
        is_of_heading = self.box is not None and self.box.kind == BlockKind.HEADING
        is_of_page = is_of_heading and (element.get("href") or "").startswith("#")
        return is_of_page and not any(map(_HAS_WORD.search, element.itertext()))

    def start_skipped(self, element: _Element, tag: str) -> bool:
        if is_text_of_skipped(element, tag) or (self.reads_copies and tag in COPY_TAGS):
            return True
        if tag in PLAYER_TAGS:
            self.add_reference(self.layout.players, element)
        elif tag == "button" or (tag == "noscript" and not follows_image(element)):
            for image in element.iter("img"):
                self.add_reference(self.layout.images, image)
        return False

    def start_box(self, element: _Element, tag: str) -> None:
        if self.row is not None:
            if tag in ("td", "th"):
                self.run.add_borders(self.grid.place(element))
            else:
                self.run.add(" ")
            return
        if self.run.pieces:
            self.flush()
        self.run.links = self.run.open_links
        parent = self.box
        if parent and parent.depth == _MAX_BOX_DEPTH:
            self.levels_too_deep += 1
            return
        names = element.keys()  # the values of most attributes are never needed
        class_names = element.get("class", "")[:MAX_CLASS_LENGTH] if "class" in names else ""
        segment, zone, is_code = _describe_box(tag, class_names)
        if "id" in names:
            zone |= get_zone_of_names(element.get("id", "")[:MAX_NAMES_LENGTH])
        kind, level = PLAIN_KIND
        if tag in CODE_TAGS and (is_code or (parent is not None and parent.kind == BlockKind.CODE)):
            kind, zone = BlockKind.CODE, zone & Zone.BODY
            self.list_depth += tag in LIST_BOX_TAGS
        elif tag in TAGS_WITH_KIND or (parent and parent.kind in INHERITED_KINDS):
            kind, level = self.classify_box(element, tag)
        if names and not STATE_ATTRIBUTES.isdisjoint(names):
            zone |= get_zone_of_state(element)
        path_hash, depth = (crc32(segment, parent.path_hash), parent.depth + 1) if parent else (crc32(segment), 0)
        self.box = Box(element, tag, parent, path_hash, depth, kind, level, class_names, zone)
        self.layout.boxes.append(self.box)
        if "itemtype" in names:
            self.layout.items.append(element)

    def end_box(self, element: _Element, tag: str) -> None:
        if self.row is not None and element is not self.row:
            return
        if self.row is not None:
            self.run.add_borders(self.grid.end_row())
            self.row = None
        if self.run.pieces:
            self.flush()
        self.run.links = self.run.open_links
        if self.levels_too_deep:
            self.levels_too_deep -= 1
            return
        if tag in LIST_BOX_TAGS:
            self.list_depth -= 1
        box = self.box
        if box is not None:
            if box.kind == BlockKind.HEADING:
                self.end_heading(box)
            self.box = parent = box.parent
            if parent is not None:
                parent.chars += box.chars
                parent.link_chars += box.link_chars

    def end_heading(self, heading: Box) -> None:
        """Count the text of a box in the heading as the heading if that has no other text: <h2><div>…</div></h2>."""
        blocks = self.layout.blocks
        if len(blocks) == self.blocks_before_heading + 1 and blocks[-1].kind is BlockKind.PARAGRAPH:
            inner = blocks[-1].box
            blocks[-1].kind = inner.kind = heading.kind
            inner.level = heading.level

    def classify_box(self, element: _Element, tag: str) -> tuple[str, int]:
        """Return kind and level of a box whose tag or parent tells them, and remember an opened list, table, row or heading."""
        if tag == "table" and is_data_table(element):
            self.data_tables[element] = TableGrid()
        elif tag in LIST_BOX_TAGS:
            self.list_depth += 1
        elif tag == "tr" and self.data_tables and not holds_paragraphs(element):
            grid = next(filter(None, map(self.data_tables.get, element.iterancestors("table"))), None)
            if grid is not None:
                grid.start_row()
                self.row, self.grid = element, grid
                return BlockKind.TABLE_ROW, 0
        kind, level = get_kind(tag, self.box, self.list_depth)
        if kind == BlockKind.HEADING:
            self.blocks_before_heading = len(self.layout.blocks)
        return kind, level

    def add_reference(self, references: list[ElementRef], element: _Element) -> None:
        if self.box is not None:
            references.append(ElementRef(element, self.box, len(self.layout.blocks)))

    def break_line(self) -> None:
        """End the run of text at a line break; a row of a data table and a code listing continue."""
        if self.row is not None:
            self.run.add(" ")
        elif self.box and self.box.kind == BlockKind.CODE:
            self.run.add("\n")
        else:
            self.flush()

    def flush(self) -> None:
        """End the run of text and add it as a block, unless it is blank."""
        box, run = self.box, self.run
        if run.pieces and box is not None:
            if box.kind == BlockKind.CODE and not run.link_chars:
                self.listing.add(normalize_code("".join(run.pieces)), box)
            else:
                text = normalize_space("".join(run.pieces))
                if text.endswith("|"):
                    text = _CLOSING_BORDERS.sub("", text)
                if text:
                    self.add_block(text, box, run)
            run.clear()
        run.links = run.open_links

    def add_block(self, text: str, box: Box, run: TextRun) -> None:
        self.listing.end()
        blocks, length = self.layout.blocks, len(text)
        is_after_line_break = self.breaks == 1 and bool(blocks) and blocks[-1].box is box
        runs = tuple(zip(run.pieces, run.styles, strict=True)) if any(run.styles) else ()
        # a heading that links to itself, for readers to copy its address, leads nowhere
        is_linked = run.links and not (box.kind == BlockKind.HEADING and run.links_to_page_itself)
        links, link_chars = (run.links, min(run.link_chars, length)) if is_linked else (0, 0)
        bold_chars = min(run.bold_chars, length)
        blocks.append(Block(len(blocks), text, box, is_after_line_break, link_chars, links, bold_chars, runs))
        box.chars += length
        box.link_chars += link_chars
        self.breaks = 0


def build_layout(root: _Element) -> Layout:
    """Return the layout; that with the copy for browsers without scripts if the page has hardly any other text."""
    with pause_garbage_collection():
        layout = LayoutBuilder().build(root)
    text = layout.boxes[0].chars - layout.boxes[0].link_chars if layout.boxes else 0
    if text >= _MIN_TEXT or not any(is_copy_of_page(element) for element in root.iter(*COPY_TAGS)):
        return layout
    return LayoutBuilder(reads_copies=True).build(root)
