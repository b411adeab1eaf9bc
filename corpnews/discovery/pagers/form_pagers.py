"""Pagers without addresses: submit buttons, and links that call a script: goPage(2), list.page.value=2, __doPostBack."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from w3lib.url import add_or_replace_parameters

from corpnews.discovery.pagers.forms import build_submission, is_get_form, read_form_fields, read_options, read_selected_value
from corpnews.discovery.pagers.load_more import find_page_parameter
from corpnews.discovery.script_links import find_form_functions
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.vocabulary import YEAR_LABEL, is_next_text
from corpnews.web.text import get_short_text
from corpnews.web.url_features import is_page_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_BUTTONS: Final = ".//button[not(@type='button') and not(@type='reset')] | .//input[@type='submit' and @value]"
_SCRIPTED: Final = "//a[starts-with(@href, 'javascript:')] | //*[@onclick]"
_POSTBACK_LINKS: Final = "//a[contains(@href, '__doPostBack')]"
_POSTBACK_SELECTS: Final = "//select[contains(@onchange, '__doPostBack')]"
# A script that sets the field "start" of a form to 20 and submits it
_FIELD_ASSIGNMENT: Final = re.compile(r"\.(\w{1,60})\.value\s*=\s*['\"]?(\d{1,7})\b")
_CALL: Final = re.compile(r"\b(\w{1,80})\(\s*['\"]?(\d{1,5})['\"]?\s*[,)]")
_PAGER_FUNCTION: Final = re.compile(r"pag|list|goto|move", re.IGNORECASE)
_POSTBACK_CALL: Final = re.compile(r"__doPostBack\(\s*\\?['\"]([^'\"\\]{1,200})\\?['\"]\s*,\s*\\?['\"]([^'\"\\]{0,200})\\?['\"]")
_PAGE_NUMBER: Final = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}")
_TRAILING_NUMBER: Final = re.compile(r"(\d{1,5})$")
_MAX_FORMS: Final = 20
_MAX_ELEMENTS: Final = 300
_MAX_SCRIPT_LENGTH: Final = 1000


def find_form_pages(page: Page) -> Iterator[SourceRequest]:
    """Yield what buttons and scripts request for other pages of a listing: of an ASP.NET list the next page, and its years."""
    yield from filter(None, _build_next_postback(page))
    yield from filter(None, _build_year_postbacks(page))
    yield from filter(None, _build_button_submissions(page))
    yield from filter(None, _build_scripted_requests(page))


def _build_button_submissions(page: Page) -> Iterator[SourceRequest | None]:
    for form in islice(page.root.iter("form"), _MAX_FORMS):
        for button in islice(form.xpath(_BUTTONS), _MAX_ELEMENTS):
            name, value, text = button.get("name"), button.get("value"), get_short_text(button) or button.get("value") or ""
            is_for_page = _is_later_page(text) or (_is_button_alone(form) and not _PAGE_NUMBER.fullmatch(text.strip()))
            if button.get("disabled") is None and is_for_page and (value if name else _names_page(form)):
                yield build_submission(page, form, {name: value} if name else {})


def _build_scripted_requests(page: Page) -> Iterator[SourceRequest | None]:
    """Yield what the scripts of links to later pages request: they submit a form, or count pages as this page's URL does."""
    scripted = [each for each in islice(page.root.xpath(_SCRIPTED), _MAX_ELEMENTS) if _is_later_page(get_short_text(each))]
    fields = find_form_functions(page) if scripted else {}
    parameter = find_page_parameter(page.url)
    for element in scripted:
        script = f"{element.get('onclick') or ''} {element.get('href') or ''}"[:_MAX_SCRIPT_LENGTH]
        assigned = _FIELD_ASSIGNMENT.search(script) if "submit" in script.lower() else None
        text, call = get_short_text(element), None if assigned else _CALL.search(script)
        if assigned:
            yield _build_form_request(page, element, assigned[1], assigned[2])
        elif call and (is_next_text(text) or text.strip("[]() ") == call[2]):
            name, number = call[1], call[2]
            field, _ = fields.get(name, ("", None))
            if is_page_parameter(field.lower()):
                yield _build_form_request(page, element, field, number)
            elif parameter and _PAGER_FUNCTION.search(name):
                yield SourceRequest(add_or_replace_parameters(page.url, {parameter: number}), LISTING_SOURCE_NAME)
            elif _PAGER_FUNCTION.search(name):
                yield _build_form_request(page, element, None, number)


def _build_form_request(page: Page, element: HtmlElement, name: str | None, value: str) -> SourceRequest | None:
    """Build the submission with a value for the named field, or for that of the page's number, of the form that has it."""
    for form in (*element.iterancestors("form"), *islice(page.root.iter("form"), _MAX_FORMS)):
        fields = read_form_fields(form)
        counting = (field for field in fields if field == name or (name is None and is_page_parameter(field.lower())))
        if field := next(counting, None):
            return build_submission(page, form, {field: value})
    return None


def _is_later_page(text: str) -> bool:
    """Whether the text is "next", or the number of a page after the first."""
    if number := _PAGE_NUMBER.fullmatch(text.strip()):
        return int(number[1]) > 1
    return is_next_text(text.strip())


def _is_button_alone(form: HtmlElement) -> bool:
    """Whether the form shows nothing but one button, whatever its label: "Load more" in any language."""
    shown = [field for field in form.iter("input", "select", "textarea", "button") if field.get("type") != "hidden"]
    return len(shown) == 1 and not is_get_form(form) and get_short_text(form) == get_short_text(shown[0])


def _names_page(form: HtmlElement) -> bool:
    """Whether a field of a form that is sent by POST is the number of a page."""
    if is_get_form(form):
        return False
    return any(is_page_parameter(name.lower()) and value.isdigit() for name, value in read_form_fields(form).items())


def _build_next_postback(page: Page) -> Iterator[SourceRequest | None]:
    """Yield the submission of the link to the next page: the number after the one without a link, else "next"."""
    links = list(islice(page.root.xpath(_POSTBACK_LINKS), _MAX_ELEMENTS))
    numbered = {number: link for link in reversed(links) if (number := _read_page_number(link)) is not None}
    after = numbered.get(_find_current_number(numbered) + 1) if numbered else None
    named = (link for link in links if link not in numbered.values() and is_next_text(get_short_text(link)))
    link = next(named, None) if after is None else after
    if link is not None:
        yield _build_postback(page, link, link.get("href") or "", {})


def _read_page_number(link: HtmlElement) -> int | None:
    """Return the page number of a link: its text, or for "..." the number in the postback's argument."""
    text = get_short_text(link)
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    event = _POSTBACK_CALL.search(link.get("href") or "") if text in ("...", "…") else None
    number = _TRAILING_NUMBER.search(event[2]) if event else None
    return int(number[1]) if number else None


def _find_current_number(numbered: dict[int, HtmlElement]) -> int:
    """Return the number among the links that is not linked, else the lowest number without a link."""
    printed = (number for link in numbered.values() for number in _find_unlinked_numbers(link))
    lowest = next(number for number in range(1, len(numbered) + 2) if number not in numbered)
    return next(printed, lowest)


def _find_unlinked_numbers(link: HtmlElement) -> Iterator[int]:
    """Yield the numbers without a link in the link's row."""
    row = next((above for above in islice(link.iterancestors(), 4) if len(above.xpath(".//a")) > 1), None)
    for element in () if row is None else row.iter("span", "strong", "b", "td", "li", "em"):
        text = (element.text or "").strip()
        if text.isascii() and text.isdigit() and len(text) < 4:
            yield int(text)


def _build_year_postbacks(page: Page) -> Iterator[SourceRequest | None]:
    """Yield the submissions for the other years of drop-downs whose first option is selected."""
    for select in page.root.xpath(_POSTBACK_SELECTS):
        name, (first, *others) = select.get("name"), [*read_options(select), ("", "")]
        years = [value for value, text in others if YEAR_LABEL.match(text)]
        if name and years and read_selected_value(select) == first[0]:
            yield from (_build_postback(page, select, select.get("onchange") or "", {name: year}) for year in years)


def _build_postback(page: Page, element: HtmlElement, script: str, changed: dict[str, str]) -> SourceRequest | None:
    """Build the submission of the form around the element with the arguments of the script's __doPostBack."""
    form, event = next(element.iterancestors("form"), None), _POSTBACK_CALL.search(script)
    if form is None or event is None:
        return None
    return build_submission(page, form, {**changed, "__EVENTTARGET": event[1], "__EVENTARGUMENT": event[2]})
