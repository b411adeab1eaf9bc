"""All pages of a site in one call, as an archive's own engine makes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import corpnews
from tests.archive.sample_pages import SITE_SLOGAN, release_body, release_html, release_url, write_page_list
from tests.helpers import scrapy

if TYPE_CHECKING:
    from pathlib import Path


def test_each_page_gives_its_article_or_the_reason_in_order() -> None:
    pages = [(release_html(number).encode(), release_url(number)) for number in range(1, 9)]
    pages.insert(3, (b"<p></p>", "https://www.acme.example/empty"))
    results = list(corpnews.extract_site(iter(pages)))
    assert isinstance(results[3], corpnews.NotAnArticle)
    articles = [each for each in results if isinstance(each, corpnews.Article)]
    assert [each.url for each in articles] == [release_url(number) for number in range(1, 9)]
    assert [each.body for each in articles] == [release_body(number) for number in range(1, 9)]


def test_template_of_more_pages_tells_the_slogan_on_a_single_one() -> None:
    template = corpnews.SiteTemplate.from_pages((release_html(number), release_url(number)) for number in range(1, 9))
    page = release_html(9), release_url(9)
    (alone,) = corpnews.extract_site([page])
    (told,) = corpnews.extract_site([page], template=template, company="Acme Turbines")
    assert isinstance(alone, corpnews.Article)
    assert isinstance(told, corpnews.Article)
    assert SITE_SLOGAN not in told.body
    assert told.company == "Acme Turbines"


def test_articles_are_those_of_scrapy_extract(tmp_path: Path) -> None:
    numbers = range(1, 9)
    path = write_page_list(tmp_path, numbers)
    assert scrapy(tmp_path, "extract", str(path), "-o", "lines.jsonl").code == 0
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = corpnews.extract_site((release_html(number), release_url(number)) for number in numbers)
    for line, article in zip(lines, articles, strict=True):
        assert isinstance(article, corpnews.Article)
        ours = json.loads(json.dumps(article.to_dict()))
        for name in ("id", "source", "crawl", "status", "version", "first_seen", "last_seen"):  # of the list, and of the command
            del line[name], ours[name]
        assert line == ours
