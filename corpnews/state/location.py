"""Where the store is, by the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from w3lib.url import file_uri_to_path

from corpnews.state.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_STORE_FILE_NAME: Final = "store.sqlite"


def find_output_folder(settings: Mapping[str, Any]) -> Path | None:
    """The local folder of all output; None if it is a storage elsewhere, such as s3://bucket/news."""
    output = str(settings["CORPNEWS_OUTPUT"])
    if output.startswith("file://"):
        return Path(file_uri_to_path(output))
    return None if "://" in output else Path(output)


def find_store(settings: Mapping[str, Any]) -> str | Path:
    """The path or URL of the store. Raises StoreError if the settings name none."""
    if named := str(settings["CORPNEWS_STORE"]):
        return named if "://" in named else Path(named)
    if not (folder := find_output_folder(settings)):
        raise StoreError("CORPNEWS_STORE must name a store, as CORPNEWS_OUTPUT is no local folder")
    return folder / _STORE_FILE_NAME
