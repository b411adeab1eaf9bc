from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from shutil import which
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from corpnews.items import Article, CrawlInfo, RemovedText
from corpnews.reporting.html_report import MAX_DETAIL_BYTES, render_html_report
from corpnews.reporting.profile import NewsroomProfile
from corpnews.state import NewsroomOverview, PastRun
from tests.browser.rendering_runs import NAMES, needs_browser
from tests.helpers import crawl, scrapy
from tests.reporting.test_run_history import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
MARKUP = "</script><script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
PAGE = ("Site search", "Plant opens", MARKUP, "Acme opened its plant in Oslo on Monday, in the rain.", "Share this")


def make_article(number: int) -> Article:
    removed = (RemovedText("Share this", "share bar", 9), RemovedText("Site search", "form", 9))
    return Article(
        id=f"{number}",
        url=f"https://acme.example/news/{number}",
        newsroom="acme",
        company="Acme",
        headline=f"Plant {number} opens {MARKUP}",
        body="Acme opened its plant in Oslo on Monday, in the rain.",
        date_published="2026-11-20",
        status="new",
        crawl=CrawlInfo(fetched_at="2026-11-29T06:00:00Z", removed=removed),
    )


def make_run(verdict: str | None = "ok", days: int = 0, reasons: tuple[str, ...] = ()) -> PastRun:
    started = NOW - timedelta(days=days, hours=2)
    ended = started + timedelta(minutes=2) if verdict else None
    return PastRun(100 - days, started, ended, verdict, reasons, json.loads(json.dumps(RECORD.details)))


def make_overview(name: str, *runs: PastRun) -> NewsroomOverview:
    profile = NewsroomProfile()
    for number in range(4):
        profile.count(make_article(number))
    for number in range(3):
        profile.add_sample(make_article(number), PAGE)
    overview = NewsroomOverview(name, list(runs or (make_run(), make_run(days=1))), articles=40, newest="2026-11-20")
    overview.months.update({"2026-09": 12, "2026-11": 28})
    overview.profile = profile.to_json()
    return overview


FLEET = [
    make_overview("borealis"),
    make_overview("acme", make_run("broken", reasons=("no releases found, 20 in an earlier run",)), make_run(days=1)),
    make_overview(f"{MARKUP}", make_run("unchanged")),
    make_overview("tardy", make_run(days=90), make_run(days=91)),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = next(filter(None, map(which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The report on FLEET, opened from disk; it may write nothing to the console and request nothing but itself."""
    file = tmp_path / "report.html"
    file.write_text(render_html_report(FLEET, NOW, ()), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if request.url.partition("#")[0] != file.as_uri() else None)
    page.goto(file.as_uri())
    yield page
    context.close()
    assert faults == []


def list_newsrooms(page: Page) -> list[str]:
    return [text for row in page.query_selector_all("#newsrooms tbody tr") if row.is_visible() for text in [row.inner_text()]]


@needs_browser
def test_what_needs_a_person_comes_first(page: Page) -> None:
    rows = list_newsrooms(page)
    assert [row.split()[0] for row in rows] == ["broken", "ok", "ok", "unchanged"]
    assert "acme" in rows[0]
    assert "the last run was 90 days ago, usually every 24 hours" in rows[1]
    assert page.inner_text(".total").startswith("2 of 4 need a look, 160 articles")


@needs_browser
def test_newsrooms_are_filtered_by_words_and_verdict(page: Page) -> None:
    page.fill("#words", "no releases")
    assert len(list_newsrooms(page)) == 1
    assert page.inner_text("#shown") == "1 of 4 shown"
    page.fill("#words", "")
    page.select_option("#verdict", "look")
    assert len(list_newsrooms(page)) == 2
    page.select_option("#verdict", "unchanged")
    assert len(list_newsrooms(page)) == 1


@needs_browser
def test_newsrooms_are_sorted_by_any_column_with_the_keyboard(page: Page) -> None:
    page.focus("[data-sort=newsroom]")
    page.keyboard.press("Enter")
    names = [row.query_selector("a").inner_text() for row in page.query_selector_all("#newsrooms tbody tr")]  # type: ignore[union-attr]
    assert names == sorted(names)
    page.keyboard.press("Enter")
    assert page.get_attribute("#newsrooms th[aria-sort]", "aria-sort") == "descending"
    names = [row.query_selector("a").inner_text() for row in page.query_selector_all("#newsrooms tbody tr")]  # type: ignore[union-attr]
    assert names == sorted(names, reverse=True)


@needs_browser
def test_newsroom_shows_its_history_coverage_boilerplate_and_samples(page: Page) -> None:
    page.click("text=acme")
    page.wait_for_selector(".u-wrap canvas")
    text = page.inner_text("#newsroom")
    assert "no releases found, 20 in an earlier run" in text
    assert "Of 4 lines" in text
    assert page.locator(".history li").evaluate_all("marks => marks.map(mark => mark.className)") == ["ok", "broken"]
    assert "Share this share bar 100 %" in " ".join(text.split())
    assert page.locator(".sample").count() == 3
    assert page.locator(".sample").first.locator("del").all_inner_texts() == ["Site search", "Share this"]
    assert page.locator(".sample").first.locator("p.body").all_inner_texts() == [PAGE[3]]
    page.go_back()
    assert page.is_visible("#newsrooms")


@needs_browser
def test_markup_of_pages_stays_text(page: Page) -> None:
    page.locator("#newsrooms a").last.click()
    page.wait_for_selector(".sample")
    assert page.title() != "taken"
    assert page.locator("#newsroom img").count() == 0
    assert MARKUP in page.inner_text(".sample")


@needs_browser
@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_report_is_accessible_on_phone_and_desk_by_day_and_night(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    serious = {"serious", "critical"}
    assert [each["id"] for each in Axe().run(page).response["violations"] if each["impact"] in serious] == []
    page.locator("#newsrooms a").first.click()
    page.wait_for_selector(".u-wrap canvas")
    assert [each["id"] for each in Axe().run(page).response["violations"] if each["impact"] in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_samples_make_room_where_newsrooms_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = render_html_report(FLEET, NOW, ())
    monkeypatch.setattr("corpnews.reporting.html_report.MAX_DETAIL_BYTES", 4 * 500)
    small = render_html_report(FLEET, NOW, ())
    assert len(small) < len(whole) < MAX_DETAIL_BYTES


def test_report_of_a_crawl_is_one_file(tmp_path: Path) -> None:
    assert crawl(tmp_path, "demo").code == 0
    assert scrapy(tmp_path, "report", "--html", "report.html").code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "18 articles in the store" in " ".join(page.split())
    assert scrapy(tmp_path, "report", "--html", "report.html", "acne").last_line.endswith("there is no run of a newsroom 'acne'")


def test_profile_is_bounded_and_read_as_it_was_written() -> None:
    profile = NewsroomProfile()
    for number in range(1000):
        removed = tuple(RemovedText(f"text {number} {each}", "link", 1) for each in range(3))
        profile.count(replace(make_article(number), crawl=CrawlInfo(removed=(RemovedText("Share", "share bar"), *removed))))
        profile.add_sample(make_article(number), ["word " * 10_000] * 3)
    stored = profile.to_json()
    assert len(stored) < 60_000
    again = NewsroomProfile.from_json(stored)
    assert (again.lines, again.fields["company"], again.removed["Share", "share bar"]) == (1000, 1000, 1000)
    assert again.to_json() == stored
    assert NewsroomProfile.from_json('{"lines": "many"}') == NewsroomProfile()
