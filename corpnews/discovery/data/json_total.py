"""The total that JSON states beside a list of articles: how many there are on all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpnews.extraction.structured_data.json_values import as_integer, as_mappings, normalize_key
from corpnews.web.text import split_terms
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from corpnews.extraction.listing_entry import ArticleLink

_TOTAL_KEYS = split_terms("""
total totalcount totalresults totalitems totalhits totalrecords totalrows totalelements totalentries totalarticles totalposts
totalnumber nbhits numfound count resultcount resultscount itemcount itemscount recordcount estimatedtotalhits
""")
_MAX_NODES: Final = 2_000
_MAX_DEPTH: Final = 12
_MAX_TOTAL_DEPTH: Final = 2  # {"meta": {"pagination": {"total": 72}}}
_MAX_ROWS_DEPTH: Final = 3  # {"data": {"news": {"edges": […]}}}
_MIN_MATCHING_SHARE: Final = 0.9  # of the rows that are among the listed articles: the total counts these rows, and no others
_MAX_VALUES_PER_ROW: Final = 60


def find_json_total(value: object, links: Sequence[ArticleLink]) -> int:
    """Return the total beside the list that `links` were read from; 0 if there is none, or it is no larger than the list.

    >>> from corpnews.extraction.listing_entry import ArticleLink
    >>> rows = [{"title": "Acme opens plant", "slug": "plant"}, {"title": "Acme closes plant", "slug": "closed"}]
    >>> links = [ArticleLink("https://example.com/news/plant"), ArticleLink("https://example.com/news/closed")]
    >>> find_json_total({"page": {"total": 72}, "items": rows}, links)
    72
    """
    known = {step for link in links for step in split_path(link.url)[-1:]} | {link.title for link in links if link.title}
    best = 0
    for node in _iter_mappings(value):
        totals = {number for number in _iter_totals(node, _MAX_TOTAL_DEPTH) if number}
        rows = max(_iter_lists(node, _MAX_ROWS_DEPTH), key=len, default=[]) if totals else []
        if rows and _are_listed(rows, known):
            fitting = {number for number in totals if number >= len(rows)}
            best = next(iter(fitting)) if len(fitting) == 1 else 0  # the innermost object decides, which comes last
    return best


def _iter_mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects that are in no list of articles, outer ones first."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node, depth = waiting.pop(0)
        if isinstance(node, dict):
            yield node
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) and len(node) < 4 else ()
        if depth < _MAX_DEPTH:
            waiting.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def _iter_totals(node: Mapping[str, Any], depth: int) -> Iterator[int]:
    for key, child in node.items():
        if normalize_key(key) in _TOTAL_KEYS and (number := as_integer(child)) is not None:
            yield number
        elif isinstance(child, dict) and depth:
            yield from _iter_totals(child, depth - 1)


def _iter_lists(node: Mapping[str, Any], depth: int) -> Iterator[list[Mapping[str, Any]]]:
    for child in node.values():
        if isinstance(child, list):
            yield as_mappings(child)
        elif isinstance(child, dict) and depth:
            yield from _iter_lists(child, depth - 1)


def _are_listed(rows: Sequence[Mapping[str, Any]], known: Collection[str]) -> bool:
    matching = sum(any(_is_known(value, known) for value in _iter_strings(row)) for row in rows)
    return matching >= _MIN_MATCHING_SHARE * len(rows)


def _is_known(value: str, known: Collection[str]) -> bool:
    return value in known or value.rstrip("/").rpartition("/")[2].partition("?")[0].casefold() in known


def _iter_strings(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of a row and of the objects in it, one level deep."""
    values = list(row.values())[:_MAX_VALUES_PER_ROW]
    inner = [child for value in values if isinstance(value, dict) for child in list(value.values())[:_MAX_VALUES_PER_ROW]]
    for value in (*values, *inner):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (child for child in value.values() if isinstance(child, str))
