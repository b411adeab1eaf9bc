"""Serves the demo newsroom on the loopback interface."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from corpnews.demo.pages import EDITIONS, HTML, Resource, site

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK, USUAL_PORT = "127.0.0.1", 8736
NOT_FOUND = Resource(b"<!DOCTYPE html><title>Not found</title><h1>This page does not exist</h1>", HTML)


class Handler(BaseHTTPRequestHandler):
    """Handles GET and HEAD, and responds 304 to a request with a current ETag."""

    def do_GET(self) -> None:
        self.wfile.write(self.send_head())

    def do_HEAD(self) -> None:
        self.send_head()

    def send_head(self) -> bytes:
        """Send status and headers, and return the body for them."""
        resource = site().get(self.path.partition("?")[0])
        status = HTTPStatus.OK if resource else HTTPStatus.NOT_FOUND
        resource = resource or NOT_FOUND
        tag = f'"{sha256(resource.body).hexdigest()[:16]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            status, resource = HTTPStatus.NOT_MODIFIED, Resource(b"", resource.media_type)
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", resource.media_type)
        self.send_header("Content-Length", str(len(resource.body)))
        self.end_headers()
        return resource.body

    def log_message(self, *_: Any) -> None:
        """Log nothing: the crawl logs its requests."""


def bound() -> ThreadingHTTPServer:
    """A server on the usual port, so that URLs are the same in each run; on any free port if that one is taken."""
    try:
        return ThreadingHTTPServer((LOOPBACK, USUAL_PORT), Handler)
    except OSError:
        return ThreadingHTTPServer((LOOPBACK, 0), Handler)


@contextmanager
def serving() -> Iterator[str]:
    """Serve the newsroom within the context; yields the URL of its listing."""
    with bound() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}{EDITIONS[0].listing}"
        finally:
            server.shutdown()
            thread.join()
