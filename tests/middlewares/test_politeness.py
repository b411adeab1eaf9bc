"""Five hosts at once, each with wishes of its own; their clocks say whether these are kept."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.helpers import Answer, Asked, Site, headline, scrapy, serving

if TYPE_CHECKING:
    from pathlib import Path

SPIDER = """
from corpnews import NewsroomSpider


class FiveSpider(NewsroomSpider):
    name = "five"
    company = "Acme"
    start_urls = {urls!r}
"""
RELEASES = range(1, 8)


@dataclass
class Clock:
    """When each request for a page came, and how many were under way at most."""

    begins: list[tuple[float, str]] = field(default_factory=list)
    most: int = 0
    _open: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return None
        with self._lock:
            self.begins.append((time.monotonic(), asked.path))
            self._open += 1
            self.most = max(self.most, self._open)
        time.sleep(0.15)
        with self._lock:
            self._open -= 1
        return None

    @property
    def gaps(self) -> list[float]:
        return [later - earlier for (earlier, _), (later, _) in itertools.pairwise(self.begins)]


def send_text(text: str, status: int = 200, **headers: str) -> Answer:
    return Answer(text.encode(), status, {"Content-Type": "text/plain", **headers})


def test_wishes_of_five_hosts_at_once_are_kept(tmp_path: Path) -> None:
    sites, clocks = [Site() for _ in range(5)], [Clock() for _ in range(5)]
    forbidding, slow, busy, _, broken = sites
    refused: list[float] = []

    def refuse(asked: Asked) -> Answer | None:
        if "plant-number-4" not in asked.path or refused:
            return None
        refused.append(time.monotonic())
        return send_text("busy", 429, **{"Retry-After": "3"})

    with ExitStack() as stack:
        for number, (site, clock) in enumerate(zip(sites, clocks, strict=True)):
            stack.enter_context(serving(site, f"127.0.2.{number + 1}"))
            site.listing("/news/", RELEASES)
            site.answers.append(clock.answer)
        busy.answers.append(refuse)
        forbidding.pages["/robots.txt"] = send_text("User-agent: *\nDisallow: /news/*number-3/\nDisallow: /feed\n")
        slow.pages["/robots.txt"] = send_text("User-agent: corpnews\nCrawl-delay: 1\n")
        broken.pages["/robots.txt"] = send_text("error", 500)
        file = tmp_path / "five.py"
        file.write_text(SPIDER.format(urls=[f"{site.url}/news/" for site in sites]), encoding="utf-8")
        run = scrapy(tmp_path, "runspider", str(file), "-s", "AUTOTHROTTLE_START_DELAY=0.05", "-s", "RETRY_TIMES=2")
    found = [line["url"] for line in run.lines]
    assert [sum(url.startswith(site.url) for url in found) for site in sites] == [6, 7, 7, 7, 0], run.log
    assert headline(3) not in {line["headline"] for line in run.lines if line["url"].startswith(forbidding.url)}
    assert not [path for path in forbidding.asked if "number-3/" in path or path.startswith("/feed")]
    assert min(clocks[1].gaps) > 0.9
    assert {path for path in broken.asked if path != "/robots.txt"} == set()
    pauses = [begin - refused[0] for begin, _ in clocks[2].begins if begin > refused[0] + 0.5]
    assert min(pauses) > 2.8
    assert all(site.asked.count("/robots.txt") == 1 for site in sites[:4])
    assert max(clock.most for clock in clocks) <= 4
