from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from corpnews.commands.newsroom_lookup import read_declared_spiders
from corpnews.state import Store
from tests.helpers import scrapy_process

if TYPE_CHECKING:
    from pathlib import Path


def test_names_are_those_that_scrapy_loads() -> None:
    loaded = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["corpnews.spiders"]}))
    assert sorted(read_declared_spiders(["corpnews.spiders"]) or []) == sorted(loaded.list())


@pytest.mark.parametrize(
    "source",
    [
        "class Ours(NewsroomSpider):\n    name = 'o' + 'urs'\n",
        "class Ours(NewsroomSpider):\n    pass\n",
        "class Ours(NewsroomSpider:\n",
    ],
)
def test_name_that_the_source_does_not_state_is_left_to_scrapy(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / f"spiders_{abs(hash(source))}"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "ours.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    assert read_declared_spiders([package.name]) is None


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["list"], ["sqlalchemy", "rich", "corpnews.crawler.newsroom_spider"]),
        (["report"], ["sqlalchemy", "rich", "corpnews.crawler"]),
        (["crawl", "demo", "-a", "max_article=3"], ["sqlalchemy", "corpnews.crawler.newsroom_spider", "corpnews.platforms.q4"]),
        (["crawl", "demmo"], ["sqlalchemy", "corpnews.crawler.newsroom_spider"]),
        (["crawl", "-h"], ["sqlalchemy", "corpnews.crawler.newsroom_spider"]),
    ],
)
def test_command_that_crawls_nothing_loads_little(command: list[str], unneeded: list[str], tmp_path: Path) -> None:
    Store.open(tmp_path / "output" / "store.sqlite").start_run("acme", datetime.now(UTC)).close()
    run = scrapy_process(tmp_path, *command, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in run.log.splitlines() if line.startswith("import time:")}
    assert "scrapy.commands" in loaded
    assert not loaded & {*unneeded}
