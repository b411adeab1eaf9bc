"""Cost of an article by step, as multiples of lxml.html.fromstring on the same pages.

usage: python -m tests.benchmarks.speed [SET …] [--pages N]     needs the shared folder; all sets by default

Both are timed page by page in one run, each page once. Freeing the tree is part of the time, loading the tables of words is
not: the first pages are not timed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from inspect import isfunction
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

from corpnews.cleaning import article as writing
from corpnews.extraction import extract as reading
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.site_template import SiteTemplate
from corpnews.page.page import Page
from tests.benchmarks.measure import arguments, peak
from tests.benchmarks.ours import ORIGIN
from tests.benchmarks.truth import read_sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FIRST_PAGES = 20
WORST = 6


@dataclass(frozen=True, slots=True)
class Timing:
    """One page: its size, the seconds of the parse alone and of the whole extraction."""

    url: str
    size: int
    parse: float
    whole: float


class Clock:
    """Seconds by step, summed over all pages."""

    def __init__(self) -> None:
        self.steps: defaultdict[str, float] = defaultdict(float)

    def timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            start = perf_counter()
            try:
                return step(*arguments, **options)
            finally:
                self.steps[name] += perf_counter() - start

        return call

    def watch(self, module: Any) -> None:
        """Replace the functions that the module imports by timed ones."""
        for name, value in list(vars(module).items()):
            if isfunction(value) and value.__module__ != module.__name__:
                setattr(module, name, self.timed(name, value))


def whole_way(html: bytes, url: str, template: SiteTemplate, clock: Clock) -> None:
    """Take one page the whole way: parse, observe by the template, extract, clean, render."""
    page = clock.timed("Page.from_html", Page.from_html)(html, url)
    clock.timed("Page.layout", getattr)(page, "layout")
    clock.timed("SiteTemplate.observe", template.observe)(page)
    try:
        writing.build_article(reading.extract_page(page, template), ORIGIN)
    except NotAnArticle:
        return


def timing(html: bytes, url: str, template: SiteTemplate, clock: Clock) -> Timing:
    start = perf_counter()
    lxml_html.fromstring(html)
    parsed = perf_counter()
    whole_way(html, url, template, clock)
    return Timing(url, len(html), parsed - start, perf_counter() - parsed)


def pages(corpus: str, most: int | None) -> Iterator[tuple[bytes, str, SiteTemplate]]:
    """Yield the pages of a set site by site, each with its site's template."""
    for site in read_sites(corpus, most):
        template = SiteTemplate()
        for row in site.rows:
            yield site.pages[row["id"]], row["url"], template


def print_table(timings: Sequence[Timing], clock: Clock) -> None:
    count, parse, whole = len(timings), sum(each.parse for each in timings), sum(each.whole for each in timings)
    print(f"\n{count} pages, {sum(each.size for each in timings) // count // 1000} kB each; parse: {1000 * parse / count:.2f} ms")
    print("\n| step | x parse |\n|---|---|")
    rest = whole - sum(clock.steps.values())
    for name, seconds in {**clock.steps, "the rest": rest, "**whole**": whole}.items():
        print(f"| {name} | {seconds / parse:.3f} |")
    print("\n| dearest pages | kB | ms | x parse |\n|---|---|---|---|")
    for each in sorted(timings, key=lambda each: -each.whole)[:WORST]:
        print(f"| {each.url[:90]} | {each.size // 1000} | {1000 * each.whole:.0f} | {each.whole / each.parse:.1f} |")


def main() -> None:
    options = arguments(__doc__)
    sample = [page for corpus in options.sets for page in pages(corpus, options.pages)]
    for page in sample[:FIRST_PAGES]:
        whole_way(*page, Clock())
    clock, held = Clock(), peak()
    clock.watch(reading)
    clock.watch(writing)
    print_table([timing(*page, clock) for page in sample[FIRST_PAGES:]], clock)
    print(f"\npeak memory beyond the pages: {peak() - held} MB")


if __name__ == "__main__":
    main()
