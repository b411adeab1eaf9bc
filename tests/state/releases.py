"""Releases as runs record them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from corpnews.state import ArticleRecord, History, Journal, KnownArticle, PageVisit, Validators
from corpnews.state.duplicates import Fingerprint, compute_min_hashes

if TYPE_CHECKING:
    from corpnews.state import Store
    from corpnews.state.records import DuplicateCandidate

MONDAY = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
BODY = "The plant will make turbines.\n\nIt opens in spring."


def release(number: int = 1, **other: Any) -> ArticleRecord:
    known: dict[str, Any] = {
        "id": f"{number:032}",
        "url": f"https://acme.example/news/{number}",
        "canonical_url": None,
        "headline": f"Acme opens plant {number}",
        "body": BODY,
        "language": "en",
        "date_published": "2026-11-20",
        "content_hash": f"hash of {number}",
        "status": "new",
        "version": 1,
        "first_seen": MONDAY,
    }
    return ArticleRecord(**(known | other))


def told(number: int, body: str, **other: Any) -> ArticleRecord:
    """A release that has the marks of its text."""
    return release(number, body=body, hashes=compute_min_hashes(Fingerprint(f"Acme opens plant {number}", body)), **other)


def visit(number: int = 1, **other: Any) -> PageVisit:
    known: dict[str, Any] = {
        "key": f"acme.example/news/{number}",
        "at": MONDAY,
        "article": f"{number:032}",
        "validators": Validators(f'"{number}"', "Mon, 23 Nov 2026 06:00:00 GMT"),
        "due": TUESDAY,
    }
    return PageVisit(**(known | other))


def known_article(**other: Any) -> KnownArticle:
    """An article of the day before MONDAY, as the store knows it."""
    known: dict[str, Any] = {
        "id": "1",
        "url": "https://acme.example/news/1",
        "headline": "Acme opens plant 1",
        "language": "en",
        "date_published": "2026-11-20",
        "content_hash": "hash of 1",
        "status": "new",
        "version": 1,
        "duplicate_of": None,
        "due": MONDAY,
        "missing": 0,
        "missing_in": None,
    }
    seen = dict.fromkeys(("first_seen", "last_seen", "checked"), MONDAY)
    return KnownArticle(**(known | seen | other))


class OpenRun:
    """A run of a newsroom on a store, that reads it anew at each question."""

    def __init__(self, store: Store, newsroom: str, now: datetime) -> None:
        self.store_run = store.start_run(newsroom, now)
        self.number = self.store_run.number
        self.journal = Journal(self.store_run, now)

    @property
    def history(self) -> History:
        return History(self.store_run)

    def similar(self, article: ArticleRecord, most: int = 5) -> list[DuplicateCandidate]:
        return [*self.history.find_similar(article.hashes, most), *self.journal.find_similar(article.hashes, most)]

    def close(self) -> None:
        self.store_run.close()


def record(run: OpenRun, *numbers: int) -> None:
    """Record releases and their pages, and write them."""
    for number in numbers:
        run.journal.add_article(release(number))
        run.journal.add_visit(visit(number))
    run.journal.flush()


def body_of(run: OpenRun, article: str) -> str | None:
    """The text that the store has of an article."""
    text = run.history.read_text(article)
    return text.body if text else None


def find_article(run: OpenRun, key: str = "acme.example/news/1") -> KnownArticle:
    """What the run knows of the article at a page that it has looked at."""
    known = run.history.find_pages([key])[key].article
    assert known
    return known
