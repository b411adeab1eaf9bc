"""CPU time of a whole crawl, compared with two spiders that request the same pages: one ignores them, one runs trafilatura.

usage: python -m tests.benchmarks.crawl_cost [NEWSROOM …] [--releases N] [--rounds N]     needs the `bench` extra

The newsrooms are saved ones of the shared folder; a generated one of N releases comes last. Cost is the CPU time of the crawl's
process (the server runs in another), the minimum over rounds in which the spiders take turns. It is given twice: for the whole
process, and minus the time of a process that starts, finds no page and ends (of little meaning for a small newsroom).
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.large_newsroom import large_newsroom
from tests.benchmarks.truth import SHARED, load_module
from tests.helpers import crawl_process, serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.helpers import Run

NEWSROOMS = SHARED / "newsrooms"
SAVED = ("apptricity", "guangjian", "honda2wheelersindia", "sobha")
PLAIN, OURS, TRAFILATURA = SPIDERS = ("download", "newsroom", "trafilatura")
PLAIN_SPIDERS = ("-s", "SPIDER_MODULES=tests.benchmarks.plain_spiders")


@dataclass(slots=True)
class Newsroom:
    """A newsroom, the pages that our spider requests from it, and the CPU seconds of each spider by round."""

    name: str
    start_url: str
    proxy: str = ""
    pages: list[str] = field(default_factory=list)
    whole: dict[str, list[float]] = field(default_factory=lambda: {spider: [] for spider in SPIDERS})
    start_up: dict[str, list[float]] = field(default_factory=lambda: {spider: [] for spider in SPIDERS})

    def crawl(self, spider: str, start_url: str) -> Run:
        with tempfile.TemporaryDirectory() as folder:
            if spider == OURS:
                return crawl_process(Path(folder), spider, "-a", f"url={start_url}", proxy=self.proxy)
            listed = Path(folder, "pages.txt")
            listed.write_text("\n".join(self.pages if start_url == self.start_url else [start_url]), encoding="utf-8")
            return crawl_process(Path(folder), spider, "-a", f"pages={listed}", *PLAIN_SPIDERS, proxy=self.proxy)

    def race(self) -> None:
        """Run one round: each spider crawls all pages, then a page that does not exist."""
        for spider in SPIDERS:
            for start_url, rounds in ((self.start_url, self.whole), (f"{self.start_url}.nowhere", self.start_up)):
                before = cpu_of_children()
                run = self.crawl(spider, start_url)
                rounds[spider].append(cpu_of_children() - before)
                assert "Traceback" not in run.log, run.log

    def line(self) -> str:
        """Format milliseconds per page of the plain spider and the ratios of the others, with and without start-up."""
        whole = {spider: min(self.whole[spider]) for spider in SPIDERS}
        less = {spider: whole[spider] - min(self.start_up[spider]) for spider in SPIDERS}
        cells = (
            cell
            for cost in (whole, less)
            for cell in (
                f"{1000 * cost[PLAIN] / len(self.pages):.2f} ms",
                *(f"{cost[spider] / cost[PLAIN]:.2f}" for spider in SPIDERS[1:]),
            )
        )
        return f"| {self.name} | {len(self.pages)} | {' | '.join(cells)} |"


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def select_pages(requested: Iterable[str]) -> list[str]:
    """Return the requested URLs except robots.txt, which every crawl requests."""
    return [url for url in requested if not url.endswith("/robots.txt")]


def saved_newsrooms(names: list[str]) -> Iterator[Newsroom]:
    replay = load_module(NEWSROOMS / "replay.py")
    for name in names:
        site = json.loads((NEWSROOMS / name / "site.json").read_text(encoding="utf-8"))
        with replay.serving() as server:
            newsroom = Newsroom(name, site["start_url"], server.url)
            newsroom.crawl(OURS, newsroom.start_url)
            newsroom.pages = select_pages(line.split()[1] for line in server.requests)
            yield newsroom


def generated_newsroom(releases: int) -> Iterator[Newsroom]:
    with serving(large_newsroom(releases)) as site:
        newsroom = Newsroom("generated", f"{site.url}/news/")
        newsroom.crawl(OURS, newsroom.start_url)
        newsroom.pages = select_pages(f"{site.url}{path}" for path in site.asked)
        yield newsroom


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsrooms", nargs="*", metavar="NEWSROOM", default=SAVED)
    parser.add_argument("--releases", type=int, default=1000, help="releases of the generated newsroom; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    head = f"{PLAIN} | ours, times | {TRAFILATURA}, times"
    print(f"| newsroom | pages | {head} | less start-up: {head} |")
    print("|---" * 8 + "|")
    for newsrooms in (saved_newsrooms(options.newsrooms), generated_newsroom(options.releases) if options.releases else ()):
        for newsroom in newsrooms:
            for _ in range(options.rounds):
                newsroom.race()
            print(newsroom.line(), flush=True)


if __name__ == "__main__":
    main()
