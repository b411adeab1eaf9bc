"""Real newsrooms, saved as they stood, crawled offline: by nothing but their URL, and by the spiders that have their names."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Any

import pytest

from tests.benchmarks.newsrooms import read_arguments
from tests.benchmarks.truth import load_module, newsroom_folders
from tests.helpers import crawl

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.first


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What came of each saved newsroom, crawled from its start page."""
    replay, scorer = (load_module(shared / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    scores = {}
    with replay.serving() as server:
        for folder in newsroom_folders("newsrooms"):
            run = crawl(tmp_path_factory.mktemp("newsroom"), *read_arguments(folder), proxy=server.url)
            scores[folder.name] = scorer.score(folder, run.lines)[0]
    return scores


def test_any_newsroom_is_found_whole_and_nothing_else(scores: dict[str, dict[str, Any]]) -> None:
    found = {site: score["found"] for site, score in scores.items()}
    assert min(found.values()) >= 0.85, found
    assert mean(found.values()) >= 0.97, found
    assert mean(score["wrong"] for score in scores.values()) <= 0.03
    assert sum(score["repeated"] for score in scores.values()) == 0


@pytest.mark.parametrize("measure", ["f1", "clean", "date", "title"])
def test_lines_of_any_newsroom_say_what_the_releases_say(measure: str, scores: dict[str, dict[str, Any]]) -> None:
    reached = {site: score[measure] for site, score in scores.items()}
    assert mean(reached.values()) >= 0.95, reached
    assert measure != "f1" or min(reached.values()) >= 0.85, reached


@pytest.mark.parametrize("newsroom", ["harvestx", "nzsuperfund", "playnitride", "rapid7", "sobha"])
def test_newsroom_with_a_name_comes_out_whole(newsroom: str, shared: Path, tmp_path: Path) -> None:
    replay, score = (load_module(shared / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    with replay.serving() as server:
        run = crawl(tmp_path, newsroom, proxy=server.url)
    assert run.code in (0, 3), run.log  # most links of some saved copies are dead, which makes their runs degraded
    result, _, wrong = score.score(shared / "newsrooms" / newsroom, run.lines)
    assert result["found"] >= 0.95
    assert result["repeated"] == 0
    assert wrong == []
    assert result["f1"] >= 0.9
