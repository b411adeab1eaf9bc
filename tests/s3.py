"""An S3 server of the tests' own (moto's), and a gate in front of it that refuses, or kills whoever uploads."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection, create_server
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
BUCKET = "press"
REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}


@dataclass
class Gate:
    """What stands in front of the server.

    `refusing` is a status to answer uploads with; `before` is called in the place of an upload, `after` after one, before
    its sender is told.
    """

    upstream: int
    port: int = 0
    refusing: int = 0
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    uploads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def options(self) -> list[str]:
        """The words with which a `scrapy` command uploads through the gate."""
        output = {"AWS_ENDPOINT_URL": self.url, "AWS_REGION_NAME": REGION, "CORPNEWS_OUTPUT": f"s3://{BUCKET}/news/"}
        return [f"-s{name}={value}" for name, value in {**CREDENTIALS, **output}.items()]

    @cached_property
    def client(self) -> Any:
        """A client that goes past the gate."""
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.upstream}",
            aws_access_key_id="a",
            aws_secret_access_key="b",  # noqa: S106 - moto takes any
            region_name=REGION,
        )

    def read_objects(self) -> dict[str, list[dict[str, Any]]]:
        """The lines of all objects, by their keys."""
        client = self.client
        keys = [each["Key"] for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", ())]
        bodies = {key: gzip.decompress(client.get_object(Bucket=BUCKET, Key=key)["Body"].read()) for key in keys}
        return {key: [json.loads(line) for line in body.splitlines()] for key, body in bodies.items()}

    def read_lines(self) -> list[dict[str, Any]]:
        """The lines of all objects."""
        return [line for lines in self.read_objects().values() for line in lines]

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("127.0.0.1", self.upstream, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()


@contextmanager
def serving_s3() -> Iterator[Gate]:
    """Serve S3 with an empty bucket."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        _wait_until_served(port)
        yield from _serve_gate(Gate(port))
    finally:
        server.kill()
        server.wait()


def _wait_until_served(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with create_connection(("127.0.0.1", port), timeout=5):
                return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError("moto's server does not start")


class _GateServer(ThreadingHTTPServer):
    gate: Gate


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _GateServer

    def handle(self) -> None:
        with suppress(ConnectionError):  # who asked was killed
            super().handle()

    def answer(self) -> None:
        gate, body = self.server.gate, self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.command != "PUT":
            self._send(*gate.forward(self.command, self.path, dict(self.headers), body))
            return
        gate.uploads.append(self.path)
        if gate.before:
            gate.before()
            self.close_connection = True
        elif gate.refusing:
            self._send(gate.refusing, {"Content-Type": "application/xml"}, b"<Error><Code>Refused</Code></Error>")
        else:
            answer = gate.forward(self.command, self.path, dict(self.headers), body)
            if gate.after:
                gate.after()
            self._send(*answer)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding") or self.command == "HEAD":
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 - http.server's words

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


def _serve_gate(gate: Gate) -> Iterator[Gate]:
    with _GateServer(("127.0.0.1", 0), _Handler) as server:
        server.gate = gate
        gate.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield gate
        finally:
            server.shutdown()
            gate.client.close()
