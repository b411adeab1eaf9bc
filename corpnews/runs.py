"""The account of a newsroom's runs: `runs.jsonl` beside its lines, one line a run, the newest last."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from errno import ENOSPC
from typing import TYPE_CHECKING, Any, Self

from corpnews.feeds.locks import wait_for
from corpnews.verdict import Counts, Ended, Reach, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "runs.jsonl"
LOOKED_AT = 200_000  # bytes at the end of the account, some hundred runs; a longer memory would change no verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A run, as its line has it; times are ISO 8601 in UTC, `files` are what it wrote."""

    newsroom: str
    started: str
    ended: str
    verdict: Verdict
    reasons: tuple[str, ...]
    reach: Reach
    counts: Counts
    files: tuple[str, ...] = ()

    @classmethod
    def read(cls, line: bytes) -> Self | None:
        """The account that the line is; None where it is none, torn or of another version. Numbers that it lacks are 0."""
        try:
            said: dict[str, Any] = json.loads(line)
            known = {each.name for each in fields(Counts)}
            counts = Counts(**{name: int(number) for name, number in said["counts"].items() if name in known})
            return cls(
                newsroom=str(said["newsroom"]),
                started=str(said["started"]),
                ended=str(said["ended"]),
                verdict=Verdict(said["verdict"]),
                reasons=tuple(map(str, said["reasons"])),
                reach=Reach(said["reach"]),
                counts=counts,
                files=tuple(map(str, said["files"])),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    @property
    def run(self) -> Ended:
        """The run, as the verdict on later ones looks at it."""
        stopped = "; ".join(self.reasons) if self.verdict is Verdict.FAILED else ""
        return Ended(counts=self.counts, stopped=stopped, reach=self.reach)


def add(folder: Path, account: Account) -> None:
    """Add a run to the account in the newsroom's folder, in one piece. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(account), ensure_ascii=False).encode() + b"\n"
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        wait_for(descriptor)
        whole = line if _is_whole(descriptor) else b"\n" + line
        if os.write(descriptor, whole) < len(whole):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(folder: Path) -> list[Account]:
    """The last runs in the newsroom's account, the oldest first; none where there is no account."""
    try:
        with (folder / NAME).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOOKED_AT))
            return [account for line in file if (account := Account.read(line))]
    except FileNotFoundError:
        return []


def latest(output: Path) -> Iterator[Account]:
    """The last run of each newsroom that has its lines below `output`."""
    for path in sorted(output.glob(f"*/{NAME}")):
        yield from read(path.parent)[-1:]


def _is_whole(descriptor: int) -> bool:
    """Whether the file ends with a line's end, as it does unless a disk was full."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
