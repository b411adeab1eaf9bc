"""What the benchmarks share: which pages they run over, and how they count memory."""

from __future__ import annotations

import argparse
import resource
import sys

from tests.benchmarks.truth import ALL_SETS

MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024  # in the units of ru_maxrss


def arguments(description: str | None) -> argparse.Namespace:
    """The `sets` and the `pages` of each that the command line asks for."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", default=ALL_SETS, help=f"of {', '.join(ALL_SETS)}; all by default")
    parser.add_argument("--pages", type=int, help="the most pages of a set, taken evenly from all over it")
    return parser.parse_args()


def peak() -> int:
    """The most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
