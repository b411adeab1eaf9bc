"""Form submissions as browsers build them, and the URLs that drop-downs of years open."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from corpnews.discovery.script_links import find_opened_value
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.vocabulary import YEAR_LABEL
from corpnews.web.text import get_short_text
from corpnews.web.url_features import is_search_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

# Inputs that are only submitted if they are pressed or checked.
_UNSENT_INPUT_TYPES = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
_MAX_OPTIONS = 500
_MAX_FORM_FIELDS = 2000
_MAX_BODY_LENGTH: Final = 300_000
_YEAR_IN_URL = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_MAX_SELECTS = 30
_MAX_YEARS = 60
_FORM_HEADERS: Final = (("Content-Type", "application/x-www-form-urlencoded"),)


def read_form_fields(form: HtmlElement) -> dict[str, str]:
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


def read_options(select: HtmlElement) -> Iterator[tuple[str, str]]:
    for option in islice(select.iter("option"), _MAX_OPTIONS):
        text = get_short_text(option)
        value = option.get("value")
        yield text if value is None else value, text


def read_selected_value(select: HtmlElement) -> str:
    """Return the value of the selected option, else of the first one."""
    options = islice(select.iter("option"), _MAX_OPTIONS)
    marked = next((option for option in options if option.get("selected") is not None), None)
    if marked is None:
        return next(read_options(select), ("", ""))[0]
    value = marked.get("value")
    return get_short_text(marked) if value is None else value


def is_get_form(form: HtmlElement) -> bool:
    return (form.get("method") or "get").strip().lower() == "get"


def get_form_action(page: Page, form: HtmlElement) -> str:
    """Return the URL that the form is submitted to: by default the page's own."""
    return page.resolve_url(form.get("action") or "") or page.url


def build_form_url(page: Page, form: HtmlElement, fields: Mapping[str, str]) -> str:
    """Build the URL of a GET form with these fields, which replace the query of its action."""
    return urlunsplit(urlsplit(get_form_action(page, form))._replace(query=urlencode(fields), fragment=""))


def build_submission(page: Page, form: HtmlElement, changed: Mapping[str, str]) -> SourceRequest | None:
    """Build the request that submits the form with some fields changed; None if the form is too long."""
    fields = {**read_form_fields(form), **changed}
    if is_get_form(form):
        return SourceRequest(build_form_url(page, form, fields), LISTING_SOURCE_NAME)
    body = urlencode(fields)
    if len(body) > _MAX_BODY_LENGTH:
        return None
    return SourceRequest(get_form_action(page, form), LISTING_SOURCE_NAME, body=body, headers=_FORM_HEADERS)


def find_year_choices(page: Page) -> Iterator[str]:
    """Yield the listing URL of each year in drop-downs of two or more years."""
    for select in islice(page.root.iter("select"), _MAX_SELECTS):
        years = [value for value, text in read_options(select) if value and YEAR_LABEL.match(text)][:_MAX_YEARS]
        if len(years) > 1:
            yield from _build_script_years(page, select, years) or _iter_form_years(page, select, years)


def _build_script_years(page: Page, select: HtmlElement, years: Sequence[str]) -> list[str]:
    """Build the URLs that the onchange script opens: by its own expression, or by replacing the year in the page's URL."""
    if opened := find_opened_value(select):
        urls = (page.resolve_url(f"{opened[0]}{year}{opened[1]}") for year in years)
        return [url for url in urls if url]
    if select.get("onchange") and select.get("name") is None and _YEAR_IN_URL.search(page.url):
        return [_YEAR_IN_URL.sub(year, page.url, count=1) for year in years if _YEAR_IN_URL.fullmatch(year)]
    return []


def _iter_form_years(page: Page, select: HtmlElement, years: Sequence[str]) -> Iterator[str]:
    """Yield the URLs of submitting the form around the drop-down, if its method is GET."""
    form, name = next(select.iterancestors("form"), None), select.get("name")
    if form is None or not name or not is_get_form(form):
        return
    fields = {field: value for field, value in read_form_fields(form).items() if value or not is_search_parameter(field.lower())}
    for year in years:
        yield build_form_url(page, form, {**fields, name: year})
