"""The newsrooms that are to be crawled regularly: a list in the store, with the time at which each is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, literal, select, update

from corpnews.state.database import find_locked_newsrooms
from corpnews.state.queries import get_newsroom_number
from corpnews.state.tables import articles, newsrooms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Row

    from corpnews.state.store import Store

_NOT_LISTED: Final[Mapping[str, Any]] = {"spider": None, "arguments": None, "every": None, "due": None, "failures": 0}
_MAX_DATES: Final = 20
_COLUMNS: Final = [newsrooms.c[name] for name in ("name", "spider", "arguments", "every", "due", "failures")]


@dataclass(frozen=True, slots=True)
class ListedNewsroom:
    """A newsroom on the list: `scrapy crawl <spider>` with its `arguments` crawls it.

    `every` is how often, None if its history decides; `failures` is how many of its last runs in a row have failed, were cut
    short or have not come to their end: a run under way is one of them.
    """

    name: str
    spider: str
    arguments: Mapping[str, str]
    every: timedelta | None
    due: datetime
    failures: int = 0


class NewsroomList:
    """Reads and writes the list of a store. Methods raise StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> list[ListedNewsroom]:
        """All newsrooms of the list, by name."""
        return self._select(newsrooms.c.due.is_not(None), newsrooms.c.name)

    def read_due(self, now: datetime, limit: int) -> list[ListedNewsroom]:
        """The newsrooms that are due, the longest overdue first, at most so many."""
        return self._select(newsrooms.c.due <= now, newsrooms.c.due, limit)

    def find(self, name: str) -> ListedNewsroom | None:
        """The newsroom of this name, if it is on the list."""
        return next(iter(self._select(newsrooms.c.due.is_not(None) & (newsrooms.c.name == name), newsrooms.c.name)), None)

    def find_under_way(self) -> set[str]:
        """The names of the newsrooms of a PostgreSQL store that a run of any host holds."""
        with self._store.reading() as connection:
            named = select(newsrooms.c.name).where(newsrooms.c.number.in_(find_locked_newsrooms(connection)))
            return set(connection.execute(named).scalars())

    def _select(self, chosen: ColumnElement[bool], order: ColumnElement[Any], limit: int | None = None) -> list[ListedNewsroom]:
        with self._store.reading() as connection:
            listed = select(*_COLUMNS).where(chosen).order_by(order).limit(limit)
            return [_build_listed_newsroom(row) for row in connection.execute(listed)]

    def add(self, added: Iterable[ListedNewsroom]) -> None:
        """Add newsrooms, or change how those of the same names are crawled; one that is listed keeps the time it is due at."""
        with self._store.writing() as connection:
            for each in added:
                every = int(each.every.total_seconds()) if each.every else None
                values = {"spider": each.spider, "arguments": dict(each.arguments), "every": every}
                number = get_newsroom_number(connection, each.name)
                due = func.coalesce(newsrooms.c.due, literal(each.due, newsrooms.c.due.type))
                connection.execute(update(newsrooms).where(newsrooms.c.number == number).values(**values, due=due))

    def remove(self, name: str) -> bool:
        """Take a newsroom off the list; what is known of it stays. Returns False if it is not listed."""
        with self._store.writing() as connection:
            listed = (newsrooms.c.name == name) & newsrooms.c.due.is_not(None)
            return bool(connection.execute(update(newsrooms).where(listed).values(**_NOT_LISTED)).rowcount)

    def claim(self, newsroom: ListedNewsroom, until: datetime) -> bool:
        """Set a newsroom's next time to `until`; returns False if another process has set it since it was read.

        Until `set_due` says how it ended, the run counts as a failure: the process may be killed that is to say it.
        """
        with self._store.writing() as connection:
            unclaimed = (newsrooms.c.name == newsroom.name) & (newsrooms.c.due == newsroom.due)
            values = {"due": until, "failures": newsroom.failures + 1}
            return bool(connection.execute(update(newsrooms).where(unclaimed).values(**values)).rowcount)

    def set_due(self, name: str, due: datetime, failures: int) -> None:
        """Record when a newsroom is due next, unless it was taken off the list."""
        with self._store.writing() as connection:
            listed = (newsrooms.c.name == name) & newsrooms.c.due.is_not(None)
            connection.execute(update(newsrooms).where(listed).values(due=due, failures=failures))

    def read_release_dates(self, name: str) -> Sequence[str]:
        """When the newest releases of a newsroom were published, ISO 8601, the newest first."""
        with self._store.reading() as connection:
            dates = (
                select(articles.c.date_published)
                .join(newsrooms, newsrooms.c.number == articles.c.newsroom)
                .where(newsrooms.c.name == name, articles.c.date_published.is_not(None))
                .order_by(articles.c.date_published.desc())
                .limit(_MAX_DATES)
            )
            return connection.execute(dates).scalars().all()


def _build_listed_newsroom(row: Row[Any]) -> ListedNewsroom:
    every = timedelta(seconds=row.every) if row.every else None
    return ListedNewsroom(row.name, row.spider, row.arguments, every, row.due, row.failures)
