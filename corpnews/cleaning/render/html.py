"""HTML of blocks: paragraphs, headings, lists, tables, quotes, links and bold text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from corpnews.cleaning.render.structure import CELL_BORDER, group_blocks, group_list_items, is_ordered_item, render_runs
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block, TextStyle
    from corpnews.page.page import Page


def render_html(page: Page, blocks: Sequence[Block]) -> str:
    return "\n".join(_render_html_group(page, group) for group in group_blocks(blocks))


def _render_html_group(page: Page, group: list[Block]) -> str:
    """Render one paragraph, list, table or quote."""
    kind = group[0].kind
    if kind is BlockKind.LIST_ITEM:
        return _render_html_list(page, group)
    if kind is BlockKind.CODE:
        return "<pre>" + "\n".join(escape(block.text, quote=False) for block in group) + "</pre>"
    lines = [render_runs(page, block, _render_html_run) for block in group]
    if kind is BlockKind.HEADING:
        rank = max(2, group[0].level)
        return f"<h{rank}>{' '.join(lines)}</h{rank}>"
    if kind is BlockKind.TABLE_ROW:
        cells = ("".join(f"<td>{cell.strip()}</td>" for cell in CELL_BORDER.split(line)) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    if kind is BlockKind.QUOTE:
        return "<blockquote>" + "".join(f"<p>{line}</p>" for line in lines) + "</blockquote>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _render_html_list(page: Page, group: list[Block]) -> str:
    """Render a list with its nested lists; an item of several paragraphs has each in a <p>."""
    pieces: list[str] = []
    open_lists: list[str] = []
    for item in group_list_items(group):
        level = min(item[0].level, len(open_lists) + 1)
        while len(open_lists) > level:
            pieces.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == level:
            pieces.append("</li>")
        else:
            open_lists.append("ol" if is_ordered_item(item[0]) else "ul")
            pieces.append(f"<{open_lists[-1]}>")
        texts = [render_runs(page, block, _render_html_run) for block in item]
        pieces.append("<li>" + (texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts)))
    while open_lists:
        pieces.append(f"</li></{open_lists.pop()}>")
    return "".join(pieces)


def _render_html_run(text: str, style: TextStyle | None, page: Page) -> str:
    """Render a text with its link or weight."""
    text = escape(text, quote=False)
    if style and style.bold:
        text = f"<strong>{text}</strong>"
    url = page.resolve_url(style.href) if style else None
    return f'<a href="{escape(url)}">{text}</a>' if url else text
