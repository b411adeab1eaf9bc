"""Compares one `scrapy crawl demo` with the release files of the demo newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from corpnews.demo.pages import DEMO_EDITIONS, load_demo_releases
from tests.demo.expected_releases import ExpectedRelease, read_expected_releases
from tests.helpers import Run, crawl

if TYPE_CHECKING:
    from collections.abc import Mapping

Line = dict[str, Any]
RELEASES = {release.path: release for release in read_expected_releases()}
FILES = {release.path: release.body.count('.pdf"') for edition in DEMO_EDITIONS for release in load_demo_releases(edition)}
FILE_NAME = "6389378892701442315849306.png"
BOILERPLATE = {
    "en": (
        "Site Search",
        "Recommended search:",
        "Warmth from where you are",
        "Web link copied",
        "Go share it with your friends on WeChat!",
        "You are here:",
        "Share on Facebook",
        "< Back",
        "Related news",
        "All rights reserved",
    ),
    "zh": (
        "站内搜索",
        "推荐搜索：",
        "温暖，就在身边",
        "网页链接已复制",
        "当前位置：",
        "分享到：",
        "返回列表",
        "推荐新闻",
        "浏览次数：",
        "版权所有",
    ),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return crawl(tmp_path_factory.mktemp("demo"), "demo")


@pytest.fixture(scope="module")
def lines(run: Run) -> Mapping[str, Line]:
    """The exported lines by path."""
    return {urlsplit(line["url"]).path: line for line in run.lines}


def test_every_release_is_exported_once_and_nothing_else(run: Run, lines: Mapping[str, Line]) -> None:
    assert run.code == 0, run.log
    assert sorted(lines) == sorted(RELEASES)
    assert len(run.lines) == len(RELEASES)
    assert "Traceback" not in run.log
    assert f"demo: {len(RELEASES)} articles" in run.last_line


@pytest.fixture(params=list(RELEASES.values()), ids=list(RELEASES))
def release(request: pytest.FixtureRequest) -> ExpectedRelease:
    asked: ExpectedRelease = request.param
    return asked


def test_headline_equals_that_of_the_release(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    assert lines[release.path]["headline"] == release.headline


def test_dates_equal_those_of_the_release(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    line = lines[release.path]
    assert (line["date_published"], line["date_modified"]) == (release.date_published, release.date_modified)
    assert ("no date_published" in line["crawl"]["warnings"]) is (release.date_published is None)


def test_language_is_that_of_the_text(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    assert lines[release.path]["language"].partition("-")[0] == release.language


def test_body_equals_the_release_line_by_line(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    line = lines[release.path]
    files = tuple(file["title"] for file in line["attachments"])  # links to files are attachments, and may be in the body too
    assert [text for text in line["body"].split("\n") if text and not text.endswith(files or ("\n",))] == list(release.body)


def test_end_matter_is_not_in_the_body(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    line = lines[release.path]
    assert not set(release.end_matter) & set(line["body"].split("\n"))
    assert bool(line["about"]) is bool(release.end_matter)


def test_files_are_attached(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    assert len(lines[release.path]["attachments"]) == FILES[release.path]
    assert {file["media_type"] for file in lines[release.path]["attachments"]} <= {"application/pdf"}


def test_boilerplate_is_recorded_as_removed_and_not_in_the_body(release: ExpectedRelease, lines: Mapping[str, Line]) -> None:
    line = lines[release.path]
    removed = "\n".join(each["text"] for each in line["crawl"]["removed"])
    for text in BOILERPLATE[release.language]:
        assert text not in line["body"]
        assert text in removed


def test_image_file_name_is_no_text_and_caption_belongs_to_the_image(lines: Mapping[str, Line]) -> None:
    line = lines["/news/focus-baltic-ports-alliance/"]
    assert all(FILE_NAME not in line[form] for form in ("body", "body_markdown", "body_html"))
    (image,) = line["images"]
    assert image["url"].endswith(FILE_NAME)
    assert (image["caption"], image["alt"]) == ("Exchange at the Hesterøy test centre", None)
    assert line["crawl"]["field_sources"]["date_published"] == "image-name"


def test_end_matter_has_company_and_contacts(lines: Mapping[str, Line]) -> None:
    line = lines["/news/lumavik-to-acquire-warmtepuls/"]
    assert [about["organization"] for about in line["about"]] == ["Lumavik"]
    assert [contact["name"] for contact in line["contacts"]] == ["Marit Aune"]
    assert "###" in [removed["text"] for removed in line["crawl"]["removed"]]


def test_contact_has_its_email_address(lines: Mapping[str, Line]) -> None:
    (contact,) = lines["/news/lumavik-to-acquire-warmtepuls/"]["contacts"]
    assert contact["email"] == "press@lumavik.example"


def test_languages_of_a_release_share_its_release_id(lines: Mapping[str, Line]) -> None:
    translated = [line for line in lines.values() if line["translations"]]
    assert len(translated) == 2
    assert len({line["release_id"] for line in translated}) == 1
    assert len({line["release_id"] for line in lines.values()}) == len(lines) - 1


def test_field_sources_name_the_source_of_the_date(lines: Mapping[str, Line]) -> None:
    sources = {line["crawl"]["field_sources"].get("date_published") for line in lines.values()}
    assert sources == {"json-ld", "visible", "listing", "image-name", None}
