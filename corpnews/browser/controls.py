"""Controls of a page (buttons, links without target) that may load more of its listing, and the order to press them in."""

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
    """An element that can be pressed and does not lead to another page.

    `name` is its title or aria-label, `classes` are its classes and id, `around` those of its closest ancestors;
    `framed` is true within the header, footer or menu of the page.
    """

    index: int
    text: str
    name: str = ""
    classes: str = ""
    around: str = ""
    framed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Its text and name as labels, without the number of articles to load: "Show 12 more" is "show more"."""
        return tuple(" ".join(label_of(NUMBERS.sub(" ", said)).split()) for said in (self.text, self.name) if said)

    @property
    def key(self) -> str:
        """Identifies the control, also after the page has been rendered again."""
        return f"{self.text}|{self.name}|{self.around}"

    @property
    def in_pager(self) -> bool:
        return PAGER.search(f"{self.classes} {self.around}") is not None

    @property
    def page(self) -> int:
        """The number of the listing page that it leads to; 0 if it is not a number in a pager."""
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
    """Chooses the next control to press: "load more" and "next" first, then page numbers, then vaguer labels, then years.

    `spent` has the keys of controls that loaded nothing, `years` those of years read; `page` is the number pressed last.
    """

    spent: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    page: int = 1

    def choose(self, controls: Sequence[Control]) -> Control | None:
        used = self.spent | self.years
        free = [control for control in controls if control.key not in used and not CALENDAR.search(control.around)]
        return next(self._by_promise(free), None)

    def pressed(self, control: Control, *, brought: bool) -> None:
        """Record the result: another year resets the choice; page numbers and controls that loaded nothing are done."""
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
        yield from (control for control in vague if said[control.labels] == 1)  # a repeated label belongs to each item of a list
        yield from (control for control in controls if control.says_year)
