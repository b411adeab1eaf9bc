"""Listings of code: the boxes that they consist of, and the one block that their texts become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.page.layout import Block, BlockKind

if TYPE_CHECKING:
    from corpnews.page.layout import Box

# Headings and paragraphs inside a listing are prose again: some pages never close their <pre>.
CODE_TAGS = frozenset("pre code div table tbody tr td ol li figure".split())
# Class names that syntax highlighters use for their boxes.
CODE_CLASS = re.compile(
    r"\b(?:syntaxhighlighter|highlighter|crayon|codehilite|sourceCode|hljs|prettyprint|geshi|enlighter|wp_syntax)\b"
)


class CodeListing:
    """Makes one of `blocks` of the texts of a listing, which are added one by one."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._texts: list[str] = []

    def add(self, text: str, box: Box) -> None:
        """Add a text of the listing, unless it is a column of line numbers."""
        outermost = box
        while outermost.parent and outermost.parent.kind == BlockKind.CODE:
            outermost = outermost.parent
        if not text.strip() or (box is not outermost and text.replace("\n", "").isdecimal()):
            return
        blocks = self._blocks
        if not blocks or blocks[-1].box is not outermost:
            self.end()
            blocks.append(Block(len(blocks), text, outermost))
        elif not self._texts:
            self._texts.append(blocks[-1].text)
        self._texts.append(text)
        box.chars += len(text)

    def end(self) -> None:
        """Give the last block the text of the whole listing, if one was being read."""
        if self._texts:
            self._blocks[-1].text = "\n".join(self._texts)
            self._texts.clear()
