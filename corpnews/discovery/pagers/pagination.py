"""The listing pages that a listing page leads on to."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery import urls
from corpnews.discovery.anchors import LOCATION
from corpnews.discovery.pagers.loaders import after_fragment, loaded_pages
from corpnews.discovery.pagers.script_pagers import called_pages
from corpnews.discovery.pagers.year_choices import year_choices
from corpnews.discovery.words import (
    ALL,
    ARCHIVE_STEPS,
    LANGUAGE_NAMES,
    NEXT,
    NEXT_SIGNS,
    OTHER_STEPS,
    PERIOD_PARAMETERS,
    TOPIC_STEPS,
    YEAR_NAME,
    label_of,
)
from corpnews.extraction.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.page import Page

PAGE_NUMBER = re.compile(r"^\W*(?:[^\W\d]{1,12}\s*)?(\d{1,4})(?:\s*[^\W\d]{1,4})?\W*$")
PAGER = re.compile(r"pagin|pager|page-?num|page-?nav|pagelist|wp-pagenavi|\bpages?\b|fenye|nav-links|load-?more", re.IGNORECASE)
CALENDAR = re.compile(r"calendar|datepicker|kalender|calendario|calendrier|rili", re.IGNORECASE)
MAX_LABEL_UNITS = 3.5
MAX_PERIODS = 60


def next_pages(page: Page, scope: Scope, anchors: Sequence[Anchor], articles: Collection[str]) -> tuple[str, ...]:
    """Older pages of this listing first, then its years, its topics, and the same listing in other languages."""
    here = urls.article_key(page.url)
    free = [anchor for anchor in anchors if anchor.key not in articles and may_list(page, scope, anchor.url)]
    following = [*declared_next(page, scope), *pager_links(page, scope, free), *button_links(page)]
    following += [*loaded_pages(page), *called_pages(page)]
    following += after_fragment(page, len(articles)) if not following else ()
    chosen = [url for url in year_choices(page) if is_akin(page, scope, url)]
    periods = [*period_links(scope, free, months=not following), *period_options(page, scope), *chosen]
    found = [*following, *periods, *topic_links(scope, free, urls.parents_of(articles)), *editions(page, anchors)]
    unique = {urls.article_key(url): url for url in reversed(found) if scope.contains(url)}
    order = dict.fromkeys(urls.article_key(url) for url in found)
    return tuple(unique[key] for key in order if key in unique and key != here and key not in articles)


def may_list(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL may be a listing: no single day, no sort order, no filter on top of another, but for further pages."""
    added = added_queries(page.url, url)
    piled = urls.repeats_parameter(url) and not urls.repeats_parameter(page.url)
    if piled or urls.asks_for_day(url) or any(map(urls.is_never, added)):
        return False
    if moves_on(added) or (added and all(map(urls.is_page_parameter, added))):
        return True
    on_start = urls.steps(url) == urls.steps(scope.start_url)
    filters = filters_of(added) | (filters_of(added_queries(scope.start_url, url)) if on_start else set())
    return len(filters) <= 1 and not any(map(urls.is_drawing, filters))


def added_queries(here: str, url: str) -> dict[str, str]:
    """The parameters of the URL that differ from those of `here`."""
    known = urls.queries(here)
    return {name: value for name, value in urls.queries(url).items() if known.get(name) != value}


def filters_of(added: Iterable[str]) -> set[str]:
    """The parameters that narrow a listing down; those that name a period count as one."""
    return {"year" if name in PERIOD_PARAMETERS else name for name in added if not urls.is_page_parameter(name)}


def moves_on(added: Mapping[str, str]) -> bool:
    """Whether the parameters lead to a further page, not to the first one."""
    return any(urls.is_page_parameter(name) and value not in ("0", "1") for name, value in added.items())


def declared_next(page: Page, scope: Scope) -> Iterator[str]:
    """What the page itself names as its next one: rel=next; blogs also say it of the article beside this one."""
    marked = [mark.element for mark in page.layout.links if "next" in (mark.element.get("rel") or "").lower().split()]
    for element in (*page.links("next"), *marked):
        url = page.absolute(element.get("href"))
        if url and (is_paged(page, url) or is_akin(page, scope, url)) and not urls.has_slug(url):
            yield url


def pager_links(page: Page, scope: Scope, anchors: Sequence[Anchor]) -> Iterator[str]:
    """Page numbers, "next", "older", "archive" and their like."""
    numbered = [
        anchor
        for anchor in anchors
        if PAGE_NUMBER.match(anchor.text) and not YEAR_NAME.match(anchor.text) and not in_calendar(anchor)
    ]
    crowds = crowds_of(numbered)
    for anchor in numbered:
        if is_paged(page, anchor.url) or (crowds[anchor] > 1 and is_near(page, scope, anchor.url)) or in_pager(anchor):
            yield anchor.url
    for anchor in anchors:
        if is_onward(anchor) and not in_calendar(anchor):
            if in_pager(anchor) or is_paged(page, anchor.url) or is_near(page, scope, anchor.url):
                yield anchor.url
        elif (names_archive(anchor) and is_akin(page, scope, anchor.url)) or turns_page(page, anchor.url):
            yield anchor.url


def button_links(page: Page) -> Iterator[str]:
    """Further pages of this listing that a script asks for: a button, an option or a box to scroll to keeps their address."""
    for element in page.root.iter("button", "a", "div", "option"):
        for name, value in element.items():
            url = page.absolute(asked_address(name, value))
            if url and is_paged(page, url):
                yield url


def asked_address(name: str, value: str) -> str | None:
    """The address in an attribute that is no link: data-url="/news?page=2", onclick="location.href='/news?page=2'"."""
    if name == "onclick":
        called = LOCATION.search(value)
        return called[1] if called else None
    return value if (name == "value" or name.startswith("data-")) and value.startswith(("/", "?", "http")) else None


def names_archive(anchor: Anchor) -> bool:
    return anchor.label in ALL or not ARCHIVE_STEPS.isdisjoint(urls.steps(anchor.url)[-1:])


def turns_page(page: Page, url: str) -> bool:
    """Whether the URL is this listing's with no more than another page number, under a name that means nothing else."""
    added = added_queries(page.url, url)
    name, value = next(iter(added.items()), ("", ""))
    sure = urls.is_page_parameter(name) and (name == "page" or len(name) > 4) and not name.endswith("id")
    return len(added) == 1 and sure and value.isdigit() and moves_on(added) and urls.steps(url) == urls.steps(page.url)


def crowds_of(anchors: Sequence[Anchor]) -> dict[Anchor, int]:
    """How many different targets the row of page numbers has that a number stands in, itself or each in a box of its own."""
    alone = Counter(id(anchor.box) for anchor in anchors)
    rows = {
        anchor: id(anchor.box.parent if alone[id(anchor.box)] == 1 and anchor.box.parent else anchor.box) for anchor in anchors
    }
    targets: dict[int, set[str]] = {}
    for anchor, row in rows.items():
        targets.setdefault(row, set()).add(anchor.key)
    return {anchor: len(targets[row]) for anchor, row in rows.items()}


def is_onward(anchor: Anchor) -> bool:
    """Whether the link says "next" or "older": by its text, a sign, or the name of a link without text."""
    if anchor.text in NEXT_SIGNS or anchor.label in NEXT:
        return True
    element = anchor.mark.element
    names = (element.get("aria-label") or "", element.get("title") or "", *(element.get("class") or "").split())
    return not anchor.text and any(label_of(name) in NEXT for name in names)


def names_above(anchor: Anchor, boxes: int) -> str:
    """The classes and ids of the boxes close above."""
    close = islice(anchor.box.ancestors(), boxes)
    return " ".join(f"{box.element.get('class') or ''} {box.element.get('id') or ''}" for box in close)


def in_pager(anchor: Anchor) -> bool:
    return PAGER.search(names_above(anchor, 4)) is not None


def in_calendar(anchor: Anchor) -> bool:
    return CALENDAR.search(names_above(anchor, 6)) is not None


def is_paged(page: Page, url: str) -> bool:
    """Whether the URL is this listing's with another page number, in its query or path."""
    if urls.is_paged(url) and urls.edition_free(url)[:1] == urls.edition_free(page.url)[:1]:
        return True
    same_path = urls.steps(url) == urls.steps(page.url)
    return same_path and any(map(urls.is_page_parameter, urls.queries(url)))


def is_near(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL stands beside this listing or below it, or is the listing with another query."""
    here, path = urls.edition_free(page.url), urls.edition_free(url)
    beside = len(here) > 1 and path[: len(here) - 1] == here[:-1]
    return path[: len(here)] == here or beside or path == scope.section or scope.is_below(url)


def is_akin(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL is near, or another newsroom's listing of the host."""
    return is_near(page, scope, url) or urls.says_news(url)


def period_links(scope: Scope, anchors: Sequence[Anchor], *, months: bool) -> Iterator[str]:
    """Archives of a year, and of a month where the page has no other way on."""
    found = [anchor.url for anchor in anchors if names_period(anchor, scope, months=months) and not in_calendar(anchor)]
    yield from found[:MAX_PERIODS]


def names_period(anchor: Anchor, scope: Scope, *, months: bool) -> bool:
    """Whether text and URL name the same year or month."""
    if year := YEAR_NAME.match(anchor.text):
        requested = any(name in PERIOD_PARAMETERS for name in urls.queries(anchor.url))
        return year[1] in anchor.url or scope.is_below(anchor.url) or requested
    if not months or anchor.units > 4 or len(anchor.text) > 30:
        return False
    dates = find_dates(anchor.text)
    return len(dates) == 1 and dates[0].precision == "month" and dates[0].value[:4] in anchor.url


def period_options(page: Page, scope: Scope) -> Iterator[str]:
    """Years of a drop-down whose values are addresses."""
    for option in page.root.iter("option"):
        value = option.get("value") or ""
        if ("/" in value or value.startswith("?")) and YEAR_NAME.match(option.text or ""):
            url = page.absolute(value)
            if url and is_akin(page, scope, url):
                yield url


def topic_links(scope: Scope, anchors: Sequence[Anchor], parents: Collection[str]) -> Iterator[str]:
    """Parts of this newsroom that articles stand below, or under a short name: below its path, or categories beside it."""
    for anchor in anchors:
        if anchor.key in parents and scope.is_below(anchor.url):
            yield anchor.url
        if anchor.units > MAX_LABEL_UNITS or anchor.says_more or not anchor.text or is_article_like(anchor.url):
            continue
        path = urls.edition_free(anchor.url)
        if scope.is_below(anchor.url):
            topic = not urls.is_label(anchor.url) or not TOPIC_STEPS.isdisjoint(path)
            if topic and OTHER_STEPS.isdisjoint(path[len(scope.section) :]):
                yield anchor.url
        elif is_sister(scope, path) or (not scope.section and scope.is_news and not TOPIC_STEPS.isdisjoint(path[:1])):
            yield anchor.url


def is_article_like(url: str) -> bool:
    """Whether the URL is dated or has a sentence for its last step."""
    return urls.has_slug(url) or urls.has_date(url) or urls.is_period(url)


def is_sister(scope: Scope, path: tuple[str, ...]) -> bool:
    """Whether the path is a topic beside the newsroom's own, which is a topic itself, and of news too."""
    beside = len(path) == len(scope.section) > 1 and path[:-1] == scope.section[:-1]
    return beside and path[-2] in TOPIC_STEPS and urls.is_news(path[-1:])


def editions(page: Page, anchors: Sequence[Anchor]) -> Iterator[str]:
    """The same listing in other languages: what the page declares, and where a language's name leads."""
    here = urls.edition_free(page.url)
    for element in page.links("alternate"):
        url = page.absolute(element.get("href")) if element.get("hreflang") else None
        if url and urls.edition_free(url):
            yield url
    for anchor in anchors:
        path = urls.edition_free(anchor.url)
        twin = path == here and urls.steps(anchor.url) != urls.steps(page.url)
        if path and (twin or (names_language(anchor) and urls.is_news(path) and len(path) == len(here))):
            yield anchor.url


def names_language(anchor: Anchor) -> bool:
    return anchor.label in LANGUAGE_NAMES or bool(anchor.mark.element.get("hreflang"))
