"""The crawl of a newsroom."""

from corpnews.crawl.detail_page import ExtractedRelease
from corpnews.crawl.newsroom_spider import SKIPPED_STAT_PREFIX, NewsroomSpider

__all__ = ["SKIPPED_STAT_PREFIX", "ExtractedRelease", "NewsroomSpider"]
