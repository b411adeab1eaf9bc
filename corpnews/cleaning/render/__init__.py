"""Renderings of the body: plain text, Markdown, HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.cleaning.render.html import render_html
from corpnews.cleaning.render.markdown import render_markdown
from corpnews.cleaning.render.structure import is_continuation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block
    from corpnews.page.page import Page

__all__ = ["RenderedBody", "render_body"]


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """The body in three formats."""

    text: str
    markdown: str
    html: str


def render_body(page: Page, blocks: Sequence[Block]) -> RenderedBody:
    """Render the blocks in all formats."""
    return RenderedBody(_render_text(blocks), render_markdown(page, blocks), render_html(page, blocks))


def _render_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text: a blank line between paragraphs, a line end between lines of one paragraph, list or table."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if is_continuation(before, block) else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)
