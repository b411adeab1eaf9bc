"""Renderings of the body: plain text, Markdown (CommonMark with GitHub's tables), and HTML without the page's own markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import category

from corpnews.page.layout import BlockKind
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.page.layout import Block, Box
    from corpnews.page.page import Page

_ITEM_TAGS: Final = frozenset(("li", "dt", "dd"))
_LIST_TAGS: Final = frozenset(("ul", "ol", "dl", "menu"))
_QUOTE_TAGS: Final = frozenset(("blockquote",))
# Maximum number of boxes from a block up to its item, list or quote.
_MAX_BOXES_UP: Final = 6
_CELL_SEPARATOR: Final = " |"
_CELL_BORDER: Final = re.compile(r"(?:^| )\|(?= |$)")

# Characters that Markdown reads as markup, and an ampersand that would start an entity.
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>&](?:(?<!&)|(?=#?\w{1,32};))")
# A line start that would make a heading, list item, rule, fence or table is escaped: before it, or between a number and its dot.
_BLOCK_START: Final = re.compile(r"^(?:(?=#{1,6}(?: |$)|[-+](?: |$)|~~~|[-=]+$|[|:-][|: -]*-[|: -]*$)|(\d+)(?=[.)](?: |$)))")
_START_CHARACTERS: Final = "#-+~=|:0123456789"
# Number signs at the end of a heading, which Markdown drops.
_CLOSING_SIGNS: Final = re.compile(r"(?:^|(?<= ))(?=#+$)")
_BAR_IN_CELL: Final = re.compile(r"(?<=[^ ])\||\|(?=[^ ])")
_BACKTICKS: Final = re.compile("`+")
_URL_ESCAPES: Final = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """The body in three formats."""

    text: str
    markdown: str
    html: str


class _Run(NamedTuple):
    """A text of one style, with the white space around it; `url` is absolute."""

    before: str
    text: str
    after: str
    is_bold: bool = False
    url: str | None = None


class _Line(NamedTuple):
    block: Block
    runs: list[_Run]


def render_body(page: Page, blocks: Sequence[Block]) -> RenderedBody:
    """Render the blocks in all formats."""
    groups = [[_Line(block, _split_runs(page, block)) for block in group] for group in _group_blocks(blocks)]
    markdown = "\n\n".join(map(_render_markdown_group, groups))
    return RenderedBody(_render_text(blocks), markdown, "\n".join(map(_render_html_group, groups)))


def _render_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text: a blank line between paragraphs, a line end between lines of one paragraph, list or table."""
    pieces: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            pieces.append("\n" if _is_continuation(before, block) else "\n\n")
        pieces.append(block.text)
    return "".join(pieces)


def _is_continuation(before: Block, block: Block) -> bool:
    """Return whether both are lines of one paragraph, items of adjacent lists or rows of one table."""
    if block.is_after_line_break and block.index == before.index + 1:
        return True
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) and block.kind is before.kind


def _group_blocks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield runs of blocks that are one paragraph, table or quote, or adjacent lists."""
    group: list[Block] = []
    for block in blocks:
        if group and not _is_same_group(group[-1], block):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_same_group(before: Block, block: Block) -> bool:
    if block.kind is BlockKind.QUOTE is before.kind:
        return _find_box(block, _QUOTE_TAGS) is _find_box(before, _QUOTE_TAGS)
    return _is_continuation(before, block)


def _find_box(block: Block, tags: frozenset[str]) -> Box:
    """Return the nearest box around the block that has one of the tags, else its own."""
    return next((box for box in islice(block.box.ancestors(), _MAX_BOXES_UP) if box.tag in tags), block.box)


def _group_items(group: Sequence[_Line]) -> Iterator[tuple[list[_Line], bool, int]]:
    """Yield the items of a list: their paragraphs, whether the item's list is ordered, and its level from 1, without jumps."""
    depth = 0
    for _, item in groupby(group, key=lambda line: _find_box(line.block, _ITEM_TAGS)):
        lines = list(item)
        block = lines[0].block
        depth = max(1, min(block.level, depth + 1))
        yield lines, _find_box(block, _LIST_TAGS).tag == "ol", depth


def _split_runs(page: Page, block: Block) -> list[_Run]:
    """Return the block's text in runs of one style; an empty list if no run is styled."""
    if not block.runs:
        return []
    styled = [(text, (style.bold, page.resolve_url(style.href)) if style else (False, None)) for text, style in block.runs]
    runs: list[_Run] = []
    for (is_bold, url), group in groupby(styled, key=itemgetter(1)):
        raw = "".join(text for text, _ in group)
        before, after = (" " if character.isspace() else "" for character in (raw[:1], raw[-1:]))
        runs.append(_Run(before, normalize_space(raw), after, is_bold, url))
    return runs


def _join_runs(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split()).removesuffix(_CELL_SEPARATOR)


def _render_html_group(group: list[_Line]) -> str:
    """Render one paragraph, table or quote, or adjacent lists."""
    kind = group[0].block.kind
    if kind is BlockKind.LIST_ITEM:
        return _render_html_lists(group)
    if kind is BlockKind.CODE:
        return "<pre>" + "\n".join(escape(line.block.text, quote=False) for line in group) + "</pre>"
    lines = [_render_html_line(line) for line in group]
    if kind is BlockKind.HEADING:
        rank = max(2, group[0].block.level)
        return f"<h{rank}>{' '.join(lines)}</h{rank}>"
    if kind is BlockKind.TABLE_ROW:
        cells = ("".join(f"<td>{cell.strip()}</td>" for cell in _CELL_BORDER.split(line)) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    if kind is BlockKind.QUOTE:
        return "<blockquote>" + "".join(f"<p>{line}</p>" for line in lines) + "</blockquote>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _render_html_lists(group: list[_Line]) -> str:
    """Render lists with their nested lists; an item of several paragraphs has each in a <p>."""
    pieces: list[str] = []
    open_lists: list[str] = []
    for item, is_ordered, level in _group_items(group):
        tag = "ol" if is_ordered else "ul"
        while len(open_lists) > level or (len(open_lists) == level and open_lists[-1] != tag):
            pieces.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == level:
            pieces.append("</li>")
        else:
            open_lists.append(tag)
            pieces.append(f"<{tag}>")
        texts = [_render_html_line(line) for line in item]
        pieces.append("<li>" + (texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts)))
    pieces.extend(f"</li></{tag}>" for tag in reversed(open_lists))
    return "".join(pieces)


def _render_html_line(line: _Line) -> str:
    if not line.runs:
        return escape(line.block.text, quote=False)
    return _join_runs(f"{run.before}{_render_html_run(run)}{run.after}" for run in line.runs)


def _render_html_run(run: _Run) -> str:
    text = escape(run.text, quote=False)
    if run.is_bold and text:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(run.url)}">{text}</a>' if run.url and text else text


def _render_markdown_group(group: list[_Line]) -> str:
    """Render one paragraph, table or quote, or adjacent lists."""
    kind = group[0].block.kind
    if kind is BlockKind.CODE:
        return _render_markdown_code("\n".join(line.block.text for line in group))
    if kind is BlockKind.LIST_ITEM:
        return _render_markdown_lists(group)
    lines = [_render_markdown_line(line) for line in group]
    if kind is BlockKind.HEADING:
        return "#" * max(2, group[0].block.level) + " " + _CLOSING_SIGNS.sub(r"\\", " ".join(lines))
    if kind is BlockKind.TABLE_ROW:
        return _render_markdown_table(lines)
    lines = list(map(_escape_start, lines))
    return "\n>\n".join(f"> {line}" for line in lines) if kind is BlockKind.QUOTE else "  \n".join(lines)


def _render_markdown_code(text: str) -> str:
    """Render code between fences longer than any run of backticks in it."""
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in _BACKTICKS.findall(text))])
    return f"{fence}\n{text}\n{fence}"


def _render_markdown_table(lines: list[str]) -> str:
    """Render rows; the first is as wide as the widest, because cells beyond it are not shown."""
    widths = [len(_CELL_BORDER.split(line)) for line in lines]
    rows = ["| " + _BAR_IN_CELL.sub(r"\|", line) + " |" for line in lines]
    return "\n".join([rows[0] + " |" * (max(widths) - widths[0]), "|" + " --- |" * max(widths), *rows[1:]])


def _render_markdown_lists(group: list[_Line]) -> str:
    """Render lists; nested items and further paragraphs are indented to the text of the item around them."""
    lines: list[str] = []
    open_lists: list[tuple[bool, int, int]] = []  # whether it is ordered, the number of items, the indent of their text
    for item, is_ordered, level in _group_items(group):
        open_lists = open_lists[:level]
        number = 1
        if len(open_lists) == level:
            was_ordered, count, _ = open_lists.pop()
            number = count + 1 if was_ordered is is_ordered else 1
            if number == level == 1:
                lines.append("")
        indent = open_lists[-1][2] if open_lists else 0
        mark = f"{number}. " if is_ordered else "- "
        open_lists.append((is_ordered, number, indent + len(mark)))
        first, *more = (_escape_start(_render_markdown_line(line)) for line in item)
        lines.append(" " * indent + mark + first)
        lines += [f"\n{' ' * (indent + len(mark))}{text}" for text in more]
    return "\n".join(lines)


def _render_markdown_line(line: _Line) -> str:
    if not line.runs:
        return _escape_markdown(line.block.text)
    pieces: list[str] = []
    for at, run in enumerate(line.runs):
        before = line.runs[at - 1] if at else None
        after = line.runs[at + 1] if at + 1 < len(line.runs) else None
        is_open = not before or bool(run.before or before.after or before.url or _is_sign(before.text[-1:]))
        is_closed = not after or bool(run.after or after.before or after.url or _is_sign(after.text[:1]))
        piece = _render_markdown_run(run, is_open=is_open, is_closed=is_closed)
        if run.url and not run.before and pieces and pieces[-1].endswith("!"):
            pieces[-1] = f"{pieces[-1][:-1]}\\!"  # it would make an image of the link
        pieces.append(f"{run.before}{piece}{run.after}")
    return _join_runs(pieces)


def _render_markdown_run(run: _Run, *, is_open: bool, is_closed: bool) -> str:
    """Render a text with its link or weight; `is_open` and `is_closed` say whether no letter or digit is before and after it."""
    if not run.text:
        return ""
    if run.url:
        text = _escape_markdown(run.text)
        return f"[{f'**{text}**' if run.is_bold else text}]({run.url.translate(_URL_ESCAPES)})"
    if not run.is_bold:
        return _escape_markdown(run.text)
    # asterisks between a sign and a letter are no markup
    start, end = 0, len(run.text)
    while not is_open and start < end and _is_sign(run.text[start]):
        start += 1
    while not is_closed and end > start and _is_sign(run.text[end - 1]):
        end -= 1
    before, text, after = map(_escape_markdown, (run.text[:start], run.text[start:end], run.text[end:]))
    return f"{before}**{text}**{after}" if text else f"{before}{text}{after}"


def _is_sign(character: str) -> bool:
    """Return whether the character is a punctuation mark, another sign or white space; True for "", the end of a line."""
    return not character or category(character)[0] in "PSZ"


def _escape_start(line: str) -> str:
    return _BLOCK_START.sub(r"\1\\", line) if line[:1] in _START_CHARACTERS else line


def _escape_markdown(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
