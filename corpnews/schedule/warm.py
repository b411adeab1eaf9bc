"""Everything that a run imports and loads, for the process that runs are forked from.

A fork that finds all of it in memory costs a tenth of a process that imports it anew. The process has one thread and no
reactor: neither survives a fork.
"""

from __future__ import annotations

import gc
import pkgutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings

import corpnews
from corpnews.discovery.sources.feed_parser import parse_xml_feed
from corpnews.platforms.source_registry import load_sources
from corpnews.state import Store, StoreError
from corpnews.state.location import find_store
from corpnews.state.queries import find_due, find_pages
from corpnews.state.uploads import find_uploads
from corpnews.web.sites import get_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.settings import BaseSettings

_REACTOR: Final = "twisted.internet.reactor"
# Imports with effects on a process that does not use them, and large ones that no run needs
_NOT_IMPORTED: Final = (
    "corpnews.archive.",
    "corpnews.arrow_schema",
    "corpnews.data_frame",
    "corpnews.fleet.",
    "corpnews.pdf.worker",
    "corpnews.schedule.preload",
)
# Python's own thresholds (700, 10, 10) have a short run spend a fifteenth of its time on looking for garbage
_COLLECTED_AFTER: Final = (5000, 10, 10)
# The names of English months are read with the first date that has one
_PAGE: Final = "<h1>Plant opens</h1><p>24 May 2024</p><p>Acme opened its plant in Oslo on Monday, in the rain.</p>"
# The table of the names of months in all languages is read with the first one that is not English
_LISTING: Final = "".join(
    f"<li><a href='/news/plant-{n}'>Acme opens plant {n} in Oslo</a> {n}. Mai 2024</li>" for n in range(1, 6)
)
_FEED: Final = (
    b"<rss version='2.0'><channel><item><title>Plant opens</title><link>https://www.acme.example/1</link></item></channel></rss>"
)
_IMPORTED_WHEN_NEEDED: Final = (
    "encodings.cp1252",
    "encodings.utf_8_sig",
    "json_repair",
    "numpy.ma",
    "phonenumbers",
    "stdnum.isin",
)


def import_components() -> None:
    """Import the package and the components that the project's settings name, and read pages, which loads the models."""
    settings = get_project_settings()
    for module in pkgutil.walk_packages(corpnews.__path__, "corpnews."):
        if not module.name.startswith(_NOT_IMPORTED):
            with suppress(ImportError):  # it needs an extra that is not installed
                import_module(module.name)
    for path in _find_component_paths(settings):
        load_object(path)
    if str(settings["CORPNEWS_OUTPUT"]).startswith("s3:"):
        import_module("boto3.session")
    get_site("www.acme.example")  # reads the list of public suffixes
    load_sources()
    parse_xml_feed(_FEED, "https://www.acme.example/feed/")
    for name in _IMPORTED_WHEN_NEEDED:
        import_module(name)
    corpnews.extract(_PAGE, "https://www.acme.example/news/plant-opens/")
    corpnews.parse_listing(_LISTING, "https://www.acme.example/news/")
    _read_store(settings)
    if _REACTOR in sys.modules:
        raise RuntimeError(f"{_REACTOR} was imported: a fork of it hangs")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


def _read_store(settings: BaseSettings) -> None:
    """Have the engine of a store in a file know its database, and the statements with which each run begins."""
    with suppress(StoreError):
        where = find_store(settings)
        if not isinstance(where, Path) or not where.exists():
            return
        store = Store.open(where, may_upgrade=False)
        store.past_runs("")
        with store.reading() as connection:
            find_pages(connection, 0, (b"",))
            find_due(connection, 0, datetime.now(UTC), 1)
            find_uploads(connection, 0)


def _find_component_paths(settings: BaseSettings) -> Iterator[str]:
    """The dotted paths in the settings: components by name, in lists and in tables."""
    for name in settings:
        value = settings[name]
        values = [*value, *value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        yield from (each for each in values if isinstance(each, str) and each.startswith(("scrapy.", "corpnews.")))
