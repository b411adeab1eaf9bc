"""Serves the demo newsroom on the loopback interface."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from corpnews.demo.pages import DEMO_EDITIONS, DEMO_HTML_TYPE, DemoResource, build_demo_site

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEMO_ADDRESS, _DEMO_PORT = "127.0.0.1", 8736
_NOT_FOUND_PAGE = DemoResource(b"<!DOCTYPE html><title>Not found</title><h1>This page does not exist</h1>", DEMO_HTML_TYPE)


class DemoRequestHandler(BaseHTTPRequestHandler):
    """Handles GET and HEAD, and responds 304 to a request with a current ETag."""

    def do_GET(self) -> None:
        self.wfile.write(self.send_head())

    def do_HEAD(self) -> None:
        self.send_head()

    def send_head(self) -> bytes:
        """Send status and headers, and return the body for them."""
        resource = build_demo_site().get(self.path.partition("?")[0])
        status = HTTPStatus.OK if resource else HTTPStatus.NOT_FOUND
        resource = resource or _NOT_FOUND_PAGE
        tag = f'"{sha256(resource.body).hexdigest()[:16]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            status, resource = HTTPStatus.NOT_MODIFIED, DemoResource(b"", resource.media_type)
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", resource.media_type)
        self.send_header("Content-Length", str(len(resource.body)))
        self.end_headers()
        return resource.body

    def log_message(self, *_: Any) -> None:
        """Log nothing: the crawl logs its requests."""


def _bind_demo_server() -> ThreadingHTTPServer:
    """A server on the usual port, so that URLs are the same in each run; on any free port if that one is taken."""
    try:
        return ThreadingHTTPServer((_DEMO_ADDRESS, _DEMO_PORT), DemoRequestHandler)
    except OSError:
        return ThreadingHTTPServer((_DEMO_ADDRESS, 0), DemoRequestHandler)


@contextmanager
def serve_demo() -> Iterator[str]:
    """Serve the newsroom within the context; yields the URL of its listing."""
    with _bind_demo_server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{_DEMO_ADDRESS}:{server.server_port}{DEMO_EDITIONS[0].listing}"
        finally:
            server.shutdown()
            thread.join()
