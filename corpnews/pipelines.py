"""From a read page to a line: each step calls the core and keeps, replaces or drops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem, NotConfigured

from corpnews.cleaning.article import build_article, find_missing_field
from corpnews.crawl import NewsroomSpider
from corpnews.crawl.detail_page import LeftForLaterRun
from corpnews.crawl.run_session import RunSession
from corpnews.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from corpnews.crawl import ExtractedRelease


class BoilerplatePipeline:
    """Make the release an article: its own blocks, cleaned of all that is not. One that is withdrawn is an article already."""

    def process_item(self, item: ExtractedRelease | Article) -> Article:
        return item if isinstance(item, Article) else build_article(item.draft, item.origin)


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
        if lack := find_missing_field(article):
            raise DropItem(lack)
        return article


class LifecyclePipeline:
    """Tell what is new, changed or gone by what earlier runs knew, and drop what is neither."""

    def __init__(self, crawler: Crawler, spider: NewsroomSpider) -> None:
        self.crawler = crawler
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler, crawler.spider)

    def process_item(self, article: Article) -> Article:
        judged = self.spider.memory.judged(article, tell_difference=self.spider.arguments.diff)
        if judged is None:
            message = "unchanged"
            raise DropItem(message, log_level="DEBUG")
        return judged

    def close_spider(self) -> None:
        """Have all that was written noted before the lines are published."""
        publishing = self.crawler.get_spider_middleware(RunSession)
        if publishing:
            publishing.flush()


class ArticleLimitPipeline:
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
            raise LeftForLaterRun(message, log_level="DEBUG")
        self.count += 1
        return article
