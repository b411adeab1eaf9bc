"""What `scrapy crawl-due` costs against one `scrapy crawl` a newsroom, and whether both give the same lines.

usage: python -m tests.benchmarks.crawl_due [SET | SITE ...]     needs the shared folder; all saved newsrooms by default

Crawls the saved newsrooms twice, a first and an unchanged run, as processes and by crawl-due: CPU seconds a newsroom, and the
memory of the forks, each at its largest while eight are there: the largest and the median of PSS (what a fork shares with n
others counts as an nth) and of private memory.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psutil

from tests.benchmarks.newsrooms import read_site
from tests.benchmarks.truth import NEWSROOM_SETS, SHARED, load_module, newsroom_folders
from tests.helpers import QUICK, crawl_process, environment, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

JOBS = 8
# What differs between any two runs: times, and what depends on the order in which pages come
UNSTABLE = ("crawl", "first_seen", "last_seen", "source")


def crawl_singly(urls: Mapping[str, str], proxy: str, folder: Path) -> float:
    """Crawl each newsroom by a process of its own; returns the CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name, url in urls.items():
        crawl_process(folder, "newsroom", "-a", f"url={url}", "-a", f"name={name}", proxy=proxy)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@dataclass
class ForkCost:
    """CPU seconds of all forks and of the process that they are forked from; MB of each fork at its largest, by process id."""

    runs: float = 0.0
    start_up: float = 0.0
    pss: dict[int, float] = field(default_factory=dict)
    private: dict[int, float] = field(default_factory=dict)

    @property
    def memory(self) -> str:
        """The largest and the median fork, as cells of a table."""
        return " | ".join(f"{max(each.values()):.0f}, {median(each.values()):.0f}" for each in (self.pss, self.private) if each)

    def measure(self, command: psutil.Process, at_once: int) -> None:
        """Note what the command's processes cost now, and how large its runs are if so many are there."""
        processes = [each for each in command.children(recursive=True) if "forkserver" in " ".join(each.cmdline())]
        runs = [each for each in processes if each.ppid() != command.pid]
        for server in processes:
            if server not in runs:
                times = server.cpu_times()
                self.runs = times.children_user + times.children_system
                self.start_up = times.user + times.system
        for run in runs if len(runs) >= at_once else ():
            memory = run.memory_full_info()
            self.pss[run.pid] = max(self.pss.get(run.pid, 0), memory.pss / 2**20)
            self.private[run.pid] = max(self.private.get(run.pid, 0), memory.uss / 2**20)


def crawl_by_list(proxy: str, folder: Path, at_once: int = JOBS) -> ForkCost:
    """Run crawl-due on a list of at least so many newsrooms; returns what its runs cost."""
    command = [sys.executable, "-m", "scrapy", "crawl-due", "list.csv", "--all", "--jobs", str(at_once), *QUICK]
    cost = ForkCost()
    with subprocess.Popen(command, cwd=folder, env=environment(http_proxy=proxy), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with suppress(psutil.Error):  # one has ended
                cost.measure(psutil.Process(process.pid), at_once)
            time.sleep(0.05)
    return cost


def read_lines(folder: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The lines of all newsrooms by id, without what differs between any two runs."""
    lines = [line for name in names for file in folder.glob(f"output/{name}/2*.jsonl") for line in read(file)]
    return {line["id"]: {key: value for key, value in line.items() if key not in UNSTABLE} for line in lines}


def compare(name: str, sites: Sequence[Path], replay: ModuleType) -> None:
    """Crawl the chosen sites of one set in both ways, and print what it costs and which lines differ."""
    urls = {folder.name: read_site(folder)["start_url"] for folder in sites}
    with (
        TemporaryDirectory() as single,
        TemporaryDirectory() as listed,
        replay.serving(SHARED / name) as server,
    ):
        with Path(listed, "list.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("name", "url"), *urls.items()])
        for run in ("first", "unchanged"):
            processes = crawl_singly(urls, server.url, Path(single))
            cost = crawl_by_list(server.url, Path(listed), min(JOBS, len(urls)))
            seconds = f"{processes / len(urls):.2f} | {cost.runs / len(urls):.2f} | {cost.start_up:.1f}"
            print(f"| {name} | {run} | {seconds} | {cost.memory} |", flush=True)
        alone, together = (read_lines(Path(folder), list(urls)) for folder in (single, listed))
    differing = [key for key in alone.keys() | together.keys() if alone.get(key) != together.get(key)]
    print(f"{len(alone)} lines by processes, {len(together)} by crawl-due, {len(differing)} differ", flush=True)
    for key in differing:
        one, other = alone.get(key, {}), together.get(key, {})
        fields = {name: [one.get(name), other.get(name)] for name in {*one, *other} if one.get(name) != other.get(name)}
        print(one.get("url") or other.get("url"), json.dumps(fields, ensure_ascii=False)[:1500])


def main() -> None:
    replay = load_module(SHARED / "newsrooms" / "replay.py")
    print("| set | run | CPU s a newsroom as a process | forked | import, once | PSS, MB | private, MB |")
    print("|---|---|---|---|---|---|---|")
    for name in NEWSROOM_SETS:
        chosen = [folder for folder in newsroom_folders(name) if not sys.argv[1:] or {name, folder.name} & {*sys.argv[1:]}]
        if chosen:
            compare(name, chosen, replay)


if __name__ == "__main__":
    main()
