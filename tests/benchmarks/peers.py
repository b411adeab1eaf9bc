"""Score corpnews and its peers on pages whose article is known, and measure their cost: one table.

usage: python -m tests.benchmarks.peers [SET …] [--pages N]     needs the `bench` extra and the shared folder

Each tool runs in a process of its own over the same pages, which have been read into memory before. Time is CPU time without
loading of tables, as a multiple of lxml.html.fromstring on the same pages in the same process. Memory is the peak of the
process beyond the pages, the tool's code and tables included. All sets take about 20 minutes.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from time import process_time
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from tests.benchmarks.measure import arguments, peak
from tests.benchmarks.tools import TOOLS, is_installed, make
from tests.benchmarks.truth import SHARED, load_module, read_sites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.tools import Answer
    from tests.benchmarks.truth import SiteTruth

# The measures of each set.
MEASURES = {
    "cms": ("f1", "site_f1_p10"),
    "daniel": ("f1",),
    "wcxb": ("f1", "clean", "date", "title", "author"),
    "publishers": ("f1", "date", "title", "author"),
    "web": ("snippet_f1", "date"),
    "newsrooms": ("f1", "clean", "title", "date"),
    "more_newsrooms": ("f1", "clean", "title", "date"),
}
FIRST_PAGES = 3  # of each set: read once before the time is measured


@dataclass(slots=True)
class Result:
    """A tool's scores by set and measure, its seconds, those of the parse alone, and its peak memory in MB."""

    quality: dict[str, dict[str, float]] = field(default_factory=dict)
    pages: int = 0
    parse: float = 0.0
    whole: float = 0.0
    memory: int = 0


def parse_all(site: SiteTruth) -> None:
    for html in site.pages.values():
        lxml_html.fromstring(html)


def measure(tool: str, names: Sequence[str], most_pages: int | None) -> Result:
    scorer = load_module(SHARED / "corpus" / "score.py")
    known = {name: list(read_sites(name, most_pages)) for name in names}
    result, held = Result(), peak()
    read_site = make(tool)
    for name in names:
        first = known[name][0]
        read_site(replace(first, rows=first.rows[:FIRST_PAGES]))
    for name in names:
        answers: dict[str, Answer] = {}
        for site in known[name]:
            start = process_time()
            parse_all(site)
            parsed = process_time()
            answers |= read_site(site)
            result.whole += process_time() - parsed
            result.parse += parsed - start
            result.pages += len(site.rows)
        rows = [row for site in known[name] for row in site.rows]
        result.memory = peak() - held
        result.quality[name] = scorer.score(rows, answers)[0]
    return result


def line(tool: str, result: Result) -> list[str]:
    quality = [
        " / ".join(f"{scores[measure]:.3f}" if scores[measure] else "–" for measure in MEASURES[name])
        for name, scores in result.quality.items()
    ]
    cost = f"{result.whole / result.parse:.1f} ({1000 * result.whole / result.pages:.1f} ms)"
    return [tool, *quality, cost, f"{result.memory} MB"]


def main() -> None:
    options = arguments(__doc__)
    heads = [f"{name}: {' / '.join(MEASURES[name])}" for name in options.sets]
    print("| tool |", " | ".join(heads), "| cost per page, parse = 1 | memory |")
    print("|---" * (len(heads) + 3) + "|")
    for tool in filter(is_installed, TOOLS):
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            result = process.submit(measure, tool, options.sets, options.pages).result()
        print("|", " | ".join(line(tool, result)), "|", flush=True)
    if missing := [tool for tool in TOOLS if not is_installed(tool)]:
        print(f"\nNot installed: {', '.join(missing)}")


if __name__ == "__main__":
    main()
