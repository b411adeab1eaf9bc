"""What stands in the place of a release is told from releases, also from those that are short or about such things."""

from __future__ import annotations

import pytest

from corpnews.discovery import PageKind, Scope, classify
from corpnews.discovery.page_classifier.classifier import find_obstacle
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.page.page import Page
from tests.discovery.obstacle_pages import FRAMES, IMAGE_RELEASE, NEWS, OBSTACLES, RELEASES, PageText, build_html

HOST = "https://www.acme.example"
SCOPE = Scope.from_start_url(f"{HOST}/news/")
URL = f"{HOST}/news/borealis-agreement/"
OTHER_TITLE = "Borealis and Acme agree on a joint works in Tromso"


def classify_html(html: str, url: str = URL, title: str | None = None) -> PageKind:
    page = Page.from_html(html, url)
    try:
        draft = extract_article(page)
    except NotAnArticle:
        return classify(page, SCOPE, PageClaims(title=title))
    return classify(page, SCOPE, PageClaims.from_extracted(draft, title))


def name_case(text: PageText) -> str:
    return f"{text.sort}-{text.language}-{text.heading[:20]}"


@pytest.mark.parametrize("text", OBSTACLES, ids=name_case)
def test_wall_or_error_is_no_article(text: PageText) -> None:
    for frame in FRAMES:
        kind = classify_html(build_html(text, frame), title=OTHER_TITLE)
        assert kind.is_obstacle, frame


def test_most_walls_and_errors_are_told_without_knowing_the_title_of_their_link_and_by_their_sort() -> None:
    kinds = [(text, classify_html(build_html(text, frame))) for text in OBSTACLES for frame in FRAMES]
    assert sum(kind.is_obstacle for _, kind in kinds) >= 0.94 * len(kinds)
    assert sum(kind.sort == text.sort for text, kind in kinds) >= 0.85 * len(kinds)


@pytest.mark.parametrize("text", RELEASES, ids=name_case)
def test_short_release_and_release_about_walls_is_an_article(text: PageText) -> None:
    for frame in FRAMES:
        for date in ("", "3 May 2024"):
            assert classify_html(build_html(text, frame, date), title=text.heading).is_article, (frame, date)
        assert classify_html(build_html(text, frame, "3 May 2024")).is_article, frame


def test_release_of_images_is_an_article() -> None:
    assert classify_html(IMAGE_RELEASE, title="Acme at the Hannover Fair").is_article


def test_page_that_scripts_fill_is_a_script_shell() -> None:
    shell = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
    assert classify_html(shell).name == "script shell"


@pytest.mark.parametrize("number", [1980, 1999, 2000, 2024])
def test_release_whose_number_looks_like_a_year_is_an_article_by_its_content(number: int) -> None:
    text = PageText("", "en", "Acme opens a plant", f"Acme opens plant {number} on the coast of Norway", RELEASES[0].text)
    assert classify_html(build_html(text, "site", "3 May 2024"), f"{HOST}/news/{number}").is_article
    assert classify_html(build_html(text, "site"), f"{HOST}/news/{number}", text.heading).is_article


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Press Room", "/press-room/"),
        ("2023", "/news/2023/"),
        ("Products", "/news/category/products/"),
        ("Search results", "/x/?s=a"),
    ],
)
def test_overview_is_no_article(heading: str, path: str) -> None:
    teasers = NEWS.replace("</a>", "</a><p>The plant makes pumps for ships and gives work to two hundred people.</p>")
    page = build_html(PageText("", "en", f"{heading} | Acme", heading, ""), "site").replace(
        "</main>", f"<ul>{teasers}</ul></main>"
    )
    assert classify_html(page, HOST + path).is_listing


def test_wall_in_the_place_of_a_listing_is_found() -> None:
    walls = [text for text in OBSTACLES if text.sort not in ("not_found", "javascript")]
    found = [find_obstacle(Page.from_html(build_html(text, "site"), f"{HOST}/news/"), SCOPE) for text in walls]
    assert sum(kind is not None for kind in found) >= 0.85 * len(walls)


def test_listing_is_no_wall() -> None:
    listing = PageText("", "en", "News | Acme", "News", "")
    assert find_obstacle(Page.from_html(build_html(listing, "site with news"), f"{HOST}/news/"), SCOPE) is None
