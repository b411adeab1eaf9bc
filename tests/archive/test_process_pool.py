"""Extraction of all pages, in this process and in several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corpnews.archive.inputs import locate_pages
from corpnews.archive.page_location import PageLocation, SkippedInput
from corpnews.archive.process_pool import choose_process_count, extract_archive
from corpnews.archive.site_index import open_temporary_index
from tests.archive.sample_pages import (
    SITE_SLOGAN,
    build_release_records,
    build_warc_record,
    release_body,
    release_url,
    write_page_list,
)
from tests.helpers import headline

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 60


def extracted(inputs: list[Path], *, jobs: int = 1, use_template: bool = True) -> tuple[list[dict[str, Any]], list[SkippedInput]]:
    lines: list[dict[str, Any]] = []
    skipped: list[SkippedInput] = []
    with open_temporary_index() as index:
        for found in locate_pages(map(str, inputs)):
            assert isinstance(found, PageLocation)
            index.add(found)
        index.finish()
        for outcome in extract_archive(index, jobs, use_template=use_template):
            lines += map(json.loads, outcome.lines)
            skipped += outcome.skipped
    return lines, skipped


def archive(folder: Path, records: list[bytes]) -> Path:
    path = folder / "pages.warc"
    path.write_bytes(b"".join(records))
    return path


def test_template_is_learned_from_the_site_before_its_pages_are_extracted(tmp_path: Path) -> None:
    lines, skipped = extracted([write_page_list(tmp_path, range(1, 8))])
    assert [line["body"] for line in lines] == [release_body(number) for number in range(1, 8)]
    assert not skipped


def test_without_template_each_page_is_extracted_by_itself(tmp_path: Path) -> None:
    lines, _ = extracted([write_page_list(tmp_path, range(1, 8))], use_template=False)
    assert all(SITE_SLOGAN in line["body"] for line in lines)


def test_lines_come_by_site_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    inputs = [write_page_list(tmp_path, [3, 1], "www.acme.example"), write_page_list(tmp_path, [2], "beta.example")]
    lines, _ = extracted([*inputs, write_page_list(tmp_path, [4], "press.acme.example")])
    assert [line["id"] for line in lines] == [
        "www.acme.example-3",
        "www.acme.example-1",
        "press.acme.example-4",
        "beta.example-2",
    ]


@pytest.fixture
def large_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of a site that is learned in three tasks and extracted in two."""
    for name, pages in (("MAX_PAGES_IN_ONE_TASK", 50), ("_PAGES_PER_LEARNING_TASK", 10), ("_PAGES_PER_EXTRACTION_TASK", 40)):
        monkeypatch.setattr(f"corpnews.archive.process_pool.{name}", pages)
    return archive(tmp_path, build_release_records(range(LARGE)))


def test_large_site_is_learned_from_a_sample_and_extracted_in_several_tasks(large_site: Path) -> None:
    lines, _ = extracted([large_site])
    assert [line["url"] for line in lines] == [release_url(number) for number in range(LARGE)]
    assert all(line["body"] == release_body(number) for number, line in enumerate(lines))
    assert {line["company"] for line in lines} == {"Acme Ltd"}


def test_result_does_not_depend_on_the_number_of_processes(large_site: Path, tmp_path: Path) -> None:
    inputs = [large_site, write_page_list(tmp_path, range(5), "beta.example")]
    assert extracted(inputs, jobs=3) == extracted(inputs)


def test_page_of_a_warc_that_is_no_article_is_skipped(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='{release_url(number)}'>{headline(number)}</a></li>" for number in range(9))
    home = build_warc_record("https://www.acme.example/", f"<h1>Acme Turbines</h1><ul>{links}</ul><p>{SITE_SLOGAN}</p>")
    listing = build_warc_record("https://www.acme.example/news/", f"<h1>News</h1><ul>{links}</ul><p>{SITE_SLOGAN}</p>")
    lines, skipped = extracted([archive(tmp_path, [home, listing, *build_release_records(range(9))])])
    assert len(lines) == 9
    assert [each.reason for each in skipped] == [
        "no article: the home page of the site",
        "no article: the URL of a listing page",
    ]


def test_line_of_a_warc_page_has_its_time_status_and_source(tmp_path: Path) -> None:
    (line,), _ = extracted([archive(tmp_path, build_release_records([1]))])
    assert (line["crawl"]["fetched_at"], line["crawl"]["http_status"]) == ("2026-11-20T05:04:03Z", 200)
    assert (line["newsroom"], line["source"]) == ("www.acme.example", {"via": "warc", "url": None})


def test_charset_of_the_http_response_is_obeyed(tmp_path: Path) -> None:
    page = f"<h1>Ζεστασιά στον βορρά</h1><p>{'Η Acme άνοιξε το εργοστάσιό της στο Όσλο τη Δευτέρα. ' * 3}</p>".encode(
        "iso-8859-7"
    )
    (line,), _ = extracted(
        [archive(tmp_path, [build_warc_record(release_url(1), page, media_type="text/html; charset=iso-8859-7")])]
    )
    assert line["headline"] == "Ζεστασιά στον βορρά"


def test_missing_page_skips_that_page_only(tmp_path: Path) -> None:
    path = write_page_list(tmp_path, range(3))
    (tmp_path / "html" / "www.acme.example-1.html.gz").unlink()
    lines, (skipped,) = extracted([path])
    assert [line["id"] for line in lines] == ["www.acme.example-0", "www.acme.example-2"]
    assert skipped.name.startswith(f"www.acme.example-1 <{release_url(1)}>")
    assert skipped.reason == "there is no such file"


def test_error_on_one_page_skips_that_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("an unforeseen error")

    monkeypatch.setattr("corpnews.archive.tasks.check_is_article", fail)
    lines, (skipped,) = extracted([archive(tmp_path, build_release_records([1])), write_page_list(tmp_path, [2])])
    assert len(lines) == 1
    assert skipped.reason == "error: RuntimeError"
    assert "an unforeseen error" in skipped.traceback


@pytest.mark.parametrize("pages", [0, 1, 99])
def test_few_pages_use_one_process(pages: int) -> None:
    assert choose_process_count(pages) == 1
