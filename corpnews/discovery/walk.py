"""The walk over a newsroom's listing pages: what to read next, and when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.discovery.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.listing import ArticleLink, Listing

# A way through listing pages ends after so many in a row without an article that the run has not listed before.
PATIENCE: Final = 3
MOST_PAGES: Final = 3000


class Walk:
    """Remembers which articles and listing pages a run has seen, whatever the spelling of their URLs.

    The walk ends by itself on any site: calendars, endless pagers and filters list nothing new.
    """

    def __init__(self, start_urls: Iterable[str]) -> None:
        self.barren = {article_key(url): 0 for url in start_urls}
        self.articles: set[str] = set()

    def read(self, url: str, listing: Listing) -> tuple[list[ArticleLink], list[str]]:
        """The articles of a listing page that are new to this run, and the listing pages to read next.

        `url` is the address that was asked for, so that a redirect does not lose the page's place on its way.
        """
        fresh = [link for link in listing.articles if self.is_new(link)]
        barren = 0 if fresh else self.barren.get(article_key(url), 0) + 1
        return fresh, [] if barren >= PATIENCE else [page for page in listing.next_pages if self.is_unread(page, barren)]

    def is_new(self, link: ArticleLink) -> bool:
        key = article_key(link.url)
        if key in self.articles or key in self.barren:
            return False
        self.articles.add(key)
        return True

    def is_unread(self, page: str, barren: int) -> bool:
        key = article_key(page)
        if key in self.barren or key in self.articles or len(self.barren) >= MOST_PAGES:
            return False
        self.barren[key] = barren
        return True
