"""Name resolution on Twisted's reactor: which addresses a host has, and connections that see only those that are admitted."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from twisted.internet.interfaces import IAddress, IHostResolution

# Takes a host, a port and the addresses of the host; returns those to which a connection may be made
Admit: TypeAlias = "Callable[[str, int, list[str]], list[str]]"


async def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host by the reactor's resolver and its cache; none if it cannot be resolved."""
    from twisted.internet import reactor

    receiver = _Collector()
    reactor.nameResolver.resolveHostName(receiver, host, port)
    return [address.host for address in await maybe_deferred_to_future(receiver.done)]


@contextmanager
def admitting(admit: Admit | None) -> Iterator[None]:
    """Have connections that are begun within see only the addresses that `admit` returns; all of them if it is None."""
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    if not isinstance(resolver, _AdmittingResolver):  # Scrapy may have replaced it since
        resolver = _AdmittingResolver(resolver)
        reactor.installNameResolver(resolver)
    resolver.admit = admit
    try:
        yield
    finally:
        resolver.admit = None


@implementer(IHostnameResolver)
class _AdmittingResolver:
    """Resolves by another resolver. Connections ask for addresses when they are begun, so that `admit` is theirs."""

    def __init__(self, resolver: Any) -> None:
        self.admit: Admit | None = None
        self._resolver = resolver

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        receiver = _AdmittedOnly(resolutionReceiver, self.admit, hostName, portNumber) if self.admit else resolutionReceiver
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _Collector:
    """Collects the addresses of a host."""

    def __init__(self) -> None:
        self.addresses: list[IAddress] = []
        self.done: Deferred[list[IAddress]] = Deferred()

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Do nothing: there is no address yet."""

    def addressResolved(self, address: IAddress) -> None:
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        self.done.callback(self.addresses)


@implementer(IResolutionReceiver)
class _AdmittedOnly:
    """Hands another receiver the addresses that are admitted."""

    def __init__(self, receiver: Any, admit: Admit, host: str, port: int) -> None:
        self._receiver = receiver
        self._admit = admit
        self._host, self._port = host, port
        self._addresses: list[IAddress] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        self._addresses.append(address)

    def resolutionComplete(self) -> None:
        admitted = self._admit(self._host, self._port, [address.host for address in self._addresses])
        for address in self._addresses:
            if address.host in admitted:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
