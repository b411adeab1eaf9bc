"""A process that writes to a store until it is killed: `python writer.py ADDRESS FIRST BATCH`."""

from __future__ import annotations

import sys
from itertools import count

from corpnews.state import Store
from tests.state.releases import MONDAY, OpenRun, record


def main(address: str, first: int, batch: int) -> None:
    run = OpenRun(Store.open(address), "acme", MONDAY)
    for start in count(first, batch):
        record(run, *range(start, start + batch))
        print(start + batch, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
