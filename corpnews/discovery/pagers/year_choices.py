"""Years that a drop-down offers: the addresses that choosing them leads to."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.forms import address_of, fields_of, is_get, options_of
from corpnews.discovery.urls import is_never
from corpnews.discovery.words import YEAR_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
LONGEST_SCRIPT = 1000
MOST_YEARS = 60


def year_choices(page: Page) -> Iterator[str]:
    """The listing of each year that a drop-down of two or more years offers."""
    for select in islice(page.root.iter("select"), MOST_SELECTS):
        years = [value for value, text in options_of(select) if value and YEAR_NAME.match(text)][:MOST_YEARS]
        if len(years) > 1:
            yield from years_by_script(page, select, years) or years_by_form(page, select, years)


def years_by_script(page: Page, select: HtmlElement, years: Sequence[str]) -> list[str]:
    """Where the script of the choice leads: as it says, or as the page's own URL names its year."""
    script = select.get("onchange") or ""
    if moves := MOVES.search(script[:LONGEST_SCRIPT]):
        urls = (page.absolute(f"{moves[1] or ''}{year}{moves[2] or ''}") for year in years)
        return [url for url in urls if url]
    if script and select.get("name") is None and A_YEAR.search(page.url):
        return [A_YEAR.sub(year, page.url, count=1) for year in years if PLAIN_YEAR.fullmatch(year)]
    return []


def years_by_form(page: Page, select: HtmlElement, years: Sequence[str]) -> Iterator[str]:
    """What the form around the choice asks for, where it is one that an address can say."""
    form, name = next(select.iterancestors("form"), None), select.get("name")
    if form is None or not name or not is_get(form):
        return
    fields = {field: value for field, value in fields_of(form).items() if value or not is_never(field.lower())}
    for year in years:
        yield address_of(page, form, {**fields, name: year})
