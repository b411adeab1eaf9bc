"""JSON-LD of a page: may be invalid JSON, nested, in several blocks, and about several articles."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from corpnews.extraction.structured_data.values import is_article_type, split_keywords, strip_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.structured_data.values import StatedValues
    from corpnews.page.page import Page

JsonLdValue: TypeAlias = "bool | int | float | str | list[JsonLdValue] | dict[str, JsonLdValue] | None"
JsonLdNode: TypeAlias = "dict[str, JsonLdValue]"

MAX_BLOCK_LENGTH: Final = 500_000
MAX_NODES: Final = 500
COMMENT_WRAPPING = re.compile(r"<!--|-->|//\s*<!\[CDATA\[|//\s*\]\]>|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|<!\[CDATA\[|\]\]>")
TRAILING_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
LENIENT_DECODER = json.JSONDecoder(strict=False)

# Properties whose values are further nodes about the page itself; nodes in other properties describe other things.
CHILD_PROPERTIES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf")
# For each field: the properties that state it, and the keys that hold the value if it is a node.
PROPERTIES = {
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
WORK_TYPES = frozenset(("CreativeWork", "DiscussionForumPosting", "HowTo", "QAPage", "Recipe", "Review"))
WORK_FIELDS = ("headline", "date_published", "date_modified", "author", "publisher", "image")
PAGE_TYPES = frozenset(("WebPage", "ItemPage", "AboutPage", "MedicalWebPage"))
PAGE_FIELDS = ("date_published", "date_modified", "author")


def read_json_ld(page: Page) -> StatedValues:
    """Return the values of the page's article node by field; without one, those of another work's node or of the page's node."""
    nodes = list(iterate_nodes(page))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    found: StatedValues = {"type": [name for node in nodes for name in get_types(node)]}
    article = choose_article([node for node in nodes if any(map(is_article_type, get_types(node)))], page)
    if article is not None:
        found |= {field: read_field(article, field, by_id) for field in PROPERTIES}
    else:
        for kinds, fields in ((PAGE_TYPES, PAGE_FIELDS), (WORK_TYPES, WORK_FIELDS)):
            node = choose_article([node for node in nodes if kinds.intersection(get_types(node))], page) or {}
            found |= {field: stated for field in fields if (stated := read_field(node, field, by_id))}
    clips = [node for node in nodes if "VideoObject" in get_types(node)]
    found.setdefault("video", []).extend(url for clip in clips for url in read_texts(clip, ("contentUrl", "embedUrl"), by_id))
    found["site_name"] = [
        name for node in nodes if "WebSite" in get_types(node) for name in read_texts(node.get("name"), (), by_id)
    ]
    return found


def iterate_nodes(page: Page) -> Iterator[JsonLdNode]:
    """Yield the nodes about the page itself, in document order; nodes nested in other properties are left out."""
    waiting: list[JsonLdValue] = [value for text in iterate_blocks(page) for value in parse_block(text)]
    for _ in range(MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            yield value
            waiting[:0] = [value[key] for key in CHILD_PROPERTIES if isinstance(value.get(key), (list, dict))]


def iterate_blocks(page: Page) -> Iterator[str]:
    for script in page.root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < MAX_BLOCK_LENGTH:
            yield script.text


def parse_block(text: str) -> list[JsonLdValue]:
    """Return the JSON values of one script block; a block that is not valid JSON is repaired first.

    >>> parse_block('<!-- {"name": "a",} -->')
    [{'name': 'a'}]
    """
    try:
        return [LENIENT_DECODER.decode(text)]
    except (ValueError, RecursionError):
        pass
    text = TRAILING_COMMA.sub("", COMMENT_WRAPPING.sub("", text)).strip()
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    found = []
    while text:
        try:
            value, end = LENIENT_DECODER.raw_decode(text)
        except (ValueError, RecursionError):
            break
        found.append(value)
        text = text[end:].lstrip(" \t\r\n;,")
    return found


def get_types(node: JsonLdNode) -> list[str]:
    stated = node.get("@type")
    return [name for name in (stated if isinstance(stated, list) else [stated]) if isinstance(name, str)]


def choose_article(articles: list[JsonLdNode], page: Page) -> JsonLdNode | None:
    """Return the article that the page is about: the one with the page's URL or title, or the only one; None on a listing."""
    titles = {strip_html(page.meta.get("og:title", "")), strip_html(page.root.findtext(".//title") or "")} - {""}
    for node in articles:
        if page.url in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
            return node
    for node in articles:
        headlines = read_texts(node.get("headline"), (), {})
        if any(strip_html(headline) in title for headline in headlines for title in titles):
            return node
    headlines_of_all = {str(node.get("headline")) for node in articles}
    return articles[0] if len(headlines_of_all) == 1 else None


def read_field(node: JsonLdNode, field: str, by_id: dict[JsonLdValue, JsonLdNode]) -> list[str]:
    """Return the values of the first property of `field` that has any."""
    names, keys = PROPERTIES[field]
    for name in names:
        stated = read_texts(node.get(name), keys, by_id)
        if field == "keyword":
            stated = [word for text in stated for word in split_keywords(text)]
        if stated:
            return stated
    return []


def read_texts(value: JsonLdValue, keys: tuple[str, ...], by_id: dict[JsonLdValue, JsonLdNode]) -> list[str]:
    """Return the texts of a property's value: a string, a node with one of `keys`, a reference to a node, or a list of these."""
    found: list[str] = []
    for one in value[:MAX_NODES] if isinstance(value, list) else [value]:
        stated = resolve_text(one, keys, by_id) if isinstance(one, dict) else one
        if isinstance(stated, str) and stated.strip():
            found.append(stated)
    return found


def resolve_text(node: JsonLdNode, keys: tuple[str, ...], by_id: dict[JsonLdValue, JsonLdNode]) -> JsonLdValue:
    """Return the value of the first of `keys` that the node has; a node with little but an @id is looked up by it."""
    if len(node) <= 2 and isinstance(node.get("@id"), str):
        node = by_id.get(node["@id"], node)
    stated = next((node[key] for key in keys if node.get(key)), None)
    return stated[0] if isinstance(stated, list) and stated else stated
