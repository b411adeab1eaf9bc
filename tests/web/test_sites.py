from __future__ import annotations

import pytest

from corpnews.web.sites import get_host, get_site


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("news.acme.com", "acme.com"),
        ("news.acme.co.uk", "acme.co.uk"),
        ("www.acme.github.io", "acme.github.io"),
        ("acme.azurewebsites.net", "acme.azurewebsites.net"),
        ("acme.netlify.app", "acme.netlify.app"),
        ("acme.blogspot.com", "acme.blogspot.com"),
        ("github.io", "github.io"),
        ("press.acme.example:8000", "acme.example:8000"),
        ("localhost:8080", "localhost:8080"),
        ("127.0.0.1:8000", "127.0.0.1:8000"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_site_is_the_registrable_domain(host: str, site: str) -> None:
    assert get_site(host) == site


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.ACME.com/news", "acme.com"),
        ("http://acme.com:80/", "acme.com"),
        ("http://acme.com:8080/", "acme.com:8080"),
        ("http://[", ""),
        ("/news", ""),
    ],
)
def test_host_is_without_www_and_default_port(url: str, host: str) -> None:
    assert get_host(url) == host
