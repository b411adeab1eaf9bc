"""What stands in the place of releases gives no lines, and is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discovery.obstacle_pages import PageText, build_html
from tests.helpers import Answer, Site, crawl, headline

if TYPE_CHECKING:
    from pathlib import Path

WELCOME = (
    "<h1>Welcome to Acme</h1><p>Acme builds turbines for people who need turbines, in nine countries, wherever there is wind.</p>"
)
TEXT = "Acme said on Monday that it will build a hall for nine turbines, where forty people from the town will find work. " * 3
LOGIN = PageText("login", "en", "Log in | Acme", "Log in", "Please log in to read this page.", "login:E-mail:Password:Log in")


def test_walled_releases_give_no_line_and_are_named_by_their_sort(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    for number in (2, 3):
        site.pages[site.release(number)] = Answer(build_html(LOGIN, "site").encode())
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert sorted(line["headline"] for line in run.lines) == sorted(headline(number) for number in (1, 4, 5, 6, 7, 8))
    assert "skipped 2 (2 behind a wall)" in run.last_line
    assert run.log.count("no article: a log-in page stands in its place") == 2


def test_text_to_which_several_links_lead_is_no_release(site: Site, tmp_path: Path) -> None:
    site.listing("/news/", range(1, 9))
    for number in (2, 3, 4):
        site.page(site.release(number), WELCOME)
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert sorted(line["headline"] for line in run.lines) == sorted(headline(number) for number in (1, 5, 6, 7, 8))
    assert "skipped 3 (3 with the text of other pages)" in run.last_line


def test_notice_that_is_repeated_word_for_word_comes_out_each_time(site: Site, tmp_path: Path) -> None:
    items = ""
    for month in range(1, 8):
        date = f"2024-0{month}-15"
        notice = f"<h1>Monthly notice of voting rights</h1><time datetime='{date}'>{date}</time><p>No change.</p>"
        site.page(f"/news/notice-{month}/", notice, "Monthly notice of voting rights")
        items += f"<li><time>{date}</time> <a href='/news/notice-{month}/'>Monthly notice of voting rights</a></li>"
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul>", "News")
    assert len(crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/").lines) == 7


def test_release_that_is_alone_in_the_archive_of_its_month_comes_out(site: Site, tmp_path: Path) -> None:
    archive = ""
    for month in range(1, 8):
        path, day = site.release(month), f"<time datetime='2024-0{month}-15'>15.0{month}.2024</time>"
        for place in (path, f"/news/2024/0{month}/"):
            site.page(place, f"<h1>{headline(month)}</h1>{day}<p>{TEXT}</p><a href='{path}'>Link</a>", headline(month))
        archive += f"<li><a href='/news/2024/0{month}/'>2024-0{month} (1)</a></li>"
    items = "".join(f"<li><a href='{site.release(month)}'>{headline(month)}</a></li>" for month in range(5, 8))
    site.page("/news/", f"<h1>News</h1><ul>{items}</ul><aside><h2>Archive</h2><ul>{archive}</ul></aside>", "News")
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert sorted(line["headline"] for line in run.lines) == sorted(map(headline, range(1, 8)))


def test_start_page_behind_a_wall_is_no_newsroom_without_news(site: Site, tmp_path: Path) -> None:
    site.pages["/news/"] = Answer(build_html(LOGIN, "site").encode())
    run = crawl(tmp_path, "newsroom", "-a", f"url={site.url}/news/")
    assert run.code == 1
    assert "a log-in page stands in its place" in run.last_line
