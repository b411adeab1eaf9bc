"""Memory and pages per second of a crawl, by the size of the newsroom.

usage: python -m tests.benchmarks.large_crawl [RELEASES …]     1,000 and 10,000 by default

Memory is the peak of the crawl's process; the newsroom is served by a thread of this one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.large_newsroom import large_newsroom
from tests.benchmarks.measure import MEGABYTE
from tests.helpers import environment, read, serving


def crawl(start_url: str, folder: Path) -> tuple[float, int]:
    """Crawl the newsroom; return the seconds that it took and its peak memory in MB."""
    command = [sys.executable, "-m", "scrapy", "crawl", "newsroom", "-a", f"url={start_url}"]
    options = ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", f"LOG_FILE={folder / 'log'}"]
    begun = time.monotonic()
    process = subprocess.Popen(command + options, cwd=folder, env=environment())
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - begun, usage.ru_maxrss // MEGABYTE


def main() -> None:
    print("| releases | found | requests | seconds | pages per second | memory, MB |")
    print("|---" * 6 + "|")
    for releases in map(int, sys.argv[1:] or ("1000", "10000")):
        with serving(large_newsroom(releases)) as site, tempfile.TemporaryDirectory() as folder:
            seconds, memory = crawl(f"{site.url}/news/", Path(folder))
            (file,) = Path(folder).glob("output/*/[0-9]*.jsonl")
            found = len({line["url"] for line in read(file)})
            requests = len(site.asked)
            print(f"| {releases} | {found} | {requests} | {seconds:.0f} | {requests / seconds:.1f} | {memory} |", flush=True)


if __name__ == "__main__":
    main()
