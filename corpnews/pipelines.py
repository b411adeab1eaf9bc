"""From a read page to a line: each step calls the core and keeps, replaces or drops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from corpnews.article import lacking, make_article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from corpnews.items import Article
    from corpnews.newsroom import Release


class BoilerplatePipeline:
    """Make the release an article: its own blocks, cleaned of all that is not."""

    def process_item(self, release: Release) -> Article:
        return make_article(release.draft, release.origin)


class DuplicatesPipeline:
    """Let each article through once a run."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def process_item(self, article: Article) -> Article:
        if article.id in self.seen:
            message = "came out before"
            raise DropItem(message)
        self.seen.add(article.id)
        return article


class ValidationPipeline:
    """Drop what lacks a field that every line has."""

    def process_item(self, article: Article) -> Article:
        if lack := lacking(article):
            raise DropItem(lack)
        return article


class MaxArticlesPipeline:
    """Let through no more than CLOSESPIDER_ITEMCOUNT, which closes the spider but not on what is under way."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.count = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("CLOSESPIDER_ITEMCOUNT"))

    def process_item(self, article: Article) -> Article:
        if self.most and self.count >= self.most:
            message = "beyond max_articles"
            raise DropItem(message, log_level="DEBUG")
        self.count += 1
        return article
