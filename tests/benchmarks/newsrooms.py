"""Crawl the saved newsrooms as a user would, score what comes out, print one table.

usage: python -m tests.benchmarks.newsrooms [SITE ...]     needs the shared folder; all sites unless some are named

A site whose robots.txt forbids the crawl is crawled again without regard to it, and marked with a star.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.truth import SHARED, module
from tests.helpers import crawl

NEWSROOMS = SHARED / "newsrooms"
MEASURES = ("found", "wrong", "repeated", "f1", "clean", "date", "title")


def crawl_and_score(site: str, proxy: str, scorer: Any) -> dict[str, Any]:
    """Crawl one newsroom from its start page with no word about it but the URL."""
    start_url = json.loads((NEWSROOMS / site / "site.json").read_text(encoding="utf-8"))["start_url"]
    command = ("newsroom", "-a", f"url={start_url}")
    with tempfile.TemporaryDirectory() as folder:
        run = crawl(Path(folder), *command, proxy=proxy)
        forbidden = run.code != 0 and "robots.txt" in run.last_line
        if forbidden:
            run = crawl(Path(folder), *command, "-s", "ROBOTSTXT_OBEY=0", proxy=proxy)
        lines = run.lines if run.code == 0 else []
    result: dict[str, Any] = scorer.score(NEWSROOMS / site, lines)[0]
    return {**result, "site": f"{site} *" if forbidden else site}


def main() -> None:
    replay, scorer = (module(NEWSROOMS / f"{name}.py") for name in ("replay", "score"))
    sites = sys.argv[1:] or sorted(path.parent.name for path in NEWSROOMS.glob("*/site.json"))
    rows = []
    print("| site |", " | ".join(MEASURES), "|")
    print("|---" * (len(MEASURES) + 1) + "|")
    with replay.serving() as server:
        for site in sites:
            rows.append(crawl_and_score(site, server.url, scorer))
            print(f"| {rows[-1]['site']} |", " | ".join(f"{rows[-1].get(name, 0):.4g}" for name in MEASURES), "|", flush=True)
    means = (statistics.mean(row.get(name, 0) for row in rows) for name in MEASURES)
    print("| **mean** |", " | ".join(f"{mean:.4f}" for mean in means), "|")


if __name__ == "__main__":
    main()
