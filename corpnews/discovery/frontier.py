"""The article candidates of a run, and which of them were requested: a temporary SQLite database that spills to disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpnews.extraction.dates import FoundDate
from corpnews.extraction.listing_entry import ArticleLink, ListingEntry
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Sequence

_CREATE_TABLE = """
create table candidate (
    number integer primary key, key text not null unique, row text not null, is_taken integer not null default 0
)
"""
_SELECT_NEXT = "select number, row from candidate where number > ? and is_taken = 0 order by number limit ?"


@dataclass(frozen=True, slots=True)
class ArticleCandidate:
    """A link to an article, and how it was found: by which source, in the response of which URL, by the planner of which number.

    `date_source` names the source of the date, if that is another one. `needs_date` says that nothing but a date on its page
    would show that this is an article.
    """

    link: ArticleLink
    via: str
    source_url: str
    planner: int = 0
    date_source: str | None = None
    needs_date: bool = False

    @property
    def listing_entry(self) -> ListingEntry:
        """What extraction is told about the article before it reads the page."""
        return ListingEntry(self.link.title, self.link.date, self.date_source or self.via, self.link.translations)


class Frontier:
    """A queue of articles in the order in which they were found; spellings of one URL are one article."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # no name: a temporary file, deleted with the process
        self._database.execute("pragma journal_mode = off")
        self._database.execute(_CREATE_TABLE)
        self._count = 0
        self._last_taken = 0  # all numbers up to this one were given out or claimed

    def __len__(self) -> int:
        return self._count

    def add(self, candidate: ArticleCandidate) -> bool:
        """Add an article, or complete what is known about it; returns whether it is new.

        A number like a year has its key with and without a slash: of articles these are one, unlike the archive of that year.
        """
        key = article_key(candidate.link.url)
        spellings = key.rstrip("/"), f"{key.rstrip('/')}/"
        found = self._database.execute("select number, row from candidate where key in (?, ?)", spellings).fetchone()
        if found is None:
            row = key, json.dumps(build_row(candidate))
            self._database.execute("insert into candidate (key, row) values (?, ?)", row)
            self._count += 1
            return True
        number, known = found[0], parse_row(json.loads(found[1]))
        both = _merge_candidates(known, candidate)
        if both != known:
            self._database.execute("update candidate set row = ? where number = ?", (json.dumps(build_row(both)), number))
        return False

    def get(self, url: str) -> ArticleCandidate | None:
        """Return what is known about the article at `url`."""
        found = self._database.execute("select row from candidate where key = ?", (article_key(url),)).fetchone()
        return parse_row(json.loads(found[0])) if found else None

    def contains(self, url: str) -> bool:
        return self._database.execute("select 1 from candidate where key = ?", (article_key(url),)).fetchone() is not None

    def get_number(self, url: str) -> int:
        """Return the place of the article at `url` in the order in which they were found, 0 if it was not added."""
        found = self._database.execute("select number from candidate where key = ?", (article_key(url),)).fetchone()
        return found[0] if found else 0

    def next_batch(self, most: int) -> list[ArticleCandidate]:
        """Return up to `most` articles that were not given out before, and mark them as given out."""
        rows = self._database.execute(_SELECT_NEXT, (self._last_taken, most)).fetchall()
        self._last_taken = rows[-1][0] if rows else self._last_taken
        self._database.executemany("update candidate set is_taken = 1 where number = ?", [row[:1] for row in rows])
        return [parse_row(json.loads(row)) for _, row in rows]

    def list_pending(self) -> list[ArticleCandidate]:
        """Return the articles that were not given out, in the order in which they were found."""
        return [parse_row(json.loads(row)) for _, row in self._database.execute(_SELECT_NEXT, (self._last_taken, -1))]

    def claim(self, url: str) -> bool:
        """Mark the article at `url` as given out; returns False if it already was."""
        update = "update candidate set is_taken = 1 where key = ? and is_taken = 0"
        return self._database.execute(update, (article_key(url),)).rowcount > 0


def _merge_candidates(known: ArticleCandidate, further: ArticleCandidate) -> ArticleCandidate:
    """Merge what two sources say of one article: the first one is named, the second one fills missing fields."""
    one, other = known.link, further.link
    link = replace(
        one,
        title=_pick_fuller_title(one.title, other.title),
        date=_pick_fuller_date(one.date, other.date),
        modified=one.modified or other.modified,
        language=one.language or other.language,
        translations=one.translations or other.translations,
    )
    dated_by = known.date_source if link.date is one.date else further.via
    needs_date = known.needs_date and further.needs_date
    return ArticleCandidate(link, known.via, known.source_url, known.planner, dated_by, needs_date)


def _pick_fuller_title(one: str | None, other: str | None) -> str | None:
    """Return the first title, unless it is cut and the second completes it.

    >>> _pick_fuller_title("Acme opens its new…", "Acme opens its new plant in Oslo")
    'Acme opens its new plant in Oslo'
    """
    cut = (one or "").rstrip("… .")
    return other if other and other.startswith(cut) and len(other) > len(one or "") else one


def _pick_fuller_date(one: FoundDate | None, other: FoundDate | None) -> FoundDate | None:
    """Return the first date, unless the second is the same with more precision."""
    if one is None or other is None:
        return one or other
    return other if other.value.startswith(one.value) else one


def build_row(candidate: ArticleCandidate) -> tuple[Any, ...]:
    """Return the candidate as plain values, for the database and for Scrapy requests. Inline articles are left out."""
    link = candidate.link
    dates = [(date.value, date.precision, date.raw) if date else None for date in (link.date, link.modified)]
    found = candidate.via, candidate.source_url, candidate.planner
    return (link.url, *found, link.title, *dates, link.language, link.translations, candidate.date_source, candidate.needs_date)


def parse_row(row: Sequence[Any]) -> ArticleCandidate:
    """Return the candidate of a row that `build_row` made."""
    url, via, source_url, planner, title, date, modified, language, translations, date_source, needs_date = row
    published, changed = (FoundDate(each[0], each[1], each[2], 0, len(each[2])) if each else None for each in (date, modified))
    link = ArticleLink(url, title, published, changed, language, tuple((tag, other) for tag, other in translations))
    return ArticleCandidate(link, via, source_url, planner, date_source, needs_date)
