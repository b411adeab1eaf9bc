"""The download handler of newsroom spiders: Scrapy's, with connections to admitted addresses only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer

from corpnews.guard.address_guard import get_guard
from corpnews.guard.resolver import admitting

if TYPE_CHECKING:
    from collections.abc import Hashable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IProtocolFactory
    from twisted.web._newclient import HTTP11ClientProtocol
    from twisted.web.iweb import IClientRequest, IResponse

    from corpnews.guard.address_guard import AddressGuard
    from corpnews.guard.resolver import Admit


_MAX_HEADERS: Final = 2 * 1024 * 1024  # bytes


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Resolves hosts under the eyes of the run's AddressGuard, and connects to the addresses that it admits.

    A proxy resolves hosts itself: of a request that goes to one, the host is resolved and judged before it is sent.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._guard = get_guard(crawler)
        self._pool = _GuardedPool(self._pool, self._guard)

    async def download_request(self, request: Request) -> Response:
        url = urlparse_cached(request)
        if request.meta.get("proxy"):
            await self._guard.check_proxied(url)
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            self._guard.check_resolved(url)
            raise


class _GuardedPool(HTTPConnectionPool):
    """Opens connections under the guard, those to the operator's own proxy excepted, and bounds the headers of all responses."""

    def __init__(self, pool: HTTPConnectionPool, guard: AddressGuard) -> None:
        vars(self).update(vars(pool))
        self._guard = guard

    def getConnection(self, key: Hashable, endpoint: Any) -> Deferred[HTTP11ClientProtocol]:
        is_to_proxy = isinstance(endpoint, TCP4ClientEndpoint) or (isinstance(key, tuple) and key[0] == b"http-proxy")
        guarded: Any = _GuardedEndpoint(endpoint, None if is_to_proxy else self._guard.admit)
        return super().getConnection(key, guarded)


@implementer(IStreamClientEndpoint)
class _GuardedEndpoint:
    """Connects as another endpoint does, to admitted addresses only; all are, if `admit` is None."""

    def __init__(self, endpoint: Any, admit: Admit | None) -> None:
        self._endpoint = endpoint
        self._admit = admit

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[Any]:
        with admitting(self._admit):
            connection: Deferred[Any] = self._endpoint.connect(protocolFactory)
        return connection.addCallback(_bound_headers)


def _bound_headers(connection: Any) -> Any:
    """Have a connection hang up on headers that are too long; Twisted takes any number of them."""
    send, receive = connection.request, connection.dataReceived
    received = 0

    def request(request: IClientRequest) -> Deferred[IResponse]:
        nonlocal received
        received = 0
        connection.dataReceived = count
        return cast("Deferred[IResponse]", send(request)).addBoth(end_headers)

    def count(data: bytes) -> None:
        nonlocal received
        received += len(data)
        if received > _MAX_HEADERS:
            connection.transport.abortConnection()
        else:
            receive(data)

    def end_headers(result: Any) -> Any:
        connection.dataReceived = receive
        if received > _MAX_HEADERS and isinstance(result, Failure):
            raise DownloadCancelledError(f"headers of more than {_MAX_HEADERS} bytes")
        return result

    connection.request = request
    return connection
