"""The same release in other languages, as the page declares it and as its language switcher leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpnews.extraction.blocks import Zone
from corpnews.extraction.text import folded
from corpnews.items import Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.extraction.page import Page

TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
MOST: Final = 40


def find_translations(page: Page, listed: Iterable[tuple[str, str]] = ()) -> tuple[Translation, ...]:
    """The release's other editions, each once; `listed` are those that were told before. Never the page itself."""
    own = page.url.partition("#")[0]
    found: dict[str, Translation] = {}
    for tag, href in (*declared(page), *switched(page), *listed):
        url = page.absolute(href)
        if url and url.rstrip("/") != own.rstrip("/") and TAG.fullmatch(tag) and len(found) < MOST:
            found.setdefault(url, Translation(tag.replace("_", "-"), url))
    return tuple(found.values())


def declared(page: Page) -> Iterator[tuple[str, str]]:
    """What `<link rel="alternate" hreflang>` says."""
    for element in page.links("alternate"):
        yield element.get("hreflang") or "", element.get("href") or ""


def switched(page: Page) -> Iterator[tuple[str, str]]:
    """Links outside the text that name the language that they lead to."""
    for mark in page.layout.links:
        tag = mark.element.get("hreflang") or mark.element.get("lang") or ""
        if tag and len(folded("".join(mark.element.itertext()))) < 30 and mark.box.zone & (Zone.NAV | Zone.HEADER | Zone.FOOTER):
            yield tag, mark.element.get("href") or ""
