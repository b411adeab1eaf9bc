"""Discovery sources of other packages, registered by entry point."""

from __future__ import annotations

import os
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from corpnews.discovery.source import Source, SourceResult
from corpnews.platforms import source_registry
from corpnews.platforms.source_registry import ENTRY_POINT_GROUP, PLATFORM_SOURCES, load_sources
from tests.helpers import ROOT, scrapy_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpnews.discovery.source import SourceRequest, SourceResponse, StartPage


class AcmeSource(Source):
    name = "acme"

    def initial_requests(self, start: StartPage) -> tuple[SourceRequest, ...]:  # noqa: ARG002
        return ()

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        return SourceResult()


class FeedOfAcme(AcmeSource):
    name = "feed"


class BrokenSource(AcmeSource):
    def __init__(self) -> None:
        raise RuntimeError("no licence")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    load_sources.cache_clear()
    yield
    load_sources.cache_clear()


def register(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry_point = EntryPoint("acme", value, ENTRY_POINT_GROUP)
    monkeypatch.setattr(source_registry, "entry_points", lambda group: [entry_point] if group == ENTRY_POINT_GROUP else [])


def test_source_of_an_entry_point_is_queried_after_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, f"{__name__}:AcmeSource")
    assert load_sources()[len(PLATFORM_SOURCES)].name == "acme"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("no_such_package:Source", r"'acme' of corpnews\.sources: no_such_package:Source cannot be loaded"),
        (f"{__name__}:NoSuchSource", "cannot be loaded"),
        (f"{__name__}:BrokenSource", r"cannot be loaded \(RuntimeError: no licence\)"),
        ("pathlib:Path", "not a subclass of corpnews.discovery.source.Source"),
        (f"{__name__}:FeedOfAcme", "a source is named 'feed' already"),
    ],
)
def test_wrong_entry_point_is_one_line_that_names_it(value: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, value)
    with pytest.raises(ValueError, match=message):
        load_sources()


def test_wrong_entry_point_ends_a_crawl_before_its_first_request(tmp_path: Path) -> None:
    package = tmp_path / "packages" / "acme-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[corpnews.sources]\nacme = no_such_package:Source\n")
    path = os.pathsep.join((str(ROOT), str(package.parent)))
    run = scrapy_process(tmp_path, "crawl", "newsroom", "-a", "url=https://acme.example/news/", PYTHONPATH=path)
    assert run.code == 2
    assert "entry point 'acme' of corpnews.sources: no_such_package:Source cannot be loaded" in run.last_line
    assert "Traceback" not in run.log
