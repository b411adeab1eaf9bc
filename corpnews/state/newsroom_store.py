"""A newsroom's run and its store: what earlier runs knew, and what this one adds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from corpnews.state.errors import DatabaseRefusedError, raise_as_store_error
from corpnews.state.pending import MissingArticle, PendingWrites, hash_page_key
from corpnews.state.queries import SELECT_TEXT, find_due, find_duplicate_candidates, find_pages, find_past_runs
from corpnews.state.records import DuplicateCandidate
from corpnews.state.tables import newsrooms, runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager, ExitStack
    from datetime import datetime

    from sqlalchemy import Connection

    from corpnews.state.records import ArticleRecord, KnownArticle, KnownPage, PageVisit, PastRun


class NewsroomStore:
    """A run of a newsroom, with a connection of its own. Its methods raise StoreError where the database fails.

    What is recorded waits in memory until `flush`: the caller flushes when the lines are on disk. `interrupted` is the
    run before this one, if it was killed.
    """

    def __init__(
        self, connection: Connection, newsroom: str, numbers: tuple[int, int], interrupted: PastRun | None, held: ExitStack
    ) -> None:
        self.newsroom = newsroom
        self.number, self._newsroom = numbers
        self.interrupted = interrupted
        self._connection = connection
        self._held = held
        self._pending = PendingWrites()

    def known(self, keys: Collection[str]) -> Mapping[str, KnownPage]:
        """What earlier runs know of the pages with these keys, such as the links of a listing page, in one query."""
        keys_by_digest = {hash_page_key(key): key for key in keys}
        with self._reading() as connection:
            found = find_pages(connection, self._newsroom, keys_by_digest)
        return {keys_by_digest[each]: known for each, known in found.items()}

    def due(self, now: datetime, most: int) -> Sequence[KnownArticle]:
        """The articles that are due for another look, the longest overdue first."""
        with self._reading() as connection:
            return find_due(connection, self._newsroom, now, most)

    def text(self, article: str) -> tuple[str, str] | None:
        """The text of an article's last version, and what its page held beside it, by the article's id."""
        with self._reading() as connection:
            found = connection.execute(SELECT_TEXT, {"id": article}).one_or_none()
        return (found.body, found.removed) if found else None

    def candidates(self, article: str, marks: Collection[int], most: int = 5) -> Sequence[DuplicateCandidate]:
        """Articles of any newsroom that may say the same as `article`, the likeliest first; none is a duplicate itself."""
        waiting = (
            DuplicateCandidate(each.id, self.newsroom, each.language, each.headline, each.body, each.content_hash)
            for each in self._pending.alike(marks, most)
        )
        with self._reading() as connection:
            stored = find_duplicate_candidates(connection, marks, most)
        others = {each.id: each for each in (*stored, *waiting) if each.id != article}
        return list(others.values())[:most]

    def history(self, last: int = 10) -> Sequence[PastRun]:
        """The newsroom's last runs before this one, the latest first."""
        with self._reading() as connection:
            return find_past_runs(connection, self.newsroom, last + 1)[1:]

    def template(self) -> bytes | None:
        """The site template as `remember` was given it."""
        with self._reading() as connection:
            template: bytes | None = connection.execute(
                select(newsrooms.c.template).where(newsrooms.c.number == self._newsroom)
            ).scalar_one()
        return template

    def learned(self) -> Mapping[str, Any]:
        """What else earlier runs found out about the newsroom."""
        with self._reading() as connection:
            return connection.execute(select(newsrooms.c.learned).where(newsrooms.c.number == self._newsroom)).scalar_one() or {}

    def remember(self, template: bytes, learned: Mapping[str, Any]) -> None:
        """Keep the site template, and what JSON can say of the newsroom, for later runs."""
        with self._writing() as connection:
            kept = update(newsrooms).where(newsrooms.c.number == self._newsroom)
            connection.execute(kept.values(template=template, learned=dict(learned)))

    def record(self, release: ArticleRecord) -> None:
        """Note a new or changed article."""
        self._pending.releases[release.id] = release

    def visit(self, visit: PageVisit) -> None:
        """Note that a page answered; an article that it shows is there, whatever was thought of it."""
        self._pending.visits[hash_page_key(visit.key)] = visit

    def mark_listed(self, articles: Collection[str], at: datetime) -> None:
        """Note that a listing still leads to these articles, by their ids."""
        self._pending.listed.update(dict.fromkeys(articles, at))

    def record_missing(self, article: KnownArticle, at: datetime, *, withdrawn: bool) -> None:
        """Note that an article was gone, and whether that means that it was withdrawn."""
        times = article.missing + (article.missing_in != self.number)
        self._pending.missed[article.id] = MissingArticle(at, times, withdrawn)

    @property
    def waiting(self) -> int:
        """How much is recorded and not yet written."""
        return len(self._pending)

    def flush(self) -> None:
        """Write all that is recorded, in one transaction. After an error it all still waits."""
        if self.waiting:
            with self._writing() as connection:
                self._pending.write(connection, self._newsroom, self.number)
            self._pending = PendingWrites()

    def end(self, at: datetime, verdict: str, reasons: Sequence[str] = (), counts: Mapping[str, Any] | None = None) -> None:
        """Write what still waits and how the run ended; nothing is recorded after that."""
        with self._writing() as connection:
            self._pending.write(connection, self._newsroom, self.number)
            ended = update(runs).where(runs.c.number == self.number)
            connection.execute(ended.values(ended=at, verdict=verdict, reasons=[*reasons], counts=dict(counts or {})))
        self.close()

    def close(self) -> None:
        """Let go of the newsroom without a word on how the run ended, as if it was killed."""
        self._pending = PendingWrites()
        with raise_as_store_error("the store cannot be closed"):
            self._held.close()

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._transaction("the store cannot be read")

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._transaction("the store cannot be written")

    @contextmanager
    def _transaction(self, trouble: str) -> Iterator[Connection]:
        with raise_as_store_error(trouble):
            if self._connection.invalidated:  # a new one would not hold the newsroom's lock
                message = "the connection was lost"
                raise DatabaseRefusedError(message)
            with self._connection.begin():
                yield self._connection
