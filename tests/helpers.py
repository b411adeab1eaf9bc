"""A newsroom on loopback, and the real `scrapy crawl` to send to it."""

from __future__ import annotations

import atexit
import json
import os
import pty
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from tests.forks import ForkedProcess, ForkServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[1]
QUICK = ("-s", "AUTOTHROTTLE_ENABLED=0")
# Slow enough to be interrupted between two articles, with few requests on their way that it waits for then
SLOW = (*QUICK, "-s", "DOWNLOAD_DELAY=0.1", "-s", "CONCURRENT_REQUESTS=2", "-s", "CORPNEWS_MAX_WAITING_PAGES=4")
LAST_DAY = date(2024, 5, 28)
SENTENCES = (
    "The company said on {day} that plant number {number} will make {number} hundred turbines a year from next spring.",
    "Work on site {number} begins in autumn, and the first {number} engineers have moved to the town already.",
    "“We have waited {number} years for this day,” said the head of the works council, who laid the first stone.",
)


@dataclass(frozen=True)
class Answer:
    """What comes for a request; its length is told unless `headers` have it. `pieces` come in the place of a body, untold."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    pieces: Callable[[], Iterable[bytes]] | None = None


@dataclass(frozen=True)
class Asked:
    """A request that came: `path` with its query, `headers` by lower-case name."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """Pages by path, and the paths that were asked for; `url` is where it stands.

    `answers` are asked before the pages are looked at: each says what comes for a request, or None.
    """

    pages: dict[str, Answer] = field(default_factory=dict)
    answers: list[Callable[[Asked], Answer | None]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        said = (answer for each in self.answers if (answer := each(asked)))
        return next(said, None) or self.pages.get(asked.path, Answer(b"not found", 404, {"Content-Type": "text/plain"}))

    def page(self, path: str, main: str, title: str = "Acme") -> None:
        """Add a page: `main` within the frame that all pages of the site share."""
        self.pages[path] = Answer(
            f"""<!doctype html><html lang="en"><head><title>{title}</title></head><body>
            <header><a href="/">Acme Turbines</a> <form><input placeholder="Search"><button>Search</button></form>
            <nav><a href="/products/">Products</a> <a href="/about/">About us</a> <a href="/news/">News</a></nav></header>
            <main>{main}</main>
            <footer><p>Acme Turbines builds turbines for people who need turbines, wherever there is wind.</p>
            <a href="/privacy/">Privacy</a> <a href="/contact/">Contact</a></footer></body></html>""".encode()
        )

    def release(self, number: int, day: str = "") -> str:
        """Add release `number` and say its path; the day, as YYYY-MM-DD, defaults to one in 2024 and before, later ones first."""
        day = day or f"{LAST_DAY - timedelta(days=number)}"
        path = f"/news/acme-opens-its-turbine-plant-number-{number}/"
        text = "".join(f"<p>{sentence.format(number=number, day=day)}</p>" for sentence in SENTENCES)
        self.page(
            path, f"<article><h1>{headline(number)}</h1><time datetime='{day}'>{day}</time>{text}</article>", headline(number)
        )
        return path

    def listing(self, path: str, numbers: range, further: str = "") -> None:
        """Add a listing page of releases, and the releases."""
        items = []
        for number in numbers:
            link = self.release(number)
            items.append(f"<li><time>{LAST_DAY - timedelta(days=number)}</time> <a href='{link}'>{headline(number)}</a></li>")
        older = f"<nav class='pagination'><a rel='next' href='{further}'>Older</a></nav>" if further else ""
        self.page(path, f"<h1>News</h1><ul>{''.join(items)}</ul>{older}", "News")


def headline(number: int) -> str:
    return f"Acme opens its turbine plant number {number}"


@contextmanager
def serving(site: Site, address: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Serve `site` on a loopback address, by default on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            answer = site.answer(Asked(self.command, self.path, headers, body))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.pieces is None and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            with suppress(ConnectionError):  # the other end may have had enough
                for piece in answer.pieces() if answer.pieces else (answer.body,):
                    self.wfile.write(piece)

        do_POST = do_GET  # noqa: N815 - http.server's word

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer((address, port), Handler)
    site.url = f"http://{address}:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Run:
    """A `scrapy` command that has ended: its exit status, its log, and the folder it ran in."""

    code: int
    log: str
    folder: Path

    @property
    def files(self) -> list[Path]:
        """The files with lines; beside them stand the account of the runs, the store and locks."""
        found = (path for path in self.folder.glob("**/*") if path.is_file() and "store.sqlite" not in str(path))
        return sorted(path for path in found if path.name not in ("runs.jsonl", ".lock"))

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The articles of the default output, of all runs in the folder."""
        return [line for file in sorted(self.folder.glob("output/*/[0-9]*.jsonl")) for line in read(file)]

    @property
    def verdict(self) -> dict[str, Any]:
        """What the account of the runs says of this one."""
        (file,) = self.folder.glob("output/*/runs.jsonl")
        return read(file)[-1]

    @property
    def last_line(self) -> str:
        return self.log.rstrip().rpartition("\n")[2]


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def environment(**more: str) -> dict[str, str]:
    """What a `scrapy` of this tree needs to be found from any folder."""
    kept = {name: value for name, value in os.environ.items() if name.lower() != "http_proxy"}
    return {**kept, "SCRAPY_SETTINGS_MODULE": "corpnews.settings", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


@cache
def fork_server() -> ForkServer:
    """Return the server of this test session's forks."""
    server = ForkServer(ROOT, environment(OPENBLAS_NUM_THREADS="1"))  # a process of several threads is not to be forked
    atexit.register(server.close)
    return server


def start_python(
    *arguments: str, folder: Path = ROOT, stdout: IO[Any] | int = PIPE, stderr: IO[Any] | int = 2, **variables: str
) -> ForkedProcess:
    """Start Python in `folder`, with a module, code or a file to run; a warning is an error."""
    return fork_server().start(arguments, folder, environment(**variables), stdout, stderr)


def start(
    folder: Path, *arguments: str, stdout: IO[Any] | int = DEVNULL, stderr: IO[Any] | int = PIPE, **variables: str
) -> ForkedProcess:
    """Start the real `scrapy` in `folder`."""
    return start_python("-m", "scrapy", *arguments, folder=folder, stdout=stdout, stderr=stderr, **variables)


def scrapy(folder: Path, *arguments: str, **variables: str) -> Run:
    """Run the real `scrapy` in `folder`."""
    with TemporaryFile("w+") as stdout, TemporaryFile("w+") as stderr:
        code = start(folder, *arguments, stdout=stdout, stderr=stderr, **variables).wait()
        for stream in (stdout, stderr):
            stream.seek(0)
        return Run(code, stdout.read() + stderr.read(), folder)


def crawl(folder: Path, *arguments: str, proxy: str = "", **variables: str) -> Run:
    """Run `scrapy crawl` without the pauses that other people's servers are due."""
    return scrapy(folder, "crawl", *arguments, *QUICK, http_proxy=proxy, **variables)


def scrapy_process(folder: Path, *arguments: str, **variables: str) -> Run:
    """Run `scrapy` as a process that is no fork: for what it imports, and what it costs."""
    # from a shell: the peak memory of a process begins with that of the one that makes it, and the tests' own is large
    command = ["sh", "-c", '"$@"; exit "$?"', "sh", sys.executable, "-W", "error", "-m", "scrapy", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(**variables), capture_output=True, text=True, timeout=300, check=False
    )
    return Run(done.returncode, done.stdout + done.stderr, folder)


def crawl_process(folder: Path, *arguments: str, proxy: str = "", **variables: str) -> Run:
    """Run `crawl` as a process that is no fork."""
    return scrapy_process(folder, "crawl", *arguments, *QUICK, http_proxy=proxy, **variables)


def scrapy_at_terminal(folder: Path, *arguments: str) -> Run:
    """Run the real `scrapy` in `folder`, with a terminal that shows what it writes."""
    ours, theirs = pty.openpty()
    with start(folder, *arguments, stdout=theirs, stderr=theirs, TERM="xterm") as run:
        os.close(theirs)
        shown = b""
        while chunk := _read_terminal(ours):
            shown += chunk
        return Run(run.wait(), shown.decode(), folder)


def _read_terminal(descriptor: int) -> bytes:
    """What has been written to a terminal since; nothing when it is closed."""
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""
