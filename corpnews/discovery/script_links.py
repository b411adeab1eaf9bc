"""URLs that elements keep for the page's scripts: in data-url, hx-get or an option's value, in onclick="location.href='…'", and
those that a function of the page builds: javascript:openItem('17'), function openItem(n) {…}.
"""

from __future__ import annotations

import re
from itertools import islice
from operator import methodcaller
from typing import TYPE_CHECKING, Final

from corpnews.extraction.structured_data.json_values import normalize_key
from corpnews.web.url_features import is_page_parameter
from corpnews.web.urls import is_json_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from corpnews.page.page import Page

_OPENED_ADDRESS: Final = re.compile(r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['\"]([^'\"]+)")
# A script of a drop-down that opens '/news/' + this.value, perhaps followed by more text
_OPENED_VALUE: Final = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|\bopen\()\s*(?:['\"]([^'\"]*)['\"]\s*\+\s*)?"
    r"(?:this|\$\(this\))[\w.\[\]()]*\.val(?:ue)?\b(?:\(\))?(?:\s*\+\s*['\"]([^'\"]*)['\"])?"
)
_MAX_CHANGE_SCRIPT_LENGTH: Final = 1000
_ADDRESS: Final = re.compile(r"(?:https?://|//?(?!/)|\.{1,2}/|\?)[^\s{}<>]{1,500}$")
_ADDRESS_ATTRIBUTES: Final = ("data-", "hx-get", "up-href", "ic-get-from", "formaction")
_may_hold_address: Final = methodcaller("startswith", ("onclick", "value", *_ADDRESS_ATTRIBUTES))
_SCRIPTED_TAGS: Final = "a button div span li ul ol section option main table tbody p article".split()
_CALL: Final = re.compile(
    r"^\s*(?:javascript:)?\s*(?:return\s+)?(\w{1,80})\(\s*['\"]?([\w%./-]{1,200})['\"]?\s*\)", re.IGNORECASE
)
# function openItem(n) { location.href = "/news/view.jsp?no=" + n + "&lang=en"; }, openItem = (n) => { … }
_FUNCTION: Final = re.compile(
    r"\b(\w{1,80})\s*(?:=\s*(?:function\s*)?)?\(\s*(\w{1,80})\s*\)\s*(?:=>\s*)?\{[^{}]{0,300}?"
    r"(?:\blocation(?:\.href)?\s*=|\blocation\.(?:assign|replace)\(|\bwindow\.open\()\s*"
    r"(?P<quote>['\"])([^'\"]{1,300})(?P=quote)\s*\+\s*\2\b(?:\s*\+\s*['\"]([^'\"]{1,300})['\"])?"
)
# fetch("/api/news"), $.getJSON("/news.json"), ajax: "/news.json"
_FETCHED_ADDRESS: Final = re.compile(
    r"(?:\b(?:fetch|getJSON|axios\.get)\(|(?:ajax|url|source)[\"']?\s*[:=](?=\s*[\"'][^\"']{1,300}\.json\b))"
    r"\s*[\"']((?:https?://|/|\.)[^\"'\s<>{}]{1,300})[\"']",
    re.IGNORECASE,
)
_MAX_FETCHED: Final = 5
# A link that a script or a template makes of a row's field: '<a href="/news/' + row.slug + '.html">', `…${row.slug}…`, {{slug}}
_ROW_LINK: Final = re.compile(
    r"\bhref\s*=\s*\\?[\"']([^\"'<>{}$+\\]{0,200})(?:\$?\{{1,3}|<%[=-]?|[\"']\s*\+)\s*(?:\w{1,40}\(\s*)?(?:\w{1,40}\.){0,3}"
    r"(\w{1,40})\s*\)?\s*(?:\}{1,3}|%>|\+\s*[\"'])([^\"'<>{}$+\\]{0,100})"
)
_MAX_SCRIPTS: Final = 100
_MAX_SCRIPT_LENGTH: Final = 200_000

# function view(no) { document.frm.seq.value = no; document.frm.action = "/board/view.do"; document.frm.submit(); }
_FORM_FUNCTION: Final = re.compile(r"\bfunction\s+(\w{1,80})\s*\(\s*(\w{1,80})\s*\)\s*\{([^{}]{0,600})\}")
_FIELD_ASSIGNMENT: Final = r"['\".#](\w{{1,60}})['\"]?[\])]{{0,2}}\s*\.\s*(?:value\s*=|val\()\s*{name}\b"
_ACTION_ASSIGNMENT: Final = re.compile(r"\baction['\"]?\s*[=,]\s*['\"]([^'\"]{1,300})['\"]")
UrlParts = tuple[str, str]  # what stands before and after a value


def iter_attribute_urls(page: Page) -> Iterator[tuple[_Element, str, str]]:
    """Yield the URLs that attributes hold for a script, each with its element and the attribute's name."""
    opened: UrlParts | None = None  # by the values of the last drop-down
    for element in page.root.iter(*_SCRIPTED_TAGS, "select"):
        opened = find_opened_value(element) if element.tag == "select" else opened
        named = any(map(_may_hold_address, element.keys()))
        # not by get(): lxml raises ValueError if the name has a control character
        for name, value in element.items() if named else ():
            href = find_called_address(value) if name == "onclick" else None
            if element.tag == "option" and name == "value" and value and opened:
                href = value.join(opened)
            elif name.startswith(_ADDRESS_ATTRIBUTES) or (name == "value" and element.tag == "option"):
                href = value if _ADDRESS.match(value) else None
            if href and (url := page.resolve_url(href)):
                yield element, name, url


def find_opened_value(select: _Element) -> UrlParts | None:
    """Return what stands before and after the chosen value in the URL that a drop-down's script opens; None if it opens none."""
    moves = _OPENED_VALUE.search((select.get("onchange") or "")[:_MAX_CHANGE_SCRIPT_LENGTH])
    return (moves[1] or "", moves[2] or "") if moves else None


def find_called_address(script: str) -> str | None:
    """Return the URL that an onclick opens: location.href='/news/1', window.open('/news/1')."""
    opened = _OPENED_ADDRESS.search(script)
    return opened[1] if opened else None


def find_opening_functions(page: Page) -> Mapping[str, UrlParts]:
    """The functions of the page's scripts that open a URL made with their argument, by name; a form may be sent as a query."""
    opened = {
        match[1]: (match[4], match[5] or "")
        for script in iter_inline_scripts(page)
        if "location" in script or "open(" in script
        for match in _FUNCTION.finditer(script)
    }
    for name, (field, action) in find_form_functions(page).items():
        if action and not is_page_parameter(field.lower()):
            opened.setdefault(name, (f"{action}{'&' if '?' in action else '?'}{field}=", ""))
    return opened


def find_form_functions(page: Page) -> Mapping[str, tuple[str, str | None]]:
    """The functions that put their argument into a form and submit it, by name: the field, and the form's new action."""
    found: dict[str, tuple[str, str | None]] = {}
    for script in iter_inline_scripts(page):
        for match in _FORM_FUNCTION.finditer(script) if "submit(" in script else ():
            field = re.search(_FIELD_ASSIGNMENT.format(name=re.escape(match[2])), match[3])
            action = _ACTION_ASSIGNMENT.search(match[3])
            if field and "submit(" in match[3]:
                found[match[1]] = field[1], action[1] if action else None
    return found


def iter_inline_scripts(page: Page) -> Iterator[str]:
    """Yield the texts of the page's inline scripts, each cut after 200,000 characters."""
    for script in islice(page.elements["script"], _MAX_SCRIPTS):
        if text := script.text:
            yield text[:_MAX_SCRIPT_LENGTH]


def iter_data_addresses(page: Page) -> Iterator[str]:
    """Yield the URLs of the JSON that an attribute names, or that a script of the page fetches."""
    named = (url for _, _, url in iter_attribute_urls(page) if is_json_url(url))
    fetched = (found[1] for script in iter_inline_scripts(page) for found in _FETCHED_ADDRESS.finditer(script))
    yield from islice((*named, *filter(None, map(page.resolve_url, fetched))), _MAX_FETCHED)


def find_row_links(page: Page) -> Mapping[str, UrlParts]:
    """The fields (normalized) from which the page's scripts make links, with what stands before and after the value."""
    found = (match for script in iter_inline_scripts(page) if "href" in script for match in _ROW_LINK.finditer(script))
    return {normalize_key(match[2]): (match[1], match[3]) for match in found}


def resolve_call(element: _Element, functions: Mapping[str, UrlParts]) -> str | None:
    """Return the URL that a click on the link opens by calling one of the functions."""
    for script in (element.get("href") or "", element.get("onclick") or ""):
        call = _CALL.match(script[:500])
        if call and call[1] in functions:
            before, after = functions[call[1]]
            return f"{before}{call[2]}{after}"
    return None
