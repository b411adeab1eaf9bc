"""Newsroom spiders in a Scrapy project of somebody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers import ROOT, Run, Site, read, scrapy

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
BOT_NAME = "acme"
SPIDER_MODULES = ["acme.spiders"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
ROBOTSTXT_OBEY = False
ITEM_PIPELINES = {"acme.components.MarkPipeline": 950}
"""
SPIDERS = """
import scrapy
from corpnews.crawler import NewsroomSpider

class AcmeNews(NewsroomSpider):
    name = "acme"
    company = "Acme Turbines"
    start_urls = ["{url}/news/"]

class Plain(scrapy.Spider):
    name = "plain"
    start_urls = ["{url}/news/"]

    def parse(self, response):
        yield {{"title": response.css("title::text").get(), "robots": self.settings.getbool("ROBOTSTXT_OBEY")}}
"""
COMPONENTS = """
import scrapy
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exporters import BaseItemExporter

class MarkPipeline:
    def process_item(self, item):
        print("MarkPipeline saw", type(item).__name__)
        return item

class Release(scrapy.Item):
    title = scrapy.Field()

class ReleasePipeline:
    def process_item(self, item):
        return Release(title=item.headline)

class TitleExporter(BaseItemExporter):
    def __init__(self, file, **kwargs):
        super().__init__(**kwargs, dont_fail=True)
        self.file = file

    def export_item(self, item):
        self.file.write(f"{item['title']}\\n".encode())

class LoggingHandler(HTTP11DownloadHandler):
    async def download_request(self, request):
        print("LoggingHandler downloads", request.url)
        return await super().download_request(request)
"""


@pytest.fixture
def project(site: Site, tmp_path: Path) -> Path:
    """A project of two spiders: a newsroom, and one that has nothing to do with this package."""
    site.listing("/news/", range(1, 5))
    package = tmp_path / "acme"
    package.mkdir()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = acme.settings\n")
    for name, text in {
        "__init__": "",
        "settings": SETTINGS,
        "spiders": SPIDERS.format(url=site.url),
        "components": COMPONENTS,
    }.items():
        (package / f"{name}.py").write_text(text)
    return tmp_path


def run(project: Path, *arguments: str) -> Run:
    return scrapy(project, *arguments, SCRAPY_SETTINGS_MODULE="acme.settings", PYTHONPATH=f"{ROOT}:{project}")


@pytest.mark.parametrize("addons", ['{"corpnews.addon.CorpnewsAddon": 300}', "{}"])
def test_newsroom_of_another_project_has_settings_pipelines_and_verdict(addons: str, project: Path) -> None:
    with (project / "acme" / "settings.py").open("a") as settings:
        settings.write(f"ADDONS = {addons}\n")
    done = run(project, "crawl", "acme")
    assert done.code == 0, done.log
    assert [line["company"] for line in done.lines] == ["Acme Turbines"] * 4
    assert done.verdict["verdict"] == "ok"
    assert "acme: 4 articles" in done.last_line
    assert done.log.count("MarkPipeline saw Article") == 4


def test_plain_spider_of_that_project_is_left_alone(project: Path) -> None:
    with (project / "acme" / "settings.py").open("a") as settings:
        settings.write('ADDONS = {"corpnews.addon.CorpnewsAddon": 300}\n')
    done = run(project, "crawl", "plain", "-O", "plain.json")
    assert done.code == 0, done.log
    assert json.loads((project / "plain.json").read_text()) == [{"title": "News", "robots": False}]
    assert not (project / "output").exists()


def test_commands_module_brings_the_exit_status(site: Site, project: Path) -> None:
    site.pages.clear()
    with (project / "acme" / "settings.py").open("a") as settings:
        settings.write('COMMANDS_MODULE = "corpnews.commands"\n')
    assert run(project, "crawl", "acme").code == 1
    assert read(project / "output" / "acme" / "runs.jsonl")[-1]["verdict"] == "failed"
    assert run(project, "report").code == 1


def test_item_class_exporter_and_download_handler_of_the_project_are_used(project: Path) -> None:
    with (project / "acme" / "settings.py").open("a") as settings:
        settings.write("""
ITEM_PIPELINES = {"acme.components.ReleasePipeline": 950}
FEED_EXPORTERS = {"titles": "acme.components.TitleExporter"}
FEEDS = {"titles.txt": {"format": "titles"}}
DOWNLOAD_HANDLERS = {"http": "acme.components.LoggingHandler"}
""")
    done = run(project, "crawl", "acme")
    assert done.code == 0, done.log
    titles = (project / "titles.txt").read_text().splitlines()
    assert sorted(titles) == [f"Acme opens its turbine plant number {number}" for number in range(1, 5)]
    assert "LoggingHandler downloads" in done.log
    assert done.verdict["verdict"] == "ok"
    assert run(project, "crawl", "acme").verdict["verdict"] == "unchanged"


def test_check_counts_the_releases_of_a_start_page(site: Site, project: Path) -> None:
    contracts = ("-s", 'SPIDER_CONTRACTS={"corpnews.crawler.contracts.NewsroomContract": 10}')
    done = run(project, "check", "acme", *contracts)
    assert done.code == 0, done.log
    assert "Ran 1 contract" in done.log
    site.page("/news/", "<h1>News</h1>", "News")
    done = run(project, "check", "acme", *contracts)
    assert done.code == 1
    assert "0 links to articles found, expected 1 or more" in done.log
    assert not (project / "output").exists()
