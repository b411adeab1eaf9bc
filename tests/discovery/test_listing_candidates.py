"""Which links of a listing page are likely to lead to further listings."""

from __future__ import annotations

from corpnews.discovery import Scope
from corpnews.discovery.listing_candidates import find_listing_candidates
from corpnews.page.page import Page
from corpnews.web.urls import article_key

URL = "https://www.example.com/news/"
SLUGS = [f"plant-number-{n}-opens-in-oslo/" for n in range(6)]


def probabilities(links: str, url: str = URL, folder: str = "/news/") -> dict[str, float]:
    """Return the probability of each link of a page that lists articles of a folder."""
    items = "".join(f"<li><a href='{folder}{slug}'>Plant number {n} opens in Oslo</a></li>" for n, slug in enumerate(SLUGS))
    page = Page.from_html(f"<main><h1>News</h1><p>{links}</p><ul>{items}</ul></main>", url)
    articles = {article_key(f"https://www.example.com{folder}{slug}") for slug in SLUGS}
    return {each.url: each.probability for each in find_listing_candidates(page, Scope.from_start_url(url), articles)}


def ranked(links: str, url: str = URL) -> list[str]:
    found = probabilities(links, url)
    return sorted(found, key=lambda each: -found[each])


def test_categories_of_the_newsroom_come_before_other_parts_of_the_site() -> None:
    links = "<a href='/products/'>Products</a> <a href='/news/finance/'>Finance</a> <a href='/about-us/'>About us</a>"
    assert ranked(links)[0] == f"{URL}finance/"


def test_editions_of_the_listing_come_before_home_pages_of_other_languages() -> None:
    links = "<a href='/ja/news/'>日本語</a> <a href='/zh-hans/news/'>中文</a> <a href='/ja/products/'>製品</a>"
    assert set(ranked(links)[:2]) == {"https://www.example.com/ja/news/", "https://www.example.com/zh-hans/news/"}


def test_links_into_the_folder_of_the_articles_are_likely_whatever_it_is_called() -> None:
    found = probabilities("<a href='/about/news/list2/'>Pumps</a>", "https://www.example.com/index.php?view=list", "/about/news/")
    assert found["https://www.example.com/about/news/list2/"] > 0.2


def test_more_beside_the_articles_is_likely_whatever_its_address() -> None:
    found = probabilities("<a href='/c/3410/'>View more +</a> <a href='/c/77/'>Sensors</a>")
    assert found["https://www.example.com/c/3410/"] > 2 * found["https://www.example.com/c/77/"]


def test_address_that_a_button_keeps_for_a_script_is_a_candidate() -> None:
    assert f"{URL}more-2.html" in probabilities("<button data-url='/news/more-2.html'>Load more</button>")


def test_each_target_is_one_candidate_and_articles_and_the_page_itself_are_none() -> None:
    links = "<a href='/news/2/'>2</a> <a href='/news/2'>Next</a> <a href='/news/'>News</a>"
    assert list(probabilities(links)) == [f"{URL}2/"]


def test_links_to_other_hosts_are_no_candidates() -> None:
    assert probabilities("<a href='https://news.example.org/news/'>News</a>") == {}
