"""The real `scrapy crawl` against a newsroom on loopback."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.helpers import QUICK, SENTENCES, SLOW, Answer, Run, Site, crawl, headline, read, scrapy_at_terminal, start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newsroom(site: Site) -> Site:
    """Twelve releases in three listing pages."""
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.listing("/news/page/2/", range(6, 11), further="/news/page/3/")
    site.listing("/news/page/3/", range(11, 13))
    return site


def test_every_release_comes_out_once_as_one_line(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "company=Acme")
    assert run.code == 0, run.log
    assert sorted(line["headline"] for line in run.lines) == sorted(headline(number) for number in range(1, 13))
    assert {line["company"] for line in run.lines} == {"Acme"}
    first = next(line for line in run.lines if line["headline"] == headline(1))
    assert first["body"] == "\n\n".join(sentence.format(number=1, day="2024-05-27") for sentence in SENTENCES)
    assert first["date_published"] == "2024-05-27"
    assert first["url"] == f"{newsroom.url}/news/acme-opens-its-turbine-plant-number-1/"
    assert first["source"] == {"via": "listing", "url": f"{newsroom.url}/news/"}
    assert first["crawl"]["fetched_at"].endswith("Z")


def test_last_log_line_tells_what_came_out_and_where_it_is(newsroom: Site, tmp_path: Path) -> None:
    newsroom.pages[newsroom.release(2)] = Answer(b"gone", 404)
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    (file,) = run.files
    assert "127.0.0.1: 11 articles from " in run.last_line
    assert "skipped 1 (1 gone)" in run.last_line
    assert str(file.relative_to(tmp_path)) in run.last_line


def test_pages_beside_the_newsroom_are_left_alone(newsroom: Site, tmp_path: Path) -> None:
    newsroom.page("/about/", f"<h1>About us</h1><p>{SENTENCES[0]}</p>")
    crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    beside = {path for path in newsroom.asked if not path.startswith("/news/")}
    assert beside == {"/robots.txt", "/sitemap.xml", "/sitemap_index.xml"}


def test_two_releases_are_enough(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 3))
    assert len(crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").lines) == 2


def test_first_articles_know_the_template_too(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-s", "CONCURRENT_REQUESTS=1")
    assert all("wherever there is wind" not in line["body"] for line in run.lines)


def test_what_the_user_asks_for_comes_beside_the_usual_file(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-O", "mine.jsonl")
    assert len(run.lines) == 12
    assert read(tmp_path / "mine.jsonl") == run.lines


def test_output_is_added_to_where_the_user_asks_for_that(newsroom: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"headline": "Earlier"}\n', encoding="utf-8")
    crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-o", "mine.jsonl")
    assert len(read(tmp_path / "mine.jsonl")) == 13


def test_max_articles_is_kept_to(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "max_articles=3")
    assert run.code == 0, run.log
    assert len(run.lines) == 3


def test_since_leaves_out_what_is_older_and_the_listings_that_hold_only_that(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "since=2024-05-24")
    assert sorted(line["date_published"] for line in run.lines) == ["2024-05-24", "2024-05-25", "2024-05-26", "2024-05-27"]
    assert "/news/page/3/" not in newsroom.asked


def test_nothing_new_since_then_is_no_failure(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", "since=2030-01-01")
    assert run.code == 0, run.log
    assert "5 older than 2030-01-01" in run.last_line
    assert run.files == []


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("max_article=3", "unknown argument 'max_article'; did you mean 'max_articles'?"),
        ("max_articles=three", "argument 'max_articles': 'three' is not a whole number above 0"),
        ("since=May", "argument 'since': 'May' is not a day as YYYY-MM-DD"),
        ("url=newsroom", "argument 'url': 'newsroom' is not the URL of a web page, such as https://www.example.com/news/"),
        ("company= ", "argument 'company': ' ' is not a text"),
    ],
)
def test_bad_argument_is_named_and_nothing_runs(argument: str, message: str, newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/", "-a", argument)
    assert run.code == 2
    assert message in run.last_line
    assert "Traceback" not in run.log
    assert newsroom.asked == []
    assert run.files == []


def test_missing_url_is_named(tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom")
    assert run.code == 2
    assert "url" in run.last_line


def test_misspelt_newsroom_is_named(tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsrom")
    assert run.code == 2
    assert "no newsroom is named 'newsrom'; did you mean 'newsroom'?" in run.last_line


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(b"gone", 404), "no articles found. Tried {}: HTTP 404"),
        (Answer(b"broken", 500), "the newsroom could not be fetched: {}: HTTP 500"),
        (
            Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
            "no articles found. Tried {}: a PDF; the URL must be that of a page",
        ),
        (Answer(b"", headers={"Content-Type": "text/html"}), "no articles found. Tried {}: 0 article links"),
        (Answer(b"<h1>Hello</h1><p>There is nothing here.</p>"), "no articles found. Tried {}: 0 article links"),
    ],
)
def test_url_that_is_no_newsroom_fails_and_says_what_was_tried(answer: Answer, outcome: str, site: Site, tmp_path: Path) -> None:
    site.pages["/news/"] = answer
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/", "-O", "mine.jsonl")
    assert run.code == 1
    assert outcome.format(f"{site.url}/news/") in run.last_line
    assert "Traceback" not in run.log
    assert run.files == []


def test_site_that_is_not_there_fails(tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", "url=http://127.0.0.1:9/news/")
    assert run.code == 1
    assert "the newsroom could not be fetched: http://127.0.0.1:9/news/: DownloadCon" in run.last_line


def test_start_page_may_move_to_another_host(newsroom: Site, tmp_path: Path) -> None:
    moved = newsroom.url.replace("127.0.0.1", "localhost")
    newsroom.pages["/"] = Answer(b"", 301, {"Location": f"{moved}/news/"})
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/", "-s", "CORPNEWS_ALLOW_HOSTS=localhost")
    assert len(run.lines) == 12
    assert all(line["url"].startswith(moved) for line in run.lines)


def test_stopped_run_keeps_its_articles_and_says_so(newsroom: Site, tmp_path: Path) -> None:
    with start(tmp_path, "crawl", "newsroom", "-a", f"url={newsroom.url}/news/", *SLOW) as process:
        log = next(line for line in process.stderr if " Article " in line)
        process.terminate()
        log += process.communicate()
    run = Run(process.wait(), log, tmp_path)
    assert run.code == 1
    assert "stopped early (shutdown)" in run.last_line
    assert 1 <= len(run.lines) < 12


def test_newsroom_closed_to_robots_is_left_alone(newsroom: Site, tmp_path: Path) -> None:
    newsroom.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/", headers={"Content-Type": "text/plain"})
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    assert run.code == 1
    assert "Forbidden by robots.txt" in run.last_line
    assert "add -s ROBOTSTXT_OBEY=0" in run.last_line
    assert newsroom.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"broken", 500), "HTTP 500"),
        (Answer(b"\x89PNG", headers={"Content-Type": "image/png"}), "not HTML (image/png)"),
        (Answer(b"", 302, {"Location": "http://elsewhere.example/"}), "redirected to another site"),
    ],
)
def test_detail_page_that_cannot_be_read_costs_that_page(answer: Answer, reason: str, newsroom: Site, tmp_path: Path) -> None:
    path = newsroom.release(3)
    newsroom.pages[path] = answer
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    assert run.code == 0
    assert len(run.lines) == 11
    assert any("Skipped" in line and reason in line for line in run.log.splitlines())


def test_compressed_page_without_charset_is_read(newsroom: Site, tmp_path: Path) -> None:
    for path, answer in newsroom.pages.items():
        newsroom.pages[path] = Answer(
            gzip.compress(answer.body), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}
        )
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    assert len(run.lines) == 12
    assert all("“We have waited" in line["body"] for line in run.lines)


def test_demo_shows_itself_and_is_gone(tmp_path: Path) -> None:
    run = crawl(tmp_path, "demo")
    assert run.code == 0, run.log
    assert len(run.lines) >= 14
    assert {line["language"][:2] for line in run.lines} == {"en", "zh"}
    assert "skipped" not in run.last_line


def test_no_progress_line_where_nobody_watches(newsroom: Site, tmp_path: Path) -> None:
    run = crawl(tmp_path, "newsroom", "-a", f"url={newsroom.url}/news/")
    assert "\r" not in run.log
    assert "\x1b" not in run.log


def test_progress_line_on_a_terminal(newsroom: Site, tmp_path: Path) -> None:
    run = scrapy_at_terminal(tmp_path, "crawl", "newsroom", "-a", f"url={newsroom.url}/news/", *QUICK)
    assert run.code == 0
    assert "127.0.0.1: 12 articles, 1" in run.log
    assert run.log.count("127.0.0.1: 12 articles from") == 1


def test_log_names_the_first_pages_that_are_skipped_for_one_reason(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 31))
    for number in range(1, 26):
        del site.pages[site.release(number)]
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert "25 gone" in run.last_line
    assert run.log.count("Skipped <") == 20
    assert run.log.count("More pages are skipped (gone); -L DEBUG names them") == 1
