"""Checks of every newsroom spider's file."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from corpnews import settings as project
from corpnews import spiders
from corpnews.crawler import NewsroomSpider
from corpnews.crawler.arguments import parse_http_url
from corpnews.spiders.demo import DemoSpider
from corpnews.spiders.newsroom import AnyNewsroomSpider
from tests.helpers import environment, scrapy

if TYPE_CHECKING:
    from scrapy import Spider


def loaded() -> list[type[Spider]]:
    settings = Settings()
    settings.setmodule(project)
    loader = SpiderLoader.from_settings(settings)
    return [loader.load(name) for name in sorted(loader.list())]


NEWSROOMS = [
    spider for spider in loaded() if issubclass(spider, NewsroomSpider) and spider not in (AnyNewsroomSpider, DemoSpider)
]
each_newsroom = pytest.mark.parametrize("newsroom", NEWSROOMS, ids=[spider.name for spider in NEWSROOMS])


def source(newsroom: type[NewsroomSpider]) -> Path:
    return Path(sys.modules[newsroom.__module__].__file__ or "")


def test_every_file_of_the_folder_has_one_spider() -> None:
    files = {path.stem for path in Path(spiders.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {spider.name for spider in loaded()}


@each_newsroom
def test_newsroom_is_named_like_its_file(newsroom: type[NewsroomSpider]) -> None:
    assert newsroom.name == source(newsroom).stem


@each_newsroom
def test_newsroom_has_a_company_and_a_docstring(newsroom: type[NewsroomSpider]) -> None:
    assert newsroom.company.strip()
    assert (newsroom.__doc__ or "").endswith(".")


@each_newsroom
def test_start_urls_are_absolute(newsroom: type[NewsroomSpider]) -> None:
    assert newsroom.start_urls
    assert [parse_http_url(url) for url in newsroom.start_urls] == newsroom.start_urls


@each_newsroom
def test_languages_exist(newsroom: type[NewsroomSpider]) -> None:
    assert newsroom.languages
    for language in newsroom.languages:
        assert str(Locale.parse(language, sep="-"))


@each_newsroom
def test_newsroom_is_at_most_fifteen_lines(newsroom: type[NewsroomSpider]) -> None:
    lines = [line for line in source(newsroom).read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 15


@each_newsroom
def test_unknown_argument_is_an_error_with_a_suggestion(newsroom: type[NewsroomSpider]) -> None:
    with pytest.raises(ValueError, match="unknown argument 'maxarticles'; did you mean 'max_articles'"):
        newsroom(maxarticles="5")


@pytest.fixture
def project_folder(tmp_path: Path) -> Path:
    """A Scrapy project of the settings of this one, whose newsrooms are in the package `mine`."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/__init__.py").touch()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = corpnews.settings\n", encoding="utf-8")
    return tmp_path


def test_genspider_writes_a_newsroom(project_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = scrapy(project_folder, "genspider", "acme", "acme.example/press releases", "-s", "NEWSPIDER_MODULE=mine")
    assert run.code == 0, run.log
    monkeypatch.syspath_prepend(str(project_folder))
    (spider,) = (each for each in vars(importlib.import_module("mine.acme")).values() if getattr(each, "name", "") == "acme")
    assert issubclass(spider, NewsroomSpider)
    assert spider.start_urls == ["https://acme.example/press%20releases"]
    assert spider.languages == ()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("acme",), "name the newsroom and its URL"),
        (("Acme Turbines", "acme.example"), "'Acme Turbines' is not a name of letters"),
        (("https://acme.example/news/", "acme"), "the name comes first: scrapy genspider acme https://acme.example/news/"),
        (("acme", "news"), "'news' is not the URL of a web page"),
        (("demo", "acme.example"), "there is a newsroom 'demo' already; --force replaces it"),
        (("-t", "nosuch", "acme", "acme.example"), "there is no template 'nosuch'"),
    ],
)
def test_genspider_writes_nothing_for_wrong_arguments(arguments: tuple[str, ...], message: str, project_folder: Path) -> None:
    run = scrapy(project_folder, "genspider", *arguments, "-s", "NEWSPIDER_MODULE=mine")
    assert run.code == 2
    assert message in run.log
    assert "Traceback" not in run.log
    assert [path.name for path in (project_folder / "mine").glob("*.py")] == ["__init__.py"]


def test_newsroom_with_an_error_in_its_file_stops_no_other(project_folder: Path) -> None:
    (project_folder / "mine/broken.py").write_text("name = 'broken\n", encoding="utf-8")
    command = (sys.executable, "-m", "scrapy", "list", "-s", "SPIDER_MODULES=mine,corpnews.spiders")
    run = subprocess.run(command, cwd=project_folder, env=environment(), capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "demo" in run.stdout.splitlines()
    assert "mine/broken.py" in run.stderr


def test_help_of_crawl_names_the_arguments_of_newsrooms(project_folder: Path) -> None:
    run = scrapy(project_folder, "crawl", "--help")
    assert "max_articles: only the newest N" in " ".join(run.log.split())
