"""Every release of a company's newsroom, once, as one clean JSON line.

The library: `extract` a page that is at hand, `parse_listing`, `classify_page`, and `crawl` a newsroom; for Scrapy projects,
`NewsroomSpider`. Each name is loaded when it is first used, so that `import corpnews` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from corpnews.api import CrawlError, classify_page, crawl, extract, parse_listing
    from corpnews.archive.site_extraction import extract_site
    from corpnews.arrow_schema import SCHEMA
    from corpnews.crawler import NewsroomSpider
    from corpnews.data_frame import to_pandas
    from corpnews.discovery.page_classifier.page_kind import PageKind
    from corpnews.discovery.source import Listing
    from corpnews.extraction.extract import NotAnArticle
    from corpnews.extraction.selectors import Selectors
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.items import Article

__all__ = [
    "SCHEMA", "Article", "CrawlError", "Listing", "NewsroomSpider", "NotAnArticle", "PageKind", "Selectors", "SiteTemplate",
    "classify_page", "crawl", "extract", "extract_site", "parse_listing", "to_pandas",
]  # fmt: skip

_MODULES = {
    "SCHEMA": "corpnews.arrow_schema",
    "Article": "corpnews.items",
    "Listing": "corpnews.discovery.source",
    "NewsroomSpider": "corpnews.crawler",
    "to_pandas": "corpnews.data_frame",
    "NotAnArticle": "corpnews.extraction.extract",
    "PageKind": "corpnews.discovery.page_classifier.page_kind",
    "Selectors": "corpnews.extraction.selectors",
    "SiteTemplate": "corpnews.extraction.site_template",
    "extract_site": "corpnews.archive.site_extraction",
}

if not TYPE_CHECKING:  # type checkers would take any name for one of these

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES.get(name, "corpnews.api")), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
