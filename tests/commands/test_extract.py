"""The real `scrapy extract` over saved pages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.archive.sample_pages import build_release_records, compress_records, release_body, release_html, write_page_list
from tests.helpers import environment, read, scrapy, scrapy_at_terminal, start

if TYPE_CHECKING:
    from collections.abc import Sequence

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
EXTRACT = (sys.executable, "-W", "error", "-m", "scrapy", "extract")


def test_lines_have_the_ids_of_the_page_list(tmp_path: Path) -> None:
    write_page_list(tmp_path, range(1, 8))
    run = scrapy(tmp_path, "extract", "www.acme.example.jsonl", "-o", "out/lines.jsonl", "--jobs", "2")
    assert run.code == 0, run.log
    lines = read(tmp_path / "out" / "lines.jsonl")
    assert [(line["id"], line["body"]) for line in lines] == [
        (f"www.acme.example-{number}", release_body(number)) for number in range(1, 8)
    ]
    assert next(iter(lines[0])) == "id"
    assert run.last_line.endswith("7 articles from 7 pages; written to out/lines.jsonl")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["lines.jsonl"]


def test_standard_output_has_the_lines_and_nothing_else(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(release_html(number), encoding="utf-8")
    with (tmp_path / "out").open("w") as stdout, start(tmp_path, "extract", ".", stdout=stdout) as process:
        log = process.communicate()
    lines = read(tmp_path / "out")
    assert [line["url"] for line in lines] == [(tmp_path / f"{number}.html").as_uri() for number in range(3)]
    assert "3 articles from 3 pages" in log
    assert "\x1b" not in log


def test_bad_input_is_reported_and_the_others_are_extracted(tmp_path: Path) -> None:
    write_page_list(tmp_path, [1])
    (tmp_path / "broken.jsonl").write_text("{broken", encoding="utf-8")
    (tmp_path / "cut.warc.gz").write_bytes(compress_records(build_release_records(range(5)))[:-99])
    (tmp_path / "empty.html").touch()
    (tmp_path / "noise.html").write_bytes(bytes(range(32)) * 99)
    names = ("gone.html", "broken.jsonl", "cut.warc.gz", "empty.html", "noise.html", "www.acme.example.jsonl")
    run = scrapy(tmp_path, "extract", *names, "-o", "out.jsonl")
    assert run.code == 1
    assert len(read(tmp_path / "out.jsonl")) == 5
    for message in (
        "gone.html: there is no such file",
        "broken.jsonl:1: not JSON",
        "cut short",
        "empty.html>: no article: no text",
    ):
        assert message in run.log
    assert "5 articles from 7 pages; skipped 5 (" in run.last_line
    assert "Traceback" not in run.log


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gone.html",), "gone.html: there is no such file"),
        (("urls.txt",), "urls.txt is a list of URLs; to fetch newsrooms: scrapy newsrooms add urls.txt"),
        (("1.html", "-o", "folder/"), "folder/ is a folder; name a file in it"),
    ],
)
def test_what_cannot_be_extracted_is_said_before_anything_is_read(arguments: Sequence[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(release_html(1), encoding="utf-8")
    (tmp_path / "urls.txt").write_text("https://acme.example/news/1\n", encoding="utf-8")
    run = scrapy(tmp_path, "extract", *arguments)
    assert run.code == 2
    assert message in run.last_line


def test_exit_status_is_1_only_if_no_page_has_an_article(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "1.html").write_text(release_html(1), encoding="utf-8")
    assert scrapy(tmp_path, "extract", "empty.html", "1.html").code == 0
    run = scrapy(tmp_path, "extract", "empty.html")
    assert run.code == 1
    assert "no article was found; 0 articles from 1 page; skipped 1 (1 × no text)" in run.last_line


def test_extraction_of_nothing_leaves_an_earlier_output_alone(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (tmp_path / "lines.jsonl").write_text("earlier\n", encoding="utf-8")
    for page, code in ("empty.html", 1), ("gone.html", 2):
        assert scrapy(tmp_path, "extract", page, "-o", "lines.jsonl").code == code
    assert (tmp_path / "lines.jsonl").read_text(encoding="utf-8") == "earlier\n"
    assert {path.name for path in tmp_path.iterdir()} == {"empty.html", "lines.jsonl"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the saved pages"),
        (["1.html", "--jobs", "two"], "--jobs: 'two' is not a whole number above 0"),
        (["1.html", "--jobs", "0"], "--jobs: '0' is not a whole number above 0"),
        (["1.html", "--job-count", "2"], "there is no option --job-count"),
        (["1.html", "-o", "./1.html"], "./1.html is an input; write to another file"),
    ],
)
def test_wrong_command_line_is_one_message_with_exit_status_2(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(release_html(1), encoding="utf-8")
    run = scrapy(tmp_path, "extract", *arguments)
    assert run.code == 2
    assert message in run.last_line
    assert (tmp_path / "1.html").read_text(encoding="utf-8") == release_html(1)


def test_output_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text(release_html(1), encoding="utf-8")
    run = scrapy(tmp_path, "extract", "1.html", "-o", "1.html/out.jsonl")
    assert run.code == 1
    assert "1.html" in run.last_line
    assert "Traceback" not in run.log


def test_progress_bar_shows_at_a_terminal(tmp_path: Path) -> None:
    write_page_list(tmp_path, range(3))
    run = scrapy_at_terminal(tmp_path, "extract", "www.acme.example.jsonl", "-o", "out.jsonl")
    assert run.code == 0
    assert "extracting" in run.log
    assert run.log.count("3 articles from 3 pages") == 1


@pytest.fixture
def long_work(tmp_path: Path) -> tuple[str, ...]:
    """A command that takes a while and would replace an earlier output."""
    (tmp_path / "pages.warc.gz").write_bytes(compress_records(build_release_records(range(2000))))
    (tmp_path / "out.jsonl").write_text("earlier\n", encoding="utf-8")
    return ("extract", "pages.warc.gz", "-o", "out.jsonl", "--jobs", "2")


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_run_leaves_the_earlier_output(how: signal.Signals, long_work: tuple[str, ...], tmp_path: Path) -> None:
    with start(tmp_path, *long_work) as process:
        wait_for(lambda: len(workers(process.pid)) >= 2)
        process.send_signal(how)
        log = process.communicate()
    assert process.returncode == 1
    assert "stopped before the end" in log
    assert "Traceback" not in log
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "pages.warc.gz"]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "earlier\n"


@linux
def test_worker_processes_end_with_their_parent(long_work: tuple[str, ...], tmp_path: Path) -> None:
    with start(tmp_path, *long_work, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: len(workers(process.pid)) >= 2)
        helpers = workers(process.pid)
        time.sleep(1)  # they have started to work
        process.kill()
    wait_for(lambda: not any(map(is_alive, helpers)))
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "earlier\n"


def wait_for(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def workers(parent: int) -> list[int]:
    """The child processes of a process."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # the process has just ended
            name, _, fields = file.read_text().rpartition(")")
            if int(fields.split()[1]) == parent:
                found.append(int(name.split()[0]))
    return found


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def peak_memory(command: list[str], folder: Path) -> int:
    """The peak memory of the command's process, in MB."""
    with subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss // (1024 if sys.platform == "linux" else 1 << 20)


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    (tmp_path / "few.warc.gz").write_bytes(compress_records(build_release_records(range(20), ballast=600_000)))
    (tmp_path / "many.warc.gz").write_bytes(compress_records(build_release_records(range(200), ballast=600_000)))
    few, many = (
        peak_memory([*EXTRACT, f"{name}.warc.gz", "-o", f"{name}.jsonl", "--jobs", "1"], tmp_path) for name in ("few", "many")
    )
    assert len(read(tmp_path / "many.jsonl")) == 200
    assert many < few + 40  # the pages are 120 MB
