"""Finds further listing pages: pagers, frames and declared language editions; exploration.py looks for all others."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.forms import find_form_pages, find_year_choices
from corpnews.discovery.pagers.load_more import find_load_more_pages, iter_pages_after_fragment
from corpnews.discovery.script_links import iter_attribute_urls, iter_data_addresses
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.vocabulary import NEXT_LABELS, NEXT_SIGNS, YEAR_LABEL
from corpnews.web import url_features, urls
from corpnews.web.text import normalize_label
from corpnews.web.url_features import PERIOD_PARAMETERS, SIZE_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

PAGE_NUMBER_TEXT = re.compile(r"^\W*(?:[^\W\d]{1,12}\s*)?(\d{1,4})(?:\s*[^\W\d]{1,4})?\W*$")
PAGER_NAME = re.compile(
    r"pagin|pager|page-?num|page-?nav|pagelist|wp-pagenavi|\bpages?\b|fenye|nav-links|load-?more", re.IGNORECASE
)
CALENDAR_NAME = re.compile(r"calendar|datepicker|kalender|calendario|calendrier|rili", re.IGNORECASE)
_MAX_FRAMES = 8
_FRAGMENT_TAGS = ("turbo-frame", "include-fragment")  # their content is the page that src names, as soon as it is seen


def find_next_requests(
    page: Page, scope: Scope, anchors: Sequence[Anchor], articles: Collection[str]
) -> tuple[SourceRequest, ...]:
    """Return older pages of this listing first, then years to choose, declared editions in other languages, and forms to submit.

    `articles` are the article keys of the links that the page lists as articles.
    """
    forms = list(find_form_pages(page))
    here = urls.article_key(page.url)
    others = (anchor for anchor in anchors if anchor.key not in articles)
    free = [anchor for anchor in others if may_be_listing(page, scope, anchor.url) or _grows_listing(page, anchor)]
    following = [*_iter_declared_next(page, scope), *(each.url for each in free if _is_pager_link(page, scope, each))]
    scripted = ((name, url) for _, name, url in iter_attribute_urls(page))
    following += [url for name, url in scripted if "next" in name or _is_page_of_listing(page, url)]
    following += [*find_load_more_pages(page), *find_frames(page, *_FRAGMENT_TAGS)]
    following += [form.url for form in forms if form.body is None]
    following += iter_pages_after_fragment(page, len(articles)) if not following else ()
    chosen = [url for url in find_year_choices(page) if _is_related_listing(page, scope, url)]
    framed = () if articles else (*find_frames(page), *iter_data_addresses(page))
    editions = (url for _, url in iter_declared_editions(page) if not url_features.is_home_page_url(url))
    found = [*framed, *following, *chosen, *editions]
    unique: dict[str, str] = {}
    for url in filter(scope.may_list, found):
        unique.setdefault(urls.article_key(url), url)
    further = (SourceRequest(url, LISTING_SOURCE_NAME) for key, url in unique.items() if key != here and key not in articles)
    return (*further, *(form for form in forms if form.body is not None))


def find_frames(page: Page, *tags: str) -> list[str]:
    """Return the URLs of the pages inside this one, in frames or other elements of these `tags`."""
    frames = islice(page.root.iter(*(tags or ("iframe", "frame"))), _MAX_FRAMES)
    return [url for frame in frames if (url := page.resolve_url(frame.get("src")))]


def may_be_listing(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL may be a listing: no single day, no search, no sort order, no more than one filter."""
    if not urls.split_url(url).query:
        return not url_features.is_calendar_url(url)
    added = _get_added_parameters(page.url, url)
    piled = urls.has_repeated_parameter(url) and not urls.has_repeated_parameter(page.url)
    if piled or url_features.is_calendar_url(url) or any(map(url_features.is_search_parameter, added)):
        return False
    if _leads_to_later_page(added) or (added and all(map(url_features.is_page_parameter, added))):
        return True
    on_start = urls.split_path(url) == urls.split_path(scope.start_url)
    is_here = urls.split_path(url) == urls.split_path(page.url)  # parameters of another path need not be filters
    filters = _find_filters(added) if is_here else set()
    filters |= _find_filters(_get_added_parameters(scope.start_url, url)) if on_start else set()
    return len(filters) <= 1 and not any(map(url_features.is_display_parameter, filters))


def _grows_listing(page: Page, anchor: Anchor) -> bool:
    """Whether a "load more" link leads to this listing with more articles on one page."""
    if not _is_next_link(anchor) or urls.split_path(anchor.url) != urls.split_path(page.url):
        return False
    added, known = _get_added_parameters(page.url, anchor.url), urls.get_query(page.url)
    sizes = [(value, known.get(name, "0")) for name, value in added.items() if name in SIZE_PARAMETERS]
    return len(sizes) == len(added) == 1 and all(map(str.isdigit, sizes[0])) and int(sizes[0][0]) > int(sizes[0][1])


def _get_added_parameters(here: str, url: str) -> dict[str, str]:
    """Return the query parameters that differ from those of `here`."""
    known = urls.get_query(here)
    return {name: value for name, value in urls.get_query(url).items() if known.get(name) != value}


def _find_filters(added: Iterable[str]) -> set[str]:
    """Return the parameters that filter a listing; those of a period count as one."""
    return {"year" if name in PERIOD_PARAMETERS else name for name in added if not url_features.is_page_parameter(name)}


def _leads_to_later_page(added: Mapping[str, str]) -> bool:
    """Whether the parameters select another page than the first one."""
    return any(url_features.is_page_parameter(name) and value not in ("0", "1") for name, value in added.items())


def _iter_declared_next(page: Page, scope: Scope) -> Iterator[str]:
    """Yield the page's rel=next links; blogs use rel=next for articles too, which are left out."""
    marked = [mark.element for mark in page.layout.links if "next" in (mark.element.get("rel") or "").lower().split()]
    for element in (*page.find_links("next"), *marked):
        url = page.resolve_url(element.get("href"))
        if url and (_is_page_of_listing(page, url) or _is_related_listing(page, scope, url)) and not url_features.has_slug(url):
            yield url


def _is_pager_link(page: Page, scope: Scope, anchor: Anchor) -> bool:
    """Whether the link is a page of this listing or a year by its URL, a number of a pager, or "next" near the listing."""
    if _is_page_of_listing(page, anchor.url):
        return True
    is_next, year = _is_next_link(anchor), YEAR_LABEL.match(anchor.text)
    if not is_next and not PAGE_NUMBER_TEXT.match(anchor.text):
        return False
    names = [f"{box.element.get('class') or ''} {box.element.get('id') or ''}" for box in islice(anchor.box.ancestors(), 6)]
    if any(map(CALENDAR_NAME.search, names)):
        return False
    if year:
        return year[1] in anchor.url
    return any(map(PAGER_NAME.search, names[:4])) or (is_next and _is_near_listing(page, scope, anchor.url))


def _is_next_link(anchor: Anchor) -> bool:
    """Whether the link means "next" or "older": by its text, an arrow, or the label or class of a link without text."""
    if anchor.text in NEXT_SIGNS or anchor.label in NEXT_LABELS:
        return True
    if anchor.text:
        return False
    element = anchor.link_ref.element
    names = (element.get("aria-label") or "", element.get("title") or "", *(element.get("class") or "").split())
    return any(normalize_label(name) in NEXT_LABELS for name in names)


def _is_page_of_listing(page: Page, url: str) -> bool:
    """Whether the URL is a numbered page of this listing, by query or path."""
    if urls.split_path(url) == urls.split_path(page.url) and any(map(url_features.is_page_parameter, urls.get_query(url))):
        return True
    here, path = url_features.split_path_without_edition(page.url), url_features.split_path_without_edition(url)
    return url_features.has_page_number_in_path(url) and path[:1] == here[:1]


def _is_near_listing(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL is next to this listing or below it, or is the listing with another query."""
    here, path = url_features.split_path_without_edition(page.url), url_features.split_path_without_edition(url)
    is_next_to = len(here) > 1 and path[: len(here) - 1] == here[:-1]
    is_below = path[: len(here)] == here if here else not path
    return is_below or is_next_to or path == scope.section or scope.is_below_section(url)


def _is_related_listing(page: Page, scope: Scope, url: str) -> bool:
    """Whether the URL is near this listing, or names news."""
    return _is_near_listing(page, scope, url) or url_features.is_news_url(url)


def iter_declared_editions(page: Page) -> Iterator[tuple[str, str]]:
    """Yield language and URL of the same page in other languages, as `<link rel=alternate hreflang>` declares them."""
    for element in page.find_links("alternate"):
        if (tag := element.get("hreflang")) and (url := page.resolve_url(element.get("href"))):
            yield tag.lower(), url
