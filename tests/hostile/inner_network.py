"""A company's web server beside services that nobody outside may reach, all on loopback, and the names that lead to them."""

from __future__ import annotations

import json
import os
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolverSimple
from zope.interface import implementer

from tests.helpers import Site, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scrapy.crawler import Crawler

COMPANY, INTRANET, METADATA = "127.0.1.1", "127.0.1.2", "127.0.1.3"
HOST = "www.acme.example"


@dataclass
class InnerNetwork:
    """The company's `site` at `url`; `contacts` are the connections that anybody made to what is inside, by address and port.

    All servers have the same port; `other_port` is open on the company's own address.
    """

    site: Site
    port: int
    other_port: int = 0
    contacts: list[tuple[str, int]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def environment(self, **names: Sequence[str]) -> dict[str, str]:
        """The variables with which a run resolves the company's host, and `names` to their answers in turn."""
        answers = {HOST: [COMPANY], **{name.replace("__", "-").replace("_", "."): said for name, said in names.items()}}
        return {"HOSTILE_ANSWERS": json.dumps(answers), "CORPNEWS_ALLOW_HOSTS": f"{COMPANY}:{self.port}"}

    def listen(self, stack: ExitStack, address: str, port: int) -> int:
        """Note all connections to an address and close them; returns the port."""
        listener = stack.enter_context(socket.create_server((address, port)))
        threading.Thread(target=self._note_contacts, args=(listener,), daemon=True).start()
        datagrams = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        datagrams.bind(listener.getsockname())
        threading.Thread(target=self._note_datagrams, args=(datagrams,), daemon=True).start()
        return int(listener.getsockname()[1])

    def _note_contacts(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # closed
                return
            self.contacts.append(listener.getsockname())
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
            connection.close()

    def _note_datagrams(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed
            while listener.recvfrom(2048):
                self.contacts.append(listener.getsockname())


@contextmanager
def inner_network() -> Iterator[InnerNetwork]:
    """Serve a company's site beside an intranet and a metadata service."""
    with serving(Site(), COMPANY) as site, ExitStack() as stack:
        network = InnerNetwork(site, int(site.url.rpartition(":")[2]))
        for address in (INTRANET, METADATA, "127.0.0.1"):
            network.listen(stack, address, network.port)
        network.other_port = network.listen(stack, COMPANY, 0)
        yield network


@implementer(IResolverSimple)
class ScriptedResolver:
    """A resolver for TWISTED_DNS_RESOLVER: HOSTILE_ANSWERS has the answers of each name in turn; the last one stays."""

    def __init__(self, reactor: Any) -> None:
        self.reactor = reactor
        self.answers: Mapping[str, list[str]] = json.loads(os.environ["HOSTILE_ANSWERS"])

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:  # noqa: ARG003 - Scrapy's signature
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self.reactor.installResolver(self)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[str]:  # noqa: ARG002, N802 - Twisted's
        try:
            socket.inet_aton(name)
        except OSError:
            said = self.answers.get(name)
            if not said:
                return defer.fail(DNSLookupError(name))
            return defer.succeed(said.pop(0) if len(said) > 1 else said[0])
        return defer.succeed(name)
