"""Sources that only the newsrooms of one vendor have, one file a vendor, and the registry of all sources.

What is changed here: a new vendor's newsrooms: add a file, and its source to source_registry.py.
"""

from typing import TYPE_CHECKING

from corpnews.lazy import lazy_names

if TYPE_CHECKING:
    from corpnews.platforms.source_registry import load_sources

__all__ = ["load_sources"]

if not TYPE_CHECKING:  # type checkers would take any name for one of these
    __getattr__ = lazy_names(__name__, {"corpnews.platforms.source_registry": "load_sources"})
