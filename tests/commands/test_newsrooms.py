"""`scrapy newsrooms`: the list that crawl-due works off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.helpers import scrapy

if TYPE_CHECKING:
    from pathlib import Path


def read_list(folder: Path) -> dict[str, dict[str, Any]]:
    lines = scrapy(folder, "newsrooms", "list", "--json").log.splitlines()
    return {row["name"]: row for row in map(json.loads, lines)}


def test_urls_files_and_spiders_are_added_changed_and_removed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,url,every\nacme,acme.example/news,\nbad,,\n", encoding="utf-8")
    run = scrapy(tmp_path, "newsrooms", "add", "list.csv", "https://borealis.example/press", "demo")
    assert run.code == 2
    assert run.log.splitlines() == [
        "list.csv:3: 'bad' is no newsroom of the project, and there is no url",
        "3 newsrooms added or changed",
    ]
    before = read_list(tmp_path)
    assert {name: row["url"] for name, row in before.items()} == {
        "acme": "acme.example/news",
        "borealis.example": "https://borealis.example/press",
        "demo": None,
    }
    (tmp_path / "list.csv").write_text("name,url,every,company\nacme,acme.example/news,6h,Acme\n", encoding="utf-8")
    assert scrapy(tmp_path, "newsrooms", "add", "list.csv").code == 0
    after = read_list(tmp_path)["acme"]
    assert (after["every"], after["arguments"]["company"], after["due"]) == ("6h", "Acme", before["acme"]["due"])
    assert scrapy(tmp_path, "newsrooms", "remove", "acme", "demo").code == 0
    assert list(read_list(tmp_path)) == ["borealis.example"]


def test_removing_an_unknown_newsroom_removes_none(tmp_path: Path) -> None:
    scrapy(tmp_path, "newsrooms", "add", "acme.example/news")
    run = scrapy(tmp_path, "newsrooms", "remove", "acme.example", "acne.example")
    assert run.code == 2
    assert "not on the list: acne.example" in run.last_line
    assert list(read_list(tmp_path)) == ["acme.example"]


def test_check_names_what_can_no_longer_be_crawled(tmp_path: Path) -> None:
    scrapy(tmp_path, "newsrooms", "add", "demo", "acme.example/news")
    assert scrapy(tmp_path, "newsrooms", "check").code == 0
    run = scrapy(tmp_path, "newsrooms", "check", "-s", "SPIDER_MODULES=corpnews.spiders.newsroom")
    assert run.code == 1
    assert run.log.splitlines() == [
        "demo: 'demo' is no newsroom of the project, and there is no url",
        "1 of 2 newsrooms can be crawled",
    ]


def test_wrong_words_are_one_line(tmp_path: Path) -> None:
    for words in ([], ["ad", "acme.example"], ["add"], ["list", "acme"]):
        run = scrapy(tmp_path, "newsrooms", *words)
        assert run.code == 2
        assert "add URL|FILE|SPIDER … | remove NAME … | list | check" in run.last_line
