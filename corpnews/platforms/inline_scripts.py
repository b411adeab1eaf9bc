"""Literals in the inline scripts of a page: URLs and request parameters."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.script_links import iter_inline_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.page.page import Page

_MAX_VALUE_LENGTH = 200_000
_MAX_ATTRIBUTES = 10_000
# A name with a literal value: col:'1', "webid": 12, path = "/".
_LITERAL_ASSIGNMENT = re.compile(
    r"""["']?\b([A-Za-z_]\w{0,40})["']?\s*[:=]\s*(?:'([^'<>\n]{0,300})'|"([^"<>\n]{0,300})"|(\d{1,12})\b)"""
)


def find_named_url(page: Page, pattern: re.Pattern[str]) -> str | None:
    """The first URL that the pattern matches in the page's inline scripts, links and data attributes."""
    texts = (*iter_inline_scripts(page), *islice(_iter_attributes(page), _MAX_ATTRIBUTES))
    plain = (text.replace("\\/", "/").replace("\\u0026", "&") for text in texts)
    return next((found[0] for text in plain if (found := pattern.search(text))), None)


def _iter_attributes(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        for name, value in element.items():
            if name in ("src", "href") or name.startswith("data-"):
                yield value[:_MAX_VALUE_LENGTH]


def find_literals(script: str) -> dict[str, str]:
    """Names and literal values in a script; the first value of a name counts.

    >>> find_literals("$.ajax({url: '/list.jsp', data: {cid: 12, page_index: page, 'name': 'x'}})")
    {'url': '/list.jsp', 'cid': '12', 'name': 'x'}
    """
    found: dict[str, str] = {}
    for match in _LITERAL_ASSIGNMENT.finditer(script):
        found.setdefault(match[1], next(value for value in match.groups()[1:] if value is not None))
    return found
