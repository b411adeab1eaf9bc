"""Finds lists of articles in JSON of unknown schema: objects with a link, a headline and a date."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery.anchors import count_words
from corpnews.discovery.articles.article_links import is_listing_url
from corpnews.discovery.data.json_paging import MAX_OBJECTS_ABOVE_ROWS, find_json_total
from corpnews.discovery.data.json_rows import JsonRow, find_field_names, find_slug_pattern
from corpnews.extraction.structured_data import json_values
from corpnews.web import url_features, urls
from corpnews.web.text import split_terms
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.discovery.script_links import UrlParts
    from corpnews.extraction.listing_entry import ArticleLink

_MAX_JSON_NODES: Final = 20_000
_MAX_JSON_ITEMS: Final = 10_000
_MAX_JSON_DEPTH: Final = 14
_SAMPLED_ROWS: Final = 40
_MAX_UNCERTAIN_ROWS: Final = 200
_MIN_HEADLINE_WORDS: Final = 4
_MIN_ARTICLE_ROWS: Final = 0.9  # the share of the rows that are articles, so that a total of the rows counts articles

# Keys of other dated and linked objects: products, jobs, events, people.
_NON_ARTICLE_KEYS = split_terms("""
price prices sku currency instock stock addtocart cart gtin ean variants jobtitle employmenttype salary vacancy jobid
hiringmanager startdate enddate eventdate starttime endtime venue firstname lastname jobfunction formtype filingdate
""")

_DATA_PLACE: Final = "data"


@dataclass(frozen=True, slots=True)
class JsonList:
    """The links of a list of objects, and the list's place in the data; `is_certain` says that they are articles.

    `total` is the number of entries on all pages, if the data state it; else 0.
    """

    place: ListPlace
    links: tuple[ArticleLink, ...]
    is_certain: bool
    total: int = 0


def find_json_articles(value: object, base_url: str, known: Collection[str] = ()) -> tuple[ArticleLink, ...]:
    """Return the articles of all article lists in `value`, each once, in order.

    `known` are URLs of articles of the same newsroom; they show how a slug becomes a URL. Without them a slug is a step below
    `base_url`, where relative links start, if its path names a newsroom.

    >>> value = {"hits": [{"title": "Acme opens plant", "url": "/news/1", "date": "2024-05-03"}] * 2}
    >>> [(link.url, link.date.value) for link in find_json_articles(value, "https://example.com/")]
    [('https://example.com/news/1', '2024-05-03')]
    """
    return merge_links(link for each in iter_json_lists(value, base_url, known) if each.is_certain for link in each.links)


def merge_links(links: Iterable[ArticleLink]) -> tuple[ArticleLink, ...]:
    """Return the first link of each article, in order."""
    found: dict[str, ArticleLink] = {}
    for link in links:
        found.setdefault(urls.article_key(link.url), link)
    return tuple(found.values())


def iter_json_lists(
    value: object, base_url: str, known: Collection[str] = (), row_links: Mapping[str, UrlParts] = MappingProxyType({})
) -> Iterator[JsonList]:
    """Yield the lists of linked objects with titles in `value`; the arguments are those of `find_json_articles`.

    `row_links` are the normalized names of fields of which scripts make links, with what stands before and after their values.
    """
    waiting: list[tuple[object, int, int, tuple[object, ...]]] = [(value, 0, 0, ())]
    for _ in range(_MAX_JSON_NODES):
        if not waiting:
            break
        node, depth, path, above = waiting.pop()
        groups = ([JsonRow.from_mapping(row, row_links) for row in rows] for rows in _iter_rows(node))
        lists = [found for rows in groups if (found := _parse_rows(rows, base_url, known, path, above))]
        yield from lists
        if not any(each.is_certain for each in lists) and depth < _MAX_JSON_DEPTH:
            nearest = (node, *above[: MAX_OBJECTS_ABOVE_ROWS - 1])
            waiting.extend((child, depth + 1, hash((path, key)), nearest) for key, child in reversed(_get_children(node)))


def _get_children(node: object) -> Sequence[tuple[str, object]]:
    """Return the objects and lists in a node with their keys; those of a list's elements are empty."""
    pairs = node.items() if isinstance(node, dict) else (("", child) for child in node) if isinstance(node, list) else ()
    return [(key, child) for key, child in pairs if isinstance(child, (dict, list)) and child][:_MAX_JSON_ITEMS]


def _iter_rows(node: object) -> Iterator[list[Mapping[str, Any]]]:
    """Yield groups of objects: those of a list, or of an object with ids as keys ("Article:1", "Article:2")."""
    if isinstance(node, list):
        rows = json_values.as_mappings(node[:_MAX_JSON_ITEMS])
        lists = [] if rows else [row for row in node[:_MAX_JSON_ITEMS] if isinstance(row, list)]
        yield rows or [{str(at): value for at, value in enumerate(row)} for row in lists]
    elif isinstance(node, dict):
        kinds: dict[str, list[Mapping[str, Any]]] = {}
        for key, child in list(node.items())[:_MAX_JSON_ITEMS]:
            if isinstance(child, dict):
                kinds.setdefault(key.partition(":")[0] if ":" in key else "", []).append(child)
        yield from (rows for kind, rows in kinds.items() if kind or len(rows) > 1)


def _parse_rows(
    rows: list[JsonRow], base_url: str, known: Collection[str], path: int, above: Sequence[object]
) -> JsonList | None:
    """Return the rows as a list of links; None if they have none. `path` is the hash of the keys above them."""
    if not any(row.title for row in rows[:_SAMPLED_ROWS]):
        rows = [row.split_links() for row in rows]
        names = find_field_names(rows[:_SAMPLED_ROWS], base_url)
        rows = [row.rename(names) for row in rows] if names else rows
    sample = rows[:_SAMPLED_ROWS]
    pattern = find_slug_pattern([row.slug for row in sample], base_url, known)
    named = [link for row in sample if (link := row.link(base_url, pattern))]
    others = [not _NON_ARTICLE_KEYS.isdisjoint(row.fields) for row in sample]
    if not named or len(named) * 2 < len(sample) or _is_majority(others):
        return None
    is_certain = _are_article_rows(sample, base_url, pattern, is_known=bool(known))
    links = [row.link(base_url, pattern) for row in (rows if is_certain else rows[:_MAX_UNCERTAIN_ROWS])]
    # a file name that looks like a year may be the number of an article
    kept = [link for link in links if link and (url_features.is_period_url(link.url) or not is_listing_url(link.url))]
    place = (path, f"{_DATA_PLACE} {' '.join(sorted(sample[0].fields))}", 0)
    is_whole = is_certain and len(kept) >= _MIN_ARTICLE_ROWS * len(rows)
    return JsonList(place, tuple(kept), is_certain, find_json_total(above, len(rows)) if is_whole else 0) if kept else None


def _are_article_rows(rows: Sequence[JsonRow], base_url: str, pattern: UrlParts | None, *, is_known: bool) -> bool:
    """Whether the dates and URLs of linked rows are those of articles.

    A URL that was built from a guessed pattern is no evidence, unless the pattern `is_known`.
    """
    read = [(row, link) for row in rows if (link := row.link(base_url, pattern))]
    links = [link for _, link in read]
    if _is_majority([_is_non_news_url(link.url) for link in links]):
        return False
    stated = [is_known or row.url(base_url, None) is not None for row, _ in read]
    telling = [own and _is_likely_article_link(link) for own, link in zip(stated, links, strict=True)]
    if _is_majority([row.date(json_values.DATE_KEYS) is not None for row, _ in read]):
        return len(read) > 1 or all(telling)
    dated = [link.date is not None for link in links]
    sure = [own and _is_certain_article_link(link) for own, link in zip(stated, links, strict=True)]
    return _is_majority([has and tells for has, tells in zip(dated, telling, strict=True)]) or _is_majority(sure)


def _is_majority(truths: Sequence[bool]) -> bool:
    return sum(truths) * 2 > len(truths)


def _is_non_news_url(url: str) -> bool:
    if url_features.is_news_url(url):
        return False
    return urls.is_pdf_url(url) or not OTHER_SEGMENTS.isdisjoint(url_features.split_path_without_edition(url)[:-1])


def _is_likely_article_link(link: ArticleLink) -> bool:
    return url_features.is_news_url(link.url) or url_features.has_slug(link.url) or url_features.has_date_in_path(link.url)


def _is_certain_article_link(link: ArticleLink) -> bool:
    """Whether URL and headline suffice for an article without a date."""
    tells_apart = url_features.has_slug(link.url) or url_features.has_article_id(link.url)
    says = url_features.has_date_in_path(link.url) or (url_features.is_news_url(link.url) and tells_apart)
    return says and count_words(link.title or "") >= _MIN_HEADLINE_WORDS
