"""A run that is limited to a number of articles ends, whatever the start page lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import Site, crawl

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("arguments", [(), ("-a", "sources=listing")], ids=["all sources", "the listing alone"])
@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_limited_run_ends(limit: int, arguments: tuple[str, ...], site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", f"max_articles={limit}", *arguments)
    assert run.code == 0
    assert len(run.lines) == min(limit, 3)
