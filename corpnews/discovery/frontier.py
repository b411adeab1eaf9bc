"""The article candidates of a run, and which of them were requested: a temporary SQLite database that spills to disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpnews.discovery.listing import ArticleLink
from corpnews.discovery.urls import article_key
from corpnews.extraction.dates import FoundDate
from corpnews.extraction.listed import Listed

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = """
create table link (
    number integer primary key, key text not null unique, gone_to integer not null default 0,
    url text not null, via text not null, source text not null, plan integer not null,
    title text, date text, modified text, language text, translations text, dated_by text
)
"""
INSERT = """
insert into link (url, via, source, plan, title, date, modified, language, translations, dated_by, key)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
UPDATE = """
update link set url = ?, via = ?, source = ?, plan = ?, title = ?, date = ?, modified = ?, language = ?, translations = ?,
dated_by = ? where key = ?
"""
SELECT = "select url, via, source, plan, title, date, modified, language, translations, dated_by from link where key = ?"
NEXT = """
select url, via, source, plan, title, date, modified, language, translations, dated_by, number from link
where gone_to = 0 order by number limit ?
"""


@dataclass(frozen=True, slots=True)
class Lead:
    """A link to an article, and how it was found: by which source, in the response of which URL, by the planner of which number.

    `dated_by` names the source of the date, if that is another one.
    """

    link: ArticleLink
    via: str
    source: str
    plan: int = 0
    dated_by: str | None = None

    @property
    def listed(self) -> Listed:
        """What extraction is told about the article before it reads the page."""
        return Listed(self.link.title, self.link.date, self.dated_by or self.via, self.link.translations)


class Frontier:
    """A queue of articles in the order in which they were found; spellings of one URL are one article."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # no name: a temporary file, deleted with the process
        self._database.execute("pragma journal_mode = off")
        self._database.execute(SCHEMA)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, lead: Lead) -> bool:
        """Add an article, or complete what is known about it; returns whether it is new."""
        key = article_key(lead.link.url)
        known = self.of(lead.link.url)
        if known is None:
            self._database.execute(INSERT, (*row(lead), key))
            self._count += 1
            return True
        both = merged(known, lead)
        if both != known:
            self._database.execute(UPDATE, (*row(both), key))
        return False

    def of(self, url: str) -> Lead | None:
        """Return what is known about the article at `url`."""
        found = self._database.execute(SELECT, (article_key(url),)).fetchone()
        return lead_of(found) if found else None

    def names(self, url: str) -> bool:
        """Whether the article at `url` was added."""
        return self._database.execute("select 1 from link where key = ?", (article_key(url),)).fetchone() is not None

    def take(self, most: int) -> list[Lead]:
        """Return up to `most` articles that were not given out before, and mark them as given out."""
        rows = self._database.execute(NEXT, (most,)).fetchall()
        self._database.executemany("update link set gone_to = 1 where number = ?", [found[-1:] for found in rows])
        return [lead_of(found[:-1]) for found in rows]

    def claim(self, url: str) -> bool:
        """Mark the article at `url` as given out; returns False if it already was."""
        changed = self._database.execute("update link set gone_to = 1 where key = ? and gone_to = 0", (article_key(url),))
        return changed.rowcount > 0

    @property
    def has_more(self) -> bool:
        return self._database.execute("select 1 from link where gone_to = 0 limit 1").fetchone() is not None


def merged(known: Lead, further: Lead) -> Lead:
    """Merge what two sources say of one article: the first one is named, the second one fills missing fields."""
    one, other = known.link, further.link
    link = ArticleLink(
        url=one.url,
        title=fuller_title(one.title, other.title),
        date=fuller_date(one.date, other.date),
        modified=one.modified or other.modified,
        language=one.language or other.language,
        translations=one.translations or other.translations,
    )
    dated_by = known.dated_by if link.date is one.date else further.via
    return Lead(link, known.via, known.source, known.plan, dated_by)


def fuller_title(one: str | None, other: str | None) -> str | None:
    """Return the first title, unless it is cut and the second completes it.

    >>> fuller_title("Acme opens its new…", "Acme opens its new plant in Oslo")
    'Acme opens its new plant in Oslo'
    """
    cut = (one or "").rstrip("… .")
    return other if other and other.startswith(cut) and len(other) > len(one or "") else one


def fuller_date(one: FoundDate | None, other: FoundDate | None) -> FoundDate | None:
    """Return the first date, unless the second is the same with more precision."""
    if one is None or other is None:
        return one or other
    return other if other.value.startswith(one.value) else one


def row(lead: Lead) -> tuple[str | int | None, ...]:
    link = lead.link
    translations = json.dumps(link.translations) if link.translations else None
    dates = written_date(link.date), written_date(link.modified)
    return (link.url, lead.via, lead.source, lead.plan, link.title, *dates, link.language, translations, lead.dated_by)


def lead_of(columns: Iterable[object]) -> Lead:
    url, via, source, plan, title, date, modified, language, translations, dated_by = columns
    link = ArticleLink(
        url=str(url),
        title=str(title) if title else None,
        date=read_date(date),
        modified=read_date(modified),
        language=str(language) if language else None,
        translations=tuple((str(tag), str(at)) for tag, at in json.loads(str(translations))) if translations else (),
    )
    return Lead(link, str(via), str(source), int(str(plan)), str(dated_by) if dated_by else None)


def written_date(date: FoundDate | None) -> str | None:
    return f"{date.value}\t{date.precision}\t{date.raw}" if date else None


def read_date(text: object) -> FoundDate | None:
    if not text:
        return None
    value, precision, raw = str(text).split("\t", 2)
    return FoundDate(value, precision, raw, 0, len(raw))
