from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.rendering_runs import needs_browser
from tests.browser.script_newsrooms import (
    PORTION,
    RELEASES,
    add_client_rendered,
    add_first_page_only,
    add_infinite_scroll,
    add_load_more,
    add_same_page_pager,
    add_year_tabs,
    get_release_day,
)
from tests.helpers import SENTENCES, Answer, crawl, headline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.helpers import Site

LUGGAGE = {"/hero.jpg", "/film.mp4", "/acme.woff2", "/favicon.ico"}


@needs_browser
@pytest.mark.parametrize(
    "newsroom", [add_client_rendered, add_load_more, add_infinite_scroll, add_same_page_pager, add_year_tabs]
)
def test_every_release_of_a_rendered_newsroom_is_found(newsroom: Callable[[Site], None], site: Site, tmp_path: Path) -> None:
    newsroom(site)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    found = [line["url"] for line in run.lines]
    assert (len(found), len(set(found))) == (RELEASES, RELEASES), run.log
    assert {line["source"]["via"] for line in run.lines} == {"browser"}
    assert all(line["date_published"] for line in run.lines)
    asked = [path for path in site.asked if path.startswith("/api/")]
    assert len(asked) <= len(set(asked)) + 1  # the year that the page shows first
    assert LUGGAGE.isdisjoint(site.asked)
    assert site.asked.count("/frame.html") <= 1  # by the search, which looks into frames, not by the browser
    assert "Traceback" not in run.log


@needs_browser
def test_render_argument_renders_the_start_page_and_its_json_is_paged_without_browser(site: Site, tmp_path: Path) -> None:
    add_first_page_only(site)
    path = site.release(1, get_release_day(1))
    text = json.dumps(f"<h1>{headline(1)}</h1><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>")
    shell = f"<title>Acme</title><div id=root></div><script>document.getElementById('root').innerHTML = {text};</script>"
    site.answers.insert(0, lambda asked: Answer(shell.encode()) if asked.path == path else None)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-a", "render=1")
    assert len({line["url"] for line in run.lines}) == len(run.lines) == RELEASES, run.log
    assert site.asked.count("/news/") == 1
    assert site.asked.count("/app.js") == 1
    assert len([path for path in site.asked if path.startswith("/api/")]) == RELEASES // PORTION
    assert site.asked.count(path) == 2  # a release that is empty without its scripts is rendered then
