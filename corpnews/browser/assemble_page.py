"""Assembles one page from the parts that it showed one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from corpnews.page.page import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement


def append_parts(whole: str, parts: Iterable[str]) -> str:
    """`whole` with each part inserted after the last element of the same tag, class and id; other parts go to the end.

    >>> append_parts('<html><body><ul class="a"><li>1</li></ul><p>x</p></body></html>', ['<li>2</li>'])
    '<html><body><ul class="a"><li>1</li><li>2</li></ul><p>x</p></body></html>'
    """
    root = parse_html(whole.encode())
    last: dict[tuple[str, str, str], HtmlElement] = {}
    body = root.find("body")
    for element in (root if body is None else body).iter("*"):
        last[_get_element_signature(element)] = element
    for part in parts:
        for box in _parse_part(part):
            like = last.get(_get_element_signature(box))
            if like is None:
                (root if body is None else body).append(box)
            else:
                box.tail, like.tail = like.tail, None
                like.addnext(box)
            last.update((_get_element_signature(element), element) for element in box.iter("*"))
    return lxml_html.tostring(root, encoding="unicode")


def _parse_part(part: str) -> list[HtmlElement]:
    """The top-level elements of a part: serialised nested links, which HTML does not allow, are parsed as several."""
    body = parse_html(f"<html><body>{part}</body></html>".encode()).find("body")
    boxes = [] if body is None else list(body.iterchildren("*"))
    for box in boxes:
        box.tail = None
    return boxes


def _get_element_signature(element: HtmlElement) -> tuple[str, str, str]:
    return str(element.tag), element.get("class") or "", element.get("id") or ""
