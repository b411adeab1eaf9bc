"""A fleet of the tests' own: a PostgreSQL store, a list of newsrooms on loopback, and real workers."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil
import psycopg

from corpnews.state.database import build_postgresql_arguments, parse_store_url
from tests.full import IS_FULL
from tests.helpers import QUICK, Asked, Run, Site, headline, read, scrapy, start_python

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from tests.forks import ForkedProcess

# What a run of a small newsroom need not wait for, nor ask for
OPTIONS = (*QUICK, "-s", "DOWNLOAD_DELAY=0")
# In the full tests workers beat, rest and lease as long as those of users, else a fifth of that
STALLED_AFTER = 30 if IS_FULL else 6
QUICK_WORK = f"""
import sys
from corpnews.fleet import queue
queue.HEARTBEAT, queue.STALLED_AFTER = 2.0, {STALLED_AFTER:.1f}
from corpnews.fleet import worker
worker._PLANNED = "* * * * * */2"
from datetime import timedelta
from corpnews.schedule import due_time
due_time._FIRST_RETRY_OF_KILLED = timedelta(seconds=int(sys.argv.pop(1)))
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


@dataclass
class Fleet:
    """The hosts of a fleet share this machine, the folder and the store at `address`."""

    folder: Path
    address: str
    workers: list[ForkedProcess] = field(default_factory=list)

    def scrapy(self, *arguments: str) -> Run:
        return scrapy(self.folder, *arguments, CORPNEWS_STORE=self.address)

    def add(self, urls: Mapping[str, str]) -> None:
        """Make the tables, and a list of newsrooms by name."""
        assert self.scrapy("fleet", "init").code == 0
        rows = "".join(f"{name},{url}\n" for name, url in urls.items())
        (self.folder / "list.csv").write_text(f"name,url\n{rows}", encoding="utf-8")
        assert self.scrapy("newsrooms", "add", "list.csv").code == 0

    def work(self, *options: str, retry: int = 60) -> ForkedProcess:
        """Start a worker; what it says is in a file of the folder. A run that was killed is due again after `retry` seconds."""
        log = (self.folder / f"worker-{len(self.workers)}.log").open("w")
        with log:
            program = ("-m", "scrapy") if IS_FULL else ("-c", QUICK_WORK, str(retry))
            arguments = (*program, "fleet", "work", *OPTIONS, *options)
            worker = start_python(*arguments, folder=self.folder, stdout=log, stderr=log, CORPNEWS_STORE=self.address)
        self.workers.append(worker)
        return worker

    def read_log(self, worker: ForkedProcess) -> str:
        return (self.folder / f"worker-{self.workers.index(worker)}.log").read_text(encoding="utf-8")

    def query(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(**build_postgresql_arguments(parse_store_url(self.address)), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def count_jobs(self) -> int:
        """How many sites wait in the queue or are crawled."""
        return int(self.query("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'corpnews_sites'")[0][0])

    def count_runs(self) -> dict[str, int]:
        """How many runs of each newsroom have begun."""
        number = "SELECT count(*) FROM corpnews_runs WHERE newsroom = corpnews_newsrooms.number"
        return dict(self.query(f"SELECT name, ({number}) FROM corpnews_newsrooms"))  # noqa: S608 - no value in it

    def read_status(self) -> dict[str, dict[str, Any]]:
        log = self.scrapy("fleet", "status", "--json").log
        return {line["newsroom"]: line for line in map(json.loads, log.splitlines())}

    def count_headlines(self) -> Counter[str]:
        """How often each headline was published, over all newsrooms and runs."""
        return Counter(line["headline"] for file in self.folder.glob("output/*/2*.jsonl") for line in read(file))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.send_signal(signal.SIGCONT)
            worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            worker.wait(30)


def wait_until(is_so: Callable[[], Any], seconds: float) -> None:
    """Wait until something is so; fails if it is not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.2)


def add_newsroom(site: Site, name: str, numbers: Sequence[int]) -> str:
    """Add a newsroom below /<name>/ to a site; returns its URL. The headlines tell what company they are of by their number."""
    items = []
    for number in numbers:
        path, day = f"/{name}/opens-plant-number-{number}/", f"2024-05-{1 + number % 28:02}"
        text = f"<p>The company opens plant {number} in Oslo on Monday and hires {number} hundred people there at once.</p>"
        site.page(
            path, f"<article><h1>{headline(number)}</h1><time datetime='{day}'>{day}</time>{text * 3}</article>", headline(number)
        )
        items.append(f"<li><time>{day}</time> <a href='{path}'>{headline(number)}</a></li>")
    site.page(f"/{name}/", f"<h1>News</h1><ul>{''.join(items)}</ul>", "News")
    return f"{site.url}/{name}/"


def log_requests(site: Site, log: list[str]) -> None:
    """Note the newsrooms of a site in the order in which they are asked for, each once in a row."""

    def note(asked: Asked) -> None:
        newsroom = asked.path.split("/")[1]
        if f"/{newsroom}/" in site.pages and newsroom not in log[-1:]:
            log.append(newsroom)

    site.answers.append(note)


def find_askers(site: Site) -> list[psutil.Process]:
    """The processes of this machine that are connected to the site."""
    port = int(site.url.rpartition(":")[2])
    found = []
    for process in psutil.process_iter(["net_connections"]):
        ports = {each.raddr.port for each in process.info["net_connections"] or () if each.raddr}
        if port in ports and process.pid != os.getpid():
            found.append(process)
    return found


def find_children(worker: ForkedProcess) -> list[psutil.Process]:
    """The worker's runs: forks of the server that it started."""
    with suppress(psutil.Error):
        servers = psutil.Process(worker.pid).children()
        return [run for server in servers for run in server.children()]
    return []
