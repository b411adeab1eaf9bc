"""Markdown of blocks: CommonMark with GitHub's tables."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from corpnews.cleaning.render.structure import CELL_BORDER, group_blocks, group_list_items, is_ordered_item, render_runs
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpnews.page.layout import Block, TextStyle
    from corpnews.page.page import Page

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
# A line start that would make a heading, list item or rule is escaped: before it, or between a number and its dot.
_BLOCK_START = re.compile(r"^(?:(?=#{1,6}(?: |$)|[-+] |[-=]+$)|(\d+)(?=[.)](?: |$)))")
_UNESCAPED_BAR = re.compile(r"(?<=[^ ])\||\|(?=[^ ])")
_URL_ESCAPES = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


def render_markdown(page: Page, blocks: Sequence[Block]) -> str:
    return "\n\n".join(_render_markdown_group(page, group) for group in group_blocks(blocks))


def _render_markdown_group(page: Page, group: list[Block]) -> str:
    """Render one paragraph, list, table or quote."""
    kind = group[0].kind
    if kind is BlockKind.CODE:
        return "\n".join(["```", *(block.text for block in group), "```"])
    if kind is BlockKind.LIST_ITEM:
        return _render_markdown_list(page, group)
    lines = [render_runs(page, block, _render_markdown_run) for block in group]
    if kind is BlockKind.HEADING:
        return "#" * max(2, group[0].level) + " " + " ".join(lines)
    if kind is BlockKind.TABLE_ROW:
        rows = ["| " + _UNESCAPED_BAR.sub(r"\|", line) + " |" for line in lines]
        rule = "|" + " --- |" * len(CELL_BORDER.split(lines[0]))
        return "\n".join([rows[0], rule, *rows[1:]])
    if kind is BlockKind.QUOTE:
        return "\n>\n".join(f"> {line}" for line in lines)
    return "  \n".join(_BLOCK_START.sub(r"\1\\", line) for line in lines)


def _render_markdown_list(page: Page, group: list[Block]) -> str:
    """Render a list; nested items and further paragraphs of an item are indented."""
    lines: list[str] = []
    counts: defaultdict[int, int] = defaultdict(int)
    for item in group_list_items(group):
        level = item[0].level
        counts = defaultdict(int, {above: count for above, count in counts.items() if above <= level})
        counts[level] += 1
        mark = f"{counts[level]}. " if is_ordered_item(item[0]) else "- "
        indent = "  " * (level - 1)
        first, *more = (render_runs(page, block, _render_markdown_run) for block in item)
        lines.append(indent + mark + first)
        lines += [f"\n{indent}{' ' * len(mark)}{line}" for line in more]
    return "\n".join(lines)


def _render_markdown_run(text: str, style: TextStyle | None, page: Page) -> str:
    """Render a text with its link or weight."""
    text = _SPECIAL.sub(r"\\\1", text)
    if style and style.bold:
        text = f"**{text}**"
    url = page.resolve_url(style.href) if style else None
    return f"[{text}]({url.translate(_URL_ESCAPES)})" if url else text
