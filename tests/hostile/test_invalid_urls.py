"""URLs that no request can carry cost neither the page that names them nor the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.web.urls import join_url
from tests.helpers import Answer, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

INVALID = (
    "http://www.acme.example:99999/a.pdf",
    "http://www.acme.example:-1/",
    "http://a:b/",
    "http://[::1/",
    "http://a:0/",
    "/\ud800",
)


@pytest.mark.parametrize("url", INVALID)
def test_invalid_url_is_no_link(url: str) -> None:
    assert join_url("https://acme.example/news/", url) is None


def test_page_with_invalid_urls_is_read(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    head = "".join(f"<base href='{url}'><link rel=next href='{url}'><link rel=canonical href='{url}'>" for url in INVALID[:5])
    items = "".join(f"<li><a href='{url}'>Acme opens one more plant</a></li>" for url in INVALID[:5])
    site.pages = {
        path: Answer(page.body.replace(b"</head>", f"{head}</head>".encode()).replace(b"<ul>", f"<ul>{items}".encode()))
        for path, page in site.pages.items()
    }
    stub = f"<main><h1>Acme has a PDF</h1><time>2024-05-01</time><p><a href='{INVALID[0]}'>Download PDF</a></p></main>"
    site.pages["/news/acme-opens-its-turbine-plant-number-5/"] = Answer(stub.encode())
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, range(1, 5))), run.log
    assert "Traceback" not in run.log
