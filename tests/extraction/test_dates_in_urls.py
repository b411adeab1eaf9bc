from __future__ import annotations

import pytest

from corpnews.extraction.dates.url_dates import find_date_in_url, find_upload_date


@pytest.mark.parametrize(
    "path",
    [
        "/2024/05/03/new-plant",
        "/2024/5/3/new-plant/",
        "/2024-05-03-new-plant",
        "/news/20240503",
        "/news/2024/0503/1234.html",
        "/art/202405/t20240503_123456.html",
        "/news/20240503154500.html",
        "/news/2024/may/03/new-plant",
        "/story/24/05/03/1234",
        "/web/20260101000000/http://example.org/2024/05/03/new-plant",
    ],
)
def test_a_day_is_read_from_a_path(path: str) -> None:
    found = find_date_in_url(f"https://example.com{path}")
    assert found is not None
    assert found.value == "2024-05-03"


def test_a_day_above_twelve_is_read_from_a_path_in_any_order() -> None:
    found = find_date_in_url("https://example.com/news/new-plant-05-23-2024")
    assert found is not None
    assert found.value == "2024-05-23"


def test_folder_of_a_month_is_a_date_of_a_month() -> None:
    found = find_date_in_url("https://example.com/2024/05/new-plant")
    assert found is not None
    assert (found.value, found.precision) == ("2024-05", "month")


@pytest.mark.parametrize(
    "url",
    ["https://example.com/news/123456789", "https://example.com/on-03-05-2024", "https://example.com/20249999", "https://[bad"],
)
def test_other_numbers_of_a_path_are_no_dates(url: str) -> None:
    assert find_date_in_url(url) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("/upload/image/6382777178944189828450466.png", "2023-08-16"),
        ("/ueditor/20230816/1692174989123456.jpg", None),
        ("https://example.com/up/1692174989.jpg?w=300", "2023-08-16"),
        ("/up/1692174989123.webp", "2023-08-16"),
        ("/up/20230816083629_4711.png", "2023-08-16"),
        ("/up/stand-2023-08-16.png", "2023-08-16"),
        ("/up/12345678.png", None),
        ("/up/logo.png", None),
    ],
)
def test_name_of_an_upload_contains_its_date(name: str, day: str | None) -> None:
    found = find_upload_date([name])
    assert (found.value if found else None) == day


def test_the_latest_of_several_uploads_counts() -> None:
    found = find_upload_date(["/up/20210101120000.png", "/up/20230816083629.png"])
    assert found is not None
    assert found.value == "2023-08-16"
