"""Microdata of a page: the properties of its article scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from corpnews.extraction.structured_data.values import is_article_type, split_keywords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpnews.extraction.structured_data.values import StatedValues
    from corpnews.page.page import Page

_FIND_PROPERTIES = etree.XPath(".//*[@itemprop]")
_MAX_SCOPES: Final = 50
_MAX_PROPERTIES: Final = 300
_MAX_DEPTH: Final = 4
_MAX_TEXT_LENGTH: Final = 500
_FIELD_BY_PROPERTY = {
    "headline": "headline",
    "description": "description",
    "datepublished": "date_published",
    "datecreated": "date_published",
    "datemodified": "date_modified",
    "author": "author",
    "creator": "author",
    "articlesection": "section",
    "keywords": "keyword",
    "publisher": "publisher",
    "image": "image",
}
_URL_ATTRIBUTES = {"image": ("content", "src", "href", "data-src")}
_VALUE_ATTRIBUTES = ("content", "datetime")


def read_microdata(page: Page) -> StatedValues:
    """Return the properties of the page's article scope by field; empty if several scopes qualify, as on a listing."""
    found: StatedValues = {}
    scope = _find_article_scope(page)
    if scope is None:
        return found
    found["type"] = [(scope.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]]
    for name, element in _iterate_properties(scope):
        field = _FIELD_BY_PROPERTY.get(name)
        value = _read_value(element, field) if field else ""
        if field and value:
            found.setdefault(field, []).extend(split_keywords(value) if field == "keyword" else [value])
    return found


def _find_article_scope(page: Page) -> _Element | None:
    scopes = [scope for scope in page.layout.items if any(map(is_article_type, (scope.get("itemtype") or "").split()))]
    if len(scopes) > _MAX_SCOPES:
        return None
    if len(scopes) > 1:
        scopes = [scope for scope in scopes if any(name == "articlebody" for name, _ in _iterate_properties(scope))]
    return scopes[0] if len(scopes) == 1 else None


def _iterate_properties(scope: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield name and element of the properties of `scope` itself, without those of scopes inside it."""
    for element in _FIND_PROPERTIES(scope)[:_MAX_PROPERTIES]:
        if _find_owner(element) is scope:
            for name in (element.get("itemprop") or "").lower().split():
                yield name, element


def _find_owner(element: _Element) -> _Element | None:
    parent = element.getparent()
    while parent is not None and "itemscope" not in parent.attrib:
        parent = parent.getparent()
    return parent


def _read_value(element: _Element, field: str, depth: int = 0) -> str:
    """Return a property's value: an attribute of the element, the name (of an image: URL) of an inner scope, or its text."""
    for attribute in _URL_ATTRIBUTES.get(field, _VALUE_ATTRIBUTES):
        stated = element.get(attribute)
        if stated:
            return stated
    if "itemscope" in element.attrib:
        wanted = "url" if field == "image" else "name"
        inner = (
            next((part for name, part in _iterate_properties(element) if name == wanted), None) if depth < _MAX_DEPTH else None
        )
        return _read_value(inner, field, depth + 1) if inner is not None else ""
    return " ".join(element.itertext())[:_MAX_TEXT_LENGTH]
