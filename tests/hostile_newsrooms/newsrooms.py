"""What hostile newsrooms share: bad answers, and what must hold of every run, whatever came."""

from __future__ import annotations

import time
from itertools import repeat
from typing import TYPE_CHECKING

from tests.helpers import Answer, crawl, headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers import Run, Site

XML = {"Content-Type": "application/xml"}
JSON = {"Content-Type": "application/json"}
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The run fails if it ever holds more than this.
MOST_MEMORY = "450"
BOUNDS = ("-s", f"MEMUSAGE_LIMIT_MB={MOST_MEMORY}", "-s", "MEMUSAGE_CHECK_INTERVAL_SECONDS=0.2")


def crawled(site: Site, folder: Path, *arguments: str, path: str = "/news/") -> Run:
    """Crawl the newsroom within bounds of memory."""
    return crawl(folder, "newsroom", "-a", f"url={site.url}{path}", *BOUNDS, *arguments)


def endless(start: bytes, piece: bytes, media_type: str) -> Answer:
    """An answer of `start` and then pieces for ever, of which nothing is kept."""

    def pieces() -> Iterator[bytes]:
        yield start
        yield from repeat(piece * max(1, 65_536 // len(piece)))

    return Answer(b"", headers={"Content-Type": media_type}, pieces=pieces)


def stalled(start: bytes, media_type: str, seconds: float = 8) -> Answer:
    """An answer that begins and then does not go on for a while."""

    def pieces() -> Iterator[bytes]:
        yield start
        time.sleep(seconds)

    return Answer(b"", headers={"Content-Type": media_type}, pieces=pieces)


def cut_off(answer: Answer) -> Answer:
    """The answer, half of it: the connection ends before the length that was told."""
    headers = {**answer.headers, "Content-Length": str(len(answer.body))}
    return Answer(answer.body[: len(answer.body) // 2], answer.status, headers)


def redirect(location: str) -> Answer:
    return Answer(b"", 302, {"Location": location})


def headlines(run: Run) -> list[str]:
    return sorted(line["headline"] for line in run.lines)


def all_of(last: int) -> list[str]:
    return sorted(headline(number) for number in range(1, last + 1))


def complaints(run: Run) -> list[str]:
    """The warnings and errors of the log, which the last line is none of."""
    return [line for line in run.log.splitlines() if " WARNING " in line or " ERROR " in line]


def ended_well(run: Run) -> bool:
    """Whether the run ended of its own accord, with a good verdict and no error of ours."""
    return run.code == 0 and "Traceback" not in run.log and run.verdict["verdict"] == "ok"
