"""Crawl generated newsrooms in this process; print what is found by axis, and where something is missing, wrong or faulty.

usage: python -m tests.benchmarks.generated [--seeds 0-299] [--verbose] [AXIS=VALUE …]

AXIS=VALUE takes the place of what the seeds choose on that axis (tests/generator/traits.py). --verbose prints missing, wrong and
faulty releases with the requested lists.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.generator import generate_newsroom
from tests.generator.offline_crawl import crawl_offline
from tests.generator.traits import ALL_AXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.generator.offline_crawl import CrawlResult

FEW_FOUND = 0.9
SHOWN = 6


def parse_seeds(text: str) -> Iterable[int]:
    """Parse ranges and single seeds.

    >>> list(parse_seeds("3,7-9"))
    [3, 7, 8, 9]
    """
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def describe_traits(result: CrawlResult) -> str:
    common = {axis: max(values, key=lambda value: values[value]) for axis, values in ALL_AXES.items()}
    traits = result.newsroom.traits
    return " ".join(f"{axis}={traits[axis]}" for axis in ALL_AXES if traits[axis] != common[axis])


def print_result(result: CrawlResult, *, is_verbose: bool) -> None:
    size, wrong, faulty = len(result.newsroom.releases), len(result.wrong), len(result.faulty)
    print(
        f"seed {result.newsroom.seed:4}  found {result.found:.2f} of {size:2}  wrong {wrong}  faulty {faulty}"
        f"  requests {result.requests}  {describe_traits(result)}"
    )
    shown = None if is_verbose else 1
    for url in result.missing[:shown]:
        print(f"      missing {url}  {result.skipped.get(url, '')}")
    for url in result.wrong[:shown]:
        print(f"      wrong   {url}  {result.articles[url].headline}")
    for url, fault in list(result.faulty.items())[:shown]:
        print(f"      faulty  {url}  {fault}")
    if is_verbose:
        print("      lists", *result.lists, sep="\n        ")


def print_axes(results: list[CrawlResult]) -> None:
    groups: defaultdict[tuple[str, str], list[CrawlResult]] = defaultdict(list)
    for result in results:
        for axis in ALL_AXES:
            groups[axis, result.newsroom.traits[axis]].append(result)
    print("\n| axis | value | newsrooms | found | below .9 | wrong | faulty |\n|---|---|---|---|---|---|---|")
    for (axis, value), group in sorted(groups.items()):
        print(f"| {axis} | {value} | {len(group)} | {' | '.join(summarize(group))} |")
    print(f"| **all** | | {len(results)} | {' | '.join(summarize(results))} |")
    releases = sum(len(each.newsroom.releases) for each in results)
    print(f"requests a release: {sum(each.requests for each in results) / releases:.2f}")


def summarize(results: list[CrawlResult]) -> tuple[str, ...]:
    """Return the mean found, the number of newsrooms with few found, and the shares of wrong and faulty articles."""
    articles = max(1, sum(len(each.articles) for each in results))
    wrong, faulty = (sum(len(getattr(each, name)) for each in results) / articles for name in ("wrong", "faulty"))
    found = [each.found for each in results]
    return f"{statistics.mean(found):.3f}", str(sum(each < FEW_FOUND for each in found)), f"{wrong:.4f}", f"{faulty:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="0-299")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("traits", nargs="*")
    arguments = parser.parse_args()
    fixed = dict(trait.split("=") for trait in arguments.traits)
    results = []
    for seed in parse_seeds(arguments.seeds):
        result = crawl_offline(generate_newsroom(seed, **fixed))
        results.append(result)
        if arguments.verbose or result.missing or result.wrong or result.faulty:
            print_result(result, is_verbose=arguments.verbose)
    print_axes(results)


if __name__ == "__main__":
    main()
