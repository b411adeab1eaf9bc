"""Shared by tests of hostile newsrooms: invalid responses, and what must hold for every run."""

from __future__ import annotations

import time
from itertools import repeat
from typing import TYPE_CHECKING

from tests.helpers import Answer, crawl, headline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers import Run, Site

XML_HEADERS = {"Content-Type": "application/xml"}
JSON_ANSWER_HEADERS = {"Content-Type": "application/json"}
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# MB; the run fails if it uses more.
MAX_MEMORY_MB = "450"
MEMORY_SETTINGS = ("-s", f"MEMUSAGE_LIMIT_MB={MAX_MEMORY_MB}", "-s", "MEMUSAGE_CHECK_INTERVAL_SECONDS=0.2")


def crawl_bounded(site: Site, folder: Path, *arguments: str, path: str = "/news/") -> Run:
    """Crawl the newsroom with a memory limit."""
    return crawl(folder, "newsroom", "-a", f"url={site.url}{path}", *MEMORY_SETTINGS, *arguments)


def build_endless_answer(start: bytes, piece: bytes, media_type: str) -> Answer:
    """A response of `start` and then `piece` without end."""

    def pieces() -> Iterator[bytes]:
        yield start
        yield from repeat(piece * max(1, 65_536 // len(piece)))

    return Answer(b"", headers={"Content-Type": media_type}, pieces=pieces)


def build_stalled_answer(start: bytes, media_type: str, seconds: float = 8) -> Answer:
    """A response that pauses for `seconds` after `start`."""

    def pieces() -> Iterator[bytes]:
        yield start
        time.sleep(seconds)

    return Answer(b"", headers={"Content-Type": media_type}, pieces=pieces)


def truncate_answer(answer: Answer) -> Answer:
    """Half of the response: the connection closes before Content-Length is reached."""
    headers = {**answer.headers, "Content-Length": str(len(answer.body))}
    return Answer(answer.body[: len(answer.body) // 2], answer.status, headers)


def build_redirect(location: str) -> Answer:
    return Answer(b"", 302, {"Location": location})


def get_headlines(run: Run) -> list[str]:
    return sorted(line["headline"] for line in run.lines)


def get_release_headlines(last: int) -> list[str]:
    return sorted(headline(number) for number in range(1, last + 1))


def get_warnings(run: Run) -> list[str]:
    """The warnings and errors of the log."""
    return [line for line in run.log.splitlines() if " WARNING " in line or " ERROR " in line]


def is_good_run(run: Run) -> bool:
    """Whether the run ended with exit status 0, verdict ok and no traceback."""
    return run.code == 0 and "Traceback" not in run.log and run.verdict["verdict"] == "ok"
