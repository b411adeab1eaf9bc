"""Output files on their way to a storage, and what is known of their articles once they are there.

A run that is killed between the upload of a file and its next transaction leaves the file where all can read it, and a row
here: the next run of the newsroom, on whatever host, asks the storage for the file. If it is there, its articles are known by
what the row says; if not, the row goes, and the articles come out again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, select

from corpnews.state.database import upsert
from corpnews.state.pending import MissingArticle, PendingWrites
from corpnews.state.records import ArticleRecord, PageVisit, Validators
from corpnews.state.tables import uploads

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of `size` bytes that a run was about to upload, with what to write of each of its articles, by their ids."""

    uri: str
    size: int
    articles: Mapping[str, PendingWrites]


def add_upload(connection: Connection, newsroom: int, run: int, upload: Upload) -> None:
    """Record a file that is about to be uploaded."""
    writes = msgspec.msgpack.encode({article: asdict(each) for article, each in upload.articles.items()})
    row = {"uri": upload.uri, "newsroom": newsroom, "run": run, "size": upload.size, "writes": writes}
    connection.execute(upsert(connection, uploads, ["uri"]), row)


def delete_uploads(connection: Connection, uris: Collection[str]) -> None:
    """Forget files that are uploaded, or are not there."""
    connection.execute(delete(uploads).where(uploads.c.uri.in_(uris)))


def find_uploads(connection: Connection, newsroom: int) -> list[Upload]:
    """The files that earlier runs of the newsroom were about to upload, in the order of the runs."""
    rows = connection.execute(select(uploads).where(uploads.c.newsroom == newsroom).order_by(uploads.c.run, uploads.c.uri))
    return [Upload(row.uri, row.size, _decode_writes(row.writes)) for row in rows]


def merge_stored_writes(recorded: Sequence[Upload], stored: Collection[str]) -> PendingWrites:
    """What is known now that only the files at the URIs `stored` are there: an article counts if all its files are."""
    files = Counter(article for upload in recorded for article in upload.articles)
    merged = PendingWrites()
    for upload in recorded:
        for article, writes in upload.articles.items():
            files[article] -= upload.uri in stored
            if not files[article]:
                merged.add(writes)
    return merged


def _decode_writes(data: bytes) -> dict[str, PendingWrites]:
    return {article: _build_writes(each) for article, each in msgspec.msgpack.decode(data).items()}


def _build_writes(row: Mapping[str, Any]) -> PendingWrites:
    articles = {key: ArticleRecord(**{**each, "hashes": tuple(each["hashes"])}) for key, each in row["articles"].items()}
    visits = {key: PageVisit(**{**each, "validators": Validators(**each["validators"])}) for key, each in row["visits"].items()}
    missing = {key: MissingArticle(**each) for key, each in row["missing"].items()}
    return PendingWrites(articles, visits, row["listed"], missing)
