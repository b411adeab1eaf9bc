"""The body as Markdown: CommonMark with GitHub's tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category

from corpnews.cleaning.render.lines import group_items, join_runs, pad_rows
from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.cleaning.render.lines import Line, Run
    from corpnews.page.layout import Box

# Characters that Markdown reads as markup, and an ampersand that would start an entity.
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>&](?:(?<!&)|(?=#?\w{1,32};))")
# A line start that would make a heading, list item, rule, fence or table is escaped: before it, or between a number and its dot.
_BLOCK_START: Final = re.compile(r"^(?:(?=#{1,6}(?: |$)|[-+](?: |$)|~~~|[-=]+$|[|:-][|: -]*-[|: -]*$)|(\d+)(?=[.)](?: |$)))")
_START_CHARACTERS: Final = "#-+~=|:0123456789"
# Number signs at the end of a heading, which Markdown drops.
_CLOSING_SIGNS: Final = re.compile(r"(?:^|(?<= ))(?=#+$)")
_BACKTICKS: Final = re.compile("`+")
_URL_ESCAPES: Final = str.maketrans({"(": "%28", ")": "%29", " ": "%20"})


def render_markdown(groups: Iterable[list[Line]]) -> str:
    return "\n\n".join(map(_render_group, groups))


def _render_group(group: list[Line]) -> str:
    """Render one paragraph, table or quote, or adjacent lists."""
    kind = group[0].block.kind
    if kind is BlockKind.CODE:
        return _render_code("\n".join(line.block.text for line in group))
    if kind is BlockKind.LIST_ITEM:
        return _render_lists(group)
    if kind is BlockKind.TABLE_ROW:
        return _render_table(group)
    lines = [_render_line(line) for line in group]
    if kind is BlockKind.HEADING:
        return "#" * max(2, group[0].block.level) + " " + _CLOSING_SIGNS.sub(r"\\", " ".join(lines))
    lines = list(map(_escape_start, lines))
    return "\n>\n".join(f"> {line}" for line in lines) if kind is BlockKind.QUOTE else "  \n".join(lines)


def _render_code(text: str) -> str:
    """Render code between fences longer than any run of backticks in it."""
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in _BACKTICKS.findall(text))])
    return f"{fence}\n{text}\n{fence}"


def _render_table(group: list[Line]) -> str:
    """Render rows, all of them as wide as the widest: cells beyond the first row's are not shown."""
    rows = [[_render_runs(cell).replace("|", r"\|") for cell in row] for row in pad_rows(group)]
    lines = ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _render_lists(group: list[Line]) -> str:
    """Render lists; nested items and further paragraphs are indented to the text of the item around them."""
    lines: list[str] = []
    open_lists: list[tuple[Box, int]] = []  # the list and the indent of its items' text
    for item in group_items(group):
        del open_lists[item.level :]
        if len(open_lists) == item.level and open_lists.pop()[0] is not item.list_box and item.level == 1:
            lines.append("")
        indent = open_lists[-1][1] if open_lists else 0
        mark = f"{item.number}. " if item.number is not None else "- "
        open_lists.append((item.list_box, indent + len(mark)))
        first, *more = (_escape_start(_render_line(line)) for line in item.lines)
        lines.append(" " * indent + mark + first)
        lines += [f"\n{' ' * (indent + len(mark))}{text}" for text in more]
    return "\n".join(lines)


def _render_line(line: Line) -> str:
    return _render_runs(line.cells[0]) or _escape_markdown(line.block.text)


def _render_runs(runs: Sequence[Run]) -> str:
    if len(runs) == 1 and runs[0].is_plain:  # most cells of large tables
        return _escape_markdown(runs[0].text)
    pieces: list[str] = []
    for at, run in enumerate(runs):
        before = runs[at - 1] if at else None
        after = runs[at + 1] if at + 1 < len(runs) else None
        is_open = not before or bool(run.before or before.after or before.url or _is_sign(before.text[-1:]))
        is_closed = not after or bool(run.after or after.before or after.url or _is_sign(after.text[:1]))
        piece = _render_run(run, is_open=is_open, is_closed=is_closed)
        if run.url and not run.before and pieces and pieces[-1].endswith("!"):
            pieces[-1] = f"{pieces[-1][:-1]}\\!"  # it would make an image of the link
        pieces.append(f"{run.before}{piece}{run.after}")
    return join_runs(pieces)


def _render_run(run: Run, *, is_open: bool, is_closed: bool) -> str:
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
    return _SPECIAL.sub(_escape_match, text)


def _escape_match(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
