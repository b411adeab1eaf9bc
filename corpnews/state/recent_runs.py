"""The last runs of all newsrooms of a store.

A store in a file is read by Python's own driver: SQLAlchemy takes longer to import than `scrapy report` takes for all else.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpnews import state
from corpnews.state.errors import NewsroomBusyError
from corpnews.state.locks import find_lock_file, lock_file
from corpnews.state.records import PastRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SELECT_RECENT_RUNS: Final = """
SELECT name, corpnews_newsrooms.number, latest.number, started, ended, verdict, reasons, counts
FROM (SELECT *, row_number() OVER (PARTITION BY newsroom ORDER BY number DESC) AS place FROM corpnews_runs) AS latest
JOIN corpnews_newsrooms ON corpnews_newsrooms.number = latest.newsroom
WHERE place <= :last ORDER BY name, place
"""


@dataclass(slots=True)
class RecentRuns:
    """The last runs of a newsroom, the latest first, and whether the latest is under way."""

    newsroom: str
    runs: list[PastRun] = field(default_factory=list)
    is_under_way: bool = False


def read_recent_runs(where: str | Path, last: int) -> list[RecentRuns]:
    """So many last runs of each newsroom of the store at a path or URL. Raises StoreError."""
    if isinstance(where, Path):
        # a file that cannot be read so may be of another version, or none of ours, which the store tells
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"{where.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(SELECT_RECENT_RUNS, {"last": last}).fetchall()
            return build_recent_runs(rows, lambda _, number: _is_locked(find_lock_file(where, number)))
    return state.Store.open(where).recent_runs(last)


def build_recent_runs(rows: Iterable[Sequence[Any]], is_under_way: Callable[[str, int], bool]) -> list[RecentRuns]:
    """Build the runs of each newsroom from rows of SELECT_RECENT_RUNS; `is_under_way` tells by name and number."""
    found: dict[str, RecentRuns] = {}
    for name, newsroom, number, started, ended, verdict, reasons, counts in rows:
        if name not in found:
            found[name] = RecentRuns(name, is_under_way=ended is None and is_under_way(name, newsroom))
        end = _parse_time(ended) if ended else None
        run = PastRun(number, _parse_time(started), end, verdict, tuple(_parse_json(reasons)), _parse_json(counts))
        found[name].runs.append(run)
    return [*found.values()]


def _parse_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _parse_json(value: Any) -> Any:
    """Parse what SQLite has as text, and PostgreSQL's driver has parsed."""
    return json.loads(value) if isinstance(value, str) else value


def _is_locked(path: Path) -> bool:
    try:
        os.close(lock_file(path))
    except NewsroomBusyError:
        return True
    return False
