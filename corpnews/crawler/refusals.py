"""Responses in place of the site's own page: challenges and refusals of firewalls, and redirects to log-in, consent and the like,
which carry the address to which they lead back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_CHALLENGE_BYTES = 20_000  # bytes; challenges are short pages whose signature stands near the start
_REFUSAL_STATUSES = (403, 429)

# Signatures that no page of the site itself has: the scripts for admitted visitors have other names
_CHALLENGE_HEADERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("cf-mitigated", re.compile("."), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("captcha|challenge"), "AWS WAF"),
    ("x-sucuri-block", re.compile("."), "Sucuri"),
)
_CHALLENGE_PATTERNS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"_cf_chl_opt|<title>(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)"), "Cloudflare"),
    (re.compile(rb"errors\.edgesuite\.net|/_sec/cp_challenge/|sec-if-cpt-container|[?&]bm-verify="), "Akamai"),
    (re.compile(rb"Incapsula incident"), "Imperva"),
    (re.compile(rb"(?:geo|ct|interstitial)\.captcha-delivery\.com"), "DataDome"),
    (re.compile(rb"id=[\"']px-captcha[\"']|_pxCaptcha|captcha\.px-cdn\.net"), "HUMAN"),
    (re.compile(rb"window\.gokuProps|awsWafCookieDomainList"), "AWS WAF"),
    (re.compile(rb"Sucuri WebSite Firewall - |sucuri_cloudproxy_js"), "Sucuri"),
    (re.compile(rb"<title>Vercel Security Checkpoint"), "Vercel"),
    (re.compile(rb"__jsl_clearance"), "Knownsec"),
)
_MAX_STUB_BYTES = 2_000  # bytes; a page that holds hardly more than a script
_STUB_PATTERNS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"/_Incapsula_Resource\?"), "Imperva"),  # pages for admitted visitors load it too
    (re.compile(rb"\$_ts\b"), "Ruishu"),
)

_SIGN_ON_PARAMETERS: Final = frozenset(
    ("samlrequest", "relaystate", "client_id", "redirect_uri", "wtrealm", "returnurl", "return_url")
)


def find_challenge_vendor(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """The vendor whose challenge or refusal the response is; None if it is the site's own page.

    The names in `headers` are in lower case.

    >>> find_challenge_vendor(200, {}, b"<title>Just a moment...</title>")
    'Cloudflare'
    """
    for header, value, vendor in _CHALLENGE_HEADERS:
        if value.search(headers.get(header, "")):
            return vendor
    if status < 400 and len(body) > _MAX_CHALLENGE_BYTES:
        return None
    patterns = _CHALLENGE_PATTERNS + _STUB_PATTERNS if len(body) <= _MAX_STUB_BYTES else _CHALLENGE_PATTERNS
    return next((vendor for pattern, vendor in patterns if pattern.search(body, 0, _MAX_CHALLENGE_BYTES)), None)


def is_refused(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the response refuses the crawler: HTTP 403 or 429, or a firewall's challenge."""
    return status in _REFUSAL_STATUSES or find_challenge_vendor(status, headers, body) is not None


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
