"""Renderings of the body: plain text, Markdown, HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.cleaning.render.html import html
from corpnews.cleaning.render.markdown import markdown
from corpnews.cleaning.render.structure import is_close

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.extraction.blocks import Block
    from corpnews.extraction.page import Page

__all__ = ["Writing", "write"]


@dataclass(frozen=True, slots=True)
class Writing:
    """The body in three formats."""

    text: str
    markdown: str
    html: str


def write(page: Page, blocks: Sequence[Block]) -> Writing:
    """Render the blocks in all formats."""
    return Writing(plain_text(blocks), markdown(page, blocks), html(page, blocks))


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text: a blank line between paragraphs, a line end between lines of one paragraph, list or table."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if is_close(before, block) else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)
