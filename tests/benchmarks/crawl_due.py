"""What `scrapy crawl-due` costs against one `scrapy crawl` a newsroom, and whether both give the same lines.

usage: python -m tests.benchmarks.crawl_due [SITE ...]     needs the shared folder; the sites of its first set by default

Crawls the saved newsrooms twice, a first and an unchanged run, as processes and by crawl-due: CPU seconds a newsroom, and the
largest memory of a fork (PSS: what it shares with n others counts as an nth).
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from tests.benchmarks.newsrooms import read_site
from tests.benchmarks.truth import SHARED, load_module, newsroom_folders
from tests.helpers import QUICK, crawl_process, environment, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What differs between any two runs: times, and what depends on the order in which pages come
UNSTABLE = ("crawl", "first_seen", "last_seen", "source")


def crawl_singly(urls: Mapping[str, str], proxy: str, folder: Path) -> float:
    """Crawl each newsroom by a process of its own; returns the CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name, url in urls.items():
        crawl_process(folder, "newsroom", "-a", f"url={url}", "-a", f"name={name}", proxy=proxy)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def crawl_by_list(proxy: str, folder: Path) -> tuple[float, float, int]:
    """Run crawl-due; returns the CPU seconds of the runs, those of the process they are forked from, and MB of the largest."""
    command = [sys.executable, "-m", "scrapy", "crawl-due", "list.csv", "--all", "--jobs", "8", *QUICK]
    forked = start_up = 0.0
    largest = 0
    with subprocess.Popen(command, cwd=folder, env=environment(http_proxy=proxy), stdout=subprocess.DEVNULL) as process:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            for child in parent.children(recursive=True):
                try:
                    if "forkserver" not in " ".join(child.cmdline()):
                        continue
                    if child.ppid() == process.pid:
                        times = child.cpu_times()
                        forked = times.children_user + times.children_system
                        start_up = times.user + times.system
                    else:
                        largest = max(largest, child.memory_full_info().pss)
                except psutil.Error:  # it has ended
                    continue
            time.sleep(0.1)
    return forked, start_up, largest // 2**20


def read_lines(folder: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The lines of all newsrooms by id, without what differs between any two runs."""
    lines = [line for name in names for file in folder.glob(f"output/{name}/2*.jsonl") for line in read(file)]
    return {line["id"]: {key: value for key, value in line.items() if key not in UNSTABLE} for line in lines}


def main() -> None:
    replay = load_module(SHARED / "newsrooms" / "replay.py")
    sites = [folder for folder in newsroom_folders("newsrooms") if not sys.argv[1:] or folder.name in sys.argv[1:]]
    urls = {folder.name: read_site(folder)["start_url"] for folder in sites}
    with tempfile.TemporaryDirectory() as single, tempfile.TemporaryDirectory() as listed, replay.serving() as server:
        with Path(listed, "list.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("name", "url"), *urls.items()])
        print("| run | CPU s a newsroom as a process | forked | import, once | MB of the largest |\n|---|---|---|---|---|")
        for run in ("first", "unchanged"):
            processes = crawl_singly(urls, server.url, Path(single))
            forked, start_up, largest = crawl_by_list(server.url, Path(listed))
            print(f"| {run} | {processes / len(urls):.2f} | {forked / len(urls):.2f} | {start_up:.1f} | {largest} |", flush=True)
        alone, together = (read_lines(Path(folder), list(urls)) for folder in (single, listed))
        differing = [key for key in alone.keys() | together.keys() if alone.get(key) != together.get(key)]
        print(f"{len(alone)} lines by processes, {len(together)} by crawl-due, {len(differing)} differ")
        for key in differing[:5]:
            one, other = alone.get(key, {}), together.get(key, {})
            fields = {name: [one.get(name), other.get(name)] for name in {*one, *other} if one.get(name) != other.get(name)}
            print(json.dumps(fields)[:500])


if __name__ == "__main__":
    main()
