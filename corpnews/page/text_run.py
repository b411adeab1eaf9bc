"""The run of text that the walk over a page is reading: its pieces and their styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.page.elements import NO_GAP, WIDE_GAP, get_gap, is_hidden_inline, needs_space
from corpnews.page.layout import CELL_BORDER, TextStyle

if TYPE_CHECKING:
    from lxml.etree import _Element


_BOLD: Final = TextStyle(bold=True, href=None)


class TextRun:
    """The pieces of text since the last box, line break or rule, and the inline elements that are open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.styles: list[TextStyle | None] = []
        self.link_chars = self.bold_chars = 0
        self.links = 0
        self.open_links = 0
        self._open_bold = 0
        self._href: str | None = None
        self._style: TextStyle | None = None  # of the next piece
        self._separate: set[_Element] = set()  # open elements that stand apart from the text around
        self._gap = NO_GAP  # between the last piece and the next

    @property
    def links_to_page_itself(self) -> bool:
        """Whether all linked pieces lead to a place on the same page."""
        return all(style.href.startswith("#") for style in self.styles if style is not None and style.href is not None)

    def open_style(self, element: _Element, tag: str) -> None:
        """Read the start of a link or of bold text."""
        if tag == "a":
            self.open_links += 1
            self.links += 1
            self._href = element.get("href")
            previous = element.getprevious()
            if previous is not None and previous.tag == "a" and not previous.tail and previous.get("href") != self._href:
                self._gap = WIDE_GAP
        else:
            self._open_bold += 1
        self._update_style()

    def close_style(self, tag: str) -> None:
        self.open_links -= tag == "a"
        self._open_bold -= tag != "a"
        self._update_style()

    def _update_style(self) -> None:
        if self.open_links:
            self._style = TextStyle(self._open_bold > 0, self._href)
        else:
            self._style = _BOLD if self._open_bold else None

    def open_plain_span(self, tag: str) -> None:
        """Read the start of an inline element without a style and without attributes."""
        if tag == "time":
            self._gap = WIDE_GAP

    def open_span(self, element: _Element, tag: str, attributes: dict[str, str]) -> bool:
        """Read the start of an inline element without a style; return whether its text is shown."""
        if is_hidden_inline(element, attributes):
            return False
        gap = get_gap(element, tag, attributes)
        if gap:
            self._gap = max(self._gap, gap)
            if gap == WIDE_GAP:
                self._separate.add(element)
        return True

    def close_span(self, element: _Element) -> None:
        if self._separate and element in self._separate:
            self._separate.remove(element)
            self._gap = WIDE_GAP

    def add(self, text: str) -> None:
        if self._gap:
            if self.pieces and needs_space(self.pieces[-1][-1:], text[:1], self._gap):
                text = f" {text}"
            self._gap = NO_GAP
        self.pieces.append(text)
        self.styles.append(self._style)
        if self._style is not None:
            length = len(text.strip())
            self.link_chars += length if self.open_links else 0
            self.bold_chars += length if self._open_bold else 0

    def add_borders(self, number: int) -> None:
        """Add borders between cells."""
        self.pieces += [" | "] * number
        self.styles += [CELL_BORDER] * number

    def clear(self) -> None:
        """Forget the pieces; open elements stay open."""
        self.pieces.clear()
        self.styles.clear()
        self.link_chars = self.bold_chars = 0
