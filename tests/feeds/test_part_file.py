from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from corpnews.feeds import PartFile, create_part_file, find_unfinished
from corpnews.state.file_locks import FolderLock
from tests.helpers import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITER = """
import sys, time
from pathlib import Path
from corpnews.feeds import create_part_file
part = create_part_file(Path(sys.argv[1]))
part.write(b'{"id": 1}\\n{"id": 2}\\n{"id": ')
print(flush=True)
time.sleep(60)
"""
LEFT = b'{"id": 1}\n{"id": 2}\n{"id": '


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process in the middle of its third line."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "run.jsonl")]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        yield process
        process.kill()


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow beyond 1,000 bytes, that of the tests' own report included."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    earlier = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, earlier)


def left_in(folder: Path) -> list[PartFile]:
    return [part for part in find_unfinished(folder) if part.truncate_to_last_line()]


def test_file_of_a_living_process_is_left_alone(writer: subprocess.Popen[str], tmp_path: Path) -> None:
    assert writer.poll() is None
    assert left_in(tmp_path) == []
    (hidden,) = tmp_path.iterdir()
    assert hidden.read_bytes() == LEFT


def test_whole_lines_of_a_killed_process_come_out_and_its_torn_line_does_not(
    writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    writer.kill()
    writer.wait()
    for part in find_unfinished(tmp_path):
        assert part.truncate_to_last_line() == 2
        assert list(part.read_lines()) == [{"id": 1}, {"id": 2}]
        part.publish(append=True)
    (file,) = tmp_path.iterdir()
    assert file.name == "run.jsonl"
    assert file.read_bytes() == b'{"id": 1}\n{"id": 2}\n'


def test_leftover_that_is_not_published_is_found_again(writer: subprocess.Popen[str], tmp_path: Path) -> None:
    writer.kill()
    writer.wait()
    for _ in range(2):
        assert len(left_in(tmp_path)) == 1


@pytest.mark.parametrize("left", [b"", b'{"id"', b"\0\0\0\n", b"\xff\n"])
def test_leftover_without_a_whole_line_has_none(left: bytes, tmp_path: Path) -> None:
    (tmp_path / ".run.jsonl.0a1b2c3d.part").write_bytes(left)
    assert [part.truncate_to_last_line() for part in find_unfinished(tmp_path)] == [0]


def test_nothing_is_written_after_a_write_that_failed(tmp_path: Path) -> None:
    part = create_part_file(tmp_path / "run.jsonl")
    whole = b'"' + b"x" * 500 + b'"\n'
    part.write(whole)
    with little_room(), pytest.raises(OSError, match="File too large"):
        part.write(whole)
    with pytest.raises(OSError, match="File too large"):
        part.write(whole)
    with pytest.raises(OSError, match="File too large"):
        part.sync()
    with pytest.raises(OSError, match="File too large"):
        part.publish(append=True)
    part.close()
    (left,) = find_unfinished(tmp_path)
    assert [part.truncate_to_last_line() for part in find_unfinished(tmp_path)] == [1]
    assert left.target.exists() is False


def test_folder_is_one_process_own_until_that_ends(tmp_path: Path) -> None:
    script = f"import time; from pathlib import Path; from corpnews.state.file_locks import FolderLock; \
lock = FolderLock(Path({str(tmp_path)!r})); print(lock.has_lock, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], env=environment(), stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        second = FolderLock(tmp_path)
        assert not second.has_lock
        second.release()
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        third = FolderLock(tmp_path)
        assert third.has_lock
        third.release()
