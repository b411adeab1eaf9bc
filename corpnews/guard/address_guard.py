"""The guard of a run: it lets no request go to a host, an address or a port that is not on the public web.

URLs are judged before they are requested (`check_url`), and the addresses of names where connections are made (`admit`), so that
no other address can come between check and connection.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, ref

from scrapy.exceptions import IgnoreRequest

from corpnews.guard.resolver import resolve_host
from corpnews.web.addresses import (
    INTRANET_KINDS,
    AllowedHosts,
    find_inner_kind,
    is_inner_name,
    normalize_host,
    parse_address,
)
from corpnews.web.sites import get_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import ParseResult, SplitResult

    from scrapy.crawler import Crawler

    from corpnews.web.addresses import Address

REFUSED_STAT: Final = "corpnews/requests/refused"  # requests that the guard refused
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_WEB_PORTS: Final = frozenset(_DEFAULT_PORTS.values())
_RESOLVING_TIME: Final = 5.0  # seconds, for a name that a proxy resolves
_HINT: Final = "CORPNEWS_ALLOW_HOSTS names what else may be crawled"

_guards: WeakKeyDictionary[Crawler, AddressGuard] = WeakKeyDictionary()

logger = logging.getLogger(__name__)


class AddressRefused(IgnoreRequest):
    """A request would lead inside a network, to another port than the web's, or is no HTTP request; the message says which."""


def get_guard(crawler: Crawler) -> AddressGuard:
    """The guard of a run, which all components share."""
    return _guards.get(crawler) or _guards.setdefault(crawler, AddressGuard(crawler))


class AddressGuard:
    """Decides for one run where requests may go.

    Inside a network these may be reached: what CORPNEWS_ALLOW_HOSTS names, and the host and port of a start URL whose host says
    itself that it is inside, such as 127.0.0.1 or `intranet`. A public name that resolves to an address inside is refused, for
    start URLs too. Link-local addresses, at which clouds serve credentials, are refused unless CORPNEWS_ALLOW_HOSTS has them.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._allowed = AllowedHosts.parse(crawler.settings.getlist("CORPNEWS_ALLOW_HOSTS"))
        self._crawler = ref(crawler)
        self._given: set[str] = set()
        self._passed: set[tuple[str, str]] = set()  # (scheme, host and port) of URLs that were judged
        self._refused: dict[tuple[str, int], str] = {}  # reasons by host and port, of names that were resolved
        self._reported: set[str] = set()

    def give(self, url: str) -> None:
        """Take `url` for one that the operator gave, as in `scrapy parse URL`."""
        self._given.add(url)

    def check_url(self, url: ParseResult | SplitResult) -> None:
        """Judge scheme, host and port, and what earlier requests have shown of the host. Raises AddressRefused."""
        if (url.scheme, url.netloc) in self._passed:
            return
        if reason := self.find_objection(url):
            self._refuse(url, reason)
        self._passed.add((url.scheme, url.netloc))

    def admit(self, host: str, port: int, addresses: list[str]) -> list[str]:
        """The addresses to which connections for a request to `host` may be made."""
        reasons = {address: self._find_address_objection(normalize_host(host), port, address) for address in addresses}
        admitted = [address for address, reason in reasons.items() if not reason]
        if addresses and not admitted:
            self._refused[normalize_host(host), port] = reasons[addresses[0]]
        return admitted

    def check_resolved(self, url: ParseResult | SplitResult) -> None:
        """Raise AddressRefused if none of the host's addresses was admitted."""
        if reason := self._refused.get(_split_host(url)):
            self._passed.discard((url.scheme, url.netloc))
            self._refuse(url, reason)

    async def resolve(self, url: ParseResult | SplitResult) -> list[str]:
        """The addresses to which connections for `url` may be made; none if it has none. Raises AddressRefused."""
        host, port = _split_host(url)
        admitted = self.admit(host, port, await resolve_host(host, port))
        self.check_resolved(url)
        return admitted

    async def check_proxied(self, url: ParseResult | SplitResult) -> None:
        """Judge the addresses of a host that a proxy resolves. Raises AddressRefused if one is not admitted.

        What only the proxy can resolve is left to it.
        """
        key = ("proxied", url.netloc)
        if key in self._passed:
            return
        host, port = _split_host(url)
        with suppress(TimeoutError):
            async with asyncio.timeout(_RESOLVING_TIME):
                for address in await resolve_host(host, port):
                    self.admit(host, port, [address])
        self.check_resolved(url)
        self._passed.add(key)

    def find_objection(self, url: ParseResult | SplitResult) -> str:
        """Why a URL is refused, by what it says itself and by what its name was found to resolve to; empty if it is not."""
        if url.scheme not in _DEFAULT_PORTS:
            return f"{url.scheme or 'no scheme'} is not http or https"
        host, port = _split_host(url)
        try:
            address = parse_address(host)
        except ValueError:
            return "its host is neither a name nor an address"
        if not host or port < 0:
            return "its host or port is invalid"
        objection = ""
        if not self._is_allowed(host, port, address):
            objection = _describe_inner_host(host, address)
            if not objection and port not in _WEB_PORTS and not self._has_port(host, port):
                objection = f"port {port} is none of 80, 443 and the newsroom's"
        return objection or self._refused.get((host, port), "")

    def _is_allowed(self, host: str, port: int, address: Address | None) -> bool:
        """Whether the operator has named the host, in CORPNEWS_ALLOW_HOSTS or as that of a start URL inside."""
        if self._allowed.has_name(host, port) or (address and self._allowed.has_address(address, port)):
            return True
        if self._is_start(host, port):
            self._report(logging.INFO, f"{host}:{port} is inside a network; it is crawled because a start URL names it")
            return True
        return False

    def _find_address_objection(self, host: str, port: int, text: str) -> str:
        """Why an address of a host is not admitted."""
        address = ip_address(text)
        kind = find_inner_kind(address)
        if kind is None or self._allowed.has_address(address, port):
            return ""
        if kind in INTRANET_KINDS and (self._allowed.has_name(host, port) or self._is_start(host, port)):
            return ""
        return f"its address {address} is {kind}"

    def _is_start(self, host: str, port: int) -> bool:
        """Whether a start URL names this host, which shows that it is inside, and this port; 80 and 443 count as one."""
        if not _is_plainly_inner(host):
            return False
        return any(host == its_host and (port == its or {port, its} <= _WEB_PORTS) for its_host, its in self._split_starts())

    def _has_port(self, host: str, port: int) -> bool:
        """Whether a start URL on the same site has this port."""
        return any(port == its and get_site(host) == get_site(its_host) for its_host, its in self._split_starts())

    def _split_starts(self) -> Iterator[tuple[str, int]]:
        crawler = self._crawler()
        start_urls = getattr(crawler.spider, "start_urls", ()) if crawler else ()
        return (_split_host(urlsplit(url)) for url in (*start_urls, *self._given))

    def _refuse(self, url: ParseResult | SplitResult, reason: str) -> None:
        if crawler := self._crawler():
            crawler.stats.inc_value(REFUSED_STAT)
        self._report(logging.WARNING, f"Refused {url.scheme}://{url.netloc}"[:200] + f": {reason}; {_HINT}")
        raise AddressRefused(f"refused: {reason}")

    def _report(self, level: int, line: str) -> None:
        if line not in self._reported:
            self._reported.add(line)
            logger.log(level, "%s", line)


def _describe_inner_host(host: str, address: Address | None) -> str:
    """How a host shows that it is inside a network; empty if it does not."""
    if address is None:
        return "its host is a name inside a network" if is_inner_name(host) else ""
    kind = find_inner_kind(address)
    written = "" if host == str(address) else f"its host means {address}: "
    return f"{written}{address} is {kind}" if kind else ""


def _is_plainly_inner(host: str) -> bool:
    """Whether a host shows that it is inside a network: an address in its usual spelling, or a name that no public one is."""
    try:
        address = parse_address(host)
    except ValueError:
        return False
    if address is None:
        return is_inner_name(host)
    return host == str(address) and find_inner_kind(address) in INTRANET_KINDS


def _split_host(url: ParseResult | SplitResult) -> tuple[str, int]:
    """The host and port of a URL; the port is -1 if it is invalid."""
    try:
        return normalize_host(url.hostname or ""), url.port or _DEFAULT_PORTS.get(url.scheme, 0)
    except ValueError:
        return "", -1
