"""Crawl the saved newsrooms as a user would, score the articles, print one table.

usage: python -m tests.benchmarks.newsrooms [--held-out] [SET | SITE ...]

It needs the shared folder; all sites of both sets are crawled by default. --held-out crawls each set with models that were fitted
without it (`pip install -e '.[bench]'`), as newsrooms that nobody has seen.

A site is crawled with the `settings` of its site.json. A site whose releases no listing of the copy leads to is left out.
`requests` are those of the first run for each of its lines, `second` is the share of them that a second run makes, and `lines`
are those that it adds, although nothing has changed.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.truth import NEWSROOM_SETS, SHARED, load_module, newsroom_folders
from tests.helpers import crawl, crawl_process

MEASURES = ("found", "wrong", "repeated", "f1", "clean", "date", "title", "requests", "second", "lines")


def read_arguments(folder: Path) -> tuple[str, ...]:
    """Return the arguments of a crawl of the newsroom saved in `folder`, given nothing but its start URL."""
    site = read_site(folder)
    settings = [option for name, value in site.get("settings", {}).items() for option in ("-s", f"{name}={value}")]
    return "newsroom", "-a", f"url={site['start_url']}", *settings


def crawl_and_score(folder: Path, server: Any, scorer: Any, package: Path | None = None) -> dict[str, Any]:
    """Crawl the newsroom saved in `folder` twice, and score the output of the first run.

    `package` is the folder of another copy of the package that is to crawl it.
    """
    run = crawl if package is None else partial(crawl_process, PYTHONPATH=str(package))
    arguments = read_arguments(folder)
    with tempfile.TemporaryDirectory() as output:
        server.requests.clear()
        lines = run(Path(output), *arguments, proxy=server.url).lines
        requested = len(server.requests)
        server.requests.clear()
        further = len(run(Path(output), *arguments, proxy=server.url).lines) - len(lines)
        share = len(server.requests) / requested
    result: dict[str, Any] = scorer.score(folder, lines)[0]
    return result | {"requests": requested / max(len(lines), 1), "second": share, "lines": further}


def read_site(folder: Path) -> dict[str, Any]:
    site: dict[str, Any] = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    return site


def print_row(name: str, row: dict[str, Any]) -> None:
    print(f"| {name} |", " | ".join(f"{row.get(measure, 0):.4g}" for measure in MEASURES), "|", flush=True)


def print_means(rows: list[dict[str, Any]]) -> None:
    means = {measure: statistics.mean(row.get(measure, 0) for row in rows) for measure in MEASURES}
    print("| **mean** |", " | ".join(f"{means[measure]:.4f}" for measure in MEASURES), "|", flush=True)


def main() -> None:
    replay, scorer = (load_module(SHARED / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    chosen_names = [argument for argument in sys.argv[1:] if argument != "--held-out"]
    packages: dict[str, Path] = {}
    if len(chosen_names) < len(sys.argv) - 1:
        from tests.benchmarks.held_out import write_packages  # noqa: PLC0415 - it needs the extra "bench"

        packages = dict(write_packages(Path(tempfile.mkdtemp())))
    for name in NEWSROOM_SETS:
        folders = [each for each in newsroom_folders(name) if read_site(each)["article_urls"]]
        chosen = [each for each in folders if not chosen_names or {name, each.name} & set(chosen_names)]
        if not chosen:
            continue
        print(f"\n| {name} |", " | ".join(MEASURES), "|")
        print("|---" * (len(MEASURES) + 1) + "|")
        rows = []
        with replay.serving(SHARED / name) as server:
            for folder in chosen:
                rows.append(crawl_and_score(folder, server, scorer, packages.get(name)))
                print_row(folder.name, rows[-1])
        print_means(rows)


if __name__ == "__main__":
    main()
