"""Pagers whose numbers submit a form: submit buttons, and links whose script sets a field and submits."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from corpnews.discovery.pagers.forms import build_form_url, get_form_action, is_get_form, read_form_fields
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.vocabulary import NEXT_LABELS, NEXT_SIGNS
from corpnews.web.text import get_short_text, normalize_label
from corpnews.web.url_features import is_page_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_BUTTONS: Final = ".//button[not(@type='button') and not(@type='reset')] | .//input[@type='submit' and @value]"
_SUBMITTING_LINKS: Final = "//a[contains(@onclick, '.value') or contains(@href, '.value')]"
# A link whose script sets the field "start" of a form to 20 and submits it
_FIELD_ASSIGNMENT: Final = re.compile(r"\.(\w{1,60})\.value\s*=\s*['\"]?(\d{1,7})\b")
_PAGE_NUMBER: Final = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}")
_MAX_FORMS: Final = 20
_MAX_ELEMENTS: Final = 300
_MAX_CALL_LENGTH: Final = 1000
_MAX_BODY_LENGTH: Final = 300_000
_HEADERS: Final = (("Content-Type", "application/x-www-form-urlencoded"),)


def find_form_pages(page: Page) -> Iterator[SourceRequest]:
    """Yield the form submissions for the other pages of a listing."""
    for form in islice(page.root.iter("form"), _MAX_FORMS):
        for button in islice(form.xpath(_BUTTONS), _MAX_ELEMENTS):
            name, value, text = button.get("name"), button.get("value"), get_short_text(button) or button.get("value") or ""
            if button.get("disabled") is None and _is_later_page(text) and (value if name else _names_page(form)):
                yield from _build_submission(page, form, {name: value} if name else {})
    for link in islice(page.root.xpath(_SUBMITTING_LINKS), _MAX_ELEMENTS):
        call = f"{link.get('onclick') or ''} {link.get('href') or ''}"[:_MAX_CALL_LENGTH]
        assigned = _FIELD_ASSIGNMENT.search(call)
        if assigned and "submit" in call.lower() and _is_later_page(get_short_text(link)):
            target = _find_form_with(page, link, assigned[1])
            if target is not None:
                yield from _build_submission(page, target, {assigned[1]: assigned[2]})


def _is_later_page(text: str) -> bool:
    """Whether the text is "next", or the number of a page after the first."""
    if number := _PAGE_NUMBER.fullmatch(text.strip()):
        return int(number[1]) > 1
    return text.strip() in NEXT_SIGNS or normalize_label(text) in NEXT_LABELS


def _find_form_with(page: Page, link: HtmlElement, field: str) -> HtmlElement | None:
    """Return the form with the field: the one around the link, else the first one."""
    forms = (*link.iterancestors("form"), *islice(page.root.iter("form"), _MAX_FORMS))
    return next((form for form in forms if field in read_form_fields(form)), None)


def _names_page(form: HtmlElement) -> bool:
    """Whether a field of a form that is sent by POST is the number of a page."""
    if is_get_form(form):
        return False
    return any(is_page_parameter(name.lower()) and value.isdigit() for name, value in read_form_fields(form).items())


def _build_submission(page: Page, form: HtmlElement, pressed: dict[str, str]) -> Iterator[SourceRequest]:
    fields = {**read_form_fields(form), **pressed}
    body = urlencode(fields)
    if is_get_form(form):
        yield SourceRequest(build_form_url(page, form, fields), LISTING_SOURCE_NAME)
    elif len(body) <= _MAX_BODY_LENGTH:
        yield SourceRequest(get_form_action(page, form), LISTING_SOURCE_NAME, body=body, headers=_HEADERS)
