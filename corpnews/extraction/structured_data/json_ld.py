"""JSON-LD of a page: may be invalid JSON, nested, in several blocks, and about several articles."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from corpnews.extraction.structured_data.values import is_article_type, split_keywords, strip_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpnews.extraction.structured_data.values import StatedValues
    from corpnews.page.page import Page

_JsonLdValue: TypeAlias = "bool | int | float | str | list[_JsonLdValue] | dict[str, _JsonLdValue] | None"
_JsonLdNode: TypeAlias = "dict[str, _JsonLdValue]"

_MAX_BLOCK_LENGTH: Final = 500_000
_MAX_NODES: Final = 500
# Bounds of what is repaired on a page: json-repair's time grows with the square of the length, and with the nesting.
_MAX_REPAIRED_LENGTH: Final = 5_000
_MAX_REPAIRED_BRACKETS: Final = 200
_LENIENT_DECODER = json.JSONDecoder(strict=False)

# Properties whose values are further nodes about the page itself; nodes in other properties describe other things.
_CHILD_PROPERTIES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf")
# For each field: the properties that state it, and the keys that hold the value if it is a node.
_PROPERTIES = {
    "headline": (("headline", "name"), ("@value",)),
    "description": (("description",), ("@value",)),
    "article_body": (("articleBody",), ("@value",)),
    "date_published": (("datePublished", "dateCreated"), ("@value",)),
    "date_modified": (("dateModified",), ("@value",)),
    "author": (("author", "creator"), ("name",)),
    "section": (("articleSection",), ("name",)),
    "keyword": (("keywords",), ("name",)),
    "publisher": (("publisher",), ("name",)),
    "image": (("image", "thumbnailUrl"), ("url", "contentUrl")),
    "video": (("video",), ("contentUrl", "embedUrl", "url")),
}
# Types of works other than articles, and types of pages, each with the fields that are read from them.
_WORK_TYPES = frozenset(("CreativeWork", "DiscussionForumPosting", "HowTo", "QAPage", "Recipe", "Review"))
_WORK_FIELDS = ("headline", "date_published", "date_modified", "author", "publisher", "image")
_PAGE_TYPES = frozenset(("WebPage", "ItemPage", "AboutPage", "MedicalWebPage"))
_PAGE_FIELDS = ("date_published", "date_modified", "author")


def read_json_ld(page: Page) -> StatedValues:
    """Return the values of the page's article node by field; without one, those of another work's node or of the page's node."""
    nodes = list(_iterate_nodes(page))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    found: StatedValues = {"type": [name for node in nodes for name in _get_types(node)]}
    article = _find_article_node(nodes, page)
    if article is not None:
        found |= {field: _read_field(article, field, by_id) for field in _PROPERTIES}
    else:
        for kinds, fields in ((_PAGE_TYPES, _PAGE_FIELDS), (_WORK_TYPES, _WORK_FIELDS)):
            node = _choose_article([node for node in nodes if kinds.intersection(_get_types(node))], page) or {}
            found |= {field: stated for field in fields if (stated := _read_field(node, field, by_id))}
    clips = [node for node in nodes if "VideoObject" in _get_types(node)]
    found.setdefault("video", []).extend(url for clip in clips for url in _read_texts(clip, ("contentUrl", "embedUrl"), by_id))
    found["site_name"] = [
        name for node in nodes if "WebSite" in _get_types(node) for name in _read_texts(node.get("name"), (), by_id)
    ]
    return found


def read_json_ld_article(page: Page) -> Mapping[str, Any] | None:
    """Return the node of the page's article with all its properties, if it states the article's text."""
    article = _find_article_node(list(_iterate_nodes(page)), page)
    return article if article and article.get("articleBody") else None


def iter_json_ld_lists(page: Page) -> Iterator[_JsonLdValue]:
    """Yield the entries of each ItemList that the page states."""
    for node in _iterate_nodes(page):
        if "ItemList" in _get_types(node) and isinstance(node.get("itemListElement"), list):
            yield node["itemListElement"]


def _find_article_node(nodes: list[_JsonLdNode], page: Page) -> _JsonLdNode | None:
    return _choose_article([node for node in nodes if any(map(is_article_type, _get_types(node)))], page)


def _iterate_nodes(page: Page) -> Iterator[_JsonLdNode]:
    """Yield the nodes about the page itself, in document order; nodes nested in other properties are left out."""
    waiting: list[_JsonLdValue] = list(_parse_blocks(page))
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            yield value
            waiting[:0] = [value[key] for key in _CHILD_PROPERTIES if isinstance(value.get(key), (list, dict))]


def _parse_blocks(page: Page) -> Iterator[_JsonLdValue]:
    budget = _MAX_REPAIRED_LENGTH
    for script in page.elements["script"]:
        text = (script.text or "") if "ld+json" in (script.get("type") or "").lower() else ""
        if not text.strip() or len(text) >= _MAX_BLOCK_LENGTH:
            continue
        try:
            yield _LENIENT_DECODER.decode(text)
        except (ValueError, RecursionError):
            yield _repair_block(text[:budget])
            budget = max(0, budget - len(text))


def _repair_block(text: str) -> _JsonLdValue:
    """Return the value of a block that is not valid JSON, as far as it can be read.

    >>> _repair_block('<!-- {"name": "a",} -->'), _repair_block('{"name": "a"}; {"url": "b"}')
    ({'name': 'a'}, [{'name': 'a'}, {'url': 'b'}])
    """
    from json_repair import repair_json  # noqa: PLC0415  # 60 ms of CPU for one block in a hundred

    if text.count("[") + text.count("{") > _MAX_REPAIRED_BRACKETS:
        return None
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    try:
        return repair_json(text, return_objects=True, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _get_types(node: _JsonLdNode) -> list[str]:
    stated = node.get("@type")
    return [name for name in (stated if isinstance(stated, list) else [stated]) if isinstance(name, str)]


def _choose_article(articles: list[_JsonLdNode], page: Page) -> _JsonLdNode | None:
    """Return the article that the page is about: the one with the page's URL or title, or the only one; None on a listing."""
    if not articles:
        return None
    titles = {strip_html(page.meta.get("og:title", "")), strip_html(page.title)} - {""}
    for node in articles:
        if page.url in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
            return node
    for node in articles:
        headlines = _read_texts(node.get("headline"), (), {})
        if any(strip_html(headline) in title for headline in headlines for title in titles):
            return node
    headlines_of_all = {str(node.get("headline")) for node in articles}
    return articles[0] if len(headlines_of_all) == 1 else None


def _read_field(node: _JsonLdNode, field: str, by_id: dict[_JsonLdValue, _JsonLdNode]) -> list[str]:
    """Return the values of the first property of `field` that has any."""
    names, keys = _PROPERTIES[field]
    for name in names:
        stated = _read_texts(node.get(name), keys, by_id)
        if field == "keyword":
            stated = [word for text in stated for word in split_keywords(text)]
        if stated:
            return stated
    return []


def _read_texts(value: _JsonLdValue, keys: tuple[str, ...], by_id: dict[_JsonLdValue, _JsonLdNode]) -> list[str]:
    """Return the texts of a property's value: a string, a node with one of `keys`, a reference to a node, or a list."""
    found: list[str] = []
    if isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    for one in value[:_MAX_NODES] if isinstance(value, list) else [value]:
        stated = _resolve_text(one, keys, by_id) if isinstance(one, dict) else one
        if isinstance(stated, str) and stated.strip():
            found.append(stated)
    return found


def _resolve_text(node: _JsonLdNode, keys: tuple[str, ...], by_id: dict[_JsonLdValue, _JsonLdNode]) -> _JsonLdValue:
    """Return the value of the first of `keys` that the node has; a node with little but an @id is looked up by it."""
    if len(node) <= 2 and isinstance(node.get("@id"), str):
        node = by_id.get(node["@id"], node)
    stated = next((node[key] for key in keys if node.get(key)), None)
    return stated[0] if isinstance(stated, list) and stated else stated
