"""Hosts, and the sites that they belong to."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tldextract import TLDExtract

from corpnews.web.urls import MAX_CACHED_URLS, SIMPLE_URL, split_url

# The list of public suffixes that comes with the library: with neither URLs nor cache it uses neither network nor disk.
_PUBLIC_SUFFIXES: Final = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=MAX_CACHED_URLS)
def get_host(url: str) -> str:
    """Return the host of a URL without www., with its port unless it is the default port; "" if the URL is invalid."""
    if simple := SIMPLE_URL.fullmatch(url):
        return simple[1].removeprefix("www.")
    try:
        parts = split_url(url)
        port = parts.port
    except ValueError:
        return ""
    host = _encode_host((parts.hostname or "").lower()).removeprefix("www.")
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _encode_host(host: str) -> str:
    """Return the ASCII form of a host that is written in Unicode.

    >>> _encode_host("www.müller.example")
    'www.xn--mller-kva.example'
    """
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@lru_cache(maxsize=10_000)
def get_site(host: str) -> str:
    """Return the registrable domain of a host, whose hosts all belong to one owner; an IP address or a single name is its own.

    Suffixes under which a service gives domains to its customers (github.io, azurewebsites.net) count like .com:
    each customer's domain is a site. Under an unknown top-level domain the last two labels are the site.

    >>> get_site("news.example.co.uk"), get_site("acme.github.io"), get_site("127.0.0.1:8000")
    ('example.co.uk', 'acme.github.io', '127.0.0.1:8000')
    """
    if host.count(":") > 1:
        return host
    found = _PUBLIC_SUFFIXES(host.partition(":")[0])
    if found.suffix or found.ipv4:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.rsplit(".", 2)[-2:])


@lru_cache(maxsize=1_000)
def is_public_suffix(host: str) -> bool:
    """Whether anybody can have a domain below this one.

    >>> is_public_suffix("co.uk"), is_public_suffix("github.io"), is_public_suffix("example.co.uk")
    (True, True, False)
    """
    return not _PUBLIC_SUFFIXES(host).domain
