"""The places of all pages by site, on disk, so that more pages can be worked on than memory holds."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import astuple
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tldextract import TLDExtract

from corpnews.saved.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

# The list of public suffixes that comes with the library; it would else ask the network for a newer one.
SUFFIXES: Final = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=10_000)
def site_of_host(host: str) -> str:
    found = SUFFIXES(host)
    if found.suffix or found.ipv4 or found.ipv6:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.rsplit(".", 2)[-2:])  # a top level that is on no list


def site_of(url: str) -> str:
    """The site that a page belongs to: its registrable domain, or else its host; for a file, its folder.

    >>> site_of("https://news.acme.co.uk/1"), site_of("http://10.0.0.1:8080/1"), site_of("https://acme.github.io/1")
    ('acme.co.uk', '10.0.0.1', 'acme.github.io')
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return site_of_host(host.lower()) if host else parts.path.rpartition("/")[0]


class Index:
    """Places by site, in a file of its own."""

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(path, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("PRAGMA synchronous = OFF")
        self.rows.execute("CREATE TABLE page (number INTEGER PRIMARY KEY, site TEXT, place TEXT)")
        self.rows.execute("BEGIN")

    def add(self, place: Place) -> None:
        self.rows.execute("INSERT INTO page (site, place) VALUES (?, ?)", (site_of(place.url), json.dumps(astuple(place))))

    def finish(self) -> None:
        """Make ready to be read: all is added."""
        self.rows.execute("CREATE INDEX by_site ON page (site, number)")
        self.rows.execute("COMMIT")

    def sites(self) -> Iterator[tuple[str, int]]:
        """The sites, and how many pages each has, in the order of their first pages."""
        yield from self.rows.execute("SELECT site, COUNT(*) FROM page GROUP BY site ORDER BY MIN(number)")

    def places(self, site: str, step: int = 1) -> Iterator[Place]:
        """The site's places in the order in which they were added, or each so many."""
        rows = self.rows.execute("SELECT place FROM page WHERE site = ? ORDER BY number", (site,))
        for (place,) in islice(rows, 0, None, step):
            yield Place(*json.loads(place))


@contextmanager
def new_index() -> Iterator[Index]:
    """An index that is gone when it has been used."""
    with TemporaryDirectory(prefix="corpnews-") as folder:
        index = Index(Path(folder, "pages.sqlite"))
        try:
            yield index
        finally:
            index.rows.close()
