"""Log lines for items of all types, of any spider."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import scrapy
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from corpnews.extensions.logs import ArticleLogFormatter
from corpnews.items import Article


class Release(scrapy.Item):
    url = scrapy.Field()
    headline = scrapy.Field()


@dataclass
class Price:
    amount: float


URL = "https://acme.example/news/1"
ARTICLE = Article(id="1", newsroom="acme", url=URL, company="Acme", headline="Plant opens", body="", date_published="2024-05-03")
PUBLISHED = datetime(2024, 5, 3, tzinfo=UTC)


def build_lines(item: Any) -> list[str]:
    """The log lines for an item that is scraped, dropped and failed on, by a spider of somebody else."""
    spider = get_crawler().spidercls.from_crawler(get_crawler())
    formatter = ArticleLogFormatter()
    results = (
        formatter.scraped(item, None, spider),
        formatter.dropped(item, DropItem("sold out"), None, spider),
        formatter.item_error(item, ValueError("no"), None, spider),
    )
    return [logging.LogRecord("", each["level"], "", 0, each["msg"], (each["args"],), None).getMessage() for each in results]


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (ARTICLE, f"Article 2024-05-03 Plant opens <{URL}>"),
        ({"url": URL, "headline": None, "date_published": PUBLISHED}, f"Article 2024-05-03  <{URL}>"),
        (Release(url=URL, headline="Plant opens"), f"Article (no date) Plant opens <{URL}>"),
    ],
)
def test_item_with_a_url_is_shown_by_it(item: Any, line: str) -> None:
    assert build_lines(item) == [line, f"Skipped <{URL}>: sold out", f"Error processing <{URL}>"]


@pytest.mark.parametrize("item", [{}, {"title": "News"}, Release(), Release(url=None), Price(9.99), "text", None, 5])
def test_item_without_a_url_is_shown_as_scrapy_does(item: Any) -> None:
    assert all(str(item) in line for line in build_lines(item))
