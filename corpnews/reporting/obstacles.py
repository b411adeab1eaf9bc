"""What a run's verdict says of walls and errors that stood in the place of releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.page_classifier.page_kind import OBSTACLE_PHRASES
from corpnews.web.text import join_list, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

# Sites keep links to releases that they have deleted, and pages that only scripts fill: these count among the failed ones
_COMMON: Final = frozenset(("not_found", "script_shell"))


def describe_obstacles(obstacles: Mapping[str, int]) -> str:
    """Describe the walls and errors of a run, by sort and number; empty if there were none.

    >>> describe_obstacles({"login": 2, "captcha": 1, "not_found": 3})
    '3 releases were not to be seen: a log-in page (2), a captcha (1)'
    """
    counted = {sort: number for sort, number in obstacles.items() if sort not in _COMMON}
    if not counted:
        return ""
    named = [f"{OBSTACLE_PHRASES.get(sort, 'another page in its place')} ({number})" for sort, number in counted.items()]
    total = sum(counted.values())
    return f"{plural(total, 'release')} {'was' if total == 1 else 'were'} not to be seen: {join_list(named)}"
