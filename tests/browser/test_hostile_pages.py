from __future__ import annotations

import gzip
import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.browser import hostile_pages as pages
from tests.browser.rendering_runs import find_alive, get_descendants, needs_browser, run_rendering, start_rendering
from tests.helpers import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers import Site

pytestmark = needs_browser


@pytest.mark.parametrize("script", [pages.POLLING, pages.ENDLESS, pages.SILENT, pages.HANGING])
def test_page_that_never_settles_ends_within_its_time_limit(script: str, site: Site, tmp_path: Path) -> None:
    pages.add_hostile_page(site, script)
    began = time.monotonic()
    run = run_rendering(tmp_path, f"{site.url}/news/", "CORPNEWS_BROWSER_TIMEOUT=6")
    assert time.monotonic() - began < 60
    assert run.code == 0
    assert "Traceback" not in run.log
    if script != pages.HANGING:
        assert len(run.links) >= 3


def test_dialogs_popups_and_downloads_do_not_block_the_run(site: Site, tmp_path: Path) -> None:
    pages.add_hostile_page(site, pages.DIALOGS, pages.POPUPS)
    run = run_rendering(tmp_path, f"{site.url}/news/")
    assert len(run.links) == 3
    assert {"/popup/", "/download.zip", "/elsewhere/"}.isdisjoint(site.asked)
    assert "Traceback" not in run.log


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_run_leaves_no_browser_process(how: signal.Signals, site: Site, tmp_path: Path) -> None:
    pages.add_hostile_page(site, pages.ENDLESS)
    run = start_rendering(tmp_path, f"{site.url}/news/")
    try:
        deadline = time.monotonic() + 60
        while "/news/" not in site.asked or len(get_descendants(run)) < 4:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        time.sleep(2)
        started = get_descendants(run)
        run.send_signal(how)
        run.wait(timeout=40)
        assert not find_alive(started)
    finally:
        run.kill()
    assert "Traceback" not in (tmp_path / "log.txt").read_text()


def test_page_is_downloaded_under_scrapys_rules_by_the_users_handler(site: Site, tmp_path: Path) -> None:
    pages.add_hostile_page(site)
    body = gzip.compress(site.pages.pop("/news/").body)
    site.pages["/start/"] = Answer(b"", 302, {"Location": "/news/"})
    site.pages["/news/"] = Answer(body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/", headers={"Content-Type": "text/plain"})
    handlers = json.dumps({"http": "tests.browser.rendering_spider.UserDownloadHandler"})
    run = run_rendering(tmp_path, f"{site.url}/start/", f"DOWNLOAD_HANDLERS={handlers}")
    assert len(run.links) == 3
    assert f"UserDownloadHandler downloads {site.url}/news/" in run.log
    assert site.asked.count("/news/") == 1
    (tmp_path / "private").mkdir()
    assert not run_rendering(tmp_path / "private", f"{site.url}/private/").links
    assert "/private/" not in site.asked
