"""Runs `scrapy` with a browser in a process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from corpnews.middlewares.rendering import BROWSER_EXTRA_HINT
from tests import helpers
from tests.helpers import read

if TYPE_CHECKING:
    from tests.forks import ForkedProcess

SPIDER = Path(__file__).with_name("rendering_spider.py")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def has_browser() -> bool:
    own = Path.home() / ".cache" / "ms-playwright"
    return bool(find_spec("scrapy_playwright")) and (any(map(which, NAMES)) or any(own.glob("chromium*")))


needs_browser = pytest.mark.skipif(
    not has_browser() and not os.environ.get("CORPNEWS_REQUIRE_BROWSER"), reason=f"no browser can be had: {BROWSER_EXTRA_HINT}"
)


@dataclass(frozen=True)
class RenderingRun:
    """A run of the rendering spider: exit status, log and output."""

    code: int
    log: str
    folder: Path

    @property
    def lines(self) -> list[dict[str, Any]]:
        file = self.folder / "found.jsonl"
        return read(file) if file.exists() else []

    @property
    def links(self) -> list[str]:
        return [line["link"] for line in self.lines if "link" in line]


def command(url: str, *settings: str) -> list[str]:
    """Return the arguments with which `scrapy` renders the listing at `url`."""
    options = [part for setting in settings for part in ("-s", setting)]
    return ["runspider", str(SPIDER), "-a", f"url={url}", *helpers.QUICK, *options]


def start_rendering(folder: Path, url: str, *settings: str, **variables: str) -> ForkedProcess:
    """Start the spider that renders the listing at `url`."""
    with (folder / "log.txt").open("w") as log:
        return helpers.start(folder, *command(url, *settings), stdout=log, stderr=log, **variables)


def run_rendering(folder: Path, url: str, *settings: str, **variables: str) -> RenderingRun:
    run = start_rendering(folder, url, *settings, **variables)
    try:
        code = run.wait(timeout=120)
    finally:
        run.kill()
    return RenderingRun(code, (folder / "log.txt").read_text(), folder)


def get_descendants(run: ForkedProcess) -> list[psutil.Process]:
    """The processes that the run has started, such as Playwright's driver and Chromium."""
    return psutil.Process(run.pid).children(recursive=True)


def find_alive(processes: list[psutil.Process], seconds: float = 10) -> list[psutil.Process]:
    """The processes that are still alive after `seconds`, zombies excluded."""
    _, left = psutil.wait_procs(processes, timeout=seconds)
    return [process for process in left if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def hide_package(folder: Path, name: str) -> str:
    """A folder for the start of PYTHONPATH, with a package `name` whose import fails and prints a message."""
    package = folder / "hidden" / name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"print('{name} was asked for', flush=True)\nraise ImportError('{name}')\n")
    return str(folder / "hidden")
