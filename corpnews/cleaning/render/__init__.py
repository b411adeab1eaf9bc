"""Renderings of the body: plain text, Markdown (CommonMark with GitHub's tables), and HTML without the page's own markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.cleaning.render.html import render_html
from corpnews.cleaning.render.lines import get_cells_text, is_continuation, join_runs, split_lines
from corpnews.cleaning.render.markdown import render_markdown
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block
    from corpnews.page.page import Page


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """The body in three formats."""

    text: str
    markdown: str
    html: str


def render_body(page: Page, blocks: Sequence[Block]) -> RenderedBody:
    """Render the blocks in all formats."""
    groups = list(split_lines(page, blocks))
    return RenderedBody(_render_text(blocks), render_markdown(groups), render_html(groups))


def _render_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text: a blank line between paragraphs, a line end between lines of one paragraph, list or table."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if is_continuation(before, block) else "\n\n")
        pieces.append(join_runs(" | ".join(get_cells_text(block))) if block.kind is BlockKind.TABLE_ROW else block.text)
    return "".join(pieces)
