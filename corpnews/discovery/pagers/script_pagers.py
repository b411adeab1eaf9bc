"""Pagers whose links are calls of a script: goPage(2), and ASP.NET's __doPostBack."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from corpnews.discovery.asks import Ask
from corpnews.discovery.pagers.forms import action_of, address_of, chosen, fields_of, is_get, options_of
from corpnews.discovery.pagers.loaders import PLACE, Source, page_parameter
from corpnews.discovery.urls import is_page_parameter
from corpnews.discovery.words import NEXT, NEXT_SIGNS, YEAR_NAME, label_of
from corpnews.extraction.text import text_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from corpnews.extraction.page import Page

CALLS = "//a[starts-with(@href, 'javascript:')] | //*[@onclick]"
CALL = re.compile(r"\b(\w*(?:pag|list|goto|move)\w*)\(\s*['\"]?(\d{1,5})['\"]?\s*[,)]", re.IGNORECASE)
POSTBACK = re.compile(r"__doPostBack\(\s*\\?['\"]([^'\"\\]{1,200})\\?['\"]\s*,\s*\\?['\"]([^'\"\\]{0,200})\\?['\"]")
NUMBER = re.compile(r"(\d{1,5})$")
POSTING = "//a[contains(@href, '__doPostBack')]"
CHOOSING = "//select[contains(@onchange, '__doPostBack')]"
# function goPage(n) { location.href = "?page=" + n }
LEADS = (
    r"\b{name}\s*(?:=\s*function)?\s*\([^)]*\)\s*(?:=>)?\s*\{{[^}}]{{0,400}}?"
    r"location(?:\.href)?\s*=\s*['\"]([^'\"]*[?&]\w+=)['\"]\s*\+"
)
MOST_CALLS = 300
MOST_FORMS = 20
MOST_SCRIPTS = 50
LONGEST_SCRIPT = 100_000
LONGEST_CALL = 1000
LONGEST_BODY = 300_000
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def called_pages(page: Page) -> Iterator[str]:
    """The pages that a click asks a script for, where the page's URL, a form or the script itself tells their address."""
    sources: dict[str, Source | None] = {}
    for element in islice(page.root.xpath(CALLS), MOST_CALLS):
        call = CALL.search((element.get("onclick") or element.get("href") or "")[:LONGEST_CALL])
        if call and is_pager_text(text_inside(element), call[2]):
            name = call[1]
            source = sources[name] = sources[name] if name in sources else source_of(page, name)
            if source:
                yield source.page(int(call[2]))


def is_pager_text(text: str, number: str) -> bool:
    """Whether the text is the number that is asked for, or "next"."""
    return text.strip("[]() ") == number or text in NEXT_SIGNS or label_of(text) in NEXT


def source_of(page: Page, name: str) -> Source | None:
    """Where the pages come from that the function `name` is called for."""
    if parameter := page_parameter(page.url):
        return Source(page.url, parameter)
    for form in filter(is_get, islice(page.root.iter("form"), MOST_FORMS)):
        fields = fields_of(form)
        counting = next((field for field in fields if is_page_parameter(field.lower())), None)
        if counting:
            return Source(address_of(page, form, {**fields, counting: PLACE}), None)
    leads = re.compile(LEADS.format(name=re.escape(name)))
    scripts = (script.text or "" for script in islice(page.root.iter("script"), MOST_SCRIPTS))
    found = next((match for script in scripts if (match := leads.search(script[:LONGEST_SCRIPT]))), None)
    url = page.absolute(found[1]) if found else None
    return Source(f"{url}{PLACE}", None) if url else None


class Event(NamedTuple):
    """What a click tells an ASP.NET page."""

    target: str
    argument: str


def posted_pages(page: Page) -> Iterator[Ask]:
    """The next page of an ASP.NET list, and, from its first state, its years: the form sent as a click would send it."""
    for link in next_postbacks(page):
        if event := event_in(link.get("href") or ""):
            yield from sent(page, link, event)
            break
    for select in page.root.xpath(CHOOSING):
        yield from chosen_years(page, select)


def event_in(script: str) -> Event | None:
    match = POSTBACK.search(script)
    return Event(match[1], match[2]) if match else None


def next_postbacks(page: Page) -> Iterator[HtmlElement]:
    """The link to the page after this one first: the number after the one that is no link, else "next"."""
    links = list(islice(page.root.xpath(POSTING), MOST_CALLS))
    counted = {number: link for link in reversed(links) if (number := page_number(link)) is not None}
    if counted:
        here = current_number(counted)
        yield from (counted[number] for number in sorted(counted) if number == here + 1)
    yield from (link for link in links if page_number(link) is None and is_next(link))


def page_number(link: HtmlElement) -> int | None:
    """The number of the page that a link asks for: its text, or, where it reads "...", the event's."""
    text = text_inside(link)
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    event = event_in(link.get("href") or "")
    if text in ("...", "…") and event and (match := NUMBER.search(event.argument)):
        return int(match[1])
    return None


def is_next(link: HtmlElement) -> bool:
    text = text_inside(link)
    return text in NEXT_SIGNS or label_of(text) in NEXT


def current_number(counted: dict[int, HtmlElement]) -> int:
    """The number that stands among the links and is none; where none is printed, the first that has no link."""
    printed = [number for link in counted.values() for number in unlinked_numbers(link)]
    return printed[0] if printed else next(number for number in range(1, len(counted) + 2) if number not in counted)


def unlinked_numbers(link: HtmlElement) -> list[int]:
    """The numbers without a link in the row that the link stands in."""
    row = next((above for above in islice(link.iterancestors(), 4) if len(above.xpath(".//a")) > 1), None)
    elements = () if row is None else row.iter("span", "strong", "b", "td", "li", "em")
    texts = ((element.text or "").strip() for element in elements)
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]


def chosen_years(page: Page, select: HtmlElement) -> Iterator[Ask]:
    """The other years of a drop-down that stands at its first one."""
    name, options = select.get("name"), list(options_of(select))
    years = [value for value, text in options if YEAR_NAME.match(text)]
    event = event_in(select.get("onchange") or "")
    if not name or not event or len(years) < 2:
        return
    if chosen(select) != options[0][0]:
        return
    for year in years:
        if year != options[0][0]:
            yield from sent(page, select, event, {name: year})


def sent(page: Page, element: HtmlElement, event: Event, changed: dict[str, str] | None = None) -> Iterator[Ask]:
    """The form around the element, sent with the event."""
    form = next(element.iterancestors("form"), None)
    if form is None:
        return
    fields = {**fields_of(form), **(changed or {}), "__EVENTTARGET": event.target, "__EVENTARGUMENT": event.argument}
    body = urlencode(fields)
    if len(body) <= LONGEST_BODY:
        yield Ask(action_of(page, form), "listing", body=body, headers=FORM)
