"""`scrapy crawl` checks its settings before the first request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from corpnews import NewsroomSpider, Selectors
from corpnews.commands.newsroom_run import check_run
from tests.helpers import Site, crawl, scrapy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("CORPNEWS_NOTIFI=json://acme.example", "unknown setting CORPNEWS_NOTIFI; there are CORPNEWS_"),
        ("CORPNEWS_BROWSER_TIMEOUT=soon", "CORPNEWS_BROWSER_TIMEOUT: 'soon' is not a number of seconds above 0"),
        ("CORPNEWS_MAX_SEARCH_REQUESTS=0", "CORPNEWS_MAX_SEARCH_REQUESTS: '0' is not a number of requests above 0"),
        ("CORPNEWS_BROWSER_TIMEOUT=0", "CORPNEWS_BROWSER_TIMEOUT: '0' is not a number of seconds above 0"),
        ("CORPNEWS_OUTPUT=file", "CORPNEWS_OUTPUT: 'file' is not a folder"),
        ("CORPNEWS_STORE=mysql://acme", "a store is sqlite:///PATH or postgresql+psycopg://USER@HOST/DATABASE, not mysql://…"),
        ('FEEDS={"lines.yaml": {}}', "FEEDS: lines.yaml: 'yaml' is not a format; there are csv, "),
        ('FEEDS={"gopher://acme/lines.csv": {}}', "FEEDS: gopher://acme/lines.csv: 'gopher' is not a storage; there are "),
        ("CORPNEWS_NOTIFY=pigeon://acme", "CORPNEWS_NOTIFY: 'pigeon://…' is not the complete URL of a service"),
    ],
)
def test_wrong_setting_is_named_and_nothing_runs(setting: str, message: str, site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-s", setting)
    assert run.code == 2
    assert message in run.last_line
    assert "Traceback" not in run.log
    assert site.asked == []


@pytest.mark.parametrize("name", ["lines.json", "lines.parquet", "lines.xml"])
def test_file_that_cannot_be_appended_to_stays_as_it_is(name: str, site: Site, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"an earlier result")
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-o", name)
    assert run.code == 2
    assert f"{name} is there, and a file of the format {name[6:]} cannot be appended to; -O replaces it" in run.last_line
    assert (tmp_path / name).read_bytes() == b"an earlier result"
    assert site.asked == []


def test_invalid_selector_of_a_newsroom_is_named() -> None:
    class BrokenSpider(NewsroomSpider):
        name = "broken"
        selectors = Selectors(body="div[")

    with pytest.raises(UsageError, match=r"^selector body='div\[' is no CSS selector: "):
        check_run(BrokenSpider, {}, Settings())


def test_missing_url_is_asked_for(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "newsroom")
    assert run.code == 2
    assert "give the page that lists the releases, or the home page: -a url=…" in run.last_line
