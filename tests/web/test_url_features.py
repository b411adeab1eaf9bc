from __future__ import annotations

import pytest

from corpnews.web.url_features import has_article_id, has_date_in_path, has_page_number_in_path, has_slug, is_label_url
from corpnews.web.urls import is_asset_url


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
def test_article_id_is_recognized(url: str) -> None:
    assert has_article_id(f"http://example.com{url}")


def test_features_of_urls() -> None:
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
