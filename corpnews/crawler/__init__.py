"""The Scrapy side of one run: NewsroomSpider, its arguments, its requests, RunSession.

What is changed here: an argument of `scrapy crawl` (arguments.py), how a response is turned into requests and articles.
"""

from corpnews.crawler.newsroom_spider import NewsroomSpider
from corpnews.crawler.search import SKIPPED_STAT_PREFIX

__all__ = ["SKIPPED_STAT_PREFIX", "NewsroomSpider"]
