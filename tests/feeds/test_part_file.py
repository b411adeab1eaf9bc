from __future__ import annotations

import resource
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from corpnews.feeds import create_part_file, find_unfinished
from tests.helpers import start_python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.forks import ForkedProcess

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
def writer(tmp_path: Path) -> Iterator[ForkedProcess]:
    """A process in the middle of its third line."""
    with start_python("-c", WRITER, str(tmp_path / "run.jsonl")) as process:
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


def test_file_of_a_living_process_is_left_alone(writer: ForkedProcess, tmp_path: Path) -> None:
    assert writer.poll() is None
    assert list(find_unfinished(tmp_path)) == []
    (hidden,) = tmp_path.iterdir()
    assert hidden.read_bytes() == LEFT


def test_file_of_a_killed_process_is_published_as_far_as_it_is_known(writer: ForkedProcess, tmp_path: Path) -> None:
    writer.kill()
    writer.wait()
    for part in find_unfinished(tmp_path):
        part.truncate(18)
        part.publish(append=True)
    (file,) = tmp_path.iterdir()
    assert file.name == "run.jsonl"
    assert file.read_bytes() == b'{"id": 1}\n{"id": 2'


def test_file_of_a_killed_process_is_found_until_it_is_published(writer: ForkedProcess, tmp_path: Path) -> None:
    writer.kill()
    writer.wait()
    for _ in range(2):
        assert len(list(find_unfinished(tmp_path))) == 1
    assert len(list(find_unfinished(None, tmp_path.iterdir()))) == 1


def test_unfinished_file_is_kept_in_sight_under_a_name_that_is_no_results(writer: ForkedProcess, tmp_path: Path) -> None:
    writer.kill()
    writer.wait()
    (kept,) = [part.keep_unfinished() for part in find_unfinished(tmp_path)]
    assert list(tmp_path.iterdir()) == [kept]
    assert (kept.name.startswith("run.jsonl."), kept.suffix, kept.read_bytes()) == (True, ".unfinished", LEFT)


def test_nothing_is_written_after_a_write_that_failed(tmp_path: Path) -> None:
    part = create_part_file(tmp_path / "run.jsonl")
    whole = b'"' + b"x" * 500 + b'"\n'
    part.write(whole)
    with little_room(), pytest.raises(OSError, match="File too large"):
        part.write(whole)
    with pytest.raises(OSError, match="File too large"):
        part.write(whole)
    with pytest.raises(OSError, match="File too large"):
        part.publish(append=True)
    part.close()
    (left,) = find_unfinished(tmp_path)
    assert left.target.exists() is False
