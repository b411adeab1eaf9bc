"""Controls of a page (buttons, links without target) that may load more of its listing, and the order to press them in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpnews.discovery.pagers.pagination import CALENDAR_NAME, PAGE_NUMBER_TEXT, PAGER_NAME
from corpnews.discovery.vocabulary import ALL_LABELS, NEXT_LABELS, NEXT_SIGNS, READ_MORE_LABELS, YEAR_LABEL
from corpnews.web.text import normalize_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOAD_MORE_CLASS = re.compile(r"(?:load|show|view|see|more)[-_]?(?:more|btn|button|posts|news|results)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Control:
    """An element that can be pressed and does not lead to another page.

    `name` is its title or aria-label, `classes` are its classes and id, `ancestors` those of its closest ancestors;
    `is_in_frame`: within the header, footer or menu.
    """

    index: int
    text: str
    name: str = ""
    classes: str = ""
    ancestors: str = ""
    is_in_frame: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Its text and name as labels, without the number of articles to load: "Show 12 more" is "show more"."""
        return tuple(" ".join(normalize_label(_DIGITS.sub(" ", text)).split()) for text in (self.text, self.name) if text)

    @property
    def key(self) -> str:
        """Identifies the control, also after the page has been rendered again."""
        return f"{self.text}|{self.name}|{self.ancestors}"

    @property
    def is_in_pager(self) -> bool:
        return PAGER_NAME.search(f"{self.classes} {self.ancestors}") is not None

    @property
    def page_number(self) -> int:
        """The number of the listing page that it leads to; 0 if it is not a number in a pager."""
        number = PAGE_NUMBER_TEXT.match(self.text)
        return int(number[1]) if number and self.is_in_pager and not self.is_year else 0

    @property
    def is_year(self) -> bool:
        return YEAR_LABEL.match(self.text) is not None

    @property
    def is_next(self) -> bool:
        has_sign = self.is_in_pager and not {self.text, self.name}.isdisjoint(NEXT_SIGNS)
        return has_sign or not NEXT_LABELS.isdisjoint(self.labels)

    @property
    def is_more(self) -> bool:
        return any(label in READ_MORE_LABELS or label in ALL_LABELS for label in self.labels)

    @property
    def is_load_more(self) -> bool:
        return _LOAD_MORE_CLASS.search(self.classes) is not None


@dataclass(slots=True)
class ControlChooser:
    """Chooses the next control to press: "load more" and "next" first, then page numbers, then vaguer labels, then years.

    `exhausted` has the keys of controls that loaded nothing, `years` those of years read; `page` is the last number pressed.
    """

    exhausted: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    page: int = 1

    def choose(self, controls: Sequence[Control]) -> Control | None:
        used = self.exhausted | self.years
        free = [control for control in controls if control.key not in used and not CALENDAR_NAME.search(control.ancestors)]
        return next(self._iter_by_rank(free), None)

    def mark_pressed(self, control: Control, *, has_new_links: bool) -> None:
        """Record the result: another year resets the choice; page numbers and controls that loaded nothing are done."""
        if control.is_year:
            self.years.add(control.key)
            if has_new_links:
                self.exhausted, self.page = set(), 1
        elif control.page_number or not has_new_links:
            self.exhausted.add(control.key)
            self.page = control.page_number or self.page

    def _iter_by_rank(self, controls: Sequence[Control]) -> Iterator[Control]:
        yield from (control for control in controls if control.is_load_more or control.is_next)
        yield from sorted(
            (control for control in controls if control.page_number > self.page), key=lambda control: control.page_number
        )
        counts = Counter(control.labels for control in controls)
        vague = (control for control in controls if control.is_more and not control.is_in_frame)
        yield from (
            control for control in vague if counts[control.labels] == 1
        )  # a repeated label belongs to each item of a list
        yield from (control for control in controls if control.is_year)
