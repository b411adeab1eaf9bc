"""Newsrooms by Notified (formerly West, Intrado, Nasdaq): Drupal with "nir" widgets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpnews.discovery import SourceError, read_listing
from corpnews.discovery.pagers.forms import build_form_url, is_get_form, read_form_fields, read_options
from corpnews.platforms.vendor_listing import VendorListingSource, find_links_by_class, find_links_by_url, read_items

if TYPE_CHECKING:
    from lxml.etree import _Element

    from corpnews.discovery import ArticleLink, Scope
    from corpnews.page.page import Page

_MARKUP = "boolean(//*[contains(@class, 'nir-widget') or contains(@class, 'nirtable')] | //input[@value='widget_form_base'])"
_HEADLINE_CLASS = "nir-widget--news--headline"
# Classes of the older theme's table; some of its tables have none.
_TABLE_CLASSES = ("news-table", "col-title")
_DETAIL_URL = re.compile(r"-details/")
_YEAR_FIELD = "_year[value]"
_PAGE_SIZE_FIELD = "_items_per_page"
_ALL_YEARS_OPTION = "_none"
_SUBMIT_FIELD = "op"  # name of the filter's submit button
_YEAR_OPTION = re.compile(r"(?:19|20)\d\d")
_DEFAULT_PAGE_SIZE = 50


class NotifiedSource(VendorListingSource):
    """All years at once, fifty releases a page, by the filter above the list."""

    name = "notified"
    platform = "Notified"

    def find_first_urls(self, page: Page) -> list[str]:
        if not page.root.xpath(_MARKUP):
            return []
        form = _find_filter_form(page)
        return [page.url] if form is None else _build_filter_urls(page, form)

    def read_articles(self, page: Page, scope: Scope) -> tuple[ArticleLink, ...]:
        if not page.root.xpath(_MARKUP):
            raise SourceError("the page has no Notified widget")
        return tuple(read_items(page, _find_headline_links(page))) or read_listing(page, scope).articles


def _find_headline_links(page: Page) -> list[_Element]:
    """The headline links of the news widget: by the headline's class, by the table column's class, or by URL."""
    return (
        find_links_by_class(page, _HEADLINE_CLASS)
        or find_links_by_class(page, *_TABLE_CLASSES)
        or find_links_by_url(page, _DETAIL_URL)
    )


def _find_filter_form(page: Page) -> _Element | None:
    """The form that sets the year or the page size; the names of its fields begin with a hash of the block."""
    forms = filter(is_get_form, page.root.iter("form"))
    return next(
        (form for form in forms if any(name.endswith((_YEAR_FIELD, _PAGE_SIZE_FIELD)) for name in read_form_fields(form))), None
    )


def _build_filter_urls(page: Page, form: _Element) -> list[str]:
    """The URLs that list all years: one, or one a year if the filter has no option for all years."""
    fields = read_form_fields(form)
    buttons = (button for button in form.iter("input") if button.get("name") == _SUBMIT_FIELD)
    fields.update((_SUBMIT_FIELD, button.get("value") or "") for button in buttons)
    selects = {select.get("name") or "": [value for value, _ in read_options(select)] for select in form.iter("select")}
    year = next((name for name in fields if name.endswith(_YEAR_FIELD)), None)
    for name in fields:
        if name.endswith(_PAGE_SIZE_FIELD):
            fields[name] = _choose_page_size(selects.get(name, []))
    if year is None:
        return [build_form_url(page, form, fields)]
    offered = selects.get(year, [])
    years = [_ALL_YEARS_OPTION] if _ALL_YEARS_OPTION in offered or not offered else list(filter(_YEAR_OPTION.fullmatch, offered))
    return [build_form_url(page, form, {**fields, year: each}) for each in years]


def _choose_page_size(offered: list[str]) -> str:
    """The largest page size that the filter offers, fifty if it offers none."""
    return str(max((int(value) for value in offered if value.isascii() and value.isdigit()), default=_DEFAULT_PAGE_SIZE))
