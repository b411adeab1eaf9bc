"""Page lists: JSON Lines with `html`, the page's file relative to the list, and optionally `url` and `id`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corpnews.saved.files import HEAD, address, read_start
from corpnews.saved.place import Place, Skipped, Unreadable, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def find_listed(path: Path) -> Iterator[Place | Skipped]:
    """Yield the location of each page of a list, and the lines that name none. Raises UnreadableInput."""
    with reading(), path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield listed(line, path, f"{path}:{number}")


def listed(line: bytes, path: Path, name: str) -> Place | Skipped:
    try:
        row = read_row(line)
        file = path.parent / row["html"]
        url = row.get("url") or address(read_start(file, HEAD), file)
    except Unreadable as error:
        return Skipped(name, str(error))
    return Place(str(file), url, "list", id=row.get("id"))


def read_row(line: bytes) -> dict[str, Any]:
    """Parse and check a line of a page list. Raises UnreadableInput."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    kinds = {"html": str, "url": str | None, "id": str | int | None}
    if not isinstance(row, dict) or not row.get("html"):
        raise Unreadable('not an object with "html", the file of a page')
    if wrong := next((key for key, kind in kinds.items() if not isinstance(row.get(key), kind)), None):
        raise Unreadable(f"{wrong!r} cannot be {row[wrong]!r}")
    return row
