"""Which of a page's buttons may bring more of its listing, and which has shown that it does not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.pagination import CALENDAR, PAGE_NUMBER, PAGER
from corpnews.discovery.words import ALL, MORE, NEXT, NEXT_SIGNS, YEAR_NAME, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOAD_MORE = re.compile(r"(?:load|show|view|see|more)[-_]?(?:more|btn|button|posts|news|results)", re.IGNORECASE)
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Control:
    """Something on a page that can be pressed and leads to no other page.

    `name` is what its title or aria-label says, `classes` are its own and its id, `around` those of the boxes close above;
    `framed` says that it stands in the page's header, footer or menu.
    """

    index: int
    text: str
    name: str = ""
    classes: str = ""
    around: str = ""
    framed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """What it says, without the number of articles that it would bring: "Show 12 more" is "show more"."""
        return tuple(" ".join(label_of(NUMBERS.sub(" ", said)).split()) for said in (self.text, self.name) if said)

    @property
    def key(self) -> str:
        """Tells controls apart, also when the page has been drawn anew."""
        return f"{self.text}|{self.name}|{self.around}"

    @property
    def in_pager(self) -> bool:
        return PAGER.search(f"{self.classes} {self.around}") is not None

    @property
    def page(self) -> int:
        """The number of the listing page that it leads to, if it says one and stands in a pager; else 0."""
        said = PAGE_NUMBER.match(self.text)
        return int(said[1]) if said and self.in_pager and not self.says_year else 0

    @property
    def says_year(self) -> bool:
        return YEAR_NAME.match(self.text) is not None

    @property
    def says_next(self) -> bool:
        signed = self.in_pager and not {self.text, self.name}.isdisjoint(NEXT_SIGNS)
        return signed or not NEXT.isdisjoint(self.labels)

    @property
    def says_more(self) -> bool:
        return any(label in MORE or label in ALL for label in self.labels)

    @property
    def loads_more(self) -> bool:
        return LOAD_MORE.search(self.classes) is not None


@dataclass(slots=True)
class Chooser:
    """Which control to press next: "load more" and "next" first, then page numbers, then vaguer words, then years.

    `spent` are the controls that brought nothing, `years` those whose year has been read, `page` is the number pressed last.
    """

    spent: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    page: int = 1

    def choose(self, controls: Sequence[Control]) -> Control | None:
        used = self.spent | self.years
        free = [control for control in controls if control.key not in used and not CALENDAR.search(control.around)]
        return next(self._by_promise(free), None)

    def pressed(self, control: Control, *, brought: bool) -> None:
        """Note what came of it: another year starts all over again, a number or what brought nothing is not pressed again."""
        if control.says_year:
            self.years.add(control.key)
            if brought:
                self.spent, self.page = set(), 1
        elif control.page or not brought:
            self.spent.add(control.key)
            self.page = control.page or self.page

    def _by_promise(self, controls: Sequence[Control]) -> Iterator[Control]:
        yield from (control for control in controls if control.loads_more or control.says_next)
        yield from sorted((control for control in controls if control.page > self.page), key=lambda control: control.page)
        said = Counter(control.labels for control in controls)
        vague = (control for control in controls if control.says_more and not control.framed)
        yield from (control for control in vague if said[control.labels] == 1)  # what is repeated belongs to each item
        yield from (control for control in controls if control.says_year)
