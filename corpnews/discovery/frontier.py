"""The article candidates of a run, and which of them were requested: a temporary SQLite database that spills to disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.extraction.dates import FoundDate
from corpnews.extraction.listing_entry import ArticleLink, ListingEntry
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE_TABLE = """
create table link (
    number integer primary key, key text not null unique, gone_to integer not null default 0,
    url text not null, via text not null, source text not null, plan integer not null,
    title text, date text, modified text, language text, translations text, dated_by text
)
"""
_INSERT_LINK = """
insert into link (url, via, source, plan, title, date, modified, language, translations, dated_by, key)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE_LINK = """
update link set url = ?, via = ?, source = ?, plan = ?, title = ?, date = ?, modified = ?, language = ?, translations = ?,
dated_by = ? where key = ?
"""
_SELECT_LINK = "select url, via, source, plan, title, date, modified, language, translations, dated_by from link where key = ?"
_SELECT_NEXT = """
select url, via, source, plan, title, date, modified, language, translations, dated_by, number from link
where gone_to = 0 order by number limit ?
"""


@dataclass(frozen=True, slots=True)
class ArticleCandidate:
    """A link to an article, and how it was found: by which source, in the response of which URL, by the planner of which number.

    `date_source` names the source of the date, if that is another one.
    """

    link: ArticleLink
    via: str
    source_url: str
    planner: int = 0
    date_source: str | None = None

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

    def __len__(self) -> int:
        return self._count

    def add(self, candidate: ArticleCandidate) -> bool:
        """Add an article, or complete what is known about it; returns whether it is new."""
        key = article_key(candidate.link.url)
        known = self.get(candidate.link.url)
        if known is None:
            self._database.execute(_INSERT_LINK, (*build_row(candidate), key))
            self._count += 1
            return True
        both = _merge_candidates(known, candidate)
        if both != known:
            self._database.execute(_UPDATE_LINK, (*build_row(both), key))
        return False

    def get(self, url: str) -> ArticleCandidate | None:
        """Return what is known about the article at `url`."""
        found = self._database.execute(_SELECT_LINK, (article_key(url),)).fetchone()
        return parse_row(found) if found else None

    def contains(self, url: str) -> bool:
        """Whether the article at `url` was added."""
        return self._database.execute("select 1 from link where key = ?", (article_key(url),)).fetchone() is not None

    def next_batch(self, most: int) -> list[ArticleCandidate]:
        """Return up to `most` articles that were not given out before, and mark them as given out."""
        rows = self._database.execute(_SELECT_NEXT, (most,)).fetchall()
        self._database.executemany("update link set gone_to = 1 where number = ?", [found[-1:] for found in rows])
        return [parse_row(found[:-1]) for found in rows]

    def claim(self, url: str) -> bool:
        """Mark the article at `url` as given out; returns False if it already was."""
        changed = self._database.execute("update link set gone_to = 1 where key = ? and gone_to = 0", (article_key(url),))
        return changed.rowcount > 0

    @property
    def has_pending(self) -> bool:
        return self._database.execute("select 1 from link where gone_to = 0 limit 1").fetchone() is not None


def _merge_candidates(known: ArticleCandidate, further: ArticleCandidate) -> ArticleCandidate:
    """Merge what two sources say of one article: the first one is named, the second one fills missing fields."""
    one, other = known.link, further.link
    link = ArticleLink(
        url=one.url,
        title=_pick_fuller_title(one.title, other.title),
        date=_pick_fuller_date(one.date, other.date),
        modified=one.modified or other.modified,
        language=one.language or other.language,
        translations=one.translations or other.translations,
    )
    dated_by = known.date_source if link.date is one.date else further.via
    return ArticleCandidate(link, known.via, known.source_url, known.planner, dated_by)


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


def build_row(candidate: ArticleCandidate) -> tuple[str | int | None, ...]:
    link = candidate.link
    translations = json.dumps(link.translations) if link.translations else None
    dates = _format_stored_date(link.date), _format_stored_date(link.modified)
    return (
        link.url,
        candidate.via,
        candidate.source_url,
        candidate.planner,
        link.title,
        *dates,
        link.language,
        translations,
        candidate.date_source,
    )


def parse_row(columns: Iterable[object]) -> ArticleCandidate:
    url, via, source, planner, title, date, modified, language, translations, dated_by = columns
    link = ArticleLink(
        url=str(url),
        title=str(title) if title else None,
        date=_parse_stored_date(date),
        modified=_parse_stored_date(modified),
        language=str(language) if language else None,
        translations=tuple((str(tag), str(at)) for tag, at in json.loads(str(translations))) if translations else (),
    )
    return ArticleCandidate(link, str(via), str(source), int(str(planner)), str(dated_by) if dated_by else None)


def _format_stored_date(date: FoundDate | None) -> str | None:
    return f"{date.value}\t{date.precision}\t{date.raw}" if date else None


def _parse_stored_date(text: object) -> FoundDate | None:
    if not text:
        return None
    value, precision, raw = str(text).split("\t", 2)
    return FoundDate(value, precision, raw, 0, len(raw))
