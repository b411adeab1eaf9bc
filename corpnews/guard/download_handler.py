"""The download handler of newsroom spiders: Scrapy's, with connections to admitted addresses only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.interfaces import IStreamClientEndpoint
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

    from corpnews.guard.address_guard import AddressGuard


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
    """Opens connections under the guard; those to the operator's own proxy excepted."""

    def __init__(self, pool: HTTPConnectionPool, guard: AddressGuard) -> None:
        vars(self).update(vars(pool))
        self._guard = guard

    def getConnection(self, key: Hashable, endpoint: Any) -> Deferred[HTTP11ClientProtocol]:
        is_to_proxy = isinstance(endpoint, TCP4ClientEndpoint) or (isinstance(key, tuple) and key[0] == b"http-proxy")
        guarded: Any = endpoint if is_to_proxy else _GuardedEndpoint(endpoint, self._guard)
        return super().getConnection(key, guarded)


@implementer(IStreamClientEndpoint)
class _GuardedEndpoint:
    """Connects as another endpoint does, to admitted addresses only."""

    def __init__(self, endpoint: Any, guard: AddressGuard) -> None:
        self._endpoint = endpoint
        self._guard = guard

    def connect(self, protocolFactory: IProtocolFactory) -> Deferred[Any]:
        with admitting(self._guard.admit):
            connection: Deferred[Any] = self._endpoint.connect(protocolFactory)
        return connection
