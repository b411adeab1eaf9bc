"""The locations of all saved pages grouped by site, on disk: their number may exceed what memory holds."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import astuple, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from corpnews.archive.page_location import PageLocation
from corpnews.web.sites import get_site
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator


# So many files of a folder prove that the folder mirrors the paths of a site
_MIN_MIRRORED: Final = 3
# A URL that so many files of a folder declare as theirs, such as the home page's, is the URL of none of them
_MIN_SHARING_URL: Final = 3


def get_archive_site(url: str) -> str:
    """Return the site of a page, or the folder of a file URL.

    >>> get_archive_site("https://news.acme.co.uk/1"), get_archive_site("http://10.0.0.1:8080/1"), get_archive_site("https://acme.github.io/1")
    ('acme.co.uk', '10.0.0.1', 'acme.github.io')
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return get_site(host.lower()) if host else parts.path.rpartition("/")[0]


def find_base_url(path: str, url: str) -> str:
    """Return what stands before the path of a file in the URL of its page; empty if the URL does not end with the path.

    >>> find_base_url("news/a/index.html", "https://acme.com/news/a/"), find_base_url("acme.com/news/a.html", "https://acme.com/news/a.html")
    ('https://acme.com/', 'https://')
    >>> find_base_url("news/a.html", "https://acme.com/")
    ''
    """
    scheme, _, host = url.partition("://")
    root = f"{scheme}://{host.partition('/')[0]}/"
    return next((base for base in (root, f"{scheme}://") if article_key(f"{base}{path}") == article_key(url)), "")


def _choose_base(counts: Counter[str]) -> str:
    """Return the base URL of most pages of a folder; empty if they have none, or if too few pages tell."""
    ((base, count),) = counts.most_common(1)
    return base if count >= _MIN_MIRRORED and 2 * count > counts.total() else ""


def _get_path_in_folder(location: PageLocation) -> str:
    return quote(Path(location.path).relative_to(location.folder).as_posix())


class SiteIndex:
    """Page locations by site, in an SQLite file."""

    def __init__(self, path: Path) -> None:
        self.rows = sqlite3.connect(path, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("PRAGMA synchronous = OFF")
        self.rows.execute("CREATE TABLE page (number INTEGER PRIMARY KEY, site TEXT, folder TEXT, url TEXT, location TEXT)")
        self.rows.execute("BEGIN")

    def add(self, location: PageLocation) -> None:
        is_unknown = location.folder and location.url.startswith("file:")
        site = location.folder if is_unknown else get_archive_site(location.url)
        row = site, location.folder, location.url, json.dumps(astuple(location))
        self.rows.execute("INSERT INTO page (site, folder, url, location) VALUES (?, ?, ?, ?)", row)

    def finish(self) -> None:
        """Create the index by site, after the last `add` and before the first read; take URLs back that many pages declare."""
        self._correct_shared_urls()
        self._complete_urls()
        self._join_pages_without_url()
        self.rows.execute("CREATE INDEX by_site ON page (site, number)")
        self.rows.execute("COMMIT")

    def _correct_shared_urls(self) -> None:
        """Give pages that declare the same URL those of their files; they stay pages of that URL's site."""
        shared = "SELECT url FROM page WHERE folder != '' AND url NOT LIKE 'file:%' GROUP BY folder, url HAVING COUNT(*) >= ?"
        for (url,) in self.rows.execute(shared, (_MIN_SHARING_URL,)).fetchall():
            rows = self.rows.execute("SELECT number, location FROM page WHERE url = ? AND folder != ''", (url,)).fetchall()
            for number, row in rows:
                location = PageLocation(*json.loads(row))
                path = Path(location.path).absolute().as_uri()
                changed = replace(location, url=path, newsroom=urlsplit(url).hostname or location.newsroom)
                self.rows.execute("UPDATE page SET location = ? WHERE number = ?", (json.dumps(astuple(changed)), number))

    def _complete_urls(self) -> None:
        """Give pages that do not tell their URLs those of their paths, in folders that mirror the paths of a site."""
        bases = defaultdict[str, Counter[str]](Counter)
        for _, location in self._iter_in_folders():
            if not location.url.startswith("file:"):
                bases[location.folder][find_base_url(_get_path_in_folder(location), location.url)] += 1
        chosen = {folder: (*counts.most_common(1)[0], counts.total()) for folder, counts in bases.items()}
        mirrors = {
            folder: base for folder, (base, count, total) in chosen.items() if count >= _MIN_MIRRORED and 2 * count > total
        }
        for number, location in self._iter_in_folders() if any(mirrors.values()) else ():
            if location.url.startswith("file:") and (base := mirrors.get(location.folder)):
                url = f"{base}{_get_path_in_folder(location)}"
                row = get_archive_site(url), url, json.dumps(astuple(replace(location, url=url))), number
                self.rows.execute("UPDATE page SET site = ?, url = ?, location = ? WHERE number = ?", row)

    def _iter_in_folders(self) -> Iterator[tuple[int, PageLocation]]:
        """Yield number and location of the files that were found in folders."""
        for number, row in self.rows.execute("SELECT number, location FROM page WHERE folder != ''").fetchall():
            yield number, PageLocation(*json.loads(row))

    def _join_pages_without_url(self) -> None:
        """Let pages of a folder that do not tell their URLs be of the site to which most others of the folder belong."""
        known = "SELECT folder, site, url FROM page WHERE folder != '' AND url NOT LIKE 'file:%'"
        sites = defaultdict[str, Counter[str]](Counter)
        hosts = dict[str, str]()
        for folder, site, url in self.rows.execute(known):
            sites[folder][site] += 1
            hosts.setdefault(site, urlsplit(url).hostname or site)
        for folder, counts in sites.items():
            ((site, count),) = counts.most_common(1)
            if count * 2 > counts.total():
                self._move(folder, site, hosts[site])

    def _move(self, folder: str, site: str, host: str) -> None:
        """Move the pages of a folder that do not tell their URLs to the site."""
        rows = self.rows.execute("SELECT number, location FROM page WHERE folder = ? AND url LIKE 'file:%'", (folder,)).fetchall()
        for number, row in rows:
            location = replace(PageLocation(*json.loads(row)), newsroom=host)
            changed = site, json.dumps(astuple(location)), number
            self.rows.execute("UPDATE page SET site = ?, location = ? WHERE number = ?", changed)

    def iter_sites(self) -> Iterator[tuple[str, int]]:
        """Yield each site and its number of pages, in the order in which the sites were first added."""
        yield from self.rows.execute("SELECT site, COUNT(*) FROM page GROUP BY site ORDER BY MIN(number)")

    def iter_pages(self, site: str, step: int = 1) -> Iterator[PageLocation]:
        """Yield the site's pages in the order in which they were added, or every `step`-th of them."""
        rows = self.rows.execute("SELECT location FROM page WHERE site = ? ORDER BY number", (site,))
        for (location,) in islice(rows, 0, None, step):
            yield PageLocation(*json.loads(location))


@contextmanager
def open_temporary_index() -> Iterator[SiteIndex]:
    """Open an empty index that is deleted at the end of the context."""
    with TemporaryDirectory(prefix="corpnews-") as folder:
        index = SiteIndex(Path(folder, "pages.sqlite"))
        try:
            yield index
        finally:
            index.rows.close()
