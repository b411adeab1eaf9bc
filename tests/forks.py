"""Python programs as forks of one process that has imported everything: a crawl costs 0.3 s of CPU in place of 3.7 s.

Each program is a process of its own all the same, with its working directory, environment, signals, log and exit status:
`python -W error …`, but for the imports. The server of the forks has one thread and never runs a reactor or an event loop, so
that it may be forked. One server serves a test session, and ends with it.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, NoReturn, Self

if TYPE_CHECKING:
    from collections.abc import Callable


MAX_MESSAGE_BYTES = 1 << 20


class ForkServer:
    """The client's side of the server: starts it, and asks it over a socket."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-W", "error", "-m", "tests.forks", str(theirs.fileno())]
            self._process = subprocess.Popen(command, cwd=folder, env=environment, pass_fds=[theirs.fileno()])

    def start(
        self, arguments: tuple[str, ...], folder: Path, environment: dict[str, str], stdout: IO[Any] | int, stderr: IO[Any] | int
    ) -> ForkedProcess:
        """Start Python with these arguments: `-m MODULE …`, `-c CODE …` or `FILE …`; the rest is as for `subprocess.Popen`."""
        with ExitStack() as stack:
            ours: list[IO[str] | None] = []
            theirs: list[int] = []
            for stream in (stdout, stderr):
                reader = None
                if stream == PIPE:
                    ends = os.pipe()
                    reader, stream = os.fdopen(ends[0]), stack.enter_context(os.fdopen(ends[1], "w"))  # noqa: PLW2901
                elif stream == DEVNULL:
                    stream = stack.enter_context(Path(os.devnull).open("w"))  # noqa: PLW2901
                ours.append(reader)
                theirs.append(stream if isinstance(stream, int) else stream.fileno())
            return ForkedProcess(self, self.ask("start", arguments, str(folder), environment, streams=theirs), *ours)

    def ask(self, *request: Any, streams: list[int] | None = None) -> Any:
        socket.send_fds(self._socket, [json.dumps(request).encode() + b"\n"], streams or [])
        return json.loads(self._socket.recv(MAX_MESSAGE_BYTES))

    def close(self) -> None:
        self._socket.close()
        self._process.wait()


class ForkedProcess:
    """A program that has been started, with as much of `subprocess.Popen` as tests need."""

    def __init__(self, server: ForkServer, pid: int, stdout: IO[str] | None, stderr: IO[str] | None) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._server = server
        self._stdout, self._stderr = stdout, stderr

    @property
    def stdout(self) -> IO[str]:
        assert self._stdout, "stdout is no PIPE"
        return self._stdout

    @property
    def stderr(self) -> IO[str]:
        assert self._stderr, "stderr is no PIPE"
        return self._stderr

    def communicate(self) -> str:
        """Return what comes of standard error until the process ends."""
        log = self.stderr.read()
        self.wait()
        return log

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._server.ask("poll", self.pid)
        return self.returncode

    def wait(self, timeout: float = 300) -> int:
        """Return the exit status; kill a process that has not ended after `timeout` seconds."""
        if self.returncode is None:
            timer = threading.Timer(timeout, os.kill, (self.pid, signal.SIGKILL))
            timer.start()
            self.returncode = self._server.ask("wait", self.pid)
            timer.cancel()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self._stdout, self._stderr):
            if stream:
                stream.close()
        self.wait()


def main() -> None:
    """Serve the socket whose number is the argument until its other end is closed."""
    import_everything()
    verbs: dict[str, Callable[..., int | None]] = {"start": start, "poll": poll, "wait": wait}
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        while request := receive(asked):
            (verb, *arguments), streams = request
            answer = verbs[verb](*arguments, *streams)
            asked.sendall(json.dumps(answer).encode())


def receive(asked: socket.socket) -> tuple[list[Any], list[int]] | None:
    message, streams, _, _ = socket.recv_fds(asked, MAX_MESSAGE_BYTES, 2)
    while message and not message.endswith(b"\n"):
        message += asked.recv(MAX_MESSAGE_BYTES)
    return (json.loads(message), streams) if message else None


def start(arguments: list[str], folder: str, environment: dict[str, str], stdout: int, stderr: int) -> int:
    """Fork; the new process does not return from here."""
    pid = os.fork()
    if not pid:
        become(arguments, folder, environment, stdout, stderr)
    os.close(stdout)
    os.close(stderr)
    return pid


def become(arguments: list[str], folder: str, environment: dict[str, str], stdout: int, stderr: int) -> NoReturn:
    """Be the process that was asked for, to its end."""
    for stream, number in ((os.open(os.devnull, os.O_RDONLY), 0), (stdout, 1), (stderr, 2)):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = folder
    status = None
    try:
        run(*arguments)
    except SystemExit as error:
        if isinstance(error.code, str):
            raise  # Python prints it
        status = error.code
    end(status or 0)


def run(first: str, *arguments: str) -> None:
    """Do what Python does with these arguments."""
    if first == "-m":
        sys.argv = list(arguments)
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.argv = [first, *arguments[1:]]
        sys.modules["__main__"] = ModuleType("__main__")
        exec(compile(arguments[0], "<string>", "exec"), vars(sys.modules["__main__"]))  # noqa: S102
    else:
        sys.argv = [first, *arguments]
        runpy.run_path(first, run_name="__main__")


def end(status: int) -> NoReturn:
    """End as Python does, but for freeing all that the server had imported, which costs as much as a small crawl."""
    threading._shutdown()  # type: ignore[attr-defined] # noqa: SLF001 - as forks of multiprocessing do
    atexit._run_exitfuncs()  # noqa: SLF001
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


def poll(pid: int) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def import_everything() -> None:
    """Import what a `scrapy` of this project does, without the settings: a process reads its environment when it imports them."""
    from corpnews.schedule.warm import import_components  # noqa: PLC0415

    import_components()
    import_module("boto3.session")  # most of what an upload costs
    del sys.modules["corpnews.settings"]


if __name__ == "__main__":
    main()
