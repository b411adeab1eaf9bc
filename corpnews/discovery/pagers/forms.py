"""Form submissions as browsers build them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.web.text import get_short_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

# Inputs that are only submitted if they are pressed or checked.
_UNSENT_INPUT_TYPES = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
_MAX_OPTIONS = 500
_MAX_FORM_FIELDS = 2000
_MAX_BODY_LENGTH: Final = 300_000
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
    """Yield the values and texts of a drop-down's options."""
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
