from __future__ import annotations

import pytest

from corpnews.web.urls import article_key

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
def test_spellings_of_one_url_share_a_key(one: str, other: str) -> None:
    assert article_key(one) == article_key(other)


@pytest.mark.parametrize("name", TRACKERS)
def test_tracking_parameter_is_not_part_of_the_key(name: str) -> None:
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
def test_malformed_url_raises_no_error(url: str) -> None:
    article_key(url)
