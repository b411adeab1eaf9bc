from __future__ import annotations

from dataclasses import replace

import pytest
from scrapy.exceptions import DropItem

from corpnews.cleaning.article import Provenance, build_article
from corpnews.extraction.extract import extract_page
from corpnews.items import Article, ArticleSource
from corpnews.page.page import Page
from corpnews.pipelines import ArticleLimitPipeline, DuplicatesPipeline, ValidationPipeline
from tests.helpers import SENTENCES, headline

URL = "https://acme.example/news/acme-opens-its-turbine-plant-number-1/"
ORIGIN = Provenance(
    "acme", "Acme Turbines", ArticleSource("listing", "https://acme.example/news/"), "2026-11-23T06:10:00Z", 200, ("en",)
)


def article(head: str = "", day: str = "2024-05-27", url: str = URL) -> Article:
    text = "".join(f"<p>{sentence.format(number=1, day='Monday')}</p>" for sentence in SENTENCES)
    main = f"<h1>{headline(1)}</h1><time>{day}</time>{text}<a href='/news/'>Back</a>"
    html = f"<html><head>{head}</head><body><main>{main}</main></body></html>"
    return build_article(extract_page(Page.from_html(html, url)), ORIGIN)


def test_article_has_its_text_without_what_stands_around_it_and_where_it_came_from() -> None:
    made = article()
    assert made.headline == headline(1)
    assert made.body == "\n\n".join(sentence.format(number=1, day="Monday") for sentence in SENTENCES)
    assert "Back" in [removed.text for removed in made.crawl.removed]
    assert (made.newsroom, made.company, made.source) == ("acme", "Acme Turbines", ORIGIN.source)
    assert (made.crawl.fetched_at, made.crawl.http_status) == ("2026-11-23T06:10:00Z", 200)


def test_article_without_date_is_kept_with_a_warning() -> None:
    made = article(day="")
    assert made.date_published is None
    assert made.crawl.warnings == ("no date_published",)


def test_article_has_one_id_under_all_spellings_of_its_url() -> None:
    canonical = f'<link rel="canonical" href="{URL}">'
    spellings = [article(), article(url=f"{URL}?utm_source=mail"), article(canonical, url=URL.replace("/news/", "/press/"))]
    assert len({each.id for each in spellings}) == 1


def test_articles_keep_their_own_ids_where_all_name_the_home_page_canonical() -> None:
    home = '<link rel="canonical" href="https://acme.example/">'
    assert article(home).id != article(home, url=URL.replace("-1/", "-2/")).id


def test_same_article_comes_out_once() -> None:
    pipeline = DuplicatesPipeline()
    assert pipeline.process_item(article()) == article()
    with pytest.raises(DropItem, match="repeated"):
        pipeline.process_item(article(url=f"{URL}?utm_source=mail"))


def test_article_that_lacks_what_every_line_has_is_dropped() -> None:
    whole = article()
    assert ValidationPipeline().process_item(whole) is whole
    lacking = {"headline": replace(whole, headline=" "), "body": replace(whole, body=""), "company": replace(whole, company="")}
    for name, each in lacking.items():
        with pytest.raises(DropItem, match=f"no {name}"):
            ValidationPipeline().process_item(each)


def test_no_more_articles_than_asked_for() -> None:
    pipeline = ArticleLimitPipeline(2)
    assert len([pipeline.process_item(article()) for _ in range(2)]) == 2
    with pytest.raises(DropItem, match="beyond max_articles"):
        pipeline.process_item(article())


def test_all_articles_where_no_number_is_asked_for() -> None:
    pipeline = ArticleLimitPipeline(0)
    assert len([pipeline.process_item(article()) for _ in range(3)]) == 3


@pytest.mark.parametrize("pipeline", [ValidationPipeline(), DuplicatesPipeline(), ArticleLimitPipeline(1)])
def test_items_of_other_types_pass_through_untouched(
    pipeline: ValidationPipeline | DuplicatesPipeline | ArticleLimitPipeline,
) -> None:
    item = {"id": "1"}
    assert [pipeline.process_item(item) is item for _ in range(3)] == [True] * 3
