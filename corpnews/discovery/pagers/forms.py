"""Forms, as a browser would send them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from corpnews.extraction.text import text_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

    from corpnews.extraction.page import Page

# Inputs that say nothing unless somebody presses or ticks them.
SILENT = frozenset(("submit", "button", "image", "reset", "file", "checkbox", "radio"))
MOST_OPTIONS = 500
MOST_FIELDS = 2000


def fields_of(form: HtmlElement) -> dict[str, str]:
    """The names and values that the form sends if nobody touches it; no button of it is pressed."""
    fields: dict[str, str] = {}
    for element in islice(form.iter("input", "select"), MOST_FIELDS):
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            fields[name] = chosen(element)
        elif (element.get("type") or "text").lower() not in SILENT or element.get("checked") is not None:
            fields[name] = element.get("value") or ""
    return fields


def options_of(select: HtmlElement) -> Iterator[tuple[str, str]]:
    """The values and texts that a drop-down offers."""
    for option in islice(select.iter("option"), MOST_OPTIONS):
        text = text_inside(option)
        value = option.get("value")
        yield text if value is None else value, text


def chosen(select: HtmlElement) -> str:
    """The value of the option that stands selected, else of the first one."""
    options = islice(select.iter("option"), MOST_OPTIONS)
    marked = next((option for option in options if option.get("selected") is not None), None)
    if marked is None:
        return next(options_of(select), ("", ""))[0]
    value = marked.get("value")
    return text_inside(marked) if value is None else value


def is_get(form: HtmlElement) -> bool:
    return (form.get("method") or "get").strip().lower() == "get"


def action_of(page: Page, form: HtmlElement) -> str:
    """Where the form is sent to: the page itself, if it does not say."""
    return page.absolute(form.get("action") or "") or page.url


def address_of(page: Page, form: HtmlElement, fields: Mapping[str, str]) -> str:
    """The URL that a form of method GET asks for with these fields; they take the place of its action's own query."""
    return urlunsplit(urlsplit(action_of(page, form))._replace(query=urlencode(fields), fragment=""))
