from __future__ import annotations

import pytest

from corpnews.discovery import PageKind, Scope, classify
from corpnews.discovery.page_classifier.classifier import classify_unlinked
from corpnews.discovery.page_classifier.page_features import PageClaims, is_newsroom_url
from corpnews.discovery.page_classifier.status_phrases import match_status_phrases
from corpnews.page.page import Page
from tests.discovery.listing_pages import build_bare_page, build_listing_page

HOST = "https://www.example.com"
SCOPE = Scope.from_start_url(f"{HOST}/news/")
PROSE = (
    "<p>The company said on Friday that it will build a plant for turbines near the harbour and hire three hundred people.</p>"
)
LIST = "".join(
    f"<li><a href='/news/acme-opens-plant-number-{n}/'>Acme opens plant number {n}</a> 0{n} May 2024</li>" for n in range(1, 9)
)


def kind(
    content: str,
    path: str,
    headline: str | None = "Acme opens a new plant in Gdansk",
    *,
    types: tuple[str, ...] = (),
    dated: bool = False,
) -> PageKind:
    return classify(build_listing_page(content, HOST + path), SCOPE, PageClaims(headline, types, dated))


def test_an_article_is_an_article() -> None:
    assert kind(f"<h1>Acme opens a new plant in Gdansk</h1>{PROSE * 5}", "/news/a/").is_article


def test_a_stub_of_one_sentence_next_to_a_list_of_news_is_an_article() -> None:
    stub = "<h1>Acme announces results for the second quarter</h1><p>See our investor site.</p>"
    assert kind(
        f"{stub}<ul>{LIST}</ul><div class='pager'><a href='?page=2'>2</a><a href='?page=3'>3</a></div>",
        "/news/q2/",
        "Acme announces results for Q2 2024",
    ).is_article


def test_an_overview_of_known_releases_is_a_listing_even_with_a_date_and_a_line_on_the_company_below() -> None:
    about = "<p>Acme builds machines for industry and for cities. The group has plants in nine countries.</p>"
    overview = build_listing_page(f"<h1>Newsroom 2026 – Acme</h1><ul>{LIST}</ul>{about}", f"{HOST}/news/overview-2026/")
    found = classify(
        overview, SCOPE, PageClaims("Newsroom 2026 – Acme", is_dated=True), is_known=lambda url: "plant-number" in url
    )
    assert found.name == "listing"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Acme opens a new plant for turbines in Gdansk",
            "Acme builds pumps there for its customers in the north, and hires two hundred people.",
        ),
        ("恒泽集团在宁波建成传感器新厂", "该项目总投资亿元，预计年内开始交付首批产品。"),
    ],
)
def test_a_release_of_one_sentence_above_known_releases_is_an_article(headline: str, text: str) -> None:
    page = build_listing_page(f"<h1>{headline}</h1><p>{text}</p><ul>{LIST}</ul>", f"{HOST}/news/acme-builds-in-gdansk/")
    assert classify(page, SCOPE, PageClaims(headline, is_dated=True), is_known=lambda url: "plant-number" in url).is_article


def test_a_release_of_one_sentence_whose_headline_is_no_heading_is_an_article() -> None:
    headline, text = "恒泽集团在宁波建成传感器新厂", "该项目总投资737亿元。"
    more = "".join(
        f"<li><a href='/news/{number}.html'>恒泽集团获江口电力传感器订单{number}</a></li>" for number in range(851, 854)
    )
    page = build_listing_page(
        f"<div>{headline}</div><p>2026年3月10日</p><div>{text}</div><h3>更多</h3><ul>{more}</ul>", f"{HOST}/news/892.html"
    )
    assert classify(
        page, SCOPE, PageClaims(headline, is_dated=True, title=headline), is_known=lambda url: "/news/85" in url
    ).is_article


TOPIC_ROWS = "".join(
    f"<tr><td>{day} May 2024</td><td><a href='/news/2024/{day}.html'>Acme recycles {400 + day} tonnes of steel</a></td></tr>"
    for day in (3, 9)
)


ROW = "<tr><td>Acme builds a works in Tromso</td><td><a href='/news/2024/works.html'>Open</a></td></tr>"


def classify_with_known_releases(body: str) -> str:
    page = build_listing_page(body, f"{HOST}/news/topic-1/")
    claims = PageClaims("Products and technology", is_dated=True, title="Products and technology")
    return classify(page, SCOPE, claims, is_known=lambda url: "/2024/" in url).name


def test_a_topic_with_only_two_known_releases_is_a_listing() -> None:
    assert classify_with_known_releases(f"<h1>Products and technology</h1><table>{TOPIC_ROWS}</table>") == "listing"


def test_an_overview_under_a_long_heading_that_lists_nothing_but_known_releases_is_a_listing() -> None:
    heading, rows = "Newsroom of Acme in the year 2024", TOPIC_ROWS.replace("recycles", "has recycled") + TOPIC_ROWS
    page = build_listing_page(f"<h1>{heading}</h1><table>{rows.replace('May 2024', '')}{ROW}</table>", f"{HOST}/news/overview/")
    assert classify(page, SCOPE, PageClaims(heading, title=heading), is_known=lambda url: "/2024/" in url).name == "listing"


@pytest.mark.parametrize("own", ["<p>12 May 2024</p>", "<img src='/plant.jpg'>", "<video src='/plant.mp4'></video>"])
def test_a_release_with_a_date_or_a_picture_of_its_own_above_two_known_releases_is_an_article(own: str) -> None:
    found = classify_with_known_releases(f"<h1>Products and technology</h1>{own}<table>{TOPIC_ROWS}</table>")
    assert found == "article"


def test_an_amount_in_a_headline_is_no_http_status() -> None:
    assert not match_status_phrases("Acme recycles 451 tonnes of steel").phrases
    assert match_status_phrases("Error 451").phrases


def test_a_long_text_full_of_links_is_an_article() -> None:
    assert kind(f"<h1>Ten tips</h1>{PROSE * 6}<ul>{LIST}</ul><a href='?page=2'>2</a>", "/blog/ten-tips/", "Ten tips").is_article


def test_an_error_page_sent_as_a_good_one_is_no_article() -> None:
    found = kind("<h1>Page not found</h1><p>Sorry.</p>", "/news/gone/", "Page not found")
    assert (found.name, found.sort) == ("error", "not_found")


def test_a_release_about_something_not_found_is_an_article() -> None:
    assert kind(
        f"<h1>Cause of the outage not found yet</h1>{PROSE * 6}", "/news/outage/", "Cause of the outage not found yet"
    ).is_article


def test_the_page_that_the_newsroom_begins_with_is_a_listing_whatever_it_says() -> None:
    """Links to deleted releases redirect there."""
    assert kind(f"<h1>News</h1><ul>{LIST}</ul>{PROSE * 6}", "/news/today/", "News", types=("Article",)).name == "article"
    assert kind(f"<h1>News</h1><ul>{LIST}</ul>{PROSE * 6}", "/news/", "News", types=("Article",)).name == "listing"


def test_a_release_whose_number_looks_like_a_year_is_an_article() -> None:
    headline = "Acme opens a new plant in the old harbour of Gdansk"
    assert kind(f"<h1>{headline}</h1>{PROSE}", "/news/info/1001/2019.htm", headline).is_article
    assert kind(f"<h1>News from 2019</h1><ul>{LIST}</ul>", "/news/info/2019.htm", "News from 2019").name == "listing"


def test_a_listing_with_pages_is_a_listing() -> None:
    assert (
        kind(
            f"<h1>News</h1><ul>{LIST}</ul><div class='pager'><a href='?page=2'>2</a><a href='?page=3'>3</a></div>",
            "/news/x_5.html",
            "News",
        ).name
        == "listing"
    )


def test_the_address_of_a_category_is_a_listing() -> None:
    assert kind(f"<h1>Company</h1><ul>{LIST}</ul>", "/news/category/company/", "Company").name == "listing"


@pytest.mark.parametrize("path", ["/blog/page/2/", "/blog/category/company/"])
def test_a_numbered_page_or_that_of_a_category_is_a_listing_although_a_post_begins_it(path: str) -> None:
    assert kind(f"<h1>Blog</h1><ul>{LIST}</ul>", path, "Acme opens a second plant in the north").name == "listing"


def test_the_page_of_an_author_whose_data_state_the_posts_is_no_article() -> None:
    types = ("ProfilePage", "BlogPosting")
    assert kind(f"<h1>Jane Roe</h1>{PROSE}", "/author/jane/", types=types).reason == "its type is ProfilePage"
    assert kind(f"<h1>Jane Roe joins Acme</h1>{PROSE}", "/news/jane-roe-joins-acme/", types=types).is_article


def test_a_product_is_no_article() -> None:
    assert kind(f"<h1>Rotary hammer drill</h1>{PROSE * 3}", "/news/drill/", types=("Product",)).reason == "its type is Product"
    assert not kind(f"<h1>Rotary hammer drill</h1>{PROSE * 3}", "/products/drill/").is_article


def test_a_page_that_calls_itself_an_article_is_one() -> None:
    assert kind(f"<h1>Acme</h1>{PROSE}", "/about/acme/", types=("WebPage", "NewsArticle")).is_article


def test_a_feed_that_is_saved_as_a_page_is_no_article() -> None:
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Acme</title><item>{PROSE * 5}</item></channel></rss>"
    assert classify(Page.from_html(feed, f"{HOST}/news/feed-1"), SCOPE, PageClaims("Acme opens a plant")).reason == "a feed"


def test_an_undated_page_under_a_short_heading_is_an_article_only_where_a_link_says_so() -> None:
    page, claims = build_listing_page(f"<h1>Technology</h1>{PROSE * 3}", f"{HOST}/technology/"), PageClaims("Technology")
    assert classify(page, SCOPE, claims).is_article
    assert not classify_unlinked(page, claims).is_article


def test_the_home_page_is_no_article() -> None:
    assert not kind(PROSE * 5, "/").is_article


def test_an_empty_page_is_no_article() -> None:
    assert not classify(build_bare_page("", f"{HOST}/news/a/"), SCOPE).is_article


@pytest.mark.parametrize("path", ["/news/", "/en/press-releases", "/presse/pressemitteilungen/index.html", "/about/media/"])
def test_url_of_newsroom_words_only_is_a_newsroom(path: str) -> None:
    assert is_newsroom_url(f"https://acme.example{path}")


@pytest.mark.parametrize(
    "path", ["/", "", "/ ", "/news823175", "/news.php?nr=17", "/news/plant-opens", "/acme-announcement/", "/17"]
)
def test_url_with_other_words_is_not_a_newsroom(path: str) -> None:
    assert not is_newsroom_url(f"https://acme.example{path}")
