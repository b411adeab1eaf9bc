"""Checks of every newsroom spider's file."""

from __future__ import annotations

import importlib
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
from tests.helpers import scrapy

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


def test_genspider_writes_a_newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "mine"
    package.mkdir()
    (package / "__init__.py").touch()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = corpnews.settings\n", encoding="utf-8")
    run = scrapy(tmp_path, "genspider", "-t", "newsroom", "acme", "https://acme.example/news/", "-s", "NEWSPIDER_MODULE=mine")
    assert run.code == 0, run.log
    monkeypatch.syspath_prepend(str(tmp_path))
    (spider,) = (each for each in vars(importlib.import_module("mine.acme")).values() if getattr(each, "name", "") == "acme")
    assert issubclass(spider, NewsroomSpider)
    assert spider.start_urls == ["https://acme.example/news/"]
