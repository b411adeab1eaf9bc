from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpnews.middlewares.rendering import BROWSER_EXTRA_HINT
from tests.browser.rendering_runs import command, hide_package, run_rendering
from tests.helpers import ROOT, crawl_process, scrapy_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Site


def complaints(log: str) -> list[str]:
    return [line for line in log.splitlines() if "Skipped" in line]


def test_missing_extra_is_one_line_with_the_command_to_install_it(site: Site, tmp_path: Path) -> None:
    site.page("/news/", "<div id='root'></div><script src='/app.js'></script>")
    hidden = hide_package(tmp_path, "scrapy_playwright")
    run = scrapy_process(tmp_path, *command(f"{site.url}/news/"), PYTHONPATH=f"{hidden}:{ROOT}")
    assert run.code == 0
    (line,) = complaints(run.log)
    assert line.endswith(f"Skipped <{site.url}/news/>: {BROWSER_EXTRA_HINT}")
    assert "pip install 'corpnews[browser]'" in line
    assert "Traceback" not in run.log


def test_missing_chromium_is_one_line_with_the_command_to_install_it(site: Site, tmp_path: Path) -> None:
    pytest.importorskip("scrapy_playwright", reason="the browser extra is not installed")
    site.page("/news/", "<div id='root'></div><script src='/app.js'></script>")
    run = run_rendering(tmp_path, f"{site.url}/news/", PATH=str(tmp_path), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path / "none"))
    assert run.code == 0
    (line,) = complaints(run.log)
    assert "needs Chromium" in line
    assert "playwright install chromium" in line
    assert "Traceback" not in run.log


def test_run_without_rendering_does_not_import_playwright(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 4))
    hidden = hide_package(tmp_path, "playwright")
    run = crawl_process(tmp_path, "newsroom", "-a", f"url={site.url}/news/", PYTHONPATH=f"{hidden}:{ROOT}")
    assert len(run.lines) == 3
    assert "was asked for" not in run.log
