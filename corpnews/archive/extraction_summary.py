"""What `scrapy extract` prints: skipped pages with their reasons, a progress bar at a terminal, and the totals at the end."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from corpnews.archive.page_location import NO_ARTICLE
from corpnews.extensions.progress_bar import redirect_log_to_stderr
from corpnews.web.text import join_list, plural

if TYPE_CHECKING:
    from typing import Self

    from corpnews.archive.page_location import SkippedInput
    from corpnews.archive.tasks import TaskResult

logger = logging.getLogger(__name__)


class ExtractionSummary:
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
        redirect_log_to_stderr()  # rich has replaced stderr by a stream that prints above the bar
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
        redirect_log_to_stderr()

    def count_page(self) -> None:
        """Count one more page to be read."""
        self.pages += 1
        self.bar.update(self.task, completed=self.pages)

    def count_unread_input(self, skipped: SkippedInput) -> None:
        """Count an input that is not a page or cannot be read."""
        self.is_complete &= skipped.level < logging.ERROR
        self._log_skipped(skipped)

    def begin_extraction(self) -> None:
        self.bar.update(self.task, description="extracting", total=self.pages, completed=0)

    def count_result(self, result: TaskResult) -> None:
        """Count the articles and the skipped pages of a finished task."""
        self.articles += len(result.lines)
        for skipped in result.skipped:
            self._log_skipped(skipped)
        self.bar.advance(self.task, len(result.lines) + len(result.skipped))

    def _log_skipped(self, skipped: SkippedInput) -> None:
        self.skipped[skipped.reason.removeprefix(NO_ARTICLE)] += 1
        logger.log(
            skipped.level, "Skipped %s: %s%s", skipped.name, skipped.reason, skipped.traceback and f"\n{skipped.traceback}"
        )

    def format_total(self, output: str | None = None) -> str:
        """Format the totals as one line."""
        parts = [f"{plural(self.articles, 'article')} from {plural(self.pages, 'page')}"]
        if self.skipped:
            reasons = [f"{count} × {reason}" for reason, count in self.skipped.most_common()]
            parts.append(f"skipped {self.skipped.total()} ({join_list(reasons)})")
        if output:
            parts.append(f"written to {output}")
        return "; ".join(parts)
