"""What `scrapy crawl-due` does: choose the newsrooms, crawl them, show how it goes."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.schedule.due_runs import DueRuns
from corpnews.schedule.list_actions import add_rows
from corpnews.schedule.list_file import RowError, read_list_file
from corpnews.schedule.run_display import RunDisplay
from corpnews.state.location import find_output_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.settings import BaseSettings

    from corpnews.schedule.newsroom_runs import NewsroomRuns
    from corpnews.state.newsroom_list import ListedNewsroom

_LOG_FOLDER: Final = "logs"
_SEVERITY: Final = {verdict: at for at, verdict in enumerate(Verdict)}


def find_due_newsrooms(runs: NewsroomRuns, file: Path | None, *, is_all: bool) -> tuple[list[ListedNewsroom], int]:
    """The newsrooms to crawl, of the list or of a file that is added to it, and the exit status of its wrong rows.

    Raises RowError if the list is empty or the file is none, OSError, StoreError.
    """
    names, status = None, 0
    if file:
        names, status = add_rows(runs.newsroom_list, list(read_list_file(file)), runs.loader)
    listed = runs.newsroom_list.read()
    if not listed:
        raise RowError("no newsroom is on the list; add some: scrapy newsrooms add URL|FILE")
    now = datetime.now(UTC)
    return [each for each in listed if (names is None or each.name in names) and (is_all or each.due <= now)], status


def find_log_folder(settings: BaseSettings) -> Path:
    """The folder of the logs where none is named: in the folder of all output, or in the working directory."""
    return (find_output_folder(settings) or Path()) / _LOG_FOLDER


def crawl_newsrooms(newsroom_runs: NewsroomRuns, newsrooms: Sequence[ListedNewsroom]) -> int:
    """Crawl the newsrooms until all are done or a signal ends it; returns the exit status. Raises OSError, StoreError."""
    runs = DueRuns(newsroom_runs)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runs.stop())
    ended: list[Verdict] = []
    with RunDisplay(runs, len(newsrooms)) as display:
        for run in runs.run(newsrooms):
            if run:
                ended.append(run.verdict)
            display.update(run)
    return EXIT_STATUS[max(ended, key=_SEVERITY.__getitem__)] if ended else 0
