"""Inline scripts of a page, and the literals in them: URLs and request parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.page.page import Page

_MAX_SCRIPT_LENGTH = 200_000
_MAX_SCRIPTS = 100
# A name with a literal value: col:'1', "webid": 12, path = "/".
_LITERAL_ASSIGNMENT = re.compile(
    r"""["']?\b([A-Za-z_]\w{0,40})["']?\s*[:=]\s*(?:'([^'<>\n]{0,300})'|"([^"<>\n]{0,300})"|(\d{1,12})\b)"""
)


def get_inline_scripts(page: Page) -> Iterator[str]:
    """The texts of the page's inline scripts, each truncated to _MAX_SCRIPT_LENGTH characters."""
    for number, script in enumerate(page.root.iter("script")):
        if number == _MAX_SCRIPTS:
            return
        if text := script.text:
            yield text[:_MAX_SCRIPT_LENGTH]


def find_literals(script: str) -> dict[str, str]:
    """Names and literal values in a script; the first value of a name counts.

    >>> find_literals("$.ajax({url: '/list.jsp', data: {cid: 12, page_index: page, 'name': 'x'}})")
    {'url': '/list.jsp', 'cid': '12', 'name': 'x'}
    """
    found: dict[str, str] = {}
    for match in _LITERAL_ASSIGNMENT.finditer(script):
        found.setdefault(match[1], next(value for value in match.groups()[1:] if value is not None))
    return found
