"""The built wheel, installed without the clone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_command_of_the_wheel_crawls_and_reports_in_any_folder(tmp_path: Path) -> None:
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    source = tmp_path / "source"
    source.mkdir()
    for name in ("corpnews", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).symlink_to(ROOT / name)
    subprocess.run((sys.executable, "-c", build, str(tmp_path)), check=True, cwd=source, stdout=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("corpnews-*.whl")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(tmp_path / "installed")
        (entry_points,) = (files.read(name).decode() for name in files.namelist() if name.endswith("entry_points.txt"))
    assert "corpnews = corpnews.__main__:run_scrapy" in entry_points
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "PYTHON", "CORPNEWS"))}
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    def run(*arguments: str) -> str:
        command = (sys.executable, "-m", "corpnews", *arguments)
        environment = {**kept, "PYTHONPATH": str(tmp_path / "installed")}
        return subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True, text=True).stderr

    assert "18 articles" in run("crawl", "demo")
    run("report", "--html", "report.html")
    assert "uPlot" in (folder / "report.html").read_text(encoding="utf-8")
