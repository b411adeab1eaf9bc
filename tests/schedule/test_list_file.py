"""Lists of newsrooms as people have them: from a spreadsheet, from a program, typed by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from corpnews.schedule.list_file import RowError, parse_rows, read_list_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpnews.state.newsroom_list import ListedNewsroom


def parse(path: Path, text: str, listed: Sequence[ListedNewsroom] = ()) -> tuple[list[ListedNewsroom], list[str]]:
    path.write_text(text, encoding="utf-8")
    return parse_rows(read_list_file(path), listed, get_spider_loader(get_project_settings()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.csv", "\ufeffName,URL,Company,Every\nacme,https://acme.example/news,Acme Inc.,6h\n\n"),
        ("list.tsv", "url\tname\tcompany\tevery\nhttps://acme.example/news\tacme\tAcme Inc.\t6h\n"),
        (
            "list.jsonl",
            '{"name": "acme", "url": "https://acme.example/news", "company": "Acme Inc.", "every": "6h", "wire": false}\n',
        ),
    ],
)
def test_columns_may_stand_in_any_order_and_format(name: str, text: str, tmp_path: Path) -> None:
    (acme,), errors = parse(tmp_path / name, text)
    assert errors == []
    assert (acme.name, acme.spider, acme.every) == ("acme", "newsroom", timedelta(hours=6))
    assert acme.arguments == {"url": "https://acme.example/news", "company": "Acme Inc.", "name": "acme"}


def test_text_has_a_url_a_line(tmp_path: Path) -> None:
    newsrooms, errors = parse(
        tmp_path / "list.txt", "# followed\nacme.example/news\n\n'https://borealis.example/press releases/'\n"
    )
    assert errors == []
    assert [each.arguments["url"] for each in newsrooms] == [
        "acme.example/news",
        "https://borealis.example/press%20releases/",
    ]


def test_url_without_a_scheme_is_the_newsroom_with_one(tmp_path: Path) -> None:
    listed, _ = parse(tmp_path / "list.txt", "acme.example/news\n")
    again, errors = parse(tmp_path / "list.txt", "https://acme.example/news\n", listed)
    assert (errors, again[0].name) == ([], "acme.example")
    assert again[0].arguments["url"] == "https://acme.example/news"


def test_two_newsrooms_of_a_host_have_two_names_and_keep_them(tmp_path: Path) -> None:
    text = "vendor.example/acme/news/\nvendor.example/borealis/news/\n"
    first, errors = parse(tmp_path / "list.txt", text)
    assert errors == []
    assert [each.name for each in first] == ["vendor.example", "vendor.example-borealis-news"]
    again, errors = parse(tmp_path / "list.txt", "".join(reversed(text.splitlines(keepends=True))), first)
    assert errors == []
    assert {each.name: each.arguments["url"] for each in again} == {each.name: each.arguments["url"] for each in first}


def test_wrong_rows_are_named_and_the_others_stand(tmp_path: Path) -> None:
    rows = "a,acme.example/news,2024-13-01,", "b,not a url,,", "c,c.example/news,,weekly", "d,d.example/news,,", "d,e.example,,"
    newsrooms, errors = parse(tmp_path / "list.csv", "\n".join(("name,url,since,every", *rows)))
    assert [each.name for each in newsrooms] == ["d"]
    assert [error.removeprefix(str(tmp_path)) for error in errors] == [
        "/list.csv:2: argument 'since': '2024-13-01' is not a day as YYYY-MM-DD",
        "/list.csv:3: argument 'url': 'not a url' is not the URL of a web page, such as https://www.example.com/news/",
        "/list.csv:4: every: 'weekly' is no duration such as 30m, 6h or 1d",
        "/list.csv:6: the name 'd' is taken by https://d.example/news",
    ]


def test_spiders_of_the_project_need_no_url(tmp_path: Path) -> None:
    (demo,), errors = parse(tmp_path / "list.csv", "name,max_articles\ndemo,3\nnobody,\n")
    assert (demo.name, demo.spider, demo.arguments) == ("demo", "demo", {"max_articles": "3"})
    assert errors[0].endswith(":3: 'nobody' is no newsroom of the project, and there is no url")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("list.csv", "acme.example/news\nborealis.example\n", r":1: the first line names the columns"),
        ("list.csv", "name,url\na,acme.example,b\n", r":2: there are more cells than columns"),
        ("list.jsonl", '{"url": \n', r":1: this is no JSON"),
    ],
)
def test_file_that_is_no_list_is_refused(name: str, text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(RowError, match=said):
        parse(tmp_path / name, text)
