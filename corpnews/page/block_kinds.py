"""The kinds of blocks that the tags of their boxes tell: headings, items of lists, captions, quotations, listings of code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.page.layout import BlockKind

if TYPE_CHECKING:
    from corpnews.page.layout import Box

_KIND_BY_TAG: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_GENERIC_TAGS: Final = frozenset(("p", "div", "section", "center", "article"))
INHERITED_KINDS: Final = (BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CAPTION)
PLAIN_KIND: Final = (BlockKind.PARAGRAPH, 0)
LIST_BOX_TAGS: Final = frozenset(("ul", "ol", "dl", "menu"))
TAGS_WITH_KIND: Final = frozenset((*_KIND_BY_TAG, *LIST_BOX_TAGS, "table", "tr"))


def get_kind(tag: str, parent: Box | None, list_depth: int) -> tuple[str, int]:
    """Return kind and level of a box by its tag, or else of the box around it.

    Args:
        tag: The box's tag.
        parent: The box around it.
        list_depth: The number of lists around it.
    """
    kind = _KIND_BY_TAG.get(tag)
    if kind is None:
        inherits = parent and parent.kind in INHERITED_KINDS and tag in _GENERIC_TAGS
        return (parent.kind, parent.level) if parent and inherits else PLAIN_KIND
    if kind == BlockKind.HEADING:
        return kind, int(tag[1])
    return kind, max(1, list_depth) if kind == BlockKind.LIST_ITEM else 0
