"""Assembles one page from the parts that it showed one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from corpnews.extraction.page import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement


def put_together(whole: str, parts: Iterable[str]) -> str:
    """`whole` with each part inserted after the last element of the same tag, class and id; other parts go to the end.

    >>> put_together('<html><body><ul class="a"><li>1</li></ul><p>x</p></body></html>', ['<li>2</li>'])
    '<html><body><ul class="a"><li>1</li><li>2</li></ul><p>x</p></body></html>'
    """
    root = parsed(whole.encode())
    last: dict[tuple[str, str, str], HtmlElement] = {}
    body = root.find("body")
    for element in (root if body is None else body).iter("*"):
        last[kind_of(element)] = element
    for part in parts:
        for box in boxes_of(part):
            like = last.get(kind_of(box))
            if like is None:
                (root if body is None else body).append(box)
            else:
                box.tail, like.tail = like.tail, None
                like.addnext(box)
            last.update((kind_of(element), element) for element in box.iter("*"))
    return lxml_html.tostring(root, encoding="unicode")


def boxes_of(part: str) -> list[HtmlElement]:
    """The top-level elements of a part: serialised nested links, which HTML does not allow, are parsed as several."""
    body = parsed(f"<html><body>{part}</body></html>".encode()).find("body")
    boxes = [] if body is None else list(body.iterchildren("*"))
    for box in boxes:
        box.tail = None
    return boxes


def kind_of(element: HtmlElement) -> tuple[str, str, str]:
    return str(element.tag), element.get("class") or "", element.get("id") or ""
