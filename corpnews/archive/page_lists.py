"""Page lists: JSON Lines with `html`, the page's file relative to the list, and optionally `url` and `id`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corpnews.archive.html_files import MAX_URL_SEARCH_BYTES, find_saved_url, read_first_bytes
from corpnews.archive.page_location import PageLocation, SkippedInput, UnreadableInput, explain_read_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def locate_listed_pages(path: Path) -> Iterator[PageLocation | SkippedInput]:
    """Yield the location of each page of a list, and the lines that name none. Raises UnreadableInput."""
    with explain_read_errors(), path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _locate_listed_page(line, path, f"{path}:{number}")


def _locate_listed_page(line: bytes, path: Path, name: str) -> PageLocation | SkippedInput:
    try:
        row = _parse_list_row(line)
        file = path.parent / row["html"]
        url = row.get("url") or find_saved_url(read_first_bytes(file, MAX_URL_SEARCH_BYTES), file)
    except UnreadableInput as error:
        return SkippedInput(name, str(error))
    return PageLocation(str(file), url, "list", id=row.get("id"))


def _parse_list_row(line: bytes) -> dict[str, Any]:
    """Parse and check a line of a page list. Raises UnreadableInput."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput("not JSON") from error
    kinds = {"html": str, "url": str | None, "id": str | int | None}
    if not isinstance(row, dict) or not row.get("html"):
        raise UnreadableInput('not an object with "html", the file of a page')
    if wrong := next((key for key, kind in kinds.items() if not isinstance(row.get(key), kind)), None):
        raise UnreadableInput(f"{wrong!r} cannot be {row[wrong]!r}")
    return row
