"""Page lists: one JSON object a line, with `html`, the page's file relative to the list, and where known `url` and `id`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corpnews.saved.files import HEAD, address, read_start
from corpnews.saved.place import Place, Skipped, Unreadable, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def find_listed(path: Path) -> Iterator[Place | Skipped]:
    """The places of a list's pages, and the lines that name none. Raises Unreadable."""
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
    """The line's object. Raises Unreadable."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        message = "not JSON"
        raise Unreadable(message) from error
    kinds = {"html": str, "url": str | None, "id": str | int | None}
    if not isinstance(row, dict) or not row.get("html"):
        message = 'not an object with "html", the file of a page'
        raise Unreadable(message)
    if wrong := next((key for key, kind in kinds.items() if not isinstance(row.get(key), kind)), None):
        message = f"{wrong!r} cannot be {row[wrong]!r}"
        raise Unreadable(message)
    return row
