"""Newsrooms by Notified (once West, Intrado, Nasdaq): Drupal with widgets called nir."""

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
# The older theme's table has a class for the column, or none.
COLUMN = ("news-table", "col-title")
DETAIL = re.compile(r"-details/")
YEAR = "_year[value]"
PER_PAGE = "_items_per_page"
ALL_YEARS = "_none"
OP = "op"  # the button that sends the filter
A_YEAR = re.compile(r"(?:19|20)\d\d")
MANY = 50


class Notified(Way):
    """All years at once, fifty releases a page, by the filter that stands above the list."""

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
            message = "the page has no widget of Notified's"
            raise WayEnded(message)
        articles = tuple(listed(page, headlines(page))) or find(page, start.scope).articles
        further = later_pages(page, "page") if articles else []
        return Found(articles, tuple(Ask(url, self.name) for url in further))


def is_widget(page: Page) -> bool:
    return bool(page.root.xpath(FINGERPRINT))


def headlines(page: Page) -> list[HtmlElement]:
    """The links of the news, not of other widgets: by their own mark, else by the table's column, else by their address."""
    return links_below(page, HEADLINE) or links_below(page, *COLUMN) or links_like(page, DETAIL)


def filter_form(page: Page) -> HtmlElement | None:
    """The form that filters the list by year or says how long it is; its fields begin with a hash of the block."""
    forms = filter(is_get, page.root.iter("form"))
    return next((form for form in forms if any(name.endswith((YEAR, PER_PAGE)) for name in fields_of(form))), None)


def filtered(page: Page, form: HtmlElement) -> list[str]:
    """The filter's addresses that bring all years: one, or one a year where it has no word for all."""
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
    """The longest page that the filter offers, fifty where it names none."""
    return str(max((int(value) for value in offered if value.isascii() and value.isdigit()), default=MANY))
