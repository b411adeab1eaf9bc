"""Links whose URL a function of the page's own scripts builds: javascript:openItem('17'), function openItem(n) {…}."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_CALL: Final = re.compile(
    r"^\s*(?:javascript:)?\s*(?:return\s+)?(\w{1,80})\(\s*['\"]?([\w%./-]{1,200})['\"]?\s*\)", re.IGNORECASE
)
# function openItem(n) { location.href = "/news/view.jsp?no=" + n + "&lang=en"; }
_FUNCTION: Final = re.compile(
    r"\bfunction\s+(\w{1,80})\s*\(\s*(\w{1,80})\s*\)\s*\{[^{}]{0,300}?"
    r"(?:\blocation(?:\.href)?\s*=|\blocation\.(?:assign|replace)\(|\bwindow\.open\()\s*"
    r"(?P<quote>['\"])([^'\"]{1,300})(?P=quote)\s*\+\s*\2\b(?:\s*\+\s*['\"]([^'\"]{1,300})['\"])?"
)
_MAX_SCRIPTS: Final = 50
_MAX_SCRIPT_LENGTH: Final = 100_000

UrlParts = tuple[str, str]  # what stands before and after a function's argument


def find_opening_functions(page: Page) -> Mapping[str, UrlParts]:
    """The functions of the page's scripts that open a URL made with their argument, by name."""
    scripts = (script.text or "" for script in islice(page.root.iter("script"), _MAX_SCRIPTS))
    found = (match for script in scripts if "location" in script or "open(" in script for match in _find_all(script))
    return {match[1]: (match[4], match[5] or "") for match in found}


def _find_all(script: str) -> list[re.Match[str]]:
    return list(_FUNCTION.finditer(script[:_MAX_SCRIPT_LENGTH]))


def resolve_call(element: HtmlElement, functions: Mapping[str, UrlParts]) -> str | None:
    """The URL that a click on the link opens by calling one of the functions."""
    for script in (element.get("href") or "", element.get("onclick") or ""):
        call = _CALL.match(script[:500])
        if call and call[1] in functions:
            before, after = functions[call[1]]
            return f"{before}{call[2]}{after}"
    return None
