"""Redirects to log-in, single sign-on, consent and the like: they carry the address to which they lead back."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_SIGN_ON_PARAMETERS: Final = frozenset(
    ("samlrequest", "relaystate", "client_id", "redirect_uri", "wtrealm", "returnurl", "return_url")
)


def leads_back(redirected: str, requested: str) -> bool:
    """Whether a request for one URL was redirected to a page that is to lead back to it.

    >>> leads_back("https://sso.example/?next=%2Fnews%2Fplant-opens", "https://acme.example/news/plant-opens")
    True
    >>> leads_back("https://acme.example/news/plant-opens/?lang=en", "https://acme.example/news/plant-opens")
    False
    """
    target, path = urlsplit(redirected), urlsplit(requested).path.rstrip("/")
    if target.path.rstrip("/") == path:
        return False
    query = [(name.lower(), unquote(value)) for part in (target.query, target.fragment) for name, value in parse_qsl(part)]
    return any(name in _SIGN_ON_PARAMETERS or (len(path) > 1 and path in value) for name, value in query)
