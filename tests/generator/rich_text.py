"""A release's text as nodes of an editor's format, for pages that hold it in data alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def html_string(paragraphs: Sequence[str]) -> Any:
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)


def plain_text(paragraphs: Sequence[str]) -> Any:
    return "\n\n".join(paragraphs)


def paragraph_list(paragraphs: Sequence[str]) -> Any:
    return list(paragraphs)


def slate(paragraphs: Sequence[str]) -> Any:
    return [{"type": "paragraph", "children": [{"text": text[:20]}, {"text": text[20:], "bold": True}]} for text in paragraphs]


def contentful(paragraphs: Sequence[str]) -> Any:
    def node(kind: str, content: list[Any]) -> dict[str, Any]:
        return {"nodeType": kind, "data": {}, "content": content}

    texts = ({"nodeType": "text", "value": text, "marks": [], "data": {}} for text in paragraphs)
    return node("document", [node("paragraph", [text]) for text in texts])


def portable_text(paragraphs: Sequence[str]) -> Any:
    return [
        {
            "_type": "block",
            "_key": f"k{at}",
            "style": "normal",
            "markDefs": [],
            "children": [{"_type": "span", "text": text, "marks": []}],
        }
        for at, text in enumerate(paragraphs)
    ]


def prosemirror(paragraphs: Sequence[str]) -> Any:
    return {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs]}


def wordpress_blocks(paragraphs: Sequence[str]) -> Any:
    return [
        {"name": "core/paragraph", "attributes": {"content": escape(text, quote=False), "dropCap": False}, "innerBlocks": []}
        for text in paragraphs
    ]


def storyblok(paragraphs: Sequence[str]) -> Any:
    return [{"_uid": f"u{at}", "component": "richtext", "text": prosemirror([text])} for at, text in enumerate(paragraphs)]


def draftjs(paragraphs: Sequence[str]) -> Any:
    blocks = [
        {"key": f"b{at}", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        for at, text in enumerate(paragraphs)
    ]
    return {"blocks": blocks, "entityMap": {}}


def editorjs(paragraphs: Sequence[str]) -> Any:
    blocks = [{"id": f"e{at}", "type": "paragraph", "data": {"text": text}} for at, text in enumerate(paragraphs)]
    return {"time": 1730000000000, "blocks": blocks, "version": "2.28.0"}


def lexical(paragraphs: Sequence[str]) -> Any:
    children = [
        {"type": "paragraph", "version": 1, "children": [{"type": "text", "text": text, "format": 0, "mode": "normal"}]}
        for text in paragraphs
    ]
    return {"root": {"type": "root", "format": "", "version": 1, "children": children}}


def components(paragraphs: Sequence[str]) -> Any:
    """Return content blocks of which some are no text, as page builders have them."""
    media = {"__component": "blocks.media", "id": 7, "caption": None, "file": {"url": "/img/7.jpg"}}
    texts = [{"__component": "blocks.text", "id": at, "body": html_string([text])} for at, text in enumerate(paragraphs)]
    return [*texts[:1], media, *texts[1:]]


RICH_TEXTS: dict[str, Callable[[Sequence[str]], Any]] = {
    "html_string": html_string, "plain_text": plain_text, "paragraphs": paragraph_list, "slate": slate, "contentful": contentful,
    "portable_text": portable_text, "prosemirror": prosemirror, "wordpress_blocks": wordpress_blocks, "storyblok": storyblok,
    "draftjs": draftjs, "editorjs": editorjs, "lexical": lexical, "components": components,
}  # fmt: skip
