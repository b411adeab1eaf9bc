"""Years that a drop-down offers: the addresses that choosing them leads to."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.forms import address_of, fields_of, is_get, options_of
from corpnews.discovery.urls import is_never
from corpnews.discovery.words import YEAR_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.page import Page

# location.href = '/news/' + this.value, and the same with what follows the value
MOVES = re.compile(
    r"location(?:\.href)?\s*=\s*(?:['\"]([^'\"]*)['\"]\s*\+\s*)?(?:this|\$\(this\))\.[\w.\[\]()]*val(?:ue)?\b(?:\(\))?"
    r"(?:\s*\+\s*['\"]([^'\"]*)['\"])?"
)
A_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
PLAIN_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
MOST_SELECTS = 30
MOST_YEARS = 60


def year_choices(page: Page) -> Iterator[str]:
    """The listing of each year that a drop-down of two or more years offers."""
    for select in islice(page.root.iter("select"), MOST_SELECTS):
        years = [value for value, text in options_of(select) if value and YEAR_NAME.match(text)][:MOST_YEARS]
        if len(years) > 1:
            yield from filter(None, (address_of_year(page, select, year) for year in years))


def address_of_year(page: Page, select: HtmlElement, year: str) -> str | None:
    """Where the choice of a year leads: as its script says, as its form does, or as the page's own URL names its year."""
    script = select.get("onchange") or ""
    if moves := MOVES.search(script):
        return page.absolute(f"{moves[1] or ''}{year}{moves[2] or ''}")
    form = next(select.iterancestors("form"), None)
    name = select.get("name")
    if form is not None and name and is_get(form):
        fields = {field: value for field, value in fields_of(form).items() if value or not is_never(field.lower())}
        return address_of(page, form, {**fields, name: year})
    if script and PLAIN_YEAR.fullmatch(year) and A_YEAR.search(page.url):
        return A_YEAR.sub(year, page.url, count=1)
    return None
