"""The spider of all newsrooms: from the start pages over the ways of discovery to each release."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import IgnoreRequest

from corpnews.arguments import Arguments
from corpnews.article import REVISIT, Origin, stamp
from corpnews.cleaning.stub import pdf_stub
from corpnews.discovery import ArticleLink, Ask, Frontier, Lead, Limits, Plan, Scope, first_page, urls
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.extraction.template import SiteTemplate
from corpnews.extraction.written import extract_written
from corpnews.items import Source
from corpnews.newsroom.details import Detail, Release
from corpnews.newsroom.exchange import (
    GONE,
    NOT_MODIFIED,
    answer_of,
    detail_request,
    is_asking,
    is_busy,
    request_of,
    validators_of,
    why,
)
from corpnews.newsroom.pdfs import completed, draft_of_pdf, is_pdf, without_pdf
from corpnews.newsroom.reader import Reader
from corpnews.platforms.wires import WIRES
from corpnews.store import Validators
from corpnews.ways import LISTING, WAYS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from corpnews.discovery import Answer, Start
    from corpnews.discovery.progress import Step
    from corpnews.extraction.draft import Draft
    from corpnews.newsroom.memory import Memory
    from corpnews.store import Known

SKIPPED: Final = "skipped/"  # stats: how many pages were skipped, by reason
MOMENT: Final = 0.01  # seconds
BATCH: Final = 16  # so many links to articles become requests at a time; the others stay in the frontier


class NewsroomSpider(Spider):
    """A newsroom declares `name`, `company`, `start_urls`, its `languages` (BCP 47) and, where it must, `selectors`.

    `render` has its start pages drawn by a browser.
    """

    company: str = ""
    languages: tuple[str, ...] = ()
    selectors: Selectors = NO_SELECTORS
    render: bool = False
    arguments_type: ClassVar[type[Arguments]] = Arguments
    memory: Memory  # set before the run starts

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.arguments = self.arguments_type.read(given)
        self.company = self.arguments.company or self.company
        self.limits = Limits(self.arguments.since, self.arguments.languages, self.arguments.max_articles)
        self.wires = WIRES if self.arguments.wire else frozenset[str]()
        self.ways = [way for way in WAYS if not self.arguments.ways or way.name in self.arguments.ways]
        self.frontier = Frontier()
        self.plans: list[Plan] = []
        self.reader = Reader(SiteTemplate(), self.selectors)
        self.tried: dict[str, str] = {}  # addresses of listings, feeds … and what came of them
        self._came_to_its_end = False

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
        """Ask for the start pages, then, batch by batch, for the articles that were found."""
        self.reader = Reader(self.memory.template(), self.selectors)
        for url in self.start_urls:
            yield self._request(Ask(url, LISTING, renders=self.render or bool(self.arguments.render)))
        while is_busy(self.crawler) or self.has_more:
            for each in self._next():
                yield each
            if is_asking(self.crawler):
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            else:
                await asyncio.sleep(MOMENT)  # until what came has been worked on
        self._came_to_its_end = True
        for article in self.memory.withdrawals():
            yield article

    def learn(self) -> None:
        """Have later runs know what this one found out about the newsroom."""
        limited = self.arguments.since or self.arguments.max_articles or self.arguments.ways
        for plan in self.plans:
            ways = [progress.way.name for progress in plan.gone if progress.added]
            self.memory.learn(
                self.reader.template, self._walk_name(plan.start), ways, whole=self._came_to_its_end and not limited
            )

    def _walk_name(self, start: Start) -> str:
        """What runs have in common that go the same way: where they start, and what they leave out."""
        wire = "wire" if self.wires else ""
        return " ".join(filter(None, (start.answer.ask.url, ",".join(sorted(self.limits.languages)), wire)))

    @property
    def has_more(self) -> bool:
        """Whether anything that was found has not been gone to, or not been read."""
        return bool(self.reader.waiting) or self.has_leads or not all(plan.has_ended for plan in self.plans)

    @property
    def has_leads(self) -> bool:
        return self.frontier.has_more

    def parse(self, response: Response, ask: Ask, plan: Plan | None = None) -> Iterator[Request | Release]:
        """Read what came for an ask; a page that comes without `plan` is a start page and makes one."""
        answer = self.answer(response, ask)
        if plan is not None:
            yield from self._take(plan.read(answer), plan)
        elif answer.is_html:
            yield from self.begin(self.start_of(answer))
        else:
            reason = f"not HTML ({answer.media_type})"
            self.tried[ask.url] = reason
            self._skip(answer.url, reason)

    def begin(self, start: Start) -> Iterator[Request | Release]:
        """Go the ways of the newsroom with this first page."""
        plan = self.plan_of(start)
        self.plans.append(plan)
        yield from self._take(plan.begin(), plan)
        for known in self.memory.due():
            lead = Lead(ArticleLink(known.url), REVISIT, "", plan.number)
            if not self.limits.objection(lead.link):
                self.frontier.add(lead)

    def start_of(self, answer: Answer) -> Start:
        return first_page(answer, Scope.of(answer.url, self.wires))

    def plan_of(self, start: Start) -> Plan:
        earlier = self.memory.earlier(self._walk_name(start))
        return Plan(start, self.ways, self.frontier, self.limits, earlier, number=len(self.plans))

    async def parse_article(
        self, response: Response, lead: Lead, plan: Plan, known: Known | None = None
    ) -> AsyncIterator[Request | Release]:
        """Read a detail page, once the site's template is known; a PDF is read at once."""
        if response.status == NOT_MODIFIED and known:
            self.memory.unchanged(known, lead.link.url)
            return
        if response.status in GONE or plan.has_asked(response.url):
            self.memory.missing(lead.link.url)
            if response.status in GONE:
                self._skip(lead.link.url, f"HTTP {response.status}")
            return
        self.memory.arrive(response.url, lead.link.url, validators_of(response))
        if is_pdf(response):
            try:
                draft = await draft_of_pdf(response, lead.link, lead.via)
            except ValueError as error:
                self._skip(response.url, str(error))
                return
            for release in self._release(draft, self._origin(lead)):
                yield release
            return
        answer = self.answer(response, Ask(lead.link.url, LISTING))
        if not answer.is_html:
            self._skip(answer.url, f"not HTML ({answer.media_type})")
            return
        self.reader.waiting.append(Detail(answer, lead, plan, self._origin(lead, response.status)))
        if self.reader.is_ready:
            for each in self._read_waiting():
                yield each

    async def parse_pdf(self, response: Response, draft: Draft, origin: Origin) -> AsyncIterator[Release]:
        """Read the PDF that holds the text of a release whose page says little else."""
        for release in self._release(await completed(draft, response, origin.source.via), origin):
            yield release

    def stay_on_site(self, request: Request) -> None:
        """Drop a request that a redirect has sent elsewhere; start pages may move, and PDFs are often kept on other hosts."""
        plan: Plan | None = request.cb_kwargs.get("plan")
        if plan and not urls.is_pdf(request.url) and not plan.start.scope.reaches(request.url):
            if "ask" not in request.cb_kwargs:  # of those the way's own line tells
                self._skip(request.meta.get("redirect_urls", [request.url])[0], "led off the newsroom's pages")
            raise IgnoreRequest

    def failed(self, failure: Failure) -> Iterator[Request | Release]:
        """Note that nothing came for a request, and why; the plan may know what to ask for instead."""
        request: Request = failure.request  # type: ignore[attr-defined]
        reason, ask, plan = why(failure.value), request.cb_kwargs.get("ask"), request.cb_kwargs.get("plan")
        if ask is None:
            self._skip(request.url, reason)
        elif plan is None:
            self.tried[request.url] = reason
            self._skip(request.url, reason)
        else:
            yield from self._take(plan.failed(ask, reason), plan)

    def _request(self, ask: Ask, plan: Plan | None = None) -> Request:
        return request_of(ask).replace(callback=self.parse, errback=self.failed, cb_kwargs={"ask": ask, "plan": plan})

    def answer(self, response: Response, ask: Ask) -> Answer:
        """The response as an answer; a page is shown to the site's template."""
        answer = answer_of(response, ask)
        if answer.is_html:
            self.reader.observe(answer.page)
        return answer

    def _take(self, step: Step, plan: Plan) -> Iterator[Request | Release]:
        """Do what a plan's step says."""
        self.tried.update(step.outcomes)
        for reason, count in step.refused.items():
            self.crawler.stats.inc_value(f"{SKIPPED}{reason}", count)
        for ask in step.asks:
            yield self._request(ask, plan)
        for lead in step.written:
            yield from self.read_written(lead)

    def _next(self) -> Iterator[Request | Release]:
        """What can be done while requests are under way; and when none is, what was waited for in vain."""
        leads = self.next_leads()
        for lead in leads:
            yield self._detail_request(lead)
        if not leads and not is_busy(self.crawler):
            for plan in self.plans:
                if not plan.has_ended:
                    yield from self._take(plan.go_on(), plan)
            yield from self._read_waiting()

    def _detail_request(self, lead: Lead) -> Request:
        known = self.memory.known(lead.link.url)
        further = {"lead": lead, "plan": self.plans[lead.plan], "known": known}
        return detail_request(lead.link.url, known).replace(callback=self.parse_article, errback=self.failed, cb_kwargs=further)

    def next_leads(self) -> list[Lead]:
        """The articles to go to next; none while their text may still come along with a list of them."""
        return [] if any(plan.awaits_text for plan in self.plans) else self.frontier.take(BATCH)

    def _read_waiting(self) -> Iterator[Request | Release]:
        for detail in self.reader.take():
            yield from self._read(detail)

    def _read(self, detail: Detail) -> Iterator[Request | Release]:
        """The release that stands on the page; a page that turns out to be a listing is followed as one."""
        page = detail.answer.page
        lead = self.frontier.of(detail.lead.link.url) or detail.lead  # other ways may have found it since
        draft, kind, reason = self.reader.read(detail, lead)
        if kind.name == "listing":
            self.memory.nothing(page.url)
            yield from self._take(detail.plan.lead_on(detail.answer), detail.plan)
        elif draft is None or not kind.is_article:
            self.memory.nothing(page.url)
            self._skip(page.url, f"no article: {reason}")
        elif pdf := pdf_stub(draft):
            further = {"draft": draft, "origin": detail.origin}
            yield Request(pdf, callback=self.parse_pdf, errback=self.pdf_failed, cb_kwargs=further, dont_filter=True)
        else:
            yield from self._release(draft, detail.origin)

    def pdf_failed(self, failure: Failure) -> Iterator[Release]:
        """Take the page as it is, where its PDF did not come."""
        request: Request = failure.request  # type: ignore[attr-defined]
        draft = without_pdf(request.cb_kwargs["draft"], why(failure.value))
        yield from self._release(draft, request.cb_kwargs["origin"])

    def read_written(self, lead: Lead) -> Iterator[Release]:
        """The release that came along with its link."""
        self.memory.arrive(lead.link.url, lead.link.url, Validators())
        try:
            draft = extract_written(lead.link, lead.via)
        except NotAnArticle as error:
            self._skip(lead.link.url, f"no article: {error}")
        else:
            yield from self._release(draft, self._origin(lead))

    def _release(self, draft: Draft, origin: Origin) -> Iterator[Release]:
        """The draft, if it is one of those that were asked for."""
        if self.limits.is_too_old(draft.date_published):
            self._skip(draft.page.url, self.limits.too_old)
        elif not self.limits.has_language(draft.language):
            self._skip(draft.page.url, self.limits.foreign)
        else:
            yield Release(draft, origin)

    def _origin(self, lead: Lead, status: int = 200) -> Origin:
        source = Source(via=lead.via, url=lead.source or None)
        return Origin(self.newsroom, self.company, source, stamp(datetime.now(UTC)), status, self.languages)

    def _skip(self, url: str, reason: str) -> None:
        self.logger.warning("Skipped <%s>: %s", url, reason)
        self.crawler.stats.inc_value(f"{SKIPPED}{reason}")
