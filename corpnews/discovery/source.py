"""Sources: the methods of finding a newsroom's articles (feeds, sitemaps, listing pages, a vendor's API …).

A package adds a source of its own by an entry point of the group `corpnews.sources` that names a subclass of Source:

    [project.entry-points."corpnews.sources"]
    acme = "acme_newsrooms:AcmeSource"

    class AcmeSource(Source):
        name = "acme"

        def initial_requests(self, start):
            if start.page.root.find(".//acme-news") is not None:
                yield SourceRequest(urljoin(start.page.url, "/api/news"), self.name)

        def parse(self, response, start):
            rows = response.json["items"]
            return SourceResult(tuple(ArticleLink(row["url"], row["title"]) for row in rows))

It is queried after the platforms' sources and before the generic ones, and is selected by `-a sources=acme`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpnews.discovery.listing import Listing, SourceResult
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source_requests import SourceRequest, SourceResponse
    from corpnews.page.page import Page

LISTING_SOURCE_NAME: Final = "listing"  # of the source that every newsroom has


@dataclass(frozen=True)
class StartPage:
    """A newsroom's start page and what it lists: the evidence for all sources."""

    response: SourceResponse
    scope: Scope
    listing: Listing

    @property
    def page(self) -> Page:
        return self.response.page


class Source:
    """A method of finding a newsroom's articles. It keeps no state: what it needs again goes into a request's note.

    Attributes:
        name: what `source.via` of an article says, and `-a sources=` selects.
        platform: the vendor, if only its newsrooms have this source.
        is_exhaustive: it lists all articles, not only the newest.
        has_full_text: it delivers the articles' content, so that no detail page is requested.
        is_last_resort: it is queried only if no other source found anything.
    """

    name: ClassVar[str]
    platform: ClassVar[str | None] = None
    is_exhaustive: ClassVar[bool] = True
    has_full_text: ClassVar[bool] = False
    is_last_resort: ClassVar[bool] = False

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        """Return the first requests; none if the start page shows no sign of this source.

        A request for the start page's own URL is answered with the start page, without another download.
        """
        raise NotImplementedError

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        """Parse a response. Raises SourceError, and nothing else, if it is not in this source's format."""
        raise NotImplementedError

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002 - for subclasses
        """Return the requests to make instead of a failed one."""
        return ()
