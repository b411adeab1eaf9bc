"""Which pages of a site list its releases, and which links lead to them: search, sources, listings, page classifier.

What is changed here: a word of listings, such as "Load more" in Finnish (vocabulary.toml), a source for any newsroom.
"""

from typing import TYPE_CHECKING

from corpnews.lazy import lazy_names

if TYPE_CHECKING:
    from corpnews.discovery.crawl_filter import CrawlFilter, SkipReason
    from corpnews.discovery.frontier import ArticleCandidate, Frontier
    from corpnews.discovery.listing_reader import read_listing, read_start_page
    from corpnews.discovery.page_classifier.classifier import classify
    from corpnews.discovery.page_classifier.page_kind import PageKind
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

if not TYPE_CHECKING:  # type checkers would take any name for one of these
    __getattr__ = lazy_names(
        __name__,
        {
            "corpnews.discovery.crawl_filter": "CrawlFilter SkipReason",
            "corpnews.discovery.frontier": "ArticleCandidate Frontier",
            "corpnews.discovery.listing_reader": "read_listing read_start_page",
            "corpnews.discovery.page_classifier.classifier": "classify",
            "corpnews.discovery.page_classifier.page_kind": "PageKind",
            "corpnews.discovery.planner": "Planner",
            "corpnews.discovery.policies": "FullCrawl IncrementalCrawl Survey",
            "corpnews.discovery.scope": "Scope",
            "corpnews.discovery.source": "Listing Source SourceError SourceRequest SourceResponse SourceResult StartPage",
            "corpnews.extraction.listing_entry": "ArticleLink InlineArticle",
            "corpnews.web.urls": "article_key",
        },
    )
