from __future__ import annotations

import pytest

from corpnews.archive.page_location import PageLocation
from corpnews.archive.site_index import get_archive_site, open_temporary_index


def location(url: str) -> PageLocation:
    return PageLocation("pages.warc", url, "warc", 17, "a")


def test_pages_come_back_by_site_in_the_order_in_which_they_were_added() -> None:
    urls = ["https://www.acme.example/1", "https://beta.example/1", "https://press.acme.example/2", "https://beta.example/2"]
    with open_temporary_index() as index:
        for url in urls:
            index.add(location(url))
        index.finish()
        assert list(index.iter_sites()) == [("acme.example", 2), ("beta.example", 2)]
        assert list(index.iter_pages("acme.example")) == [location(urls[0]), location(urls[2])]
        assert list(index.iter_pages("beta.example", step=2)) == [location(urls[1])]


def test_pages_of_a_folder_without_a_url_are_of_the_site_of_most_others() -> None:
    urls = ["https://www.acme.example/1", "file:///saved/acme/2.html", "https://acme.example/3", "https://beta.example/4"]
    with open_temporary_index() as index:
        for url in urls:
            index.add(PageLocation("/saved/acme/page.html", url, "file", folder="/saved/acme", newsroom="acme"))
        index.finish()
        assert list(index.iter_sites()) == [("acme.example", 3), ("beta.example", 1)]
        assert [each.newsroom for each in index.iter_pages("acme.example")] == ["acme", "www.acme.example", "acme"]


@pytest.mark.parametrize("base", ["https://acme.example/", "https://"])
def test_pages_without_a_url_have_that_of_their_path_where_the_folder_mirrors_a_site(base: str) -> None:
    folder = "" if base.endswith("example/") else "acme.example/"
    paths = [f"{folder}news/{number}/index.html" for number in range(4)]
    with open_temporary_index() as index:
        for number, path in enumerate(paths):
            url = f"file:///saved/{path}" if number == 3 else f"https://acme.example/news/{number}/"
            index.add(PageLocation(f"/saved/{path}", url, "file", folder="/saved", newsroom="saved"))
        index.finish()
        assert [each.url for each in index.iter_pages("acme.example")][3] == "https://acme.example/news/3/index.html"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.acme.com.au/1", "acme.com.au"),
        ("https://acme.blogspot.com/1", "acme.blogspot.com"),
        ("http://localhost:8080/1", "localhost"),
        ("http://[2001:db8::1]/1", "2001:db8::1"),
        ("file:///home/acme/1.html", "/home/acme"),
        ("https://BÜCHER.example/1", "bücher.example"),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_site_is_the_registrable_domain_else_the_host_or_folder(url: str, site: str) -> None:
    assert get_archive_site(url) == site
