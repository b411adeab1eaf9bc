"""What a report shows of all newsrooms of a store: each query reads a table once, however many newsrooms there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, select

from corpnews.state.records import PastRun
from corpnews.state.tables import articles, newsrooms, profiles, runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

_RUNS_SHOWN: Final = 60
_DUPLICATES_SHOWN: Final = 8
_MONTH_LENGTH: Final = len("2024-05")


@dataclass(slots=True)
class Duplicate:
    """An article that repeats another one, and the URL of that, if the store has it."""

    headline: str
    url: str
    original_url: str | None


@dataclass(slots=True)
class NewsroomOverview:
    """What the store has of a newsroom.

    Attributes:
        runs: its last runs, the latest first.
        articles: how many articles there are, withdrawn ones included.
        months: how many articles were published in each month, as YYYY-MM; those without a date are not counted.
        newest: the latest `date_published`.
        profile: what its runs kept of their lines, as JSON; None before the first run that kept it.
    """

    newsroom: str
    runs: list[PastRun] = field(default_factory=list)
    articles: int = 0
    withdrawn: int = 0
    updated: int = 0
    duplicates: int = 0
    months: Counter[str] = field(default_factory=Counter)
    newest: str | None = None
    duplicate_sample: list[Duplicate] = field(default_factory=list)
    profile: str | None = None


def read_overviews(connection: Connection, names: Sequence[str] = ()) -> list[NewsroomOverview]:
    """Read all newsrooms of the store that have had a run, or those of these names, by name."""
    wanted = newsrooms.c.name.in_(names) if names else newsrooms.c.name.is_not(None)
    rows = connection.execute(select(newsrooms.c.number, newsrooms.c.name).where(wanted).order_by(newsrooms.c.name))
    found = {row.number: NewsroomOverview(row.name) for row in rows}
    chosen = select(newsrooms.c.number).where(wanted)
    for number, run in _find_runs(connection, runs.c.newsroom.in_(chosen), _RUNS_SHOWN):
        found[number].runs.append(run)
    _count_articles(connection, articles.c.newsroom.in_(chosen), found)
    for number, duplicate in _find_duplicates(connection, articles.c.newsroom.in_(chosen)):
        found[number].duplicate_sample.append(duplicate)
    for row in connection.execute(select(profiles).where(profiles.c.newsroom.in_(chosen))):
        found[row.newsroom].profile = row.profile
    return [each for each in found.values() if each.runs]


def _find_runs(connection: Connection, chosen: ColumnElement[bool], last: int) -> Iterator[tuple[int, PastRun]]:
    at = func.row_number().over(partition_by=runs.c.newsroom, order_by=runs.c.number.desc()).label("at")
    numbered = select(runs.c.newsroom, *(runs.c[each.name] for each in fields(PastRun)), at).where(chosen).subquery()
    latest = select(numbered).where(numbered.c.at <= last).order_by(numbered.c.newsroom, numbered.c.at)
    for row in connection.execute(latest):
        yield row.newsroom, PastRun(row.number, row.started, row.ended, row.verdict, tuple(row.reasons), row.counts)


def _count_articles(connection: Connection, chosen: ColumnElement[bool], found: dict[int, NewsroomOverview]) -> None:
    month = func.substr(articles.c.date_published, 1, _MONTH_LENGTH).label("month")
    counted = (
        select(
            articles.c.newsroom,
            month,
            func.count().label("articles"),
            func.sum(case((articles.c.status == "withdrawn", 1), else_=0)).label("withdrawn"),
            func.sum(case((articles.c.version > 1, 1), else_=0)).label("updated"),
            func.count(articles.c.duplicate_of).label("duplicates"),
            func.max(articles.c.date_published).label("newest"),
        )
        .where(chosen)
        .group_by(articles.c.newsroom, month)
    )
    by_newsroom: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(counted):
        by_newsroom[row.newsroom].append(row)
    for number, rows in by_newsroom.items():
        overview = found[number]
        for name in ("articles", "withdrawn", "updated", "duplicates"):
            setattr(overview, name, sum(row._mapping[name] for row in rows))  # noqa: SLF001 - SQLAlchemy's public name
        overview.months.update({row.month: row.articles for row in rows if row.month and len(row.month) == _MONTH_LENGTH})
        overview.newest = max((row.newest for row in rows if row.newest), default=None)


def _find_duplicates(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[tuple[int, Duplicate]]:
    at = func.row_number().over(partition_by=articles.c.newsroom, order_by=articles.c.number.desc()).label("at")
    columns = (articles.c.newsroom, articles.c.headline, articles.c.url, articles.c.duplicate_of)
    numbered = select(*columns, at).where(chosen, articles.c.duplicate_of.is_not(None)).subquery()
    original = articles.alias()
    sample = (
        select(numbered.c.newsroom, numbered.c.headline, numbered.c.url, original.c.url.label("original_url"))
        .outerjoin(original, original.c.id == numbered.c.duplicate_of)
        .where(numbered.c.at <= _DUPLICATES_SHOWN)
        .order_by(numbered.c.newsroom, numbered.c.at)
    )
    for row in connection.execute(sample):
        yield row.newsroom, Duplicate(row.headline, row.url, row.original_url)
