"""Newsrooms that say nothing without their scripts, and have list and text in data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import QUICK, SENTENCES, Answer, Asked, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = range(1, 8)
PORTION = 3
SHELL = "<html><title>Acme</title><body><nav><a href='/products/'>Products</a></nav><div id=app></div>{}</body></html>"
TAGGED = {"Content-Type": "text/html; charset=utf-8", "ETag": '"1"'}
SLUGS = {number: f"acme-opens-plant-{number}" for number in NUMBERS}


def build_article(number: int) -> dict[str, Any]:
    nodes = [{"type": "paragraph", "children": [{"text": text.format(number=number, day="Monday")}]} for text in SENTENCES]
    return {"title": headline(number), "slug": SLUGS[number], "date": f"2024-05-{28 - number:02}", "body": json.dumps(nodes)}


@pytest.fixture
def newsroom(site: Site) -> Site:
    """Seven releases in three portions, with a file for each page that its scripts show."""
    for number in NUMBERS:
        site.pages[f"/news/{SLUGS[number]}"] = Answer(SHELL.format("<script>__sveltekit_7 = {}</script>").encode())
        data = json.dumps({"post": build_article(number)}).encode()
        site.pages[f"/news/{SLUGS[number]}/__data.json"] = Answer(data, headers={"Content-Type": "application/json"})
    for page in (1, 2, 3):
        shown = [build_article(number) for number in NUMBERS][(page - 1) * PORTION : page * PORTION]
        rows = [{name: each[name] for name in ("title", "slug", "date")} for each in shown]
        state = json.dumps({"posts": rows, "page": page, "totalPages": 3})
        script = f"<script type='application/json'>{state}</script>"
        site.pages["/news" if page == 1 else f"/news?page={page}"] = Answer(SHELL.format(script).encode())
    return site


def test_releases_in_data_files_on_pages_that_only_data_count_come_out(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news", *QUICK)
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, NUMBERS)), run.log
    assert {line["crawl"]["field_sources"]["headline"] for line in run.lines} == {"embedded-data"}
    assert all(line["body"].count("\n\n") == len(SENTENCES) - 1 for line in run.lines)
    assert run.code == 0, run.log


def test_release_whose_data_file_changed_is_updated_although_its_page_is_the_same(newsroom: Site, tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer | None:
        if asked.path != f"/news/{SLUGS[1]}":
            return None
        return Answer(b"", 304) if "if-none-match" in asked.headers else replace(newsroom.pages[asked.path], headers=TAGGED)

    newsroom.answers.append(answer)
    arguments = ("newsroom", "-a", f"url={newsroom.url}/news", "-a", "full=1", *QUICK)
    assert len(crawl(tmp_path, *arguments).lines) == len(NUMBERS)
    data = newsroom.pages[f"/news/{SLUGS[1]}/__data.json"]
    newsroom.pages[f"/news/{SLUGS[1]}/__data.json"] = replace(data, body=data.body.replace(b"Monday", b"Friday"))
    run = crawl(tmp_path, *arguments)
    changed = [line for line in run.lines if line["status"] == "updated"]
    assert ["Friday" in line["body"] for line in changed] == [True], run.log
