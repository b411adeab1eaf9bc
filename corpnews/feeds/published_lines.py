"""Reads the lines of earlier runs back: the last line of each article is its present state."""

from __future__ import annotations

import gzip
from typing import IO, TYPE_CHECKING, Final, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_RUNS_FILE_NAME: Final = "runs.jsonl"


class _Identified(msgspec.Struct):
    """The one field of a line that tells whose it is."""

    id: str


class LineError(Exception):
    """A line that is no article; the message names the file and the line."""


def find_line_files(folder: Path) -> list[Path]:
    """The files with lines in a newsroom's folder, in the order of their runs."""
    return sorted(path for path in (*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")) if path.name != _RUNS_FILE_NAME)


def read_latest_lines(files: Sequence[Path]) -> Iterator[bytes]:
    """Yield the last line of each article, in the order of the files; of all lines only their ids are in memory.

    Raises LineError, OSError.
    """
    decode = msgspec.json.Decoder(_Identified).decode
    latest: dict[str, tuple[int, int]] = {}
    for place, line in _read_lines(files):
        try:
            latest[decode(line).id] = place
        except msgspec.DecodeError as error:
            raise LineError(f"{files[place[0]]}:{place[1]}: no article ({error})") from None
    wanted = set(latest.values())
    yield from (line for place, line in _read_lines(files) if place in wanted)


def _read_lines(files: Sequence[Path]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield the lines of all files, each with the number of its file and its own, from 1."""
    for number, path in enumerate(files):
        with _open(path) as lines:
            for at, line in enumerate(lines, 1):
                if line.strip():
                    yield (number, at), line.rstrip(b"\n") + b"\n"


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")
