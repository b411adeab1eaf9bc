"""What a PostgreSQL store costs that is 4 ms away: round trips, statements and time of a newsroom's runs.

usage: python -m tests.benchmarks.store_latency [--releases 200] [--milliseconds 4]

A proxy on loopback holds back what passes it, half the time in each direction. A round trip is a change of direction: what the
client sends before it waits counts once. First and unchanged run, each near and far, on stores of their own.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from socket import AF_UNIX, SHUT_WR, socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

from tests.benchmarks.large_newsroom import large_newsroom
from tests.helpers import crawl, serving
from tests.state import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator


class Proxy(ThreadingTCPServer):
    """Passes connections on to the server, late, and counts what clients wait for."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, folder: Path, delay: float) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.folder, self.delay, self.trips = folder, delay, 0


class Connection(BaseRequestHandler):
    server: Proxy

    def handle(self) -> None:
        self.is_answered = True
        with socket(AF_UNIX) as upstream:
            upstream.connect(str(self.server.folder / ".s.PGSQL.5432"))
            back = threading.Thread(target=self.pass_on, args=(upstream, self.request), kwargs={"is_answer": True})
            back.start()
            self.pass_on(self.request, upstream, is_answer=False)
            back.join()

    def pass_on(self, source: socket, target: socket, *, is_answer: bool) -> None:
        while data := source.recv(1 << 20):
            self.server.trips += not is_answer and self.is_answered
            self.is_answered = is_answer
            time.sleep(self.server.delay / 2)
            target.sendall(data)
        target.shutdown(SHUT_WR)


@contextmanager
def serving_proxy(server: postgresql.Server, delay: float) -> Iterator[Proxy]:
    with Proxy(server.folder, delay) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()


def measure_runs(server: postgresql.Server, url: str, delay: float, folder: Path) -> Iterator[tuple[float, int]]:
    """Crawl twice; yields the seconds and round trips of each run."""
    with serving_proxy(server, delay) as proxy:
        schema = server.new_schema().partition("&options=")[2]
        store = f"postgresql+psycopg://corpnews@127.0.0.1:{proxy.server_address[1]}/postgres?options={schema}"
        crawl(folder, "demo", "-s", f"CORPNEWS_STORE={store}")  # makes the tables
        for _ in range(2):
            before, started = proxy.trips, time.monotonic()
            run = crawl(folder, "newsroom", "-a", f"url={url}", "-s", f"CORPNEWS_STORE={store}")
            assert run.code == 0, run.log
            yield time.monotonic() - started, proxy.trips - before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=200)
    parser.add_argument("--milliseconds", type=float, default=4)
    options = parser.parse_args()
    binaries = postgresql.programs()
    assert binaries, "needs PostgreSQL's programs (Debian: postgresql)"
    with postgresql.serving(binaries) as server, serving(large_newsroom(options.releases)) as site:
        measured = {}
        for delay in (0.0, options.milliseconds / 1000):
            with tempfile.TemporaryDirectory() as folder:
                measured[delay] = list(measure_runs(server, f"{site.url}/news/", delay, Path(folder)))
    print(f"| run of {options.releases} releases | near, s | {options.milliseconds} ms away, s | ratio | round trips |")
    print("|---|---|---|---|---|")
    for name, (near, _), (far, trips) in zip(("first", "unchanged"), *measured.values(), strict=True):
        print(f"| {name} | {near:.1f} | {far:.1f} | {far / near:.2f} | {trips} |")


if __name__ == "__main__":
    main()
