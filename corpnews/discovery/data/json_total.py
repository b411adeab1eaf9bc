"""The total that JSON states beside a list of articles: how many there are on all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from corpnews.extraction.structured_data.json_values import as_integer, as_mapping, normalize_key
from corpnews.web.text import split_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOTAL_KEYS = split_terms("""
total totalcount totalresults totalitems totalhits totalrecords totalrows totalelements totalentries totalarticles totalposts
totalnumber nbhits numfound count resultcount resultscount itemcount itemscount recordcount estimatedtotalhits
""")
_MAX_TOTAL_DEPTH: Final = 2  # {"meta": {"pagination": {"total": 72}}}
MAX_OBJECTS_ABOVE_ROWS: Final = 4  # {"data": {"news": {"edges": […]}}}


def find_json_total(above: Iterable[object], least: int) -> int:
    """Return the total that the innermost object above a list states; 0 if there is none, or it is smaller than the list.

    Args:
        above: The values that the list stands in, the innermost first.
        least: The length of the list.

    >>> find_json_total([{"page": {"total": 72}, "items": []}, {"count": 3000}], 10)
    72
    """
    totals = next((found for node in above if (found := set(_iter_totals(as_mapping(node), _MAX_TOTAL_DEPTH)))), set())
    fitting = [number for number in totals if number >= least]
    return fitting[0] if len(fitting) == 1 else 0


def _iter_totals(node: Mapping[str, Any], depth: int) -> Iterator[int]:
    for key, child in node.items():
        if normalize_key(key) in _TOTAL_KEYS and (number := as_integer(child)):
            yield number
        elif isinstance(child, dict) and depth:
            yield from _iter_totals(child, depth - 1)
