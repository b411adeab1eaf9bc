"""Which pages of a site list its releases, and which links lead to them: search, sources, listings, page classifier.

What is changed here: a word of listings, such as "Load more" in Finnish (vocabulary.py), a source for any newsroom.
"""

from corpnews.discovery.crawl_filter import CrawlFilter, SkipReason
from corpnews.discovery.frontier import ArticleCandidate, Frontier
from corpnews.discovery.listing_reader import read_listing, read_start_page
from corpnews.discovery.page_classifier import PageKind, classify
from corpnews.discovery.planner import Planner
from corpnews.discovery.policies import FullCrawl, IncrementalCrawl, Survey
from corpnews.discovery.scope import Scope
from corpnews.discovery.source import Listing, Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage
from corpnews.extraction.listing_entry import ArticleLink, InlineArticle
from corpnews.web.urls import article_key

__all__ = [
    "ArticleCandidate", "ArticleLink", "CrawlFilter", "Frontier", "FullCrawl", "IncrementalCrawl", "InlineArticle", "Listing",
    "PageKind", "Planner", "Scope", "SkipReason", "Source", "SourceError", "SourceRequest", "SourceResponse", "SourceResult",
    "StartPage", "Survey", "article_key", "classify", "read_listing", "read_start_page",
]  # fmt: skip
