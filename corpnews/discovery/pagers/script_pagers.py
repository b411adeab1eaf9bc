"""Pagers whose links call a script: goPage(2), and ASP.NET's __doPostBack."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from corpnews.discovery.pagers.forms import (
    build_form_url,
    get_form_action,
    is_get_form,
    read_form_fields,
    read_options,
    read_selected_value,
)
from corpnews.discovery.pagers.load_more import NUMBER_PLACEHOLDER, PageUrlTemplate, find_page_parameter
from corpnews.discovery.source import SourceRequest
from corpnews.discovery.vocabulary import NEXT_LABELS, NEXT_SIGNS, YEAR_LABEL
from corpnews.web.text import get_short_text, normalize_label
from corpnews.web.url_features import is_page_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_CALLING_ELEMENTS = "//a[starts-with(@href, 'javascript:')] | //*[@onclick]"
_PAGER_CALL = re.compile(r"\b(\w*(?:pag|list|goto|move)\w*)\(\s*['\"]?(\d{1,5})['\"]?\s*[,)]", re.IGNORECASE)
_POSTBACK_CALL = re.compile(r"__doPostBack\(\s*\\?['\"]([^'\"\\]{1,200})\\?['\"]\s*,\s*\\?['\"]([^'\"\\]{0,200})\\?['\"]")
_TRAILING_NUMBER = re.compile(r"(\d{1,5})$")
_POSTBACK_LINKS = "//a[contains(@href, '__doPostBack')]"
_POSTBACK_SELECTS = "//select[contains(@onchange, '__doPostBack')]"
# function goPage(n) { location.href = "?page=" + n }
_ASSIGNED_LOCATION = (
    r"\b{name}\s*(?:=\s*function)?\s*\([^)]*\)\s*(?:=>)?\s*\{{[^}}]{{0,400}}?"
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]*[?&]\w+=)['\"]\s*\+"
)
_MAX_CALLS = 300
_MAX_FORMS = 20
_MAX_SCRIPTS = 50
_MAX_PAGER_SCRIPT_LENGTH = 100_000
_MAX_CALL_LENGTH = 1000
_MAX_POST_LENGTH = 300_000
_FORM_HEADERS = (("Content-Type", "application/x-www-form-urlencoded"),)


def find_script_pages(page: Page) -> Iterator[str]:
    """Yield the URLs of pages that a click requests by script, built from the page's URL, a form or the script itself."""
    sources: dict[str, PageUrlTemplate | None] = {}
    for element in islice(page.root.xpath(_CALLING_ELEMENTS), _MAX_CALLS):
        call = _PAGER_CALL.search((element.get("onclick") or element.get("href") or "")[:_MAX_CALL_LENGTH])
        if call and _is_pager_text(get_short_text(element), call[2]):
            name = call[1]
            source = sources[name] = sources[name] if name in sources else _find_called_template(page, name)
            if source:
                yield source.page(int(call[2]))


def _is_pager_text(text: str, number: str) -> bool:
    """Whether the text is the number of the called page, or "next"."""
    return text.strip("[]() ") == number or text in NEXT_SIGNS or normalize_label(text) in NEXT_LABELS


def _find_called_template(page: Page, name: str) -> PageUrlTemplate | None:
    """Return how the script function `name` builds a page's URL."""
    if parameter := find_page_parameter(page.url):
        return PageUrlTemplate(page.url, parameter)
    for form in filter(is_get_form, islice(page.root.iter("form"), _MAX_FORMS)):
        fields = read_form_fields(form)
        counting = next((field for field in fields if is_page_parameter(field.lower())), None)
        if counting:
            return PageUrlTemplate(build_form_url(page, form, {**fields, counting: NUMBER_PLACEHOLDER}), None)
    leads = re.compile(_ASSIGNED_LOCATION.format(name=re.escape(name)))
    scripts = (script.text or "" for script in islice(page.root.iter("script"), _MAX_SCRIPTS))
    found = next((match for script in scripts if (match := leads.search(script[:_MAX_PAGER_SCRIPT_LENGTH]))), None)
    url = page.resolve_url(found[1]) if found else None
    return PageUrlTemplate(f"{url}{NUMBER_PLACEHOLDER}", None) if url else None


class PostbackEvent(NamedTuple):
    """The arguments of an ASP.NET postback."""

    target: str
    argument: str


def find_posted_pages(page: Page) -> Iterator[SourceRequest]:
    """Yield the form submissions for the next page of an ASP.NET list, and for its years if the first one is selected."""
    for link in _iter_next_postbacks(page):
        if event := _parse_postback(link.get("href") or ""):
            yield from _build_postback_requests(page, link, event)
            break
    for select in page.root.xpath(_POSTBACK_SELECTS):
        yield from _iter_year_requests(page, select)


def _parse_postback(script: str) -> PostbackEvent | None:
    match = _POSTBACK_CALL.search(script)
    return PostbackEvent(match[1], match[2]) if match else None


def _iter_next_postbacks(page: Page) -> Iterator[HtmlElement]:
    """Yield the links to the next page: the number after the one without a link, then "next"."""
    links = list(islice(page.root.xpath(_POSTBACK_LINKS), _MAX_CALLS))
    counted = {number: link for link in reversed(links) if (number := _read_page_number(link)) is not None}
    if counted:
        here = _find_current_number(counted)
        yield from (counted[number] for number in sorted(counted) if number == here + 1)
    yield from (link for link in links if _read_page_number(link) is None and _is_next_text(link))


def _read_page_number(link: HtmlElement) -> int | None:
    """Return the page number of a link: its text, or for "..." the number in the postback's argument."""
    text = get_short_text(link)
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    event = _parse_postback(link.get("href") or "")
    if text in ("...", "…") and event and (match := _TRAILING_NUMBER.search(event.argument)):
        return int(match[1])
    return None


def _is_next_text(link: HtmlElement) -> bool:
    text = get_short_text(link)
    return text in NEXT_SIGNS or normalize_label(text) in NEXT_LABELS


def _find_current_number(counted: dict[int, HtmlElement]) -> int:
    """Return the number among the links that is not linked, else the lowest number without a link."""
    printed = [number for link in counted.values() for number in _find_unlinked_numbers(link)]
    return printed[0] if printed else next(number for number in range(1, len(counted) + 2) if number not in counted)


def _find_unlinked_numbers(link: HtmlElement) -> list[int]:
    """Return the numbers without a link in the link's row."""
    row = next((above for above in islice(link.iterancestors(), 4) if len(above.xpath(".//a")) > 1), None)
    elements = () if row is None else row.iter("span", "strong", "b", "td", "li", "em")
    texts = ((element.text or "").strip() for element in elements)
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]


def _iter_year_requests(page: Page, select: HtmlElement) -> Iterator[SourceRequest]:
    """Yield the submissions for the other years of a drop-down whose first option is selected."""
    name, options = select.get("name"), list(read_options(select))
    years = [value for value, text in options if YEAR_LABEL.match(text)]
    event = _parse_postback(select.get("onchange") or "")
    if not name or not event or len(years) < 2:
        return
    if read_selected_value(select) != options[0][0]:
        return
    for year in years:
        if year != options[0][0]:
            yield from _build_postback_requests(page, select, event, {name: year})


def _build_postback_requests(
    page: Page, element: HtmlElement, event: PostbackEvent, changed: dict[str, str] | None = None
) -> Iterator[SourceRequest]:
    """Yield the submission of the form around the element with the postback's arguments."""
    form = next(element.iterancestors("form"), None)
    if form is None:
        return
    fields = {**read_form_fields(form), **(changed or {}), "__EVENTTARGET": event.target, "__EVENTARGUMENT": event.argument}
    body = urlencode(fields)
    if len(body) <= _MAX_POST_LENGTH:
        yield SourceRequest(get_form_action(page, form), "listing", body=body, headers=_FORM_HEADERS)
