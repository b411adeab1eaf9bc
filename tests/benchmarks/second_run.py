"""Requests and lines of the second run of each saved newsroom, compared with the first.

usage: python -m tests.benchmarks.second_run [SITE ...]     needs the shared folder; all sites by default

`bodies` counts the releases that were downloaded again although they had not changed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.truth import SHARED, load_module
from tests.helpers import crawl_process, read

if TYPE_CHECKING:
    from tests.helpers import Run

NEWSROOMS = SHARED / "newsrooms"


def run(start_url: str, folder: Path, server: Any) -> tuple[Run, list[str]]:
    """Crawl the newsroom; return the run and the request lines of the server."""
    server.requests.clear()
    done = crawl_process(folder, "newsroom", "-a", f"url={start_url}", "-s", "ROBOTSTXT_OBEY=0", proxy=server.url)
    return done, list(server.requests)


def row(site: str, server: Any) -> list[str]:
    start_url = json.loads((NEWSROOMS / site / "site.json").read_text(encoding="utf-8"))["start_url"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, requested = run(start_url, folder, server)
        released = {line["url"] for file in folder.glob("output/*/[0-9]*.jsonl") for line in read(file)}
        second, again = run(start_url, folder, server)
        lines = sum(len(read(file)) for file in folder.glob("output/*/[0-9]*.jsonl")) - len(released)
        verdict = second.verdict["verdict"]
    bodies = sum(each.startswith("200 ") and each.split()[1] in released for each in again)
    share = f"{len(again) / len(requested):.1%}"
    return [
        site,
        str(len(released)),
        str(len(requested)),
        str(len(again)),
        share,
        str(bodies),
        str(lines),
        verdict,
        str(second.code),
    ]


def main() -> None:
    replay = load_module(NEWSROOMS / "replay.py")
    print("| site | releases | requests | second run's | share | bodies | lines | verdict | exit |")
    print("|---" * 9 + "|")
    with replay.serving() as server:
        for site in sys.argv[1:] or sorted(path.parent.name for path in NEWSROOMS.glob("*/site.json")):
            print(f"| {' | '.join(row(site, server))} |", flush=True)


if __name__ == "__main__":
    main()
