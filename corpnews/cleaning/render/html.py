"""The body as HTML without the page's own markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from corpnews.cleaning.render.lines import group_items, join_runs, pad_rows
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.cleaning.render.lines import Line, Run
    from corpnews.page.layout import Box


def render_html(groups: Iterable[list[Line]]) -> str:
    return "\n".join(map(_render_group, groups))


def _render_group(group: list[Line]) -> str:
    """Render one paragraph, table or quote, or adjacent lists."""
    kind = group[0].block.kind
    if kind is BlockKind.LIST_ITEM:
        return _render_lists(group)
    if kind is BlockKind.CODE:
        return "<pre>" + "\n".join(escape(line.block.text, quote=False) for line in group) + "</pre>"
    if kind is BlockKind.TABLE_ROW:
        return "<table>" + "".join(map(_render_row, pad_rows(group))) + "</table>"
    lines = list(map(_render_line, group))
    if kind is BlockKind.HEADING:
        rank = max(2, group[0].block.level)
        return f"<h{rank}>{' '.join(lines)}</h{rank}>"
    if kind is BlockKind.QUOTE:
        return "<blockquote>" + "".join(f"<p>{line}</p>" for line in lines) + "</blockquote>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _render_row(cells: list[list[Run]]) -> str:
    return "<tr>" + "".join(f"<td>{_render_runs(cell)}</td>" for cell in cells) + "</tr>"


def _render_lists(group: list[Line]) -> str:
    """Render lists with their nested lists; an item of several paragraphs has each in a <p>."""
    pieces: list[str] = []
    open_lists: list[tuple[str, Box]] = []
    for item in group_items(group):
        tag, box, level = "ol" if item.number is not None else "ul", item.list_box, item.level
        while len(open_lists) > level or (len(open_lists) == level and open_lists[-1][1] is not box):
            pieces.append(f"</li></{open_lists.pop()[0]}>")
        if len(open_lists) == level:
            pieces.append("</li>")
        else:
            open_lists.append((tag, box))
            pieces.append(f"<{tag}>" if (item.number or 1) == 1 else f'<ol start="{item.number}">')
        texts = list(map(_render_line, item.lines))
        pieces.append(
            (f'<li value="{item.number}">' if item.is_renumbered else "<li>")
            + (texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts))
        )
    pieces.extend(f"</li></{tag}>" for tag, _ in reversed(open_lists))
    return "".join(pieces)


def _render_line(line: Line) -> str:
    return _render_runs(line.cells[0]) or escape(line.block.text, quote=False)


def _render_runs(runs: Sequence[Run]) -> str:
    if len(runs) == 1 and runs[0].is_plain:  # most cells of large tables
        return escape(runs[0].text, quote=False)
    return join_runs(f"{run.before}{_render_run(run)}{run.after}" for run in runs)


def _render_run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.is_bold and text:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(run.url)}">{text}</a>' if run.url and text else text
