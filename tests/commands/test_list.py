from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from corpnews.commands.newsroom_lookup import read_declared_names

if TYPE_CHECKING:
    from pathlib import Path


def test_names_are_those_that_scrapy_loads() -> None:
    loaded = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["corpnews.spiders"]}))
    assert sorted(read_declared_names(["corpnews.spiders"]) or []) == sorted(loaded.list())


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
    assert read_declared_names([package.name]) is None
