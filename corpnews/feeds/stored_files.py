"""Whether a file that was uploaded is in its storage: those of Scrapy's storages that can be asked."""

from __future__ import annotations

import re
from ftplib import FTP, FTP_TLS, error_perm
from ssl import create_default_context
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FTPFeedStorage, GCSFeedStorage, S3FeedStorage
from scrapy.utils.misc import build_from_crawler, load_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scrapy.crawler import Crawler

_NOT_FOUND: Final = 404
_FTP_NOT_FOUND: Final = "550"
_FTP_TIMEOUT: Final = 60  # seconds
_CREDENTIALS: Final = re.compile(r"(\w+://)([^/\s@]*@)")


class StorageRefusedError(Exception):
    """A storage did not take a file, or does not say whether it has it; the message is one line that names the file."""


def is_upload(storage: object) -> bool:
    """Whether a feed's storage takes a file as a whole, and can be asked for it later."""
    return isinstance(storage, tuple(_SIZE_READERS)) and not (isinstance(storage, FTPFeedStorage) and not storage.overwrite)


def read_stored_size(crawler: Crawler, uri: str) -> int | None:
    """The size in bytes of the file at the URI of a feed; None if it is not there.

    What user and password the storage needs, the settings say: they are not in the URI.
    Raises StorageRefusedError if the storage cannot be asked, or does not say.
    """
    path = crawler.settings.getwithbase("FEED_STORAGES").get(uri.partition(":")[0])
    whole = restore_credentials(uri, [*map(str, crawler.settings.getdict("FEEDS")), str(crawler.settings["CORPNEWS_OUTPUT"])])
    try:
        storage: Any = build_from_crawler(load_object(path), crawler, whole, feed_options=None) if path else None
        read_size = next((read for known, read in _SIZE_READERS.items() if isinstance(storage, known)), None)
        if not read_size:
            raise NotConfigured("no storage in FEED_STORAGES can be asked")
        return read_size(storage)
    except Exception as error:
        shown, reason = hide_credentials(uri), describe_refusal(error)
        raise StorageRefusedError(f"the storage does not say whether {shown} is there: {reason}") from error


def hide_credentials(uri: str) -> str:
    """The URI of a file, or a text with one, without the user and password that it may have, for logs and reports.

    >>> hide_credentials("ftp://news:secret@ftp.example/news/1.jsonl")
    'ftp://ftp.example/news/1.jsonl'
    """
    return _CREDENTIALS.sub(r"\1", uri)


def restore_credentials(uri: str, configured: Iterable[str]) -> str:
    """The URI of a file, with the user and password that the first of the configured URIs on its host has.

    >>> restore_credentials("ftp://ftp.example/news/1.jsonl", ["s3://press/", "ftp://news:secret@ftp.example/"])
    'ftp://news:secret@ftp.example/news/1.jsonl'
    """
    for each in configured:
        found = _CREDENTIALS.match(each)
        if found and urlsplit(hide_credentials(each))[:2] == urlsplit(uri)[:2]:
            return uri.replace(found[1], found[0], 1)
    return uri


def describe_refusal(error: BaseException) -> str:
    """The first line of what a storage says."""
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__


def _read_s3_size(storage: S3FeedStorage) -> int | None:
    try:
        size: int = storage.s3_client.head_object(Bucket=storage.bucketname, Key=storage.keyname)["ContentLength"]
    except storage.s3_client.exceptions.ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == _NOT_FOUND:
            return None
        raise
    return size


def _read_gcs_size(storage: GCSFeedStorage) -> int | None:
    client = load_object("google.cloud.storage.Client")(project=storage.project_id)  # an extra
    blob = client.bucket(storage.bucket_name).get_blob(storage.blob_name)
    return blob.size if blob else None


def _read_ftp_size(storage: FTPFeedStorage) -> int | None:
    with FTP_TLS(context=create_default_context()) if storage.tls else FTP() as connection:
        connection.connect(storage.host, storage.port, timeout=_FTP_TIMEOUT)
        connection.login(storage.username, storage.password)
        connection.voidcmd("TYPE I")  # some servers tell the size of a binary file only
        try:
            return connection.size(storage.path)
        except error_perm as error:
            if str(error).startswith(_FTP_NOT_FOUND):
                return None
            raise


_SIZE_READERS: Final[Mapping[type[Any], Callable[[Any], int | None]]] = {
    S3FeedStorage: _read_s3_size,
    GCSFeedStorage: _read_gcs_size,
    FTPFeedStorage: _read_ftp_size,
}
