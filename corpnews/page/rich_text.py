"""Rich text that editors store as JSON nodes, rendered as HTML.

One reader for Slate, ProseMirror (TipTap, Storyblok), Contentful, Portable Text (Sanity), Lexical, Editor.js, Draft.js and
WordPress blocks: all are trees of nodes that have a type, and a text or children.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_RICH_TEXT_DEPTH: Final = 30
_MAX_RICH_TEXT_NODES: Final = 20_000

_COMPONENT_KEYS: Final = ("component", "__component", "__typename", "acf_fc_layout")  # the types of a page builder's parts
_TYPE_KEYS: Final = ("nodeType", "blockName", "type", "_type", "object", *_COMPONENT_KEYS, "name", "style")
_CHILD_KEYS: Final = ("children", "content", "nodes", "innerBlocks", "blocks", "items", "root", "document", "doc", "json", "raw")
_TEXT_KEYS: Final = ("text", "value", "innerHTML", "originalContent", "saveContent", "html")
_DETAIL_KEYS: Final = ("attributes", "attrs", "data", "fields", "props")
_DETAIL_CONTENT_KEYS: Final = ("content", "text", "value", "html", "body", "citation", "items", "values", "caption")
# A part of a page that is no node of an editor holds its text under such a key, as HTML or as nodes.
_PART_CONTENT_KEYS: Final = frozenset(
    "text richtext body bodytext content html copy description paragraph paragraphs wysiwyg value".split()
)
_JSON_KEYS: Final = ("raw", "json")
_LINK_KEYS: Final = ("href", "uri", "url")
_INLINE_TYPES: Final = ("", "text", "span", "leaf")
_HEADING_TYPES: Final = ("heading", "headline", "header", "title")
_HEADING_LEVEL = re.compile(r"(?:^h|head(?:ing|er)-?)([1-6]|one|two|three|four|five|six)$")
_LEVEL_NAMES: Final = ("one", "two", "three", "four", "five", "six")
# Parts of type names and the elements they stand for, the more telling first.
_TAG_BY_TYPE_PART: Final = (
    ("list-item", "li"),
    ("listitem", "li"),
    ("unordered", "ul"),
    ("bullet", "ul"),
    ("ordered", "ol"),
    ("ol-list", "ol"),
    ("numbered", "ol"),
    ("list", "ul"),
    ("quote", "blockquote"),
    ("table-row", "tr"),
    ("tablerow", "tr"),
    ("table-cell", "td"),
    ("tablecell", "td"),
    ("table-header", "td"),
    ("table", "table"),
    ("paragraph", "p"),
    ("unstyled", "p"),
    ("normal", "p"),
    ("link", "a"),
    ("image", "img"),
    ("figure", "img"),
    ("asset", "img"),
    ("code", "pre"),
    ("break", "br"),
)
_MARKUP = re.compile(r"<(?:[a-z][a-z0-9]*)\b[^<>]*>|&(?:[a-z]{2,8}|#\d{2,6});", re.IGNORECASE)
_JSON_START = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
_MARKDOWN_ITEM = re.compile(r"\s*[-*+]\s+")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\((https?://[^()\s\"<>]{1,1000}|/[^()\s\"<>]{0,1000})\)")
_MARKDOWN_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).){1,2000}?)(?<=\S)\1")
_BLOCK_START = re.compile(r"\s*<(?:p|div|h[1-6]|ul|ol|table|figure|blockquote|pre|section)\b", re.IGNORECASE)


def render_rich_text(value: object) -> str:
    """Return the value as HTML: nodes, a list of nodes, HTML, or Markdown or plain text with a paragraph a line; else nothing.

    Nodes may be written as JSON in a string, as databases keep them.

    >>> render_rich_text({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Plant"}]}]})
    '<p>Plant</p>'
    """
    value = _decode_nodes(value)
    if not isinstance(value, str):
        return "".join(_Renderer().iter_blocks(value, 0))
    if _MARKUP.search(value):
        return value
    return "".join(map(_render_line, filter(str.strip, value.split("\n"))))


def _render_line(line: str) -> str:
    """Return a line of Markdown, or of plain text, as HTML."""
    text = _MARKDOWN_STRONG.sub(r"\2", _MARKDOWN_LINK.sub(r'<a href="\2">\1</a>', escape(line, quote=False)))
    if heading := _MARKDOWN_HEADING.match(text):
        return f"<h{len(heading[1])}>{text[heading.end() :].rstrip(' #')}</h{len(heading[1])}>"
    item = _MARKDOWN_ITEM.match(text)
    return f"<ul><li>{text[item.end() :]}</li></ul>" if item else f"<p>{text}</p>"


def _decode_nodes(value: object) -> object:
    """Return the nodes that a string, or an object's string, holds as JSON; any other value as it is."""
    texts = (value.get(key) for key in _JSON_KEYS) if isinstance(value, dict) else (value,)
    written = next((text for text in texts if isinstance(text, str) and _JSON_START.match(text)), None)
    if written:
        try:
            return json.loads(written)
        except (ValueError, RecursionError):
            return value
    return value


class _Renderer:
    """Renders the nodes of one text; `left` bounds their number."""

    def __init__(self) -> None:
        self.left = _MAX_RICH_TEXT_NODES

    def iter_blocks(self, value: object, depth: int, *, in_list: bool = False) -> Iterator[str]:
        """Yield the HTML of a node or of a list of nodes; list items that follow each other without a list get one."""
        open_list = ""
        for node in value if isinstance(value, list) else [value]:
            self.left -= 1
            if self.left < 0 or depth > _MAX_RICH_TEXT_DEPTH:
                return
            list_tag = _get_bare_item_list(node)
            if list_tag != open_list:
                yield f"</{open_list}>" if open_list else ""
                yield f"<{list_tag}>" if list_tag else ""
                open_list = list_tag
            html = self._render(node, depth)
            yield f"<li>{html}</li>" if (list_tag or in_list) and not html.startswith("<li") else html
        if open_list:
            yield f"</{open_list}>"

    def _render(self, node: object, depth: int) -> str:
        if isinstance(node, str):
            return node if _MARKUP.search(node) else escape(node)
        if not isinstance(node, dict):
            return ""
        text = next((node[key] for key in _TEXT_KEYS if isinstance(node.get(key), str) and node[key].strip()), None)
        children = next((node[key] for key in _CHILD_KEYS if isinstance(node.get(key), (list, dict)) and node[key]), None)
        if text is not None and children is None:
            return _render_leaf(node, text)
        content = (
            _resolve_link_marks(node, children) if children is not None else _get_detail_content(node) or _get_part_content(node)
        )
        if isinstance(content, str):
            return _wrap(node, self._render(content, depth + 1))
        return _wrap(node, "".join(self.iter_blocks(content, depth + 1, in_list=_get_tag(node) in ("ul", "ol"))))


def _render_leaf(node: Mapping[str, Any], text: str) -> str:
    html = text if _MARKUP.search(text) else escape(text).replace("\n", "<br>")
    href = _get_href(_get_details(node)) or _get_href(node) or next(filter(None, map(_get_mark_href, _get_marks(node))), "")
    html = f'<a href="{escape(href)}">{html}</a>' if href else html
    if any(key in node for key in _COMPONENT_KEYS) and not _get_tag(node) and not _MARKUP.search(text):
        return f"<p>{html}</p>"
    return html if _get_type(node) in _INLINE_TYPES else _wrap(node, html)


def _get_type(node: Mapping[str, Any]) -> str:
    """Return the node's type in small letters, without the editor's own prefix; "block" says nothing, the style does."""
    for key in _TYPE_KEYS:
        found = node.get(key)
        if isinstance(found, str) and found.lower() not in ("block", "element"):
            return found.lower().rpartition("/")[2].replace("_", "-")
    return ""


def _get_details(node: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((node[key] for key in _DETAIL_KEYS if isinstance(node.get(key), dict)), {})


def _get_detail_content(node: Mapping[str, Any]) -> object:
    """Return what a block keeps among its attributes: {"data": {"text": …}}, {"attributes": {"content": …}}."""
    details = _get_details(node)
    return next((details[key] for key in _DETAIL_CONTENT_KEYS if isinstance(details.get(key), (str, list, dict))), "")


def _get_part_content(node: Mapping[str, Any]) -> object:
    """Return the text of a page builder's part, such as {"component": "text", "copy": {"type": "doc", …}}."""
    contents = (value for key, value in node.items() if key.lower().replace("_", "") in _PART_CONTENT_KEYS)
    return next((value for value in contents if isinstance(value, (str, list, dict)) and value), "")


def _get_bare_item_list(node: object) -> str:
    """Return the tag of the list of an item that stands without one, as in Portable Text and Draft.js; else an empty string."""
    if not isinstance(node, dict):
        return ""
    kind = _get_type(node)
    item = str(node.get("listItem") or (kind if kind.endswith("list-item") and "depth" in node else ""))
    return "" if not item else "ol" if item.startswith(("number", "ordered")) else "ul"


def _wrap(node: Mapping[str, Any], inner: str) -> str:
    """Put the element around `inner` that the node's type stands for."""
    tag, details = _get_tag(node), _get_details(node)
    href = _get_href(details) or _get_href(node)
    if tag == "img":
        source = href or str(details.get("src") or node.get("src") or "")
        return f'<figure><img src="{escape(source)}">{inner}</figure>' if source else inner
    if tag == "a":
        return f'<a href="{escape(href)}">{inner}</a>' if href else inner
    if not tag or not inner.strip() or (tag == "p" and _BLOCK_START.match(inner)):
        return inner
    return f"<{tag}>{inner}</{tag}>"


def _get_tag(node: Mapping[str, Any]) -> str:
    """Return the element that a node's type stands for; empty for a node that only holds others."""
    kind, details = _get_type(node), _get_details(node)
    found = _HEADING_LEVEL.search(kind)
    if found or kind in _HEADING_TYPES:
        level = found[1] if found else str(details.get("level") or node.get("level") or str(node.get("tag") or "h2")[-1:])
        number = _LEVEL_NAMES.index(level) + 1 if level in _LEVEL_NAMES else int(level) if level.isdigit() else 2
        return f"h{min(6, max(1, number))}"
    if "listItem" in node:
        return ""
    tag = next((tag for part, tag in _TAG_BY_TYPE_PART if part in kind), "")
    is_ordered = details.get("style") == "ordered" or details.get("ordered") is True
    return "ol" if tag == "ul" and is_ordered else tag


def _get_marks(node: Mapping[str, Any]) -> list[Any]:
    marks = node.get("marks")
    return marks if isinstance(marks, list) else []


def _resolve_link_marks(node: Mapping[str, Any], children: object) -> object:
    """Replace the marks of a Portable Text block's spans by what its markDefs define, such as links."""
    definitions = node.get("markDefs")
    if not (isinstance(definitions, list) and definitions and isinstance(children, list)):
        return children
    by_key = {each.get("_key"): each for each in definitions if isinstance(each, dict)}
    spans = (child for child in children if isinstance(child, dict))
    return [{**span, "marks": [by_key.get(mark, mark) for mark in _get_marks(span) if isinstance(mark, str)]} for span in spans]


def _get_href(value: object) -> str:
    found = next((value[key] for key in _LINK_KEYS if isinstance(value.get(key), str)), "") if isinstance(value, dict) else ""
    return found if found.startswith(("http", "/", "mailto:")) else ""


def _get_mark_href(mark: object) -> str:
    return (_get_href(mark.get("attrs")) or _get_href(mark.get("data")) or _get_href(mark)) if isinstance(mark, dict) else ""
