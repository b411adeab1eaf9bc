from __future__ import annotations

import pytest

from corpnews.discovery import Scope
from corpnews.web.url_features import has_article_id, has_date_in_path, has_page_number_in_path, has_slug, is_label_url
from corpnews.web.urls import article_key, is_asset_url

SPELLINGS = [
    ("http://example.com/news/a", "https://www.example.com/news/a/"),
    ("http://example.com/Company-News/A.html", "http://example.com/company-news/a.html"),
    ("http://example.com/news/", "http://example.com/news/index.html"),
    ("http://example.com/news/deal/default.aspx", "http://example.com/news/deal"),
    ("http://example.com/news/a?utm_source=x&utm_medium=y", "http://example.com/news/a?fbclid=1"),
    ("http://example.com/view?id=3&c=1", "http://example.com/view?c=1&id=3#top"),
    ("http://example.com/a;jsessionid=1F2E", "http://example.com/a"),
    ("http://example.com/a?PHPSESSID=abc", "http://example.com:80/a"),
    ("http://example.com/n/%E6%96%B0", "http://example.com/n/新"),
    (
        "http://example.com/News/PressReleaseDetail/Q3FY24-Results.aspx",
        "http://example.com/news/pressreleasedetail/q3fy24-results.aspx",
    ),
    ("http://example.com/Press/AbC12xY/", "http://example.com/press/AbC12xY"),
    ("http://example.com/a;JSESSIONID=1F2E", "http://example.com/a"),
    ("http://example.com/N%C3%84CHSTE", "http://example.com/nächste"),
]
TRACKERS = "ttclid twclid wbraid gbraid srsltid li_fat_id mtm_source pk_campaign __hstc vero_id oly_enc_id s_cid".split()
DIFFERENT = [
    ("http://example.com/view?id=3", "http://example.com/view?id=4"),
    ("http://example.com/news/1", "http://example.com/news/2"),
    ("http://example.com/article?sid=12", "http://example.com/article?sid=13"),
    ("http://example.com/a", "http://press.example.com/a"),
    ("http://example.com/a", "http://example.com:8080/a"),
    ("http://example.com/p/AbC12xY", "http://example.com/p/aBc12Xy"),
    ("http://example.com/p/dQw4w9WgXcQ.html", "http://example.com/p/dqw4w9wgxcq.html"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_address_share_a_key(one: str, other: str) -> None:
    assert article_key(one) == article_key(other)


@pytest.mark.parametrize("name", TRACKERS)
def test_tracking_parameter_is_no_part_of_the_key(name: str) -> None:
    assert article_key(f"http://example.com/a?{name}=x1") == article_key("http://example.com/a")


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_keep_different_keys(one: str, other: str) -> None:
    assert article_key(one) != article_key(other)


@pytest.mark.parametrize(
    "url",
    [
        "http://[broken",
        "http://example.com:port/",
        "",
        "not a url",
        "http://example.com/%ff%00",
        "http://example.com/" + "a" * 9999,
    ],
)
def test_an_odd_address_raises_nothing(url: str) -> None:
    article_key(url)
    Scope.from_start_url("http://example.com/news/").contains(url)


def test_the_newsrooms_host_is_the_scope_with_or_without_www() -> None:
    scope = Scope.from_start_url("https://www.example.com/en/news/")
    assert scope.contains("http://example.com/press/a.html")
    assert not scope.contains("https://blog.example.com/a")
    assert not scope.contains("https://example.com.evil.net/en/news/a")
    assert not scope.contains("https://www.example.com/en/news/a.pdf")


def test_below_the_newsroom_holds_in_every_edition() -> None:
    scope = Scope.from_start_url("https://example.com/en/news/2024/")
    assert scope.section == ("news",)
    assert scope.is_below_section("https://example.com/ja/news/a/")
    assert not scope.is_below_section("https://example.com/en/news/")
    assert not scope.is_below_section("https://example.com/en/newsletter/a/")


@pytest.mark.parametrize(
    "url",
    [
        "/news/12345.html",
        "/art/2024/5/3/art_12_345.html",
        "/news/t20240503_1001.html",
        "/en/new-events/0cc175b9c0f1b6a831c399e269772661.html",
        "/view.asp?no=12",
    ],
)
def test_an_id_is_seen(url: str) -> None:
    assert has_article_id(f"http://example.com{url}")


def test_shapes_of_addresses() -> None:
    assert has_date_in_path("http://example.com/2024/05/03/deal/")
    assert has_date_in_path("http://example.com/news/20240503-deal")
    assert not has_date_in_path("http://example.com/products/model-2000-5/")
    assert has_slug("http://example.com/news/acme-opens-a-plant/")
    assert is_label_url("http://example.com/blog/category/company/")
    assert not is_label_url("http://example.com/category/qyxw/index/462.html")
    assert is_label_url("http://example.com/archives/")
    assert not is_label_url("http://example.com/archives/1234")
    assert not is_label_url("http://example.com/topics/20240503.html")
    assert has_page_number_in_path("http://example.com/news/page/2/")
    assert not has_page_number_in_path("http://example.com/p/123456.html")
    assert has_page_number_in_path("http://example.com/news/index_12.html")
    assert not has_page_number_in_path("http://example.com/news/page-setup-for-beginners/")
    assert is_asset_url("http://example.com/a.PDF")
