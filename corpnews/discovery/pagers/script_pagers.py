"""Pagers whose links call a script with the number of the page: goPage(2)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.forms import build_form_url, is_get_form, read_form_fields
from corpnews.discovery.pagers.load_more import NUMBER_PLACEHOLDER, PageUrlTemplate, find_page_parameter
from corpnews.discovery.vocabulary import is_next_text
from corpnews.web.text import get_short_text
from corpnews.web.url_features import is_page_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.page.page import Page

_CALLING_ELEMENTS = "//a[starts-with(@href, 'javascript:')] | //*[@onclick]"
_PAGER_CALL = re.compile(r"\b(\w*(?:pag|list|goto|move)\w*)\(\s*['\"]?(\d{1,5})['\"]?\s*[,)]", re.IGNORECASE)
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


def find_script_pages(page: Page) -> Iterator[str]:
    """Yield the URLs of pages that a click requests by script, built from the page's URL, a form or the script itself."""
    templates: dict[str, PageUrlTemplate | None] = {}
    for element in islice(page.root.xpath(_CALLING_ELEMENTS), _MAX_CALLS):
        call = _PAGER_CALL.search((element.get("onclick") or element.get("href") or "")[:_MAX_CALL_LENGTH])
        text = get_short_text(element)
        if call and (text.strip("[]() ") == call[2] or is_next_text(text)):
            name = call[1]
            if name not in templates:
                templates[name] = _find_called_template(page, name)
            if template := templates[name]:
                yield template.page(int(call[2]))


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
