from __future__ import annotations

import pytest

from corpnews.discovery import Scope


def test_scope_is_the_host_with_or_without_www() -> None:
    scope = Scope.from_start_url("https://www.example.com/en/news/")
    assert scope.contains("http://example.com/press/a.html")
    assert not scope.contains("https://blog.example.com/a")
    assert not scope.contains("https://example.com.evil.net/en/news/a")
    assert not scope.contains("https://www.example.com/en/news/a.pdf")


def test_url_is_below_the_section_in_every_edition() -> None:
    scope = Scope.from_start_url("https://example.com/en/news/2024/")
    assert scope.section == ("news",)
    assert scope.is_below_section("https://example.com/ja/news/a/")
    assert not scope.is_below_section("https://example.com/en/news/")
    assert not scope.is_below_section("https://example.com/en/newsletter/a/")


@pytest.mark.parametrize("domain", ["github.io", "azurewebsites.net", "netlify.app"])
def test_scope_excludes_other_customers_of_the_hosting_service(domain: str) -> None:
    scope = Scope.from_start_url(f"https://acme.{domain}/news/")
    assert scope.allows(f"https://press.acme.{domain}/feed.xml")
    assert not scope.allows(f"https://other-company.{domain}/news/")


@pytest.mark.parametrize("url", ["http://[broken", "http://example.com:port/", "", "not a url"])
def test_malformed_url_is_not_in_the_scope(url: str) -> None:
    assert not Scope.from_start_url("http://example.com/news/").contains(url)
