"""What the benchmarks share: the choice of pages, and the measure of memory."""

from __future__ import annotations

import argparse
import resource
import sys

from tests.benchmarks.truth import ALL_SETS

MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024  # in the units of ru_maxrss


def arguments(description: str | None) -> argparse.Namespace:
    """Parse the command line: the `sets`, and the number of `pages` of each."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", default=ALL_SETS, help=f"of {', '.join(ALL_SETS)}; all by default")
    parser.add_argument("--pages", type=int, help="the number of pages of a set, taken evenly from the whole of it")
    return parser.parse_args()


def peak() -> int:
    """Return the peak memory of the process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
