"""The spider of all newsrooms: from the start pages over the ways of discovery to each release."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from scrapy import Request, Spider, signals
from scrapy.utils.misc import load_object

from corpnews.browser.render_request import RENDER_KEY
from corpnews.cleaning.article import Provenance
from corpnews.cleaning.pdf_stub import find_stub_pdf
from corpnews.crawl.arguments import SpiderArguments
from corpnews.crawl.detail_page import DetailPage, ExtractedRelease
from corpnews.crawl.detail_reader import DetailReader
from corpnews.crawl.http import (
    GONE_STATUSES,
    NOT_MODIFIED,
    build_article_request,
    build_source_request,
    build_source_response,
    describe_failure,
    has_open_requests,
    has_open_work,
    read_validators,
)
from corpnews.crawl.pdf_articles import complete_from_pdf, extract_pdf_article, is_pdf_response, keep_without_pdf
from corpnews.discovery import (
    ArticleCandidate,
    ArticleLink,
    CrawlFilter,
    Frontier,
    Planner,
    Scope,
    SourceRequest,
    read_start_page,
)
from corpnews.discovery.scope import NEWS_WIRE_HOSTS
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import VIA_REVISIT, ArticleSource, format_utc
from corpnews.platforms.source_registry import LISTING_SOURCE_NAME, load_sources
from corpnews.state import Validators

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.discovery.source_progress import PlannerActions
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.state import KnownPage
    from corpnews.state.memory import RunMemory

SKIPPED_STAT_PREFIX: Final = "skipped/"  # stats: how many pages were skipped, by reason
_IDLE_PAUSE: Final = 0.01  # seconds
_MAX_REQUESTS_PER_BATCH: Final = 16  # so many links to articles become requests at a time; the others stay in the frontier


class NewsroomSpider(Spider):
    """A newsroom declares `name`, `company`, `start_urls`, its `languages` (BCP 47) and, where it must, `selectors`.

    `render` has its start pages drawn by a browser.
    """

    company: str = ""
    languages: tuple[str, ...] = ()
    selectors: Selectors = NO_SELECTORS
    render: bool = False
    arguments_type: ClassVar[type[SpiderArguments]] = SpiderArguments
    memory: RunMemory  # set before the run starts

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.arguments = self.arguments_type.read(given)
        self.company = self.arguments.company or self.company
        self.crawl_filter = CrawlFilter(self.arguments.since, self.arguments.languages, self.arguments.max_articles)
        self.wires = NEWS_WIRE_HOSTS if self.arguments.wire else frozenset[str]()
        names = self.arguments.sources
        self.sources = [source for source in load_sources() if not names or source.name in names]
        self.frontier = Frontier()
        self.plans: list[Planner] = []
        self.reader = DetailReader(SiteTemplate(), self.selectors)
        self.tried: dict[str, str] = {}  # addresses of listings, feeds … and what came of them
        self._came_to_its_end = False

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Enable the add-on, which a project need not do for its newsrooms then."""
        super().update_settings(settings)
        settings.setdefault_in_component_priority_dict("ADDONS", load_object("corpnews.addon.CorpnewsAddon"), 300)
        settings.set("ADDONS", settings.getdict("ADDONS"), "spider")  # CrawlerProcess applies the project's settings again

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.arguments.max_articles:
            crawler.settings.set("CLOSESPIDER_ITEMCOUNT", spider.arguments.max_articles, priority="cmdline")
        return spider

    @property
    def newsroom(self) -> str:
        return self.name

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the start pages, then, batch by batch, for the articles that were found."""
        self.reader = DetailReader(self.memory.template(), self.selectors)
        for url in self.start_urls:
            yield self._request(SourceRequest(url, LISTING_SOURCE_NAME, needs_browser=self.render or bool(self.arguments.render)))
        while has_open_work(self.crawler) or self.has_more:
            for each in self._next():
                yield each
            if has_open_requests(self.crawler):
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            else:
                await asyncio.sleep(_IDLE_PAUSE)  # until what came has been worked on
        self._came_to_its_end = True
        for article in self.memory.withdrawals():
            yield article

    def learn(self) -> None:
        """Have later runs know what this one found out about the newsroom."""
        limited = self.arguments.since or self.arguments.max_articles or self.arguments.sources
        for plan in self.plans:
            ways = [progress.source.name for progress in plan.source_progress if progress.new_count]
            self.memory.learn(
                self.reader.template, self._walk_name(plan.start), ways, whole=self._came_to_its_end and not limited
            )

    def _walk_name(self, start: StartPage) -> str:
        """What runs have in common that go the same way: where they start, and what they leave out."""
        wire = "wire" if self.wires else ""
        return " ".join(filter(None, (start.response.request.url, ",".join(sorted(self.crawl_filter.languages)), wire)))

    @property
    def has_more(self) -> bool:
        """Whether anything that was found has not been gone to, or not been read."""
        return bool(self.reader.waiting) or self.has_leads or not all(plan.has_ended for plan in self.plans)

    @property
    def has_leads(self) -> bool:
        return self.frontier.has_pending

    def parse(self, response: Response, ask: SourceRequest, plan: Planner | None = None) -> Iterator[Request | ExtractedRelease]:
        """Read what came for an ask; a page that comes without `plan` is a start page and makes one."""
        answer = self.answer(response, ask)
        if plan is not None:
            yield from self._take(plan.receive(answer), plan)
        elif answer.is_html:
            yield from self.begin(self.start_of(answer))
        else:
            reason = f"not HTML ({answer.media_type})"
            self.tried[ask.url] = reason
            self._skip(answer.url, reason)

    def begin(self, start: StartPage) -> Iterator[Request | ExtractedRelease]:
        """Go the ways of the newsroom with this first page."""
        plan = self.plan_of(start)
        self.plans.append(plan)
        yield from self._take(plan.begin(), plan)
        for known in self.memory.due():
            lead = ArticleCandidate(ArticleLink(known.url), VIA_REVISIT, "", plan.number)
            if not self.crawl_filter.rejection(lead.link):
                self.frontier.add(lead)

    def start_of(self, answer: SourceResponse) -> StartPage:
        return read_start_page(answer, Scope.from_start_url(answer.url, self.wires))

    def plan_of(self, start: StartPage) -> Planner:
        earlier = self.memory.earlier(self._walk_name(start))
        return Planner(start, self.sources, self.frontier, self.crawl_filter, earlier, number=len(self.plans))

    async def parse_article(
        self, response: Response, lead: ArticleCandidate, plan: Planner, known: KnownPage | None = None
    ) -> AsyncIterator[Request | ExtractedRelease]:
        """Read a detail page, once the site's template is known; a PDF is read at once."""
        if response.status == NOT_MODIFIED and known:
            self.memory.unchanged(known, lead.link.url)
            return
        if response.status in GONE_STATUSES or plan.has_requested(response.url):
            self.memory.missing(lead.link.url)
            if response.status in GONE_STATUSES:
                self._skip(lead.link.url, f"HTTP {response.status}")
            return
        self.memory.arrive(response.url, lead.link.url, read_validators(response))
        if is_pdf_response(response):
            try:
                draft = await extract_pdf_article(response, lead.link, lead.via)
            except ValueError as error:
                self._skip(response.url, str(error))
                return
            for release in self._release(draft, self._origin(lead)):
                yield release
            return
        answer = self.answer(response, SourceRequest(lead.link.url, LISTING_SOURCE_NAME))
        if not answer.is_html:
            self._skip(answer.url, f"not HTML ({answer.media_type})")
            return
        self.reader.waiting.append(DetailPage(answer, lead, plan, self._origin(lead, response)))
        if self.reader.is_ready:
            for each in self._read_waiting():
                yield each

    async def parse_pdf(self, response: Response, draft: ExtractedPage, origin: Provenance) -> AsyncIterator[ExtractedRelease]:
        """Read the PDF that holds the text of a release whose page says little else."""
        for release in self._release(await complete_from_pdf(draft, response, origin.source.via), origin):
            yield release

    def get_scope(self, request: Request) -> Scope | None:
        """The site that the request must stay on; None for start pages, which may move to another site."""
        plan: Planner | None = request.cb_kwargs.get("plan")
        return plan.start.scope if plan else None

    def skip_offsite(self, request: Request) -> None:
        """Report an article that is on another site; requests of sources are reported with their source."""
        if "ask" not in request.cb_kwargs:
            self._skip(request.meta.get("redirect_urls", [request.url])[0], "redirected to another site")

    def failed(self, failure: Failure) -> Iterator[Request | ExtractedRelease]:
        """Note that nothing came for a request, and why; the plan may know what to ask for instead."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, ask, plan = describe_failure(failure.value), request.cb_kwargs.get("ask"), request.cb_kwargs.get("plan")
        if ask is None:
            self._skip(request.url, reason)
        elif plan is None:
            self.tried[request.url] = reason
            self._skip(request.url, reason)
        else:
            yield from self._take(plan.receive_failure(ask, reason), plan)

    def _request(self, ask: SourceRequest, plan: Planner | None = None) -> Request:
        return build_source_request(ask).replace(callback=self.parse, errback=self.failed, cb_kwargs={"ask": ask, "plan": plan})

    def answer(self, response: Response, ask: SourceRequest) -> SourceResponse:
        """The response as an answer; a page is shown to the site's template."""
        answer = build_source_response(response, ask)
        if answer.is_html:
            self.reader.observe(answer.page)
        return answer

    def _take(self, step: PlannerActions, plan: Planner) -> Iterator[Request | ExtractedRelease]:
        """Do what a plan's step says."""
        self.tried.update(step.outcomes)
        for reason, count in step.skipped.items():
            self.crawler.stats.inc_value(f"{SKIPPED_STAT_PREFIX}{reason}", count)
        for ask in step.requests:
            yield self._request(ask, plan)
        for lead in step.inline_articles:
            yield from self.read_written(lead)

    def _next(self) -> Iterator[Request | ExtractedRelease]:
        """What can be done while requests are under way; and when none is, what was waited for in vain."""
        leads = self.next_leads()
        for lead in leads:
            yield self._detail_request(lead)
        if not leads and not has_open_work(self.crawler):
            for plan in self.plans:
                if not plan.has_ended:
                    yield from self._take(plan.resume(), plan)
            yield from self._read_waiting()

    def _detail_request(self, lead: ArticleCandidate) -> Request:
        known = self.memory.known(lead.link.url)
        further = {"lead": lead, "plan": self.plans[lead.planner], "known": known}
        return build_article_request(lead.link.url, known).replace(
            callback=self.parse_article, errback=self.failed, cb_kwargs=further
        )

    def next_leads(self) -> list[ArticleCandidate]:
        """The articles to go to next; none while their text may still come along with a list of them."""
        return (
            [] if any(plan.awaits_inline_articles for plan in self.plans) else self.frontier.next_batch(_MAX_REQUESTS_PER_BATCH)
        )

    def _read_waiting(self) -> Iterator[Request | ExtractedRelease]:
        for detail in self.reader.take():
            yield from self._read(detail)

    def _read(self, detail: DetailPage) -> Iterator[Request | ExtractedRelease]:
        """The release that stands on the page; a page that turns out to be a listing is followed as one."""
        page = detail.answer.page
        lead = self.frontier.get(detail.lead.link.url) or detail.lead  # other ways may have found it since
        draft, kind, reason = self.reader.read(detail, lead)
        if kind.name == "listing":
            self.memory.nothing(page.url)
            yield from self._take(detail.plan.follow_as_listing(detail.answer), detail.plan)
        elif draft is None or not kind.is_article:
            self.memory.nothing(page.url)
            self._skip(page.url, f"no article: {reason}")
        elif pdf := find_stub_pdf(draft):
            further = {"draft": draft, "origin": detail.origin}
            yield Request(pdf, callback=self.parse_pdf, errback=self.pdf_failed, cb_kwargs=further, dont_filter=True)
        else:
            yield from self._release(draft, detail.origin)

    def pdf_failed(self, failure: Failure) -> Iterator[ExtractedRelease]:
        """Take the page as it is, where its PDF did not come."""
        request: Request = failure.request  # type: ignore[attr-defined]
        draft = keep_without_pdf(request.cb_kwargs["draft"], describe_failure(failure.value))
        yield from self._release(draft, request.cb_kwargs["origin"])

    def read_written(self, lead: ArticleCandidate) -> Iterator[ExtractedRelease]:
        """The release that came along with its link."""
        self.memory.arrive(lead.link.url, lead.link.url, Validators())
        try:
            draft = extract_inline(lead.link, lead.via)
        except NotAnArticle as error:
            self._skip(lead.link.url, f"no article: {error}")
        else:
            yield from self._release(draft, self._origin(lead))

    def _release(self, draft: ExtractedPage, origin: Provenance) -> Iterator[ExtractedRelease]:
        """The draft, if it is one of those that were asked for."""
        if self.crawl_filter.is_too_old(draft.date_published):
            self._skip(draft.page.url, self.crawl_filter.too_old)
        elif not self.crawl_filter.has_language(draft.language):
            self._skip(draft.page.url, self.crawl_filter.foreign)
        else:
            yield ExtractedRelease(draft, origin)

    def _origin(self, lead: ArticleCandidate, response: Response | None = None) -> Provenance:
        source = ArticleSource(via=lead.via, url=lead.source_url or None)
        origin = Provenance(self.newsroom, self.company, source, format_utc(datetime.now(UTC)), 200, self.languages)
        return replace(origin, http_status=response.status, is_rendered=RENDER_KEY in response.flags) if response else origin

    def _skip(self, url: str, reason: str) -> None:
        self.logger.warning("Skipped <%s>: %s", url, reason)
        self.crawler.stats.inc_value(f"{SKIPPED_STAT_PREFIX}{reason}")
