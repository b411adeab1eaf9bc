"""The crawl of a newsroom: from its start pages over its listings to each release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError

from corpnews.arguments import Arguments
from corpnews.article import Origin, stamp
from corpnews.discovery import Scope, Walk, find, page_kind
from corpnews.extraction.extract import NotAnArticle, extract
from corpnews.extraction.page import Page
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.extraction.template import SiteTemplate
from corpnews.items import Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from corpnews.discovery import ArticleLink, PageKind
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.draft import Draft

SKIPPED = "skipped/"  # stats: how many pages were skipped, by reason
ENOUGH_PAGES = 6  # a template of so many pages tells furniture from article
MOST_WAITING = 8


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail page as it came in, and how it was come by."""

    page: Page
    link: ArticleLink
    scope: Scope
    origin: Origin


@dataclass(frozen=True, slots=True)
class Release:
    """A read detail page on its way through the pipelines."""

    draft: Draft
    origin: Origin

    @property
    def url(self) -> str:
        return self.draft.page.url


class NewsroomSpider(Spider):
    """A newsroom declares `name`, `company`, `start_urls`, its `languages` (BCP 47) and, where it must, `selectors`."""

    company: str = ""
    languages: tuple[str, ...] = ()
    selectors: Selectors = NO_SELECTORS
    arguments_type: ClassVar[type[Arguments]] = Arguments

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.arguments = self.arguments_type.read(given)
        self.company = self.arguments.company or self.company
        self.template = SiteTemplate()
        self.walk = Walk(())
        self.tried: dict[str, str] = {}  # listing pages and what came of them
        self._waiting: list[Detail] = []  # until the template knows the site

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.arguments.max_articles:
            crawler.settings.set("CLOSESPIDER_ITEMCOUNT", spider.arguments.max_articles, priority="cmdline")
        crawler.signals.connect(spider.stay_on_site, signals.request_scheduled)
        return spider

    @property
    def newsroom(self) -> str:
        return self.name

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the start pages; when nothing else is under way, read the details that still wait."""
        self.walk = Walk(self.start_urls)
        for url in self.start_urls:
            yield Request(url, errback=self.failed, dont_filter=True)
        while self._waiting or self._under_way():
            if self._under_way():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            else:
                for each in self._read_waiting():
                    yield each

    def parse(self, response: Response, scope: Scope | None = None) -> Iterator[Request]:
        """Follow a listing page's links; a page that comes without `scope` is a start page and sets it."""
        page = self._page(response)
        if page:
            yield from self._follow(page, scope or Scope.of(response.url), asked(response))

    def parse_article(self, response: Response, link: ArticleLink, listing: str, scope: Scope) -> Iterator[Request | Release]:
        """Read a detail page, once the site's template is known."""
        page = self._page(response)
        if not page:
            return
        source = Source(via="listing", url=listing)
        origin = Origin(self.newsroom, self.company, source, stamp(datetime.now(UTC)), response.status, self.languages)
        self._waiting.append(Detail(page, link, scope, origin))
        if self.template.pages >= ENOUGH_PAGES or len(self._waiting) >= MOST_WAITING:
            yield from self._read_waiting()

    def stay_on_site(self, request: Request) -> None:
        """Drop a request that a redirect has sent elsewhere; start pages may move."""
        scope: Scope | None = request.cb_kwargs.get("scope")
        if scope and not scope.contains(request.url):
            self._skip(request.url, "led off the newsroom's pages")
            raise IgnoreRequest

    def failed(self, failure: Failure) -> None:
        """Note that a page did not come, and why."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason = why(failure.value)
        if "link" not in request.cb_kwargs:
            self.tried[request.url] = reason
        self._skip(request.url, reason)

    def _page(self, response: Response) -> Page | None:
        """The answer as a page, shown to the site's template; None when it is no HTML."""
        content_type = (response.headers.get("Content-Type") or b"no content type").decode("latin-1")
        if not isinstance(response, HtmlResponse):
            reason = f"not HTML ({content_type.partition(';')[0]})"
            self.tried.setdefault(response.url, reason)
            self._skip(response.url, reason)
            return None
        page = Page.from_html(response.body, response.url, content_type)
        self.template.observe(page)
        return page

    def _follow(self, page: Page, scope: Scope, url: str) -> Iterator[Request]:
        listing = find(page, scope)
        self.tried[page.url] = f"{len(listing.articles)} links to articles"
        fresh, next_pages = self.walk.read(url, listing)
        for link in fresh:
            if self._is_too_old(link.date):
                self._count_skip(f"older than {self.arguments.since}")
            else:
                further = {"link": link, "listing": page.url, "scope": scope}
                yield Request(link.url, callback=self.parse_article, errback=self.failed, cb_kwargs=further)
        dates = [link.date for link in listing.articles if link.date]
        if dates and all(map(self._is_too_old, dates)):
            return
        for further_page in next_pages:
            yield Request(further_page, errback=self.failed, cb_kwargs={"scope": scope})

    def _read_waiting(self) -> Iterator[Request | Release]:
        waiting, self._waiting = self._waiting, []
        for detail in waiting:
            yield from self._read(detail)

    def _read(self, detail: Detail) -> Iterator[Request | Release]:
        """The release that stands on the page; a page that turns out to be a listing is followed as one."""
        page, link, scope = detail.page, detail.link, detail.scope
        draft, reason = None, ""
        try:
            draft = extract(page, self.template, listed_title=link.title, listed_date=link.date, selectors=self.selectors)
        except NotAnArticle as error:
            reason = str(error)
        kind = kind_of(detail, draft)
        if kind.name == "listing":
            yield from self._follow(page, scope, link.url)
        elif draft is None or not kind.is_article:
            self._skip(page.url, f"no article: {reason or kind.reason}")
        elif self._is_too_old(draft.date_published):
            self._skip(page.url, f"older than {self.arguments.since}")
        else:
            yield Release(draft, detail.origin)

    def _is_too_old(self, date: FoundDate | None) -> bool:
        """Whether the date is before `since`, as far as it is known: "2024" is not before 2024-05-03."""
        since = self.arguments.since
        return since is not None and date is not None and date.value[:10] < since[: len(date.value)]

    def _skip(self, url: str, reason: str) -> None:
        self.logger.warning("Skipped <%s>: %s", url, reason)
        self._count_skip(reason)

    def _count_skip(self, reason: str) -> None:
        self.crawler.stats.inc_value(f"{SKIPPED}{reason}")

    def _under_way(self) -> bool:
        engine = self.crawler.engine
        idle = engine.scraper.slot is None or engine.scraper.slot.is_idle()
        pending = engine.scheduler is not None and engine.scheduler.has_pending_requests()
        return bool(engine.downloader.active) or not idle or pending


def kind_of(detail: Detail, draft: Draft | None) -> PageKind:
    """What the page is, by all that is known of it."""
    if draft is None:
        return page_kind(detail.page, detail.scope)
    dated = draft.date_published is not None
    return page_kind(detail.page, detail.scope, headline=draft.headline.text, types=draft.types, dated=dated)


def asked(response: Response) -> str:
    """The address that was asked for, before redirects."""
    redirects: list[str] = response.meta.get("redirect_urls", [])
    return redirects[0] if redirects else response.url


def why(error: BaseException | None) -> str:
    """A failed request's reason, in a few words."""
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, DownloadTimeoutError):
        return "timed out"
    if isinstance(error, IgnoreRequest):
        return str(error)
    return f"{type(error).__name__}: {error}".rstrip(": ")
