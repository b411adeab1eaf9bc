"""The Scrapy side of one run: NewsroomSpider, its arguments, its requests, detail pages, RunSession.

What is changed here: an argument of `scrapy crawl` (arguments.py), how a response is turned into requests and articles.
"""

from corpnews.crawl.detail_page import ExtractedRelease
from corpnews.crawl.newsroom_spider import SKIPPED_STAT_PREFIX, NewsroomSpider

__all__ = ["SKIPPED_STAT_PREFIX", "ExtractedRelease", "NewsroomSpider"]
