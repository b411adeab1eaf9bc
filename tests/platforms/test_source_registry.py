"""Discovery sources of other packages, registered by entry point."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest

from corpnews.discovery.source import Source, SourceResult
from corpnews.platforms import source_registry
from corpnews.platforms.source_registry import ENTRY_POINT_GROUP, PLATFORM_SOURCES, load_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.discovery.source import SourceRequest, SourceResponse, StartPage


class AcmeSource(Source):
    name = "acme"

    def initial_requests(self, start: StartPage) -> tuple[SourceRequest, ...]:  # noqa: ARG002
        return ()

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:  # noqa: ARG002
        return SourceResult()


class FeedOfAcme(AcmeSource):
    name = "feed"


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
        ("pathlib:Path", "not a subclass of corpnews.discovery.source.Source"),
        (f"{__name__}:FeedOfAcme", "a source is named 'feed' already"),
    ],
)
def test_wrong_entry_point_is_one_line_that_names_it(value: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, value)
    with pytest.raises(ValueError, match=message):
        load_sources()
