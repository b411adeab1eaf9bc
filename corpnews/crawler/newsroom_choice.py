"""Which page to start from, where the URL that was given is that of a home page, an article, a feed or a sitemap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from corpnews.discovery.newsroom_links import find_newsroom_links
from corpnews.discovery.page_classifier.classifier import classify_unlinked
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.discovery.source import SourceError
from corpnews.discovery.sources.feed_parser import parse_xml_feed
from corpnews.discovery.sources.sitemap_parser import parse_sitemap
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.web.url_features import has_article_id, has_slug, is_home_page_url
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from corpnews.discovery import SourceResponse, StartPage

_MAX_ARTICLES_NEXT_TO_AN_ARTICLE: Final = 6  # that an article's page lists as related
_MIN_NEWSROOM_ARTICLES: Final = 3  # a page that lists this many articles is taken for a newsroom
_MIN_HOME_PAGE_ARTICLES: Final = 5  # a home page that lists this many dated articles is the newsroom itself


class NewsroomChoice:
    """The pages that a home page or an article links to as the newsroom, and what they list.

    Attributes:
        urls: The URLs to fetch, the likeliest first; none if the page that was given is the newsroom.
        is_article: Whether the page that was given is an article.
    """

    def __init__(self, home: StartPage) -> None:
        self.is_article = _is_article(home)
        self.urls = find_newsroom_links(home.page, home.scope) if self.is_article or _leads_to_newsroom(home) else []
        self._home = home
        self._starts: dict[str, StartPage | None] = {}

    def add(self, url: str, start: StartPage | None) -> StartPage | None:
        """Add the page at one of `urls`, None if it could not be read; returns the start page when all have been added."""
        self._starts[url] = start
        return self._choose() if len(self._starts) == len(self.urls) else None

    def _choose(self) -> StartPage:
        """Return the likeliest page that lists articles, or what may be some; a blog only if no other page lists any."""
        read = [(url, start) for url in self.urls if (start := self._starts[url])]
        pages = [start for url, start in read if not _is_blog_url(url)]
        blogs = [start for url, start in read if _is_blog_url(url)]
        uncertain = [start for start in pages if start.listing.uncertain_lists]
        newsrooms = (*filter(_is_newsroom, (*pages, self._home)), *uncertain, *filter(_is_newsroom, blogs))
        return next(iter(newsrooms), None) or max((*pages, self._home, *blogs), key=lambda each: len(each.listing.articles))


def _is_newsroom(start: StartPage) -> bool:
    return len(start.listing.articles) >= _MIN_NEWSROOM_ARTICLES


def _leads_to_newsroom(home: StartPage) -> bool:
    """Whether the page is a home page that is not the newsroom itself."""
    dated = sum(link.date is not None for link in home.listing.articles)
    return is_home_page_url(home.response.url) and not home.scope.is_news and dated < _MIN_HOME_PAGE_ARTICLES


def _is_article(start: StartPage) -> bool:
    """Whether the page is an article, by its URL, its content, and the few others that it lists."""
    if not (has_slug(start.response.url) or has_article_id(start.response.url)):
        return False
    if len(start.listing.articles) > _MAX_ARTICLES_NEXT_TO_AN_ARTICLE:
        return False
    try:
        extracted = extract_article(start.page)
    except NotAnArticle:
        return False
    claims = PageClaims.from_extracted(extracted)
    return claims.is_dated and classify_unlinked(start.page, claims).is_article


def find_newsroom_page(response: SourceResponse) -> str | None:
    """Return the page that lists what a feed lists, or the home page of the site of a sitemap; None if it is neither."""
    try:
        page = parse_xml_feed(response.body, response.url, response.content_type).page_url
        return page if page and page != response.url else None
    except SourceError:
        pass
    try:
        parse_sitemap(response)
    except SourceError:
        return None
    return urljoin(response.url, "/")


def _is_blog_url(url: str) -> bool:
    return any(step.startswith("blog") for step in split_path(url))
