"""Releases as runs record them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from corpnews.state import ArticleRecord, PageVisit, Validators
from corpnews.state.duplicates import Fingerprint, compute_min_hashes

if TYPE_CHECKING:
    from corpnews.state import NewsroomStore

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
    return release(number, body=body, marks=compute_min_hashes(Fingerprint(f"Acme opens plant {number}", body)), **other)


def visit(number: int = 1, **other: Any) -> PageVisit:
    known: dict[str, Any] = {
        "key": f"acme.example/news/{number}",
        "at": MONDAY,
        "article": f"{number:032}",
        "validators": Validators(f'"{number}"', "Mon, 23 Nov 2026 06:00:00 GMT"),
        "due": TUESDAY,
    }
    return PageVisit(**(known | other))


def record(run: NewsroomStore, *numbers: int) -> None:
    """Record releases and their pages, and write them."""
    for number in numbers:
        run.record(release(number))
        run.visit(visit(number))
    run.flush()


def body_of(run: NewsroomStore, article: str) -> str | None:
    """The text that the store has of an article."""
    found = run.text(article)
    return found[0] if found else None
