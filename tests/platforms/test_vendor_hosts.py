"""Data on a vendor's own host: the vendor's source may request it, nothing else may."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.helpers import ROOT, Answer, Site, crawl_process, serving
from tests.platforms.look_alike import RELEASES, build_data_answer, build_page, find_detail_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Asked
    from tests.platforms.look_alike import LookAlikeRelease

SOURCE = """
from corpnews.platforms.json_list_source import JsonListSource

class AcmeSource(JsonListSource):
    name = "acme"
    vendor_sites = frozenset(({vendor!r},))
    rows_path, total_path, position = ("rows",), ("total",), "skip"

    def find_list_url(self, page):
        return next((element.get("data-list") for element in page.root.iter("main", "div") if element.get("data-list")), None)
"""


def path_of(release: LookAlikeRelease) -> str:
    return f"/news/{release.slug}"


def answer(asked: Asked) -> Answer | None:
    parts = urlsplit(asked.path)
    if parts.path == "/news/":
        port = asked.headers["host"].rpartition(":")[2]
        return build_page(f"<h1>News</h1><div data-list='http://localhost:{port}/api/list?skip=0'></div>", "News")
    if parts.path == "/api/list":
        skip = int(parts.query.partition("skip=")[2])
        rows = [{"title": each.headline, "url": path_of(each), "date": str(each.day)} for each in RELEASES[skip : skip + 40]]
        return build_data_answer(json.dumps({"total": len(RELEASES), "rows": rows}))
    return find_detail_page(
        parts.path, path_of, lambda each: build_page(f"<h1>{each.headline}</h1><time>{each.day}</time>{each.html}", each.headline)
    )


@pytest.mark.parametrize(("vendor", "requests"), [("localhost", 2), ("vendor.example", 0)])
def test_list_is_requested_from_the_vendors_host_only(vendor: str, requests: int, tmp_path: Path) -> None:
    package = tmp_path / "packages" / "acme-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[corpnews.sources]\nacme = acme_news:AcmeSource\n")
    (package.parent / "acme_news.py").write_text(SOURCE.format(vendor=vendor))
    python_path = os.pathsep.join((str(ROOT), str(package.parent)))
    with serving(Site(answers=[answer])) as site:
        variables = {"PYTHONPATH": python_path, "CORPNEWS_ALLOW_HOSTS": "localhost"}
        run = crawl_process(tmp_path, "newsroom", "-a", f"url={site.url}/news/", **variables)
    assert len([path for path in site.asked if path.startswith("/api/list")]) == requests, run.log
    if requests:
        assert {urlsplit(line["url"]).path for line in run.lines} == set(map(path_of, RELEASES)), run.log
