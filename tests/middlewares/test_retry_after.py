"""Servers that ask for a pause get it."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from corpnews.middlewares.retry_after import parse_retry_after
from tests.helpers import QUICK, Answer, Asked, Site, crawl

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2024, 5, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3), (" 120 ", 120), ("-5", 0), ("soon", 0), ("", 0), ("9" * 400, 999_999_999),
        ("Fri, 03 May 2024 10:01:00 GMT", 60), ("Fri, 03 May 2024 09:00:00 GMT", 0), ("Fri, 99 May 2024", 0),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize("status", [429, 503])
def test_articles_that_are_refused_for_a_second_come_after_it(status: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 7))
    busy = Answer(b"Too many requests", status, {"Content-Type": "text/plain", "Retry-After": "1"})
    first: list[float] = []

    def refuse(asked: Asked) -> Answer | None:
        if "plant-number-5" not in asked.path:
            return None
        first.append(monotonic())
        return busy if monotonic() - first[0] < 0.9 else None

    site.answers.append(refuse)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", *QUICK)
    assert run.code == 0, run.log
    assert len(run.lines) == 6
    assert len(first) == 2
