"""Thin item pipelines: each has one function of a lower floor judge an Article; items of other types pass through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from scrapy.exceptions import NotConfigured

from corpnews.cleaning.article import find_missing_field
from corpnews.crawler import NewsroomSpider
from corpnews.crawler.run_session import ArticleSkipped, current_article
from corpnews.discovery import SkipReason
from corpnews.items import Article, get_day
from corpnews.state.changes import apply_history

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


_REASONS: Final = {"headline": SkipReason.NO_HEADLINE, "body": SkipReason.NO_BODY, "company": SkipReason.NO_COMPANY}


class ValidationPipeline:
    """Drops an article that lacks a field which every line has, and derives fields from those that a newsroom may have set."""

    def process_item(self, item: Any) -> Any:
        current_article.set("")  # it is the item before, of the same page
        if isinstance(item, Article) and (name := find_missing_field(item)):
            raise ArticleSkipped(_REASONS[name])
        if isinstance(item, Article):
            item.published_on = get_day(item.date_published)
        return item


class DuplicatesPipeline:
    """Lets each article through once a run."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Article):
            if item.id in self.seen:
                raise ArticleSkipped(SkipReason.REPEATED)
            self.seen.add(item.id)
        return item


class HistoryPipeline:
    """Sets what earlier runs tell of an article: whether it is new, updated or a duplicate. Drops one that is unchanged."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler.spider)

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Article):
            return item
        run = self.spider.run
        article = apply_history(item, run.history, run.journal, with_diff=self.spider.arguments.diff)
        if article is None:
            raise ArticleSkipped(SkipReason.UNCHANGED, "DEBUG")
        current_article.set(article.id)
        return article


class ArticleLimitPipeline:
    """Lets through no more than CLOSESPIDER_ITEMCOUNT articles: it closes the spider, but not on what is under way."""

    def __init__(self, max_articles: int) -> None:
        self.max_articles = max_articles
        self.count = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, NewsroomSpider):
            raise NotConfigured
        return cls(crawler.settings.getint("CLOSESPIDER_ITEMCOUNT"))

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Article):
            if self.max_articles and self.count >= self.max_articles:
                raise ArticleSkipped(SkipReason.BEYOND_MAX_ARTICLES, "DEBUG")
            self.count += 1
        return item
