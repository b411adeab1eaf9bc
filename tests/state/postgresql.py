"""A PostgreSQL server of the tests' own: started in a folder of its own, reached by a socket there, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIANS = Path("/usr/lib/postgresql")
# No data of the tests need outlive the machine
QUICK = "-c fsync=off -c max_wal_size=4GB -c shared_buffers=256MB"


def programs() -> Path | None:
    """The folder of the server's programs, where they are installed."""
    found = shutil.which("initdb")
    return Path(found).parent if found else max(DEBIANS.glob("*/bin"), default=None)


@dataclass
class Server:
    folder: Path
    control: list[str]
    user: str | None
    schemas: int = 0

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://corpnews@/postgres?host={self.folder}"

    def new_schema(self) -> str:
        """The address of an empty schema: as good as a database of its own, and made in no time."""
        self.schemas += 1
        name = f"store_{self.schemas}"
        with psycopg.connect(f"host={self.folder} user=corpnews dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{self.address}&options=-csearch_path%3D{name}"

    def start(self) -> None:
        run([*self.control, "--options", f"-c listen_addresses='' -k {self.folder} {QUICK}", "start"], self.user)

    def stop(self) -> None:
        run([*self.control, "--mode=immediate", "stop"], self.user)


@contextmanager
def serving(binaries: Path) -> Iterator[Server]:
    """Serve; the server refuses to run as root, so that root runs it as the user that its package makes."""
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="corpnews-postgresql-"))
    data = folder / "data"
    control = [str(binaries / "pg_ctl"), "--pgdata", str(data), "--wait", "--log", str(folder / "log")]
    try:
        if user:
            shutil.chown(folder, user)
        options = ["--username=corpnews", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        run([str(binaries / "initdb"), "--pgdata", str(data), *options], user)
        server = Server(folder, control, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def run(command: list[str], user: str | None) -> None:
    subprocess.run(command, user=user, group=user, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=60)
