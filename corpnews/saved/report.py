"""What `scrapy extract` prints: skipped pages with their reasons, a progress bar at a terminal, and the totals at the end."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from corpnews.extensions.progress import log_to_stderr
from corpnews.phrases import listed, number_of

if TYPE_CHECKING:
    from typing import Self

    from corpnews.saved.place import Skipped
    from corpnews.saved.work import Outcome

logger = logging.getLogger(__name__)


class Report:
    """Counts of the pages found, the articles written and the inputs skipped; shows them as a progress bar."""

    def __init__(self) -> None:
        self.pages = self.articles = 0
        self.is_complete = True  # whether all inputs were read to their end
        self.skipped: Counter[str] = Counter()
        columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self.task = self.bar.add_task("finding pages", total=None)

    def __enter__(self) -> Self:
        self.bar.start()
        log_to_stderr()  # rich has replaced stderr by a stream that prints above the bar
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
        log_to_stderr()

    def found(self) -> None:
        """Count one more page to be read."""
        self.pages += 1
        self.bar.update(self.task, completed=self.pages)

    def missed(self, skipped: Skipped) -> None:
        """Count an input that is not a page or cannot be read."""
        self.is_complete &= skipped.level < logging.ERROR
        self._say(skipped)

    def all_found(self) -> None:
        self.bar.update(self.task, description="extracting", total=self.pages, completed=0)

    def done(self, outcome: Outcome) -> None:
        """Count the articles and the skipped pages of a finished task."""
        self.articles += len(outcome.lines)
        for skipped in outcome.skipped:
            self._say(skipped)
        self.bar.advance(self.task, len(outcome.lines) + len(outcome.skipped))

    def _say(self, skipped: Skipped) -> None:
        self.skipped[skipped.reason] += 1
        logger.log(skipped.level, "Skipped %s: %s%s", skipped.name, skipped.reason, skipped.trace and f"\n{skipped.trace}")

    def total(self, output: str | None) -> str:
        """Format the totals as one line."""
        parts = [f"{number_of(self.articles, 'article')} from {number_of(self.pages, 'page')}"]
        if self.skipped:
            reasons = [f"{count} {reason}" for reason, count in self.skipped.most_common()]
            parts.append(f"skipped {self.skipped.total()} ({listed(reasons)})")
        if output:
            parts.append(f"written to {output}")
        return "; ".join(parts)
