"""The proxy through which a page's requests go: it connects to the addresses that the run's guard admits, and to no others.

A browser would resolve a name again after any check of it. Behind a proxy it resolves none and opens no connection of its own.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.guard.address_guard import AddressRefused

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncIterator, Callable
    from urllib.parse import SplitResult

    from corpnews.guard.address_guard import AddressGuard

_MAX_HEAD: Final = 256 * 1024  # bytes of a request's line and headers
_CONNECT_TIMEOUT: Final = 15.0  # seconds
_CHUNK: Final = 64 * 1024
_HOP_HEADERS: Final = (b"connection", b"proxy-connection", b"proxy-authorization", b"keep-alive")
_REFUSED: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FAILED: Final = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class UpstreamProxy:
    """The operator's proxy: its URL, and the value of the Proxy-Authorization header if it wants one."""

    url: str
    credentials: bytes | None = None

    async def open(self) -> tuple[StreamReader, StreamWriter]:
        parts = urlsplit(self.url if "://" in self.url else f"http://{self.url}")
        is_encrypted = parts.scheme == "https"
        return await asyncio.open_connection(
            parts.hostname, parts.port or (443 if is_encrypted else 80), ssl=is_encrypted or None
        )

    @property
    def header(self) -> bytes:
        return b"Proxy-Authorization: %s\r\n" % self.credentials if self.credentials else b""


class GuardedProxy:
    """An HTTP proxy on loopback for one page; `allows` says which URLs the page may request at all."""

    def __init__(self, guard: AddressGuard, allows: Callable[[str], bool], upstream: UpstreamProxy | None) -> None:
        self._guard = guard
        self._allows = allows
        self._upstream = upstream
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve for the time of the context; yields the proxy's URL."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_HEAD)
        try:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Serve one request, or one tunnel."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            await self._forward(head, reader, writer)
        except AddressRefused:
            writer.write(_REFUSED)
        except (OSError, ValueError, TimeoutError):
            writer.write(_FAILED)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser has hung up, or sends what is no request
        finally:
            with suppress(OSError):
                writer.close()

    async def _forward(self, head: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        line, _, headers = head.partition(b"\r\n")
        method, target, version = line.split(b" ")
        is_tunnel = method == b"CONNECT"
        url = urlsplit(f"https://{target.decode('ascii')}" if is_tunnel else target.decode("ascii"))
        if not self._allows(url.geturl()):
            raise AddressRefused("on another site")
        async with asyncio.timeout(_CONNECT_TIMEOUT):
            server_reader, server_writer = await self._connect(url)
        try:
            if not is_tunnel or self._upstream:
                server_writer.write(self._build_head(method, target, version, headers))
            else:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_pump(reader, server_writer), _pump(server_reader, writer))
        finally:
            server_writer.close()

    async def _connect(self, url: SplitResult) -> tuple[StreamReader, StreamWriter]:
        """Connect to the URL's host, or to the operator's proxy, which is to connect to it. Raises AddressRefused."""
        self._guard.check_url(url)
        if self._upstream:
            await self._guard.check_proxied(url)
            return await self._upstream.open()
        failure = OSError("no address")
        for address in await self._guard.resolve(url):
            try:
                return await asyncio.open_connection(address, url.port or 80)
            except OSError as error:
                failure = error
        raise failure

    def _build_head(self, method: bytes, target: bytes, version: bytes, headers: bytes) -> bytes:
        """The request's line and headers as the next server takes them; the connection serves one request only."""
        if method == b"CONNECT":
            kept = [line for line in headers.split(b"\r\n") if line.partition(b":")[0].lower() != b"proxy-authorization"]
        else:
            kept = [line for line in headers.split(b"\r\n") if line.partition(b":")[0].lower() not in _HOP_HEADERS]
            kept.insert(0, b"Connection: close")
        if self._upstream is None:
            target = b"/" + target.split(b"/", 3)[3]
        credentials = self._upstream.header if self._upstream else b""
        return b"%s %s %s\r\n%s%s" % (method, target, version, credentials, b"\r\n".join(kept))


async def _pump(reader: StreamReader, writer: StreamWriter) -> None:
    """Copy a stream to its end, and end the other one then."""
    with suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
