"""Where the store is, by the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpnews.state.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_STORE_FILE_NAME: Final = "store.sqlite"


def find_store(settings: Mapping[str, Any]) -> str | Path:
    """The path or URL of the store. Raises StoreError if the settings name none."""
    if named := str(settings["CORPNEWS_STORE"]):
        return named if "://" in named else Path(named)
    if "://" in (output := str(settings["CORPNEWS_OUTPUT"])):
        raise StoreError("CORPNEWS_STORE must name a store, as CORPNEWS_OUTPUT is no local folder")
    return Path(output) / _STORE_FILE_NAME
