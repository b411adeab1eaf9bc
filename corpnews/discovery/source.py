"""Sources: the methods of finding a newsroom's articles (feeds, sitemaps, listing pages, a vendor's API …).

A package adds a source of its own by an entry point of the group `corpnews.sources` that names a subclass of Source; all that it
needs is imported from `corpnews.discovery`:

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

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from corpnews.discovery.script_links import find_row_links
from corpnews.page.page import Page
from corpnews.web.languages import get_primary_language
from corpnews.web.sites import get_host, get_site
from corpnews.web.url_features import LABEL_SEGMENTS, OTHER_SEGMENTS, is_home_page_url, split_path_without_edition
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery.articles.list_items import ListPlace
    from corpnews.discovery.scope import Scope
    from corpnews.discovery.script_links import UrlParts
    from corpnews.discovery.uncertain_lists import UncertainList
    from corpnews.extraction.listing_entry import ArticleLink

LISTING_SOURCE_NAME: Final = "listing"  # of the source that every newsroom has
_MIN_SHARED_ARTICLES: Final = 2
_AMBIGUOUS_MEDIA_TYPES = frozenset(("no content type", "text/plain", "application/octet-stream", "application/xml", "text/xml"))
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

_XML_LIST_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)*+<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.DOTALL,
)


class SourceError(ValueError):
    """The response cannot be parsed as this source's format. The message is a phrase for the log: "the response is HTML"."""


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """A request of the source named `source`. All fields are plain values, so that it can be stored and pickled.

    A `body` makes it a POST. `note` is the source's own state, which comes back with the response. `needs_browser` has the page
    rendered by a browser. `base_url` is where the relative links of a fragment start from, if the start page declares that.
    """

    url: str
    source: str
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    needs_browser: bool = False
    base_url: str = ""

    @property
    def key(self) -> str:
        """What requests for the same resource share: the article key of the URL, the body, and the use of a browser."""
        further = " ".join(filter(None, (self.body, "rendered" if self.needs_browser else None)))
        return f"{article_key(self.url)} {further}" if further else article_key(self.url)


@dataclass(frozen=True)
class SourceResponse:
    """The response to a SourceRequest; `url` is the one after redirects, `headers` have lower-case names.

    `data_responses` are the JSON responses that the page fetched by script, if a browser rendered it.
    """

    request: SourceRequest
    url: str
    body: bytes
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    data_responses: tuple[SourceResponse, ...] = ()

    def for_request(self, request: SourceRequest) -> SourceResponse:
        """Return the response as one to another request; the page is not parsed again."""
        response = replace(self, request=request)
        response.__dict__["page"] = self.page
        return response

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower() or "no content type"

    @property
    def is_html(self) -> bool:
        """Whether the content type is HTML, or is missing or generic and the body starts like HTML.

        Of a feed or a sitemap that is sent as HTML the body tells.
        """
        if "html" in self.media_type:
            return _XML_LIST_START.match(self.body) is None
        return self.media_type in _AMBIGUOUS_MEDIA_TYPES and _HTML_START.match(self.body) is not None

    @cached_property
    def page(self) -> Page:
        """The body as an HTML page, parsed once."""
        return Page.from_html(self.body, self.url, self.content_type, inserted_at=self.request.base_url)

    def forget_page(self) -> None:
        """Free the memory of the parsed page; it is parsed again when it is read."""
        self.__dict__.pop("page", None)

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises SourceError if it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise SourceError(f"the response is not JSON ({self.media_type})") from None


@dataclass(frozen=True, slots=True)
class SourceResult:
    """The articles that a response lists, newest first where the source can sort, and the requests that follow.

    Of `uncertain_lists` the pages must be seen first: they may be of articles. `other_articles` are those of lists next to the
    newsroom's own, such as a blog's. `totals` are the numbers of articles in all responses, as the response's data state them.
    """

    articles: tuple[ArticleLink, ...] = ()
    next_requests: tuple[SourceRequest, ...] = ()
    uncertain_lists: tuple[UncertainList, ...] = ()
    other_articles: tuple[ArticleLink, ...] = ()
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing(SourceResult):
    """What a page lists, in its order: its articles and requests for further listing pages, older ones first.

    `places` are those of the lists on the page. Uncertain lists are only looked for where few articles are certain.
    """

    places: frozenset[ListPlace] = frozenset()

    @property
    def next_pages(self) -> tuple[str, ...]:
        """The URLs of the further listing pages; some pages have none, as submitting a form leads to them."""
        return tuple(request.url for request in self.next_requests if request.body is None)


@dataclass(frozen=True)
class StartPage:
    """A newsroom's start page and what it lists: the evidence for all sources.

    `list_places` are the places of article lists on the newsroom's pages; each listing page adds its own.
    """

    response: SourceResponse
    scope: Scope
    listing: Listing
    list_places: set[ListPlace] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.response.page

    @cached_property
    def shared_sections(self) -> frozenset[tuple[str, ...]]:
        """The URL patterns of other sections of the site of which the newsroom lists several dated articles among its own."""
        patterns = Counter(self.scope.url_pattern(link.url) for link in self.listing.articles if link.date)
        several = {pattern for pattern, count in patterns.items() if count + len(pattern) > _MIN_SHARED_ARTICLES}
        return frozenset(several - {(), self.scope.section} if len(patterns) > 1 else ())

    @cached_property
    def row_links(self) -> Mapping[str, UrlParts]:
        """The fields of JSON rows of which the page's scripts make links, with what stands before and after their values."""
        return find_row_links(self.page)

    @cached_property
    def declared_base_url(self) -> str:
        """The URL from which the site's relative links start, if that is not the page's own; "" if it is."""
        return self.page.base_url if self.page.base_url != self.page.url else ""

    @cached_property
    def is_one_topic(self) -> bool:
        """Whether this is the paged list of one topic, of which the articles' URLs tell nothing: the site's indexes list all."""
        articles, scope = self.listing.articles, self.scope
        is_topic = not LABEL_SEGMENTS.isdisjoint(scope.section[:-1]) and bool(articles and self.listing.next_requests)
        return is_topic and not any(scope.is_below_section(link.url) for link in articles)

    def is_off_topic(self, url: str) -> bool:
        """Whether this is one topic's page, and another one neither that nor next to it, or a blog or list of events there."""
        section, path = self.scope.section, split_path_without_edition(url)
        if not self.is_one_topic or path[: len(section)] == section:
            return False
        above = len(section) - 1
        is_next_to = len(path) > above and path[:above] == section[:above]
        return not is_next_to or self.scope.is_other_blog(url) or not OTHER_SEGMENTS.isdisjoint(path[above:])

    def is_above_shared_section(self, url: str) -> bool:
        path = split_path_without_edition(url)
        return bool(path) and any(section[: len(path)] == path or section[-1] == path[-1] for section in self.shared_sections)

    def has_edition(self, response: SourceResponse) -> bool:
        """Whether a page is in another language than this one: listings link to themselves in other languages."""
        own, other = (get_primary_language(page.language_tag or "") for page in (self.page, response.page))
        return bool(own and other) and own != other and not is_home_page_url(response.url)


class Source:
    """A method of finding a newsroom's articles. It keeps no state: what it needs again goes into a request's note.

    Attributes:
        name: what `source.via` of an article says, and `-a sources=` selects.
        platform: the vendor, if only its newsrooms have this source.
        is_exhaustive: it lists all articles, not only the newest.
        has_full_text: it delivers the articles' content, so that no detail page is requested.
        is_last_resort: it is queried only if no other source found anything.
        vendor_sites: registered domains on which the vendor keeps the data of its newsrooms; requests to them are no leaving of
            the newsroom.
    """

    name: ClassVar[str]
    platform: ClassVar[str | None] = None
    is_exhaustive: ClassVar[bool] = True
    has_full_text: ClassVar[bool] = False
    is_last_resort: ClassVar[bool] = False
    vendor_sites: ClassVar[frozenset[str]] = frozenset()

    def keeps_data_at(self, url: str) -> bool:
        """Whether `url` is on a site of the vendor's."""
        return get_site(get_host(url).partition(":")[0]) in self.vendor_sites

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        """Return the first requests; none if the start page shows no sign of this source.

        A request for the start page's own URL is answered with the start page, without another download.
        """
        raise NotImplementedError

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        """Parse a response. Raises SourceError, and nothing else, if it is not in this source's format."""
        raise NotImplementedError

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002 - for subclasses
        """Return the requests to make instead of one that failed, or whose response cannot be parsed."""
        return ()
