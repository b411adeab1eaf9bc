"""A real scrapyd on loopback: what `scrapyd-deploy` sends from a clone runs there, and its lines land where the README says."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.helpers import ROOT, Answer, Asked, Site, environment, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120  # seconds
SCRAPYD = """[scrapyd]
http_port = {port}
poll_interval = 0.2
max_proc = 2
jobstorage = scrapyd.jobstorage.SqliteJobStorage
"""


class Host:
    """A scraping host."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}/"

    def ask(self, what: str, **data: str) -> dict[str, Any]:
        body = urlencode(data).encode() if data else None
        with urlopen(f"{self.url}{what}", body, timeout=60) as answer:  # noqa: S310 - loopback
            said: dict[str, Any] = json.load(answer)
        assert said["status"] == "ok", said
        return said

    def wait_for(self, jobs: int) -> None:
        """Return when so many jobs have ended."""
        end = time.monotonic() + PATIENCE
        while len(self.ask("listjobs.json?project=corpnews")["finished"]) < jobs:
            assert time.monotonic() < end, self.logs
            time.sleep(0.3)

    @property
    def logs(self) -> str:
        return "\n".join(path.read_text(encoding="utf-8") for path in self.folder.glob("logs/**/*.log"))


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A scrapyd that has nothing but what is deployed to it."""
    try:
        if int(version("setuptools").partition(".")[0]) < 77:
            pytest.skip("setuptools before 77 cannot read pyproject.toml")
        version("scrapyd")
        version("scrapyd-client")
    except PackageNotFoundError as error:
        pytest.skip(str(error))
    host = Host(tmp_path / "host", free_port())
    host.folder.mkdir()
    (host.folder / "scrapyd.conf").write_text(SCRAPYD.format(port=host.port), encoding="utf-8")
    variables = {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "SCRAPY_SETTINGS_MODULE")}
    log = (host.folder / "scrapyd.log").open("wb")
    with log, subprocess.Popen([sys.executable, "-m", "scrapyd"], cwd=host.folder, env=variables, stdout=log, stderr=log) as run:
        end = time.monotonic() + PATIENCE
        while not answers(host.port):
            assert run.poll() is None, (host.folder / "scrapyd.log").read_text(encoding="utf-8")
            assert time.monotonic() < end
            time.sleep(0.1)
        yield host
        run.terminate()


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def clone(folder: Path, port: int) -> Path:
    """A clone of the project, with a version and a deploy target of its own."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    for name in tracked.stdout.splitlines():
        if not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    config, package = folder / "scrapy.cfg", folder / "corpnews" / "__init__.py"
    config.write_text(config.read_text(encoding="utf-8").replace(":6800/", f":{port}/"), encoding="utf-8")
    package.write_text(package.read_text(encoding="utf-8").replace(version_of(package), "9.8.7"), encoding="utf-8")
    return folder


def version_of(package: Path) -> str:
    return package.read_text(encoding="utf-8").partition('__version__ = "')[2].partition('"')[0]


def test_deployed_newsrooms_run_with_arguments_and_their_lines_land_below_the_hosts_folder(
    host: Host, site: Site, tmp_path: Path
) -> None:
    agents: set[str] = set()

    def note(asked: Asked) -> Answer | None:
        agents.add(asked.headers["user-agent"])
        return None

    site.answers.append(note)
    site.listing("/news/", range(1, 13))
    folder = clone(tmp_path / "clone", host.port)
    variables = {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "SCRAPY_SETTINGS_MODULE")}
    deploy = subprocess.run(
        [sys.executable, "-m", "scrapyd_client.deploy"], cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    assert deploy.returncode == 0, deploy.stderr
    quick = {"project": "corpnews", "setting": "AUTOTHROTTLE_ENABLED=0"}
    moved = site.url.replace("127.0.0.1", "localhost")
    host.ask("schedule.json", spider="newsroom", url=f"{site.url}/news/", **quick)
    host.ask("schedule.json", spider="newsroom", url=f"{moved}/news/", max_articles="3", company="Acme", **quick)
    host.ask("schedule.json", spider="demo", **quick)
    host.ask("schedule.json", spider="demo", since="yesterday", **quick)
    host.wait_for(4)

    lines = {path.parent.name: read(path) for path in host.folder.glob("output/*/[0-9]*.jsonl")}
    assert {newsroom: len(found) for newsroom, found in lines.items()} == {"127.0.0.1": 12, "localhost": 3, "demo": 18}, host.logs
    assert {line["company"] for line in lines["localhost"]} == {"Acme"}
    assert {read(path)[-1]["verdict"] for path in host.folder.glob("output/*/runs.jsonl")} == {"ok"}
    assert agents == {"corpnews/9.8.7"}
    assert "Traceback" not in host.logs
    assert "argument 'since': 'yesterday' is not a day as YYYY-MM-DD" in host.logs
