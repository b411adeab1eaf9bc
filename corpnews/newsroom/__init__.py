"""The crawl of a newsroom."""

from corpnews.newsroom.details import Release
from corpnews.newsroom.spider import SKIPPED, NewsroomSpider

__all__ = ["SKIPPED", "NewsroomSpider", "Release"]
