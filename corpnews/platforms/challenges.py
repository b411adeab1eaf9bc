"""Pages that firewalls put in the place of a site's own, to keep robots out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKED_AT = 20_000  # bytes; a challenge is a short page, and says what it is near its start
REFUSALS = (403, 429)

# What no page of the site itself carries: their scripts for visitors who are let in have other names
BY_HEADER: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("cf-mitigated", re.compile("."), "Cloudflare"),
    ("x-amzn-waf-action", re.compile("captcha|challenge"), "AWS WAF"),
    ("x-sucuri-block", re.compile("."), "Sucuri"),
)
BY_BODY: tuple[tuple[re.Pattern[bytes], str], ...] = (
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
STUB = 2_000  # bytes; a page that is little more than a script
BY_STUB: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"/_Incapsula_Resource\?"), "Imperva"),  # pages of visitors who were let in carry it too
    (re.compile(rb"\$_ts\b"), "Ruishu"),
)


def challenger(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Whose challenge or refusal the answer is, None where it is the site's own page; names of headers are in lower case.

    >>> challenger(200, {}, b"<title>Just a moment...</title>")
    'Cloudflare'
    """
    for header, value, vendor in BY_HEADER:
        if value.search(headers.get(header, "")):
            return vendor
    if status < 400 and len(body) > LOOKED_AT:
        return None
    patterns = BY_BODY + BY_STUB if len(body) <= STUB else BY_BODY
    return next((vendor for pattern, vendor in patterns if pattern.search(body, 0, LOOKED_AT)), None)


def turns_away(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the answer keeps a robot out, whoever gave it."""
    return status in REFUSALS or challenger(status, headers, body) is not None
