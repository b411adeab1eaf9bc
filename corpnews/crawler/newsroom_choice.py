"""Which page to start from, where the URL that was given is that of a company's home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.newsroom_links import find_newsroom_links
from corpnews.web.url_features import is_home_page_url
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from corpnews.discovery import StartPage

_MIN_NEWSROOM_ARTICLES: Final = 3  # a page that lists this many articles is taken for a newsroom
_MIN_HOME_PAGE_ARTICLES: Final = 5  # a home page that lists this many dated articles is the newsroom itself


class NewsroomChoice:
    """The pages that a home page links to as the newsroom, and what they list.

    Attributes:
        urls: The URLs to fetch, the likeliest first; none if the page that was given is the newsroom.
    """

    def __init__(self, home: StartPage) -> None:
        self.urls = find_newsroom_links(home.page, home.scope) if _leads_to_newsroom(home) else []
        self._home = home
        self._starts: dict[str, StartPage | None] = {}

    def add(self, url: str, start: StartPage | None) -> StartPage | None:
        """Add the page at one of `urls`, None if it could not be read; returns the start page when all have been added."""
        self._starts[url] = start
        return self._choose() if len(self._starts) == len(self.urls) else None

    def _choose(self) -> StartPage:
        """Return the likeliest page that lists articles; a blog only if neither another page nor the home page lists any."""
        urls = sorted(self.urls, key=_is_blog_url)
        blogs = sum(map(_is_blog_url, urls))
        starts = [self._starts[url] for url in urls]
        starts.insert(len(starts) - blogs, self._home)
        found = [start for start in starts if start is not None]
        newsrooms = (start for start in found if len(start.listing.articles) >= _MIN_NEWSROOM_ARTICLES)
        return next(newsrooms, None) or max(found, key=lambda start: len(start.listing.articles))


def _leads_to_newsroom(home: StartPage) -> bool:
    """Whether the page is a home page that is not the newsroom itself."""
    dated = sum(link.date is not None for link in home.listing.articles)
    return is_home_page_url(home.response.url) and not home.scope.is_news and dated < _MIN_HOME_PAGE_ARTICLES


def _is_blog_url(url: str) -> bool:
    return any(step.startswith("blog") for step in split_path(url))
