"""What a plan is told of earlier runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corpnews.discovery.listing import ArticleLink


@dataclass(frozen=True, slots=True)
class PriorRuns:
    """What earlier runs know of a newsroom.

    `recall` says which of some links are known, by their keys, and whether each is to be looked at again. `is_whole` says
    that an earlier run went all ways to their ends, so that only what is new is to be found; `ways` are the names of those
    that led it to articles.
    """

    lookup: Callable[[Sequence[ArticleLink]], Mapping[str, bool]]
    is_complete: bool = False
    productive_sources: frozenset[str] = frozenset()


NO_PRIOR_RUNS = PriorRuns(lambda _: {})
