"""Our newsrooms against real ones, saved as they stood, served offline."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import pytest

from tests.helpers import crawl

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize("newsroom", ["harvestx", "nzsuperfund", "playnitride", "rapid7", "sobha"])
def test_saved_newsroom_comes_out_whole_and_clean(newsroom: str, shared: Path, tmp_path: Path) -> None:
    replay, score = (module(shared / "newsrooms" / f"{name}.py") for name in ("replay", "score"))
    with replay.serving() as server:
        run = crawl(tmp_path, newsroom, proxy=server.url)
    assert run.code == 0, run.log
    result, _, wrong = score.score(shared / "newsrooms" / newsroom, run.lines)
    assert result["found"] >= 0.95
    assert result["repeated"] == 0
    assert wrong == []
    assert result["f1"] >= 0.9
    assert result["title"] >= 0.95
    assert result["date"] >= 0.95
