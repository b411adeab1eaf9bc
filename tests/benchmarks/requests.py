"""Requests per release, by the sources of each platform and by listing pages alone.

usage: python -m tests.benchmarks.requests [PLATFORM …]     all look-alikes by default
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.platforms.test_look_alikes import LOOK_ALIKE_NAMES, build_look_alike, crawl_look_alike


def main() -> None:
    print("| look-alike | releases | found | requests | a release | by listing pages alone: found | requests | a release |")
    print("|---" * 8 + "|")
    for name in sys.argv[1:] or LOOK_ALIKE_NAMES:
        lookalike = build_look_alike(name)
        cells = [name, str(len(lookalike.releases_by_path))]
        for arguments in ((), ("-a", "sources=listing")):
            with tempfile.TemporaryDirectory() as folder:
                run, requested = crawl_look_alike(lookalike, Path(folder), *arguments)
                found = len({line["url"] for line in run.lines}) if run.code == 0 else 0
            cells += [str(found), str(len(requested)), f"{len(requested) / found:.2f}" if found else "–"]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
