from __future__ import annotations

import pytest

from corpnews.crawler.refusals import find_challenge_vendor, is_refused

LONG = b"<p>The company said that its turbine hall will open next spring.</p>" * 400


@pytest.mark.parametrize(
    ("vendor", "status", "headers", "body"),
    [
        ("Cloudflare", 403, {"cf-mitigated": "challenge"}, b""),
        ("Cloudflare", 503, {}, b"<html><head><title>Just a moment...</title></head>"),
        ("Cloudflare", 403, {}, b"<title>Attention Required! | Cloudflare</title>"),
        ("Cloudflare", 200, {}, b"<script>window._cf_chl_opt={cvId:'3'}</script>"),
        ("Akamai", 403, {}, b"<H1>Access Denied</H1>Reference #18.1 <P>https://errors.edgesuite.net/18.1</P>"),
        ("Akamai", 200, {}, b"<div id='sec-if-cpt-container'></div>"),
        ("Imperva", 200, {}, b"<html><head><script src='/_Incapsula_Resource?SWJIYLWA=1'></script></head><body></body></html>"),
        ("Imperva", 403, {}, b"Request unsuccessful. Incapsula incident ID: 1-2"),
        ("DataDome", 403, {}, b"<script src='https://ct.captcha-delivery.com/c.js'></script>"),
        ("HUMAN", 403, {}, b'<div id="px-captcha"></div>'),
        ("AWS WAF", 202, {"x-amzn-waf-action": "challenge"}, b""),
        ("Sucuri", 403, {}, b"<title>Sucuri WebSite Firewall - Access Denied</title>"),
        ("Knownsec", 521, {}, b"<script>document.cookie='__jsl_clearance=1'</script>"),
    ],
)
def test_challenge_is_attributed_to_its_vendor(vendor: str, status: int, headers: dict[str, str], body: bytes) -> None:
    assert find_challenge_vendor(status, headers, body) == vendor
    assert is_refused(status, headers, body)


@pytest.mark.parametrize(
    "body",
    [
        b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>" + LONG,
        LONG + b"<script src='/_Incapsula_Resource?SWJIYLWA=1'></script>",
        b"<script src='https://js.datadome.co/tags.js'></script>" + LONG,
        b"<script>window._pxAppId='PX1'</script>" + LONG,
        LONG + b"Just a moment... said the works council about Cloudflare and captcha-delivery.com",
        b"",
    ],
)
def test_page_behind_a_firewall_is_no_challenge(body: bytes) -> None:
    assert find_challenge_vendor(200, {"server": "cloudflare", "cf-ray": "1"}, body) is None
    assert not is_refused(200, {}, body)


@pytest.mark.parametrize(("status", "refused"), [(403, True), (429, True), (404, False), (500, False), (503, False)])
def test_refusal_without_vendor_is_recognised(status: int, refused: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_refused(status, {}, b"<h1>No</h1>") is refused
