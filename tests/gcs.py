"""A server of Google Cloud Storage of the tests' own (an emulator's), which kills or tells whoever uploads."""

from __future__ import annotations

import gzip
import json
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

from gcp_storage_emulator.server import RequestHandler
from gcp_storage_emulator.storage import Storage
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUCKET = "press"
PROJECT = "acme"


@dataclass
class GcsServer:
    """Where the server is, and what it does after an upload, before the sender is told."""

    port: int
    after: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def client(self) -> Any:
        options = {"api_endpoint": self.url}
        return Client(PROJECT, credentials=AnonymousCredentials(), client_options=options)  # type: ignore[no-untyped-call]

    def read_objects(self) -> dict[str, list[dict[str, Any]]]:
        """The lines of all objects, by their names."""
        blobs = {blob.name: gzip.decompress(blob.download_as_bytes(raw_download=True)) for blob in self.client.list_blobs(BUCKET)}
        return {name: [json.loads(line) for line in body.splitlines()] for name, body in blobs.items()}


@contextmanager
def serving_gcs() -> Iterator[GcsServer]:
    """Serve Google Cloud Storage without a bucket."""
    served = GcsServer(0)

    class WatchedStorage(Storage):  # type: ignore[misc]  # it comes without types
        def create_file(self, *arguments: Any, **named: Any) -> None:
            super().create_file(*arguments, **named)
            if served.after:
                served.after()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(RequestHandler, WatchedStorage(use_memory_fs=True))) as server:
        served.port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()
