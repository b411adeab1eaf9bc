"""Drop-downs of years: the URLs that selecting a year opens."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.forms import build_form_url, is_get_form, read_form_fields, read_options
from corpnews.discovery.script_links import find_opened_value
from corpnews.discovery.vocabulary import YEAR_LABEL
from corpnews.web.url_features import is_search_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from corpnews.page.page import Page

_YEAR_IN_URL = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_YEAR_ALONE = re.compile(r"(?:19[89]|20[0-4])\d")
_MAX_SELECTS = 30
_MAX_YEARS = 60


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
        return [_YEAR_IN_URL.sub(year, page.url, count=1) for year in years if _YEAR_ALONE.fullmatch(year)]
    return []


def _iter_form_years(page: Page, select: HtmlElement, years: Sequence[str]) -> Iterator[str]:
    """Yield the URLs of submitting the form around the drop-down, if its method is GET."""
    form, name = next(select.iterancestors("form"), None), select.get("name")
    if form is None or not name or not is_get_form(form):
        return
    fields = {field: value for field, value in read_form_fields(form).items() if value or not is_search_parameter(field.lower())}
    for year in years:
        yield build_form_url(page, form, {**fields, name: year})
