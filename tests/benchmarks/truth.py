"""Pages whose article is known, site by site: the saved newsrooms and the truth sets of the shared folder."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SHARED = Path(__file__).parents[3] / "shared"
CORPORA = ("cms", "daniel", "wcxb", "publishers", "web")
NEWSROOM_SETS = ("newsrooms", "more_newsrooms")
ALL_SETS = (*CORPORA, *NEWSROOM_SETS)
MAX_LISTING_PAGES = 4


@dataclass(slots=True)
class SiteTruth:
    """The known pages of one site: truth rows, the bytes of each row's page by id, and listing pages by URL."""

    corpus: str
    site: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, bytes] = field(default_factory=dict)
    listings: dict[str, bytes] = field(default_factory=dict)


def load_module(path: Path) -> ModuleType:
    """A Python file of the shared folder, imported."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sample_evenly(rows: list[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """At most `most` of the rows, taken evenly from the whole list."""
    return rows[:: -(-len(rows) // most)] if most and rows else rows


def read_corpus_sites(name: str, most_pages: int | None = None) -> Iterator[SiteTruth]:
    folder = SHARED / "corpus" / name
    sites: defaultdict[str, SiteTruth] = defaultdict(lambda: SiteTruth(name, ""))
    for row in sample_evenly(read_jsonl(folder / "truth.jsonl"), most_pages):
        known = sites[row["site"]]
        known.site = row["site"]
        known.rows.append(row)
        known.pages[row["id"]] = gzip.decompress((folder / row["html"]).read_bytes())
    yield from sites.values()


def newsroom_folders(name: str) -> list[Path]:
    """The folder of each saved newsroom of one of NEWSROOM_SETS."""
    return sorted(path.parent for path in (SHARED / name).glob("*/site.json"))


def read_newsroom_sites(name: str, most_pages: int | None = None) -> Iterator[SiteTruth]:
    replay = load_module(SHARED / "newsrooms" / "replay.py")
    folders = newsroom_folders(name)
    for folder in folders:
        site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        files = replay.files(folder)
        known = SiteTruth(name, folder.name)
        for row in sample_evenly(read_jsonl(folder / "truth.jsonl"), most_pages and max(1, most_pages // len(folders))):
            known.rows.append({**row, "id": row["url"], "site": folder.name})
            known.pages[row["url"]] = files[file_name(files, row["url"])]
        for url in site["listing_urls"][:MAX_LISTING_PAGES]:
            if file := file_name(files, url):
                known.listings[url] = files[file]
        yield known


def file_name(files: Any, url: str) -> str | None:
    """The name of the file in which the page at the URL is saved."""
    parts = urlsplit(url)
    name: str | None = files.named(unquote(parts.path).lstrip("/"), parts.query)
    return name


def read_sites(name: str, most_pages: int | None = None) -> Iterator[SiteTruth]:
    """The sites of one of ALL_SETS, with at most `most_pages` of the set's pages if that is given."""
    return read_newsroom_sites(name, most_pages) if name in NEWSROOM_SETS else read_corpus_sites(name, most_pages)
