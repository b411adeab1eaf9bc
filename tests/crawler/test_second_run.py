"""What comes out of a newsroom's second run, and its third: only what is new, changed or gone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import SENTENCES, SLOW, Answer, Asked, Run, Site, crawl, headline, read, start

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.now(UTC).date().isoformat()


def etags(site: Site) -> None:
    """Have the site say by an ETag whether a page has changed."""

    def answer(asked: Asked) -> Answer | None:
        page = site.pages.get(asked.path)
        if page is None or page.status != 200:
            return None
        tag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == tag:
            return Answer(b"", 304, {"ETag": tag})
        return Answer(page.body, 200, {**page.headers, "ETag": tag})

    site.answers.append(answer)


@pytest.fixture
def newsroom(site: Site) -> Site:
    """Twelve releases in three listing pages; the first two are of today, which later runs look at again."""
    site.listing("/news/", range(1, 6), further="/news/page/2/")
    site.listing("/news/page/2/", range(6, 11), further="/news/page/3/")
    site.listing("/news/page/3/", range(11, 13))
    for number in (1, 2):
        site.release(number, TODAY)
    etags(site)
    return site


def run(site: Site, folder: Path, *arguments: str) -> Run:
    """A further run of the newsroom; `site.asked` is what it asks for alone."""
    site.asked.clear()
    return crawl(folder, "newsroom", "-a", f"url={site.url}/news/", *arguments)


def lines(folder: Path) -> list[dict[str, Any]]:
    """The lines of the last run that wrote any."""
    return read(max(folder.glob("output/*/[0-9]*.jsonl")))


def all_lines(folder: Path) -> list[dict[str, Any]]:
    return [line for file in sorted(folder.glob("output/*/[0-9]*.jsonl")) for line in read(file)]


def pause() -> None:
    """Wait for another second: files are named by it."""
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    while datetime.now(UTC) < until:
        pass


def edit(site: Site, number: int, old: str, new: str, day: str = TODAY) -> str:
    path = site.release(number, day)
    site.pages[path] = Answer(site.pages[path].body.replace(old.encode(), new.encode()))
    return path


def test_run_without_news_asks_for_the_listing_and_what_is_fresh_and_writes_nothing(newsroom: Site, tmp_path: Path) -> None:
    first = run(newsroom, tmp_path)
    assert len(first.lines) == 12
    assert {(line["status"], line["version"]) for line in first.lines} == {("new", 1)}
    second = run(newsroom, tmp_path)
    assert second.code == 0, second.log
    assert sorted(newsroom.asked) == sorted(["/robots.txt", "/news/", newsroom.release(1, TODAY), newsroom.release(2, TODAY)])
    assert second.verdict["verdict"] == "unchanged"
    assert len(second.files) == 1
    assert second.last_line.endswith("127.0.0.1: unchanged, 0 articles from 4 pages")


def test_only_new_releases_come_out_of_a_second_run(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    newsroom.listing("/news/", range(14, 16))
    newsroom.page("/news/", newsroom.pages["/news/"].body.decode().split("<main>")[1].split("</main>")[0])
    items = "".join(
        f"<li><time>{TODAY}</time> <a href='{newsroom.release(n, TODAY)}'>{headline(n)}</a></li>" for n in (14, 15, 1, 2, 3)
    )
    newsroom.page(
        "/news/", f"<h1>News</h1><ul>{items}</ul><nav class='pagination'><a rel='next' href='/news/page/2/'>Older</a></nav>"
    )
    pause()
    second = run(newsroom, tmp_path)
    assert sorted(line["headline"] for line in lines(tmp_path)) == sorted([headline(14), headline(15)])
    assert second.verdict["counts"]["new"] == 2
    assert "/news/page/3/" not in newsroom.asked


def test_edited_release_comes_out_once_as_updated(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    edit(newsroom, 1, "one hundred turbines", "nine hundred turbines")
    edit(newsroom, 1, "will make 1 hundred turbines", "will make 9 hundred turbines")
    pause()
    run(newsroom, tmp_path, "-a", "diff=1")
    (line,) = lines(tmp_path)
    assert (line["headline"], line["status"], line["version"]) == (headline(1), "updated", 2)
    assert "-The company said" in line["diff"]
    assert "9 hundred" in line["diff"]
    assert line["first_seen"] < line["last_seen"]
    pause()
    third = run(newsroom, tmp_path)
    assert third.verdict["verdict"] == "unchanged"
    assert len(all_lines(tmp_path)) == 13


def test_changed_frame_of_all_pages_is_no_update(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    for path, page in newsroom.pages.items():
        frame = page.body.replace(b"wherever there is wind.", b"whenever the wind blows.").replace(
            b"</header>", b"<p>Visit us in Oslo!</p></header>"
        )
        newsroom.pages[path] = Answer(frame)
    second = run(newsroom, tmp_path, "-a", "full=1")
    assert sum("turbine-plant" in path for path in newsroom.asked) == 12
    assert second.verdict["verdict"] == "unchanged", second.log
    assert len(all_lines(tmp_path)) == 12


def test_release_that_is_gone_in_two_runs_is_withdrawn_once(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    newsroom.pages[newsroom.release(1, TODAY)] = Answer(b"gone", 410)
    assert run(newsroom, tmp_path).verdict["verdict"] == "unchanged"
    pause()
    assert run(newsroom, tmp_path).verdict["counts"]["withdrawn"] == 1
    (line,) = lines(tmp_path)
    assert (line["headline"], line["status"], line["version"]) == (headline(1), "withdrawn", 1)
    assert line["body"].startswith("The company said")
    pause()
    assert run(newsroom, tmp_path).verdict["verdict"] == "unchanged"
    assert len(all_lines(tmp_path)) == 13


def test_release_that_is_off_the_list_is_visited_when_all_are(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    path = newsroom.release(5)
    newsroom.pages[path] = Answer(b"gone", 404)
    for page, answer in newsroom.pages.items():
        newsroom.pages[page] = Answer(answer.body.replace(path.encode(), b"#"), answer.status, answer.headers)
    assert run(newsroom, tmp_path, "-a", "full=1").verdict["counts"]["withdrawn"] == 0
    pause()
    run(newsroom, tmp_path, "-a", "full=1")
    assert [(line["headline"], line["status"]) for line in lines(tmp_path)] == [(headline(5), "withdrawn")]


def test_release_that_leads_to_the_listing_is_withdrawn(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    newsroom.pages[newsroom.release(2, TODAY)] = Answer(b"", 302, {"Location": "/news/"})
    run(newsroom, tmp_path)
    pause()
    run(newsroom, tmp_path)
    assert [(line["headline"], line["status"]) for line in lines(tmp_path)] == [(headline(2), "withdrawn")]


def test_site_that_is_down_withdraws_nothing_and_no_run_is_ok(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    pages = dict(newsroom.pages)
    for status, verdict, code in ((500, "failed", 1), (404, "broken", 5)):
        for path in pages:
            newsroom.pages[path] = Answer(b"down", status)
        broken = run(newsroom, tmp_path)
        assert broken.verdict["verdict"] == verdict, broken.log
        assert broken.code == code
    newsroom.pages.update(pages)
    assert run(newsroom, tmp_path).verdict["verdict"] == "unchanged"
    assert len(all_lines(tmp_path)) == 12


def test_withdrawn_release_that_is_back_is_an_update(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path)
    path = newsroom.release(1, TODAY)
    page = newsroom.pages[path]
    newsroom.pages[path] = Answer(b"gone", 404)
    for _ in range(2):
        pause()
        run(newsroom, tmp_path)
    newsroom.pages[path] = page
    pause()
    run(newsroom, tmp_path)
    assert [(line["headline"], line["status"], line["version"]) for line in lines(tmp_path)] == [(headline(1), "updated", 2)]


def test_same_release_under_two_urls_is_told(newsroom: Site, tmp_path: Path) -> None:
    """The texts are long enough to tell a copy from a stub."""
    for number, path in (
        (20, "/news/acme-builds-the-largest-turbine-hall/"),
        (21, "/news/stories/acme-builds-the-largest-turbine-hall/"),
    ):
        text = "".join(f"<p>{sentence.format(number=20, day='2024-05-03')}</p>" for sentence in SENTENCES)
        newsroom.page(
            path, f"<article><h1>Acme builds the largest turbine hall of all</h1><time>2024-05-03</time>{text}</article>"
        )
        link = f"<a href='{path}'>Acme builds the largest turbine hall of all {number}</a>"
        newsroom.page("/news/", f"<h1>News</h1><ul><li><time>2024-05-03</time> {link}</li></ul>")
        pause()
        run(newsroom, tmp_path)
    first, second = all_lines(tmp_path)
    assert (first["duplicate_of"], second["duplicate_of"]) == (None, first["id"])


def test_run_that_was_stopped_goes_on_where_it_was(newsroom: Site, tmp_path: Path) -> None:
    with start(tmp_path, "crawl", "newsroom", "-a", f"url={newsroom.url}/news/", *SLOW) as process:
        next(line for line in process.stderr if " Article " in line)
        process.terminate()
        process.communicate()
    before = {line["url"] for line in all_lines(tmp_path)}
    assert 1 <= len(before) < 12
    pause()
    again = run(newsroom, tmp_path)
    assert again.code == 0, again.log
    urls = [line["url"] for line in all_lines(tmp_path)]
    assert len(urls) == len(set(urls)) == 12
    assert not before & {newsroom.url + path for path in newsroom.asked} - {
        newsroom.url + newsroom.release(n, TODAY) for n in (1, 2)
    }


def test_articles_beyond_the_limit_come_out_of_later_runs(newsroom: Site, tmp_path: Path) -> None:
    run(newsroom, tmp_path, "-a", "max_articles=4")
    pause()
    run(newsroom, tmp_path)
    urls = [line["url"] for line in all_lines(tmp_path)]
    assert len(urls) == len(set(urls)) == 12


def test_store_of_a_later_version_ends_the_run_with_a_clear_message(newsroom: Site, tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_text("this is no database, though it is long enough to be taken for one" * 20)
    refused = run(newsroom, tmp_path, "-s", f"CORPNEWS_STORE={tmp_path / 'store.sqlite'}")
    assert refused.code == 2
    assert "cannot be opened" in refused.last_line
    assert "Traceback" not in refused.log
