"""Forms, as a browser would send them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from corpnews.web.text import get_short_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

# Inputs that say nothing unless somebody presses or ticks them.
_UNSENT_INPUT_TYPES = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
_MAX_OPTIONS = 500
_MAX_FORM_FIELDS = 2000


def read_form_fields(form: HtmlElement) -> dict[str, str]:
    """The names and values that the form sends if nobody touches it; no button of it is pressed."""
    fields: dict[str, str] = {}
    for element in islice(form.iter("input", "select"), _MAX_FORM_FIELDS):
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            fields[name] = read_selected_value(element)
        elif (element.get("type") or "text").lower() not in _UNSENT_INPUT_TYPES or element.get("checked") is not None:
            fields[name] = element.get("value") or ""
    return fields


def read_options(select: HtmlElement) -> Iterator[tuple[str, str]]:
    """The values and texts that a drop-down offers."""
    for option in islice(select.iter("option"), _MAX_OPTIONS):
        text = get_short_text(option)
        value = option.get("value")
        yield text if value is None else value, text


def read_selected_value(select: HtmlElement) -> str:
    """The value of the option that stands selected, else of the first one."""
    options = islice(select.iter("option"), _MAX_OPTIONS)
    marked = next((option for option in options if option.get("selected") is not None), None)
    if marked is None:
        return next(read_options(select), ("", ""))[0]
    value = marked.get("value")
    return get_short_text(marked) if value is None else value


def is_get_form(form: HtmlElement) -> bool:
    return (form.get("method") or "get").strip().lower() == "get"


def get_form_action(page: Page, form: HtmlElement) -> str:
    """Where the form is sent to: the page itself, if it does not say."""
    return page.resolve_url(form.get("action") or "") or page.url


def build_form_url(page: Page, form: HtmlElement, fields: Mapping[str, str]) -> str:
    """The URL that a form of method GET asks for with these fields; they take the place of its action's own query."""
    return urlunsplit(urlsplit(get_form_action(page, form))._replace(query=urlencode(fields), fragment=""))
