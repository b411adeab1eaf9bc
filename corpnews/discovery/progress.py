"""How far a way of discovery has been gone, and what to do next."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpnews.phrases import number_of

if TYPE_CHECKING:
    from corpnews.discovery.asks import Ask
    from corpnews.discovery.frontier import Lead
    from corpnews.discovery.way import Way


@dataclass(slots=True)
class Step:
    """What to do next: requests to make, and articles that came whole.

    `refused` counts the links that were left out, by reason; `outcomes` tells of each address that was tried what came of it.
    """

    asks: list[Ask] = field(default_factory=list)
    written: list[Lead] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Progress:
    """How far a way has been gone.

    `openings` are its first asks; `kept` those to be made only if the others add something. `missing` are the keys of the
    first page's articles that the way has not named yet. `asks` counts those that were made, `open` those under way, `answers`
    those that the site has answered; `found` the links to articles that came, `added` those that the run had not found before.
    `gave_up` says why the way was left, if it was.
    """

    way: Way
    openings: list[Ask]
    missing: set[str]
    pending: deque[Ask] = field(default_factory=deque)
    kept: tuple[Ask, ...] = ()
    asks: int = 0
    open: int = 0
    answers: int = 0
    found: int = 0
    added: int = 0
    gave_up: str = ""
    is_reported: bool = False

    @property
    def has_ended(self) -> bool:
        return not self.open and not self.pending

    @property
    def is_complete(self) -> bool:
        """Whether the way, one that a vendor made, led to its end and named all that the first page lists."""
        led_on = self.way.platform is not None and self.way.is_full and self.answers > 0
        return led_on and self.found > 0 and not self.gave_up and not self.missing

    def __str__(self) -> str:
        ended = f"; given up: {self.gave_up}" if self.gave_up else ""
        links, requests = number_of(self.found, "link"), number_of(self.asks, "request")
        return f"{self.way.name}: {links} to articles by {requests}, {self.added} of them new{ended}"
