"""Crawls each platform's look-alike: every release once, with fewer requests than through its listing pages."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.helpers import Site, crawl, serving

if TYPE_CHECKING:
    from tests.helpers import Run
    from tests.platforms.look_alike import LookAlike

LOOK_ALIKE_NAMES = sorted(path.stem.removesuffix("_site") for path in Path(__file__).parent.glob("*_site.py"))


def build_look_alike(name: str) -> LookAlike:
    made: LookAlike = import_module(f"tests.platforms.{name}_site").newsroom()
    return made


def crawl_look_alike(newsroom: LookAlike, folder: Path, *arguments: str) -> tuple[Run, list[str]]:
    """Crawl the look-alike; returns the run and the requested paths."""
    with serving(Site(answers=[newsroom.answer])) as site:
        run = crawl(folder, "newsroom", "-a", f"url={site.url}{newsroom.start}", *arguments)
        return run, site.asked


@pytest.fixture(scope="module", params=LOOK_ALIKE_NAMES)
def visited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[LookAlike, Run, list[str]]:
    newsroom = build_look_alike(request.param)
    return newsroom, *crawl_look_alike(newsroom, tmp_path_factory.mktemp(request.param))


def path_of(line: dict[str, Any]) -> str:
    parts = urlsplit(str(line["url"]))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_every_release_is_exported_exactly_once(visited: tuple[LookAlike, Run, list[str]]) -> None:
    newsroom, run, _ = visited
    assert run.code == 0, run.log
    assert Counter(map(path_of, run.lines)) == Counter(list(newsroom.releases_by_path))


def test_headline_date_and_body_equal_those_of_the_release(visited: tuple[LookAlike, Run, list[str]]) -> None:
    newsroom, run, _ = visited
    lines = {path_of(line): line for line in run.lines}
    for path, release in newsroom.releases_by_path.items():
        line = lines[path]
        assert line["headline"] == release.headline
        assert line["date_published"][:10] == release.day.isoformat()
        assert line["body"] == "\n\n".join(release.paragraphs)


def test_lines_and_log_name_the_source_of_the_releases(visited: tuple[LookAlike, Run, list[str]]) -> None:
    newsroom, run, _ = visited
    assert newsroom.via in {line["source"]["via"] for line in run.lines}
    assert f" Source {newsroom.via}: " in run.log


def test_listing_pages_alone_find_fewer_releases_or_need_as_many_requests(
    visited: tuple[LookAlike, Run, list[str]], tmp_path: Path
) -> None:
    newsroom, run, asked = visited
    html, asked_by_html = crawl_look_alike(newsroom, tmp_path, "-a", "sources=listing")
    found = len(html.lines) if html.code == 0 else 0
    assert found < len(run.lines) or len(asked) <= len(asked_by_html)
