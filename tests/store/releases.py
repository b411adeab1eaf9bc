"""Releases as runs record them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from corpnews.duplicates import Text, marks
from corpnews.store import Release, Validators, Visit

if TYPE_CHECKING:
    from corpnews.store import Run

MONDAY = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
BODY = "The plant will make turbines.\n\nIt opens in spring."


def release(number: int = 1, **other: Any) -> Release:
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
    return Release(**(known | other))


def told(number: int, body: str, **other: Any) -> Release:
    """A release that has the marks of its text."""
    return release(number, body=body, marks=marks(Text(f"Acme opens plant {number}", body)), **other)


def visit(number: int = 1, **other: Any) -> Visit:
    known: dict[str, Any] = {
        "key": f"acme.example/news/{number}",
        "at": MONDAY,
        "article": f"{number:032}",
        "validators": Validators(f'"{number}"', "Mon, 23 Nov 2026 06:00:00 GMT"),
        "due": TUESDAY,
    }
    return Visit(**(known | other))


def record(run: Run, *numbers: int) -> None:
    """Record releases and their pages, and write them."""
    for number in numbers:
        run.record(release(number))
        run.visit(visit(number))
    run.flush()


def body_of(run: Run, article: str) -> str | None:
    """The text that the store has of an article."""
    found = run.text(article)
    return found[0] if found else None
