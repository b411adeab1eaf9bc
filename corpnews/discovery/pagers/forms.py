"""Forms of a listing page: submissions as browsers build them, drop-downs of years, and pagers without addresses.

Such pagers are submit buttons, and links that call a script: goPage(2), list.page.value=2, __doPostBack.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from w3lib.url import add_or_replace_parameters

from corpnews.discovery.pagers.load_more import find_page_parameter
from corpnews.discovery.script_links import find_form_functions, find_opened_value
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.vocabulary import YEAR_LABEL, is_next_text
from corpnews.web.text import get_short_text
from corpnews.web.url_features import is_page_parameter, is_search_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from corpnews.page.page import Page

# Inputs that are only submitted if they are pressed or checked.
_UNSENT_INPUT_TYPES = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
_MAX_OPTIONS = 500
_MAX_FORM_FIELDS = 2000
_MAX_BODY_LENGTH: Final = 300_000
_MAX_SELECTS = 30
_MAX_YEARS = 60
_FORM_HEADERS: Final = (("Content-Type", "application/x-www-form-urlencoded"),)
_BUTTONS: Final = ".//button[not(@type='button') and not(@type='reset')] | .//input[@type='submit' and @value]"
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


def read_form_fields(form: _Element) -> dict[str, str]:
    """Return the names and values that the form submits unchanged, without a button."""
    fields: dict[str, str] = {}
    for element in islice(form.iter("input", "select", "textarea"), _MAX_FORM_FIELDS):
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            fields[name] = read_selected_value(element)
        elif element.tag == "textarea":
            fields[name] = (element.text or "").removeprefix("\n")
        elif (element.get("type") or "text").lower() not in _UNSENT_INPUT_TYPES:
            fields[name] = element.get("value") or ""
        elif element.get("checked") is not None:
            fields[name] = element.get("value", "on")
    return fields


def read_options(select: _Element) -> Iterator[tuple[str, str]]:
    for option in islice(select.iter("option"), _MAX_OPTIONS):
        text = get_short_text(option)
        value = option.get("value")
        yield text if value is None else value, text


def read_selected_value(select: _Element) -> str:
    """Return the value of the selected option, else of the first one."""
    options = islice(select.iter("option"), _MAX_OPTIONS)
    marked = next((option for option in options if option.get("selected") is not None), None)
    if marked is None:
        return next(read_options(select), ("", ""))[0]
    value = marked.get("value")
    return get_short_text(marked) if value is None else value


def is_get_form(form: _Element) -> bool:
    return (form.get("method") or "get").strip().lower() == "get"


def get_form_action(page: Page, form: _Element) -> str:
    """Return the URL that the form is submitted to: by default the page's own."""
    return page.resolve_url(form.get("action") or "") or page.url


def build_form_url(page: Page, form: _Element, fields: Mapping[str, str]) -> str:
    """Build the URL of a GET form with these fields, which replace the query of its action."""
    return urlunsplit(urlsplit(get_form_action(page, form))._replace(query=urlencode(fields), fragment=""))


def build_submission(page: Page, form: _Element, changed: Mapping[str, str]) -> SourceRequest | None:
    """Build the request that submits the form with some fields changed; None if the form is too long."""
    fields = {**read_form_fields(form), **changed}
    if is_get_form(form):
        return SourceRequest(build_form_url(page, form, fields), LISTING_SOURCE_NAME)
    body = urlencode(fields)
    if len(body) > _MAX_BODY_LENGTH:
        return None
    return SourceRequest(get_form_action(page, form), LISTING_SOURCE_NAME, body=body, headers=_FORM_HEADERS)


def find_year_choices(page: Page) -> Iterator[str]:
    """Yield the listing URL of each year in drop-downs of two or more: what their script opens, or their form submits."""
    for select in islice(page.root.iter("select"), _MAX_SELECTS):
        years = [value for value, text in read_options(select) if value and YEAR_LABEL.match(text)][:_MAX_YEARS]
        if len(years) > 1 and (opened := find_opened_value(select)):
            yield from filter(None, (page.resolve_url(year.join(opened)) for year in years))
        elif len(years) > 1:
            yield from _iter_form_years(page, select, years)


def _iter_form_years(page: Page, select: _Element, years: Sequence[str]) -> Iterator[str]:
    """Yield the URLs of submitting the form around the drop-down, if its method is GET."""
    form, name = next(select.iterancestors("form"), None), select.get("name")
    if form is None or not name or not is_get_form(form):
        return
    fields = {field: value for field, value in read_form_fields(form).items() if value or not is_search_parameter(field.lower())}
    for year in years:
        yield build_form_url(page, form, {**fields, name: year})


def find_form_pages(page: Page) -> Iterator[SourceRequest]:
    """Yield what buttons and scripts request for other pages of a listing: of an ASP.NET list the next page, and its years."""
    for build in (_build_next_postback, _build_year_postbacks, _build_button_submissions, _build_scripted_requests):
        yield from filter(None, build(page))


def _build_button_submissions(page: Page) -> Iterator[SourceRequest | None]:
    for form in islice(page.root.iter("form"), _MAX_FORMS):
        for button in islice(form.xpath(_BUTTONS), _MAX_ELEMENTS):
            name, value, text = button.get("name"), button.get("value"), get_short_text(button) or button.get("value") or ""
            if button.get("disabled") is None and _is_later_page(text) and (value if name else _names_page(form)):
                yield build_submission(page, form, {name: value} if name else {})


def _build_scripted_requests(page: Page) -> Iterator[SourceRequest | None]:
    """Yield what the scripts of links to later pages request: they submit a form, or count pages as this page's URL does."""
    scripted = [each for each in islice(_iter_scripted(page), _MAX_ELEMENTS) if _is_later_page(get_short_text(each))]
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


def _iter_scripted(page: Page) -> Iterator[_Element]:
    """Yield the elements that run a script when they are clicked."""
    for element in page.root.iter("*"):
        if element.get("onclick") is not None or (element.tag == "a" and element.get("href", "").startswith("javascript:")):
            yield element


def _build_form_request(page: Page, element: _Element, name: str | None, value: str) -> SourceRequest | None:
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


def _names_page(form: _Element) -> bool:
    """Whether a field of a form that is sent by POST is the number of a page."""
    if is_get_form(form):
        return False
    return any(is_page_parameter(name.lower()) and value.isdigit() for name, value in read_form_fields(form).items())


def _build_next_postback(page: Page) -> Iterator[SourceRequest | None]:
    """Yield the submission of the link to the next page: the number after the one without a link, else "next"."""
    links = list(islice(_iter_postbacks(page, "a", "href"), _MAX_ELEMENTS))
    numbered = {number: link for link in reversed(links) if (number := _read_page_number(link)) is not None}
    after = numbered.get(_find_current_number(numbered) + 1) if numbered else None
    named = (link for link in links if link not in numbered.values() and is_next_text(get_short_text(link)))
    link = next(named, None) if after is None else after
    if link is not None:
        yield _build_postback(page, link, link.get("href") or "", {})


def _read_page_number(link: _Element) -> int | None:
    """Return the page number of a link: its text, or for "..." the number in the postback's argument."""
    text = get_short_text(link)
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    event = _POSTBACK_CALL.search(link.get("href") or "") if text in ("...", "…") else None
    number = _TRAILING_NUMBER.search(event[2]) if event else None
    return int(number[1]) if number else None


def _find_current_number(numbered: dict[int, _Element]) -> int:
    """Return the number among the links that is not linked, else the lowest number without a link."""
    printed = (number for link in numbered.values() for number in _find_unlinked_numbers(link))
    lowest = next(number for number in range(1, len(numbered) + 2) if number not in numbered)
    return next(printed, lowest)


def _find_unlinked_numbers(link: _Element) -> Iterator[int]:
    """Yield the numbers without a link in the link's row."""
    row = next((above for above in islice(link.iterancestors(), 4) if len(above.xpath(".//a")) > 1), None)
    for element in () if row is None else row.iter("span", "strong", "b", "td", "li", "em"):
        text = (element.text or "").strip()
        if text.isascii() and text.isdigit() and len(text) < 4:
            yield int(text)


def _build_year_postbacks(page: Page) -> Iterator[SourceRequest | None]:
    """Yield the submissions for the other years of drop-downs whose first option is selected."""
    for select in _iter_postbacks(page, "select", "onchange"):
        name, (first, *others) = select.get("name"), [*read_options(select), ("", "")]
        years = [value for value, text in others if YEAR_LABEL.match(text)]
        if name and years and read_selected_value(select) == first[0]:
            yield from (_build_postback(page, select, select.get("onchange") or "", {name: year}) for year in years)


def _iter_postbacks(page: Page, tag: str, attribute: str) -> Iterator[_Element]:
    """Yield the elements with a tag whose attribute is a postback's script; most pages have none, and XPath takes longer."""
    return (element for element in page.root.iter(tag) if "__doPostBack" in element.get(attribute, ""))


def _build_postback(page: Page, element: _Element, script: str, changed: dict[str, str]) -> SourceRequest | None:
    """Build the submission of the form around the element with the arguments of the script's __doPostBack."""
    form, event = next(element.iterancestors("form"), None), _POSTBACK_CALL.search(script)
    if form is None or event is None:
        return None
    return build_submission(page, form, {**changed, "__EVENTTARGET": event[1], "__EVENTARGUMENT": event[2]})
