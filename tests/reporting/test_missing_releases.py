"""Real crawls of newsrooms that have more releases than a run can get: the run says so."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest

from tests.helpers import Answer, Asked, Run, Site, crawl, headline, scrapy

if TYPE_CHECKING:
    from pathlib import Path


def run(site: Site, folder: Path, *more: str) -> Run:
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", "-s", "RETRY_ENABLED=0", *more)


def again(site: Site, folder: Path, *more: str) -> Run:
    """A further run, in a second of its own."""
    time.sleep(1)
    return run(site, folder, *more)


def say(site: Site, text: str, path: str = "/news/") -> None:
    """Put a text below a listing's headline."""
    page = site.pages[path]
    site.pages[path] = Answer(page.body.replace(b"</h1>", f"</h1>{text}".encode()), headers=page.headers)


@pytest.mark.parametrize(
    "text",
    [
        "<p>Showing <b>1</b>–<b>10</b> of <b>72</b></p>",
        "<div>72 press releases</div>",
        "<p>1–10 von 72 Meldungen</p>",
        "<p>1 à 10 sur 72 résultats</p>",
        "<p>共72条</p>",
        "<p>72件中 1-10件を表示</p>",
        "<nav class='pagination'><span>1</span> <a href='#' data-go='2'>2</a> <a href='#'>3</a> … <a href='#'>8</a></nav>",
        "<p>Page 1 of 8</p>",
    ],
)
def test_list_that_announces_more_releases_than_were_found_is_degraded(text: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11))
    say(site, text)
    done = run(site, tmp_path)
    assert done.code == 3, done.log
    assert "degraded: fewer releases than announced" in done.last_line
    assert f"{site.url}/news/" in done.last_line
    said = done.verdict
    assert (said["counts"]["found"], said["counts"]["expected"] > 50) == (10, True)
    assert [omission["kind"] for omission in said["omissions"]] == ["missing"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Showing 1–10 of 10</p>",
        "<p>12 comments</p><p>Our 72 employees</p><p>Press releases 2024</p><p>1-10 May 2024</p><p>24/7 news</p>",
        "<p>Show 25 entries</p><ul><li><a href='/products/'>Products (54)</a></li><li>Oslo (13)</li></ul>",
        "<p>31 articles</p><p>54 articles</p>",
        "<nav class='swiper-pagination'>1 2 3 4 5 6 7 8</nav>",
        f"<table class='pagination'><tr><td>{' '.join(map(str, range(1, 31)))}</td></tr></table>",
        "<nav class='pagination'>1 2</nav>",
    ],
)
def test_other_numbers_on_a_page_announce_nothing(text: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11))
    say(site, text)
    done = run(site, tmp_path)
    assert (done.code, done.verdict["verdict"]) == (0, "ok"), done.log


def test_list_that_was_read_to_its_end_is_ok(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.listing("/news/page/2/", range(6, 11), further="/news/page/3/")
    site.listing("/news/page/3/", range(11, 13))
    for number, path in enumerate(("/news/", "/news/page/2/", "/news/page/3/"), 1):
        say(site, f"<p>{number * 5 - 4}–{min(12, number * 5)} of 12 results</p><p>Page {number} of 3</p>", path)
    done = run(site, tmp_path)
    assert done.code == 0, done.log
    assert (done.verdict["counts"]["found"], done.verdict["counts"]["expected"]) == (12, 12)


def test_releases_that_another_source_lists_are_not_missing(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    say(site, "<p>1–5 of 12 results</p>")
    entries = "".join(f"<url><loc>{site.url}{site.release(number)}</loc></url>" for number in range(1, 13))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    site.pages["/sitemap.xml"] = Answer(sitemap.encode(), headers={"Content-Type": "application/xml"})
    assert run(site, tmp_path).code == 0


@pytest.mark.parametrize("status", [404, 302])
def test_page_that_the_pager_names_and_that_is_gone_is_lost(status: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11))
    say(site, "<nav class='pagination'>1 <a href='/news/page/2/'>2</a> <a href='/news/page/3/'>3</a></nav>")
    for number in (2, 3):
        site.pages[f"/news/page/{number}/"] = Answer(b"", status, {"Location": "/news/"} if status == 302 else {})
    done = run(site, tmp_path)
    assert done.code == 3, done.log
    assert f"{site.url}/news/page/2/" in done.last_line


def test_page_behind_the_last_one_that_the_pager_names_is_the_end(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11), further="/news/page/2/")
    site.listing("/news/page/2/", range(11, 16), further="/news/page/3/")
    for path in ("/news/", "/news/page/2/"):
        say(site, "<nav class='pagination'><a href='/news/'>1</a> <a href='/news/page/2/'>2</a></nav>", path)
    done = run(site, tmp_path)
    assert (done.code, len(done.lines)) == (0, 15), done.log


def test_run_with_limits_of_its_own_misses_nothing(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11))
    say(site, "<p>1–10 of 72 results</p>")
    assert run(site, tmp_path, "-a", "max_articles=3").code == 0
    assert again(site, tmp_path, "-a", "since=2024-05-25").code == 0


def test_missing_releases_are_not_forgotten_by_the_runs_that_follow(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 11))
    say(site, "<p>1–10 of 72 results</p>")
    first = run(site, tmp_path)
    assert again(site, tmp_path).verdict["reasons"] == first.verdict["reasons"]
    site.listing("/news/", range(1, 11))
    assert again(site, tmp_path, "-a", "full=1").code == 0
    assert again(site, tmp_path).code == 0


def test_archive_that_counts_more_releases_than_its_months_list_is_degraded(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    months = {"2024-05": 5, "2024-04": 7, "2024-03": 9}
    say(site, "<ul>" + "".join(f"<li><a href='/news/?m={m}'>{m} ({n})</a></li>" for m, n in months.items()) + "</ul>")
    for month in months:
        site.pages[f"/news/?m={month}"] = Answer(b"maintenance", 500)
    done = run(site, tmp_path)
    assert done.code == 3
    assert "5 of 21 releases found, by its archive: 7 of 2024-04" in done.last_line


def test_total_in_data_is_compared_with_what_the_data_list(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6))
    rows = [{"title": headline(number), "url": site.release(number), "date": "2024-05-20"} for number in range(1, 6)]
    data = json.dumps({"props": {"news": {"items": rows, "paging": {"totalCount": 40, "pageSize": 5}}, "cart": {"total": 3}}})
    say(site, f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>")
    done = run(site, tmp_path)
    assert done.code == 3
    assert "5 of 40 releases found" in done.last_line


def test_older_releases_behind_a_page_that_fails_are_named_and_fetched_by_the_next_run(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.pages["/news/page/2/"] = Answer(b"down", 503)
    done = run(site, tmp_path)
    assert done.code == 3
    assert f"degraded: 1 listing page was lost: {site.url}/news/page/2/ (HTTP 503)" in done.last_line
    site.listing("/news/page/2/", range(6, 9))
    done = again(site, tmp_path)
    assert (done.code, done.verdict["counts"]["new"]) == (0, 3), done.log


def test_page_that_fails_between_others_is_named_and_tried_again(site: Site, tmp_path: Path) -> None:
    pager = "<nav class='pagination'>" + "".join(f"<a href='/news/page/{n}/'>{n}</a> " for n in range(2, 5)) + "</nav>"
    site.listing("/news/", range(1, 4))
    for page in (3, 4):
        site.listing(f"/news/page/{page}/", range(page * 3 - 2, page * 3 + 1))
    say(site, pager)
    site.pages["/news/page/2/"] = Answer(b"down", 500)
    done = run(site, tmp_path)
    assert done.code == 0, done.log
    assert f"1 listing page was lost: {site.url}/news/page/2/ (HTTP 500)" in done.last_line
    assert again(site, tmp_path).code == 3


@pytest.mark.parametrize(
    ("control", "label"),
    [
        ("<button class='b' onclick='more()'>Load more</button>", "Load more"),
        ("<a href='#' id='m'>Weitere Meldungen</a>", "Weitere Meldungen"),
        ("<a href='javascript:void(0)'>加载更多</a>", "加载更多"),
    ],
)
def test_control_that_nothing_comes_of_is_named(control: str, label: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 7))
    say(site, control)
    done = run(site, tmp_path)
    assert done.code == 3, done.log
    assert f"1 listing page was lost: {site.url}/news/ (“{label}” leads nowhere)" in done.last_line


@pytest.mark.parametrize(
    "control",
    [
        "<button disabled>Load more</button>",
        "<div style='display:none'><button>Load more</button></div>",
        "<button>Next</button><button>Read more</button>",
        "<a href='/products/'>Show more</a>",
    ],
)
def test_other_controls_lead_to_no_older_releases(control: str, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 7))
    say(site, control)
    assert run(site, tmp_path).code == 0


def test_page_after_the_last_one_may_be_missing(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    assert run(site, tmp_path).code == 0


def test_listing_that_loses_half_of_its_links_is_degraded_until_it_has_them_again(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 13))
    assert run(site, tmp_path).code == 0
    site.listing("/news/", range(1, 7))
    for _ in range(2):
        done = again(site, tmp_path)
        assert done.code == 3, done.log
        assert f"1 listing with half as many releases as usual or fewer: {site.url}/news/ (6, usually 12)" in done.last_line
    site.listing("/news/", range(1, 13))
    assert again(site, tmp_path).code == 0


def test_listing_that_has_really_become_shorter_is_accepted_by_a_command(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 13))
    run(site, tmp_path)
    site.listing("/news/", range(1, 4))
    assert again(site, tmp_path, "-a", "full=1").code == 3
    assert scrapy(tmp_path, "report").code == 1
    assert scrapy(tmp_path, "report", "--accept", "127.0.0.1").code == 0
    assert again(site, tmp_path).code == 0
    assert again(site, tmp_path, "-a", "full=1").code == 0


@pytest.mark.parametrize("status", [404, 500])
def test_new_newsroom_whose_releases_all_fail_has_failed(status: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 7))
    for number in range(1, 7):
        site.pages[site.release(number)] = Answer(b"error", status)
    done = run(site, tmp_path)
    assert done.code == 1
    assert "failed: no article came of 6 listed releases" in done.last_line


@pytest.mark.parametrize("status", [404, 500])
def test_known_newsroom_whose_releases_all_fail_is_broken(status: int, site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 7))
    assert run(site, tmp_path).code == 0
    for number in range(1, 7):
        site.pages[site.release(number)] = Answer(b"error", status)
    assert again(site, tmp_path, "-a", "full=1").code == 5


def test_search_without_an_end_ends_with_a_line_that_names_the_trap(site: Site, tmp_path: Path) -> None:
    """Each page lists two new pages and links to a further one."""

    def made_up(asked: Asked) -> Answer | None:
        page = re.fullmatch(r"/news/(?:\?page=(\d+))?", asked.path)
        number = re.fullmatch(r"/news/acme-opens-its-turbine-plant-number-(\d+)/", asked.path)
        if number:
            return site.pages[site.release(int(number[1]), "2024-05-01")]
        if not page:
            return None
        at = int(page[1] or 1)
        paths = (f"/news/acme-opens-its-turbine-plant-number-{at * 2 + n}/" for n in (-1, 0))
        items = "".join(f"<li><time>2024-05-01</time> <a href='{path}'>{path[6:-1]}</a></li>" for path in paths)
        site.page("/", f"<h1>News</h1><ul>{items}</ul><a rel='next' href='/news/?page={at + 1}'>Next</a>", "News")
        return site.pages.pop("/")

    site.answers.append(made_up)
    done = run(site, tmp_path, "-s", "CORPNEWS_MAX_SEARCH_REQUESTS=12")
    assert done.code == 3, done.log
    assert f"the search ran out of requests: {site.url}/news/?page=* (a pager without an end" in done.last_line
    assert len(done.lines) > 10
