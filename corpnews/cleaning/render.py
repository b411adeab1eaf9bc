"""The kept blocks written down: as plain text, as Markdown, as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from corpnews.extraction.blocks import Kind
from corpnews.extraction.segment import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpnews.extraction.blocks import Block, Style
    from corpnews.extraction.page import Page

CLOSE = (Kind.LIST_ITEM, Kind.TABLE_ROW)
CELL = " | "
MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
# What makes a line a heading, list item or rule: a backslash goes before it, or between a number and its dot.
MARKDOWN_START = re.compile(r"^(?:(?=#{1,6}(?: |$)|[-+] |[-=]+$)|(\d+)(?=[.)](?: |$)))")
CELL_BORDER = re.compile(r"(?:^| )\|(?= |$)")
BARE_BAR = re.compile(r"(?<=[^ ])\||\|(?=[^ ])")


@dataclass(frozen=True, slots=True)
class Writing:
    """The body in its three forms."""

    text: str
    markdown: str
    html: str


def write(page: Page, blocks: Sequence[Block]) -> Writing:
    return Writing(plain_text(blocks), markdown(page, blocks), html(page, blocks))


def plain_text(blocks: Sequence[Block]) -> str:
    """Paragraphs parted by a blank line; lines of one paragraph, list or table by a line end."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if joined(before, block) else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)


def joined(before: Block, block: Block) -> bool:
    """Both are lines of one paragraph, items of one list or rows of one table."""
    if block.soft and block.index == before.index + 1:
        return True
    return block.kind in CLOSE and block.kind is before.kind


def styled(page: Page, block: Block, wrap: Callable[[str, Style | None, Page], str], plain: Callable[[str], str]) -> str:
    """The block's text with its links and bold runs set by `wrap`."""
    if not block.runs:
        return plain(block.text)
    pieces: list[str] = []
    for style, group in groupby(block.runs, key=lambda run: run[1]):
        raw = "".join(text for text, _ in group)
        text = folded(raw)
        if not text:
            pieces.append(" " if raw else "")
            continue
        lead = " " if raw[0].isspace() else ""
        tail = " " if raw[-1].isspace() else ""
        pieces.append(lead + wrap(text, style, page) + tail)
    return " ".join("".join(pieces).split()).removesuffix(CELL.rstrip()).strip()


def markdown_run(text: str, style: Style | None, page: Page) -> str:
    text = MARKDOWN_SPECIAL.sub(r"\\\1", text)
    if style and style.bold:
        text = f"**{text}**"
    url = page.absolute(style.href) if style else None
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})" if url else text


def html_run(text: str, style: Style | None, page: Page) -> str:
    text = escape(text, quote=False)
    if style and style.bold:
        text = f"<strong>{text}</strong>"
    url = page.absolute(style.href) if style else None
    return f'<a href="{escape(url)}">{text}</a>' if url else text


def paragraphs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Runs of blocks that are lines of one paragraph, items of one list, rows of one table."""
    group: list[Block] = []
    for block in blocks:
        if group and not joined(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def markdown(page: Page, blocks: Sequence[Block]) -> str:
    return "\n\n".join(markdown_paragraph(page, group) for group in paragraphs(blocks))


def markdown_paragraph(page: Page, group: list[Block]) -> str:
    kind = group[0].kind
    if kind is Kind.CODE:
        return "\n".join(["```", *(block.text for block in group), "```"])
    lines = [styled(page, block, markdown_run, lambda text: MARKDOWN_SPECIAL.sub(r"\\\1", text)) for block in group]
    if kind is Kind.HEADING:
        return "#" * max(2, group[0].level) + " " + " ".join(lines)
    if kind is Kind.LIST_ITEM:
        return "\n".join("  " * (block.level - 1) + "- " + line for block, line in zip(group, lines, strict=True))
    if kind is Kind.TABLE_ROW:
        rows = ["| " + BARE_BAR.sub(r"\|", line) + " |" for line in lines]
        rule = "|" + " --- |" * len(CELL_BORDER.split(lines[0]))
        return "\n".join([rows[0], rule, *rows[1:]])
    if kind is Kind.QUOTE:
        return "\n".join(f"> {line}" for line in lines)
    return "  \n".join(MARKDOWN_START.sub(r"\1\\", line) for line in lines)


def html(page: Page, blocks: Sequence[Block]) -> str:
    return "\n".join(html_paragraph(page, group) for group in paragraphs(blocks))


def html_paragraph(page: Page, group: list[Block]) -> str:
    kind = group[0].kind
    lines = [styled(page, block, html_run, lambda text: escape(text, quote=False)) for block in group]
    if kind is Kind.HEADING:
        rank = max(2, group[0].level)
        return f"<h{rank}>{' '.join(lines)}</h{rank}>"
    if kind is Kind.LIST_ITEM:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    if kind is Kind.TABLE_ROW:
        cells = ("".join(f"<td>{cell.strip()}</td>" for cell in CELL_BORDER.split(line)) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    if kind is Kind.CODE:
        return "<pre>" + "\n".join(lines) + "</pre>"
    text = "<br>".join(lines)
    return f"<blockquote><p>{text}</p></blockquote>" if kind is Kind.QUOTE else f"<p>{text}</p>"
