"""A run of one newsroom in a process of its own, forked from one that has imported everything.

It is `scrapy crawl` in all but its start: with its own log, signals, memory and exit status.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Final

from corpnews.reporting.verdict import EXIT_STATUS, Verdict
from corpnews.schedule.crawl_command import execute_crawl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.context import ForkServerContext, ForkServerProcess
    from pathlib import Path

    from corpnews.state.newsroom_list import ListedNewsroom

_PRELOADED: Final = "corpnews.schedule.preload"
_GRACE: Final = 20.0  # seconds from the time limit to SIGTERM, and from there to SIGKILL
_VERDICTS: Final = {status: verdict for verdict, status in EXIT_STATUS.items() if status}


def create_context() -> ForkServerContext:
    """The context whose processes are forks of one that has imported everything."""
    context = get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    return context


@dataclass(slots=True)
class ChildRun:
    """A run under way.

    Attributes:
        process: the fork.
        begun: when it was started; the store has whole seconds.
        deadline: `time.monotonic()` at which it is told to end, if it has not by itself.
        kill_at: when it is killed, once it was told to end.
        is_stopped: whether it was told to end because the command ends, not because of its limit.
    """

    newsroom: ListedNewsroom
    process: ForkServerProcess
    deadline: float
    started: float = field(default_factory=monotonic)
    begun: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    kill_at: float | None = None
    is_stopped: bool = False

    @classmethod
    def start(
        cls, context: ForkServerContext, newsroom: ListedNewsroom, settings: Mapping[str, str], log: Path, time_limit: float
    ) -> ChildRun:
        """Fork `scrapy crawl` with these settings; `time_limit` is in seconds. Raises OSError if the log cannot be written."""
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        command = _build_command(newsroom, settings)
        process = context.Process(target=_run_command, args=(command, str(log)), name=newsroom.name)
        process.start()
        return cls(newsroom, process, monotonic() + time_limit + _GRACE)

    def stop(self) -> None:
        """Have `enforce_limit` end the run, whatever its limit."""
        self.is_stopped = True
        self.deadline = 0.0

    def enforce_limit(self, now: float) -> None:
        """Tell a run that is beyond its limit to end, and kill it if it does not."""
        if self.kill_at is None and now >= self.deadline:
            self.process.terminate()
            self.kill_at = now + _GRACE
        elif self.kill_at is not None and now >= self.kill_at:
            self.process.kill()

    def read_verdict(self) -> tuple[Verdict, str]:
        """The verdict by the exit status of the ended process, and why it is `failed` if no verdict of its own is known."""
        status = self.process.exitcode or 0
        if status < 0:
            return Verdict.FAILED, f"killed by {signal.Signals(-status).name}"
        if not status:
            return Verdict.OK, ""
        return _VERDICTS.get(status, Verdict.FAILED), "" if status in _VERDICTS else "the command cannot be run"


def _build_command(newsroom: ListedNewsroom, settings: Mapping[str, str]) -> list[str]:
    """The words of `scrapy crawl` for a newsroom."""
    arguments = [word for name, value in newsroom.arguments.items() for word in ("-a", f"{name}={value}")]
    options = [word for each in settings.items() for word in ("-s", "=".join(each))]
    return ["scrapy", "crawl", newsroom.spider, *arguments, *options]


def _run_command(command: Sequence[str], log: str) -> None:
    """Run the command in this process, which ends with its exit status.

    It is told to end by the process that started it alone: a second signal, as of a terminal, would not let it finish.
    """
    os.setpgid(0, 0)
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = [*command]
    execute_crawl(command[2:])


def _end_with_parent() -> None:
    """End this run as SIGTERM does when the process that started it is gone, however it ended."""
    if parent := parent_process():
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
