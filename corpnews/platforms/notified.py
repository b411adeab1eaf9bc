"""Newsrooms by Notified (formerly West, Intrado, Nasdaq): Drupal with "nir" widgets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpnews.discovery import find
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.listing import Found
from corpnews.discovery.pagers.forms import address_of, fields_of, is_get, options_of
from corpnews.discovery.way import Way
from corpnews.platforms.listed import links_below, links_like, listed
from corpnews.platforms.paging import later_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

FINGERPRINT = "boolean(//*[contains(@class, 'nir-widget') or contains(@class, 'nirtable')] | //input[@value='widget_form_base'])"
HEADLINE = "nir-widget--news--headline"
# Classes of the older theme's table; some of its tables have none.
COLUMN = ("news-table", "col-title")
DETAIL = re.compile(r"-details/")
YEAR = "_year[value]"
PER_PAGE = "_items_per_page"
ALL_YEARS = "_none"
OP = "op"  # name of the filter's submit button
A_YEAR = re.compile(r"(?:19|20)\d\d")
MANY = 50


class Notified(Way):
    """All years at once, fifty releases a page, by the filter above the list."""

    name: ClassVar[str] = "notified"
    platform: ClassVar[str | None] = "Notified"

    def openings(self, start: Start) -> Iterator[Ask]:
        if not is_widget(start.page):
            return
        form = filter_form(start.page)
        urls = [start.page.url] if form is None else filtered(start.page, form)
        for url in urls:
            yield Ask(url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        page = answer.page
        if not is_widget(page):
            raise WayEnded("the page has no Notified widget")
        articles = tuple(listed(page, headlines(page))) or find(page, start.scope).articles
        further = later_pages(page, "page") if articles else []
        return Found(articles, tuple(Ask(url, self.name) for url in further))


def is_widget(page: Page) -> bool:
    return bool(page.root.xpath(FINGERPRINT))


def headlines(page: Page) -> list[HtmlElement]:
    """The headline links of the news widget: by the headline's class, by the table column's class, or by URL."""
    return links_below(page, HEADLINE) or links_below(page, *COLUMN) or links_like(page, DETAIL)


def filter_form(page: Page) -> HtmlElement | None:
    """The form that sets the year or the page size; the names of its fields begin with a hash of the block."""
    forms = filter(is_get, page.root.iter("form"))
    return next((form for form in forms if any(name.endswith((YEAR, PER_PAGE)) for name in fields_of(form))), None)


def filtered(page: Page, form: HtmlElement) -> list[str]:
    """The URLs that list all years: one, or one a year if the filter has no option for all years."""
    fields = fields_of(form)
    fields.update((OP, button.get("value") or "") for button in form.iter("input") if button.get("name") == OP)
    selects = {select.get("name") or "": [value for value, _ in options_of(select)] for select in form.iter("select")}
    year = next((name for name in fields if name.endswith(YEAR)), None)
    for name in fields:
        if name.endswith(PER_PAGE):
            fields[name] = most(selects.get(name, []))
    if year is None:
        return [address_of(page, form, fields)]
    offered = selects.get(year, [])
    years = [ALL_YEARS] if ALL_YEARS in offered or not offered else list(filter(A_YEAR.fullmatch, offered))
    return [address_of(page, form, {**fields, year: each}) for each in years]


def most(offered: list[str]) -> str:
    """The largest page size that the filter offers, fifty if it offers none."""
    return str(max((int(value) for value in offered if value.isascii() and value.isdigit()), default=MANY))
