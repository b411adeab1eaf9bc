"""Numbers and lists in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_LISTED_NAMES = 6


def plural(number: int, noun: str) -> str:
    """Return number and noun, with a plural s unless the number is 1.

    >>> plural(1, "page"), plural(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def join_list(parts: Sequence[str]) -> str:
    """Return the first parts, separated by commas, and how many more there are."""
    more = len(parts) - _MAX_LISTED_NAMES
    return ", ".join(parts[:_MAX_LISTED_NAMES]) + (f" and {more} more" if more > 0 else "")
