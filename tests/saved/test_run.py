"""Extraction of all pages, in this process and in several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corpnews.saved.index import new_index
from corpnews.saved.inputs import find_places
from corpnews.saved.place import Place, Skipped
from corpnews.saved.run import WHOLE, extract_saved, fitting_jobs
from corpnews.saved.work import is_newsroom
from tests.helpers import headline
from tests.saved.pages import SLOGAN, body, page_list, record, releases, url

if TYPE_CHECKING:
    from pathlib import Path


def extracted(inputs: list[Path], *, jobs: int = 1, use_template: bool = True) -> tuple[list[dict[str, Any]], list[Skipped]]:
    lines: list[dict[str, Any]] = []
    skipped: list[Skipped] = []
    with new_index() as index:
        for found in find_places(map(str, inputs)):
            assert isinstance(found, Place)
            index.add(found)
        index.finish()
        for outcome in extract_saved(index, jobs, use_template=use_template):
            lines += map(json.loads, outcome.lines)
            skipped += outcome.skipped
    return lines, skipped


def archive(folder: Path, records: list[bytes]) -> Path:
    path = folder / "pages.warc"
    path.write_bytes(b"".join(records))
    return path


def test_template_is_learned_from_the_site_before_its_pages_are_extracted(tmp_path: Path) -> None:
    lines, skipped = extracted([page_list(tmp_path, range(1, 8))])
    assert [line["body"] for line in lines] == [body(number) for number in range(1, 8)]
    assert not skipped


def test_without_template_each_page_is_extracted_by_itself(tmp_path: Path) -> None:
    lines, _ = extracted([page_list(tmp_path, range(1, 8))], use_template=False)
    assert all(SLOGAN in line["body"] for line in lines)


def test_lines_come_by_site_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    inputs = [page_list(tmp_path, [3, 1], "www.acme.example"), page_list(tmp_path, [2], "beta.example")]
    lines, _ = extracted([*inputs, page_list(tmp_path, [4], "press.acme.example")])
    assert [line["id"] for line in lines] == [
        "www.acme.example-3",
        "www.acme.example-1",
        "press.acme.example-4",
        "beta.example-2",
    ]


def test_large_site_is_learned_from_a_sample_and_extracted_in_several_tasks(tmp_path: Path) -> None:
    lines, _ = extracted([archive(tmp_path, releases(range(WHOLE + 30)))])
    assert [line["url"] for line in lines] == [url(number) for number in range(WHOLE + 30)]
    assert all(line["body"] == body(number) for number, line in enumerate(lines))


def test_result_does_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    inputs = [archive(tmp_path, releases(range(WHOLE + 30))), page_list(tmp_path, range(5), "beta.example")]
    assert extracted(inputs, jobs=3) == extracted(inputs)


def test_page_of_a_warc_that_is_no_article_is_skipped(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='{url(number)}'>{headline(number)}</a></li>" for number in range(9))
    home = record("https://www.acme.example/", f"<h1>Acme Turbines</h1><ul>{links}</ul><p>{SLOGAN}</p>")
    listing = record("https://www.acme.example/news/", f"<h1>News</h1><ul>{links}</ul><p>{SLOGAN}</p>")
    lines, skipped = extracted([archive(tmp_path, [home, listing, *releases(range(9))])])
    assert len(lines) == 9
    assert [each.reason for each in skipped] == ["no article: the home page of the site", "no article: the URL of a listing page"]


def test_line_of_a_warc_page_has_its_time_status_and_source(tmp_path: Path) -> None:
    (line,), _ = extracted([archive(tmp_path, releases([1]))])
    assert (line["crawl"]["fetched_at"], line["crawl"]["http_status"]) == ("2026-11-20T05:04:03Z", 200)
    assert (line["newsroom"], line["source"]) == ("www.acme.example", {"via": "warc", "url": None})


def test_charset_of_the_http_response_is_obeyed(tmp_path: Path) -> None:
    page = f"<h1>Ζεστασιά στον βορρά</h1><p>{'Η Acme άνοιξε το εργοστάσιό της στο Όσλο τη Δευτέρα. ' * 3}</p>".encode(
        "iso-8859-7"
    )
    (line,), _ = extracted([archive(tmp_path, [record(url(1), page, media_type="text/html; charset=iso-8859-7")])])
    assert line["headline"] == "Ζεστασιά στον βορρά"


def test_missing_page_skips_that_page_only(tmp_path: Path) -> None:
    path = page_list(tmp_path, range(3))
    (tmp_path / "html" / "www.acme.example-1.html.gz").unlink()
    lines, (skipped,) = extracted([path])
    assert [line["id"] for line in lines] == ["www.acme.example-0", "www.acme.example-2"]
    assert skipped.name.startswith(f"www.acme.example-1 <{url(1)}>")
    assert skipped.reason == "there is no such file"


def test_error_on_one_page_skips_that_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("an unforeseen error")

    monkeypatch.setattr("corpnews.saved.work.check_kind", fail)
    lines, (skipped,) = extracted([archive(tmp_path, releases([1])), page_list(tmp_path, [2])])
    assert len(lines) == 1
    assert skipped.reason == "error: RuntimeError"
    assert "an unforeseen error" in skipped.trace


@pytest.mark.parametrize("pages", [0, 1, 99])
def test_few_pages_use_one_process(pages: int) -> None:
    assert fitting_jobs(pages) == 1


@pytest.mark.parametrize("path", ["/news/", "/en/press-releases", "/presse/pressemitteilungen/index.html", "/about/media/"])
def test_url_of_newsroom_words_only_is_a_newsroom(path: str) -> None:
    assert is_newsroom(f"https://acme.example{path}")


@pytest.mark.parametrize(
    "path", ["/", "", "/ ", "/news823175", "/news.php?nr=17", "/news/plant-opens", "/acme-announcement/", "/17"]
)
def test_url_with_other_words_is_not_a_newsroom(path: str) -> None:
    assert not is_newsroom(f"https://acme.example{path}")
