"""The HTML report of a large store: seconds to write it, its size, and seconds until Chromium has painted it.

python -m tests.benchmarks.report [--newsrooms 1000] [--articles 1000000]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from sqlalchemy import create_engine, insert

from corpnews.items import Article, CrawlInfo, RemovedText
from corpnews.reporting.profile import NewsroomProfile
from corpnews.state import Store
from corpnews.state.tables import articles, newsrooms, profiles, runs
from tests.browser.rendering_runs import NAMES
from tests.helpers import scrapy_process
from tests.reporting.test_run_history import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUNS = 60
_NOW = datetime(2026, 11, 29, 6, tzinfo=UTC)
_WORDS = "plant turbine opens quarter results revenue board names chief officer north sea wind customers order record".split()


def _build_profile(number: int) -> str:
    chance = random.Random(number)
    profile = NewsroomProfile()
    texts = [" ".join(chance.choices(_WORDS, k=60)) for _ in range(40)]
    removed = tuple(RemovedText(f"{text[:80]} {at}", "navigation", 9) for at, text in enumerate(texts[:20]))
    article = Article(
        id="1", url="https://acme.example/", newsroom="acme", company="Acme", headline="Plant opens", body="\n\n".join(texts[20:])
    )
    for at in range(3):
        line = replace(article, url=f"https://acme{number}.example/news/{at}", crawl=CrawlInfo(removed=removed))
        profile.count(line)
        profile.add_sample(line, texts)
    return profile.to_json()


def _iter_articles(newsroom: int, number: int) -> Iterator[dict[str, Any]]:
    for at in range(number):
        day = _NOW - timedelta(days=at * 3)
        yield {
            "newsroom": newsroom,
            "id": f"{newsroom}-{at}",
            "url": f"https://acme{newsroom}.example/news/plant-number-{at}-opens",
            "headline": f"Acme opens its plant number {at}",
            "date_published": day.date().isoformat(),
            "content_hash": f"{at}",
            "status": "new",
            "version": 1,
            "duplicate_of": f"{newsroom}-{at - 1}" if at % 50 == 1 else None,
            "first_seen": day,
            "last_seen": _NOW,
            "checked": _NOW,
            "missing": 0,
        }


def _fill_store(file: Path, newsroom_count: int, article_count: int) -> None:
    Store.open(file)
    details = json.loads(json.dumps(RECORD.details))
    with create_engine(f"sqlite:///{file}").begin() as connection:
        for number in range(1, newsroom_count + 1):
            connection.execute(insert(newsrooms).values(number=number, name=f"newsroom{number:04}"))
            rows = [
                {
                    "newsroom": number,
                    "started": _NOW - timedelta(days=at),
                    "ended": _NOW - timedelta(days=at),
                    "verdict": "degraded" if (at + number) % 17 == 0 else "ok",
                    "reasons": [*RECORD.reasons],
                    "counts": details,
                }
                for at in reversed(range(_RUNS))
            ]
            connection.execute(insert(runs), rows)
            connection.execute(insert(articles), list(_iter_articles(number, article_count // newsroom_count)))
            connection.execute(insert(profiles).values(newsroom=number, profile=_build_profile(number)))


def _measure_first_paint(file: Path) -> float:
    """Return the seconds until the first contentful paint."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(filter(None, map(which, NAMES))), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(file.as_uri())
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        browser.close()
        return float(paint) / 1000


def main() -> None:
    """Fill a store, write the report, open it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--newsrooms", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=1_000_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        store, report = Path(folder, "output", "store.sqlite"), Path(folder, "report.html")
        _fill_store(store, options.newsrooms, options.articles)
        started = time.monotonic()
        run = scrapy_process(Path(folder), "report", "--html", str(report))
        print(f"written in {time.monotonic() - started:.1f} s, exit status {run.code}")
        print(f"{report.stat().st_size / 1e6:.1f} MB")
        print(f"first paint after {_measure_first_paint(report):.2f} s")


if __name__ == "__main__":
    main()
