"""Which hosts and addresses are inside a network, in every spelling that a URL may give them; a crawl must not reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final, Self, TypeAlias
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from ipaddress import IPv4Network, IPv6Network

Address: TypeAlias = IPv4Address | IPv6Address

_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_CARRIER_GRADE_NAT: Final = ip_network("100.64.0.0/10")
_NAT64: Final = ip_network("64:ff9b::/96")
_LOCAL_NAT64: Final = ip_network("64:ff9b:1::/48")
_IPV4_COMPATIBLE: Final = ip_network("::/96")
# Addresses outside the link-local range at which clouds serve a machine's credentials or configuration
_METADATA: Final = frozenset(map(ip_address, ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")))
# RFC 6761, 6762, 8375 and ICANN's reservation of 2024
_INNER_DOMAINS: Final = ("localhost", "local", "internal", "home.arpa", "localdomain")


class InnerKind(StrEnum):
    """What makes an address one that no public web server has."""

    UNSPECIFIED = "unspecified"
    LOOPBACK = "loopback"
    METADATA = "cloud metadata"
    LINK_LOCAL = "link-local"
    MULTICAST = "multicast"
    CARRIER_GRADE_NAT = "carrier-grade NAT"
    PRIVATE = "private"
    RESERVED = "reserved"


# Addresses that servers of an intranet have
INTRANET_KINDS: Final = frozenset((InnerKind.LOOPBACK, InnerKind.PRIVATE, InnerKind.CARRIER_GRADE_NAT))


def find_inner_kind(address: Address) -> InnerKind | None:
    """The kind of an address that is inside a network, or None; IPv6 forms of IPv4 addresses are judged by those.

    >>> find_inner_kind(ip_address("::ffff:10.0.0.1")), find_inner_kind(ip_address("64:ff9b::7f00:1"))
    (<InnerKind.PRIVATE: 'private'>, <InnerKind.LOOPBACK: 'loopback'>)
    >>> find_inner_kind(ip_address("93.184.216.34"))
    """
    if isinstance(address, IPv6Address) and not address.is_loopback and not address.is_unspecified:
        if embedded := _find_embedded(address):
            return next(filter(None, map(find_inner_kind, embedded)), None)
        if address in _LOCAL_NAT64 or address.is_site_local:
            return InnerKind.PRIVATE
    traits = (
        (address in _METADATA, InnerKind.METADATA),
        (address.is_unspecified, InnerKind.UNSPECIFIED),
        (address.is_loopback, InnerKind.LOOPBACK),
        (address.is_link_local, InnerKind.LINK_LOCAL),
        (address.is_multicast, InnerKind.MULTICAST),
        (address in _CARRIER_GRADE_NAT, InnerKind.CARRIER_GRADE_NAT),
        (address.is_reserved, InnerKind.RESERVED),
        (address.is_private, InnerKind.PRIVATE),
        (not address.is_global, InnerKind.RESERVED),
    )
    return next((kind for is_so, kind in traits if is_so), None)


def _find_embedded(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that packets to an IPv6 address reach in the end: mapped, 6to4, Teredo, NAT64, ISATAP."""
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    is_isatap = (int(address) >> 32) & 0xFDFFFFFF == 0x5EFE
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _IPV4_COMPATIBLE or is_isatap:
        found.append(last)
    return [each for each in found if each is not None]


def normalize_host(host: str) -> str:
    """The host as a resolver takes it: lower-case, without brackets and the last dot, full-width characters as ASCII."""
    return normalize("NFKC", host).replace("。", ".").lower().strip("[]").rstrip(".")


def parse_address(host: str) -> Address | None:
    """Parse a host as browsers and resolvers do: `0x7f.1`, `017700000001` and `2130706433` are 127.0.0.1. None for a name.

    Raises:
        ValueError: The host ends with a number, as only addresses do, and is no address.

    >>> [str(parse_address(host)) for host in ("0x7f.1", "017700000001", "2130706433", "127.1", "example.com")]
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1', 'None']
    """
    if ":" in host:
        return ip_address(host)
    parts = host.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    numbers = [_parse_number(part) for part in parts]
    if len(numbers) > 4 or any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError(f"{host[:100]!r} is no address")
    return IPv4Address(sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1])) + numbers[-1])


def _parse_number(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > 20:
        raise ValueError(f"{part[:100]!r} is no number")
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)


def is_inner_name(host: str) -> bool:
    """Whether a name can only be one inside a network: a single label, or below a domain that is reserved for this."""
    return "." not in host or any(host == domain or host.endswith(f".{domain}") for domain in _INNER_DOMAINS)


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts and networks inside that a crawl may reach; each with a port, or None for all ports."""

    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: Sequence[tuple[IPv4Network | IPv6Network, int | None]] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Self:
        """Parse host names, addresses and networks (CIDR), the first two with a port if only that one is allowed.

        Raises:
            ValueError: An entry is none of these; the message names it.

        >>> allowed = AllowedHosts.parse(["intranet.example", "10.1.0.0/16", "127.0.0.1:8080"])
        >>> allowed.has_name("intranet.example", 443), allowed.has_address(ip_address("127.0.0.1"), 80)
        (True, False)
        """
        names, networks = [], []
        for entry in filter(None, map(str.strip, entries)):
            host, port = _split_port(entry)
            try:
                networks.append((ip_network(host, strict=False), port))
            except ValueError:
                if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", host) or _NUMBER.fullmatch(host.rpartition(".")[2]):
                    raise ValueError(f"{entry!r} is not a host, an address or a network such as 10.0.0.0/8") from None
                names.append((normalize_host(host), port))
        return cls(frozenset(names), networks)

    def has_name(self, host: str, port: int) -> bool:
        return not self.names.isdisjoint(((host, None), (host, port)))

    def has_address(self, address: Address, port: int) -> bool:
        return any(address in network and allowed in (None, port) for network, allowed in self.networks)


def _split_port(entry: str) -> tuple[str, int | None]:
    """Split `host:port`; an IPv6 address has a port only after brackets."""
    if found := re.fullmatch(r"(\[[^\]]+\]|[^:]+):(\d{1,5})", entry):
        return found[1].strip("[]"), int(found[2])
    return entry.strip("[]"), None
