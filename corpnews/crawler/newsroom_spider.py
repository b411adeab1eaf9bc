"""The spider of all newsrooms: from the start pages over the sources of discovery to each article."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.utils.misc import load_object

from corpnews.crawler.arguments import SpiderArguments
from corpnews.crawler.article_reader import ArticleReader
from corpnews.crawler.http import describe_failure, get_failure_reason
from corpnews.crawler.idle import build_idle_request
from corpnews.crawler.run_state import RunState
from corpnews.crawler.search import SKIPPED_STAT_PREFIX, NewsroomSearch
from corpnews.discovery import CrawlFilter, SourceRequest
from corpnews.discovery.frontier import parse_row
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.platforms.source_registry import load_sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from corpnews.crawler.run_session import RunSession
    from corpnews.discovery import SkipReason, Source
    from corpnews.items import Article


class NewsroomSpider(Spider):
    """A newsroom declares `name`, `company`, `start_urls`, its `languages` (BCP 47) and, where it must, `selectors`.

    `sources` are the sources of discovery that it has queried, all unless set; `render` has a browser render the start
    pages. `process_article` and `is_article_url` are for what a newsroom decides itself.
    """

    company: str = ""
    languages: tuple[str, ...] = ()
    selectors: Selectors = NO_SELECTORS
    sources: Iterable[Source] = ()
    render: bool = False
    arguments_type: ClassVar[type[SpiderArguments]] = SpiderArguments
    search_type: ClassVar[type[NewsroomSearch]] = NewsroomSearch
    session: RunSession | None = None  # set by the extension; without it nothing is known and nothing is kept

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.arguments = self.arguments_type.parse(given)
        self.company = self.arguments.company or self.company
        self.crawl_filter = CrawlFilter(self.arguments.since, self.arguments.languages, self.arguments.max_articles)
        names = self.arguments.sources
        self.sources = [each for each in self.sources or load_sources() if not names or each.name in names]
        self.search = self.search_type(self)
        self.reader = ArticleReader(self)
        self.is_complete = False  # whether the run has come to its end

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
        """The name of the newsroom in results and in the store."""
        return self.name

    @cached_property
    def run(self) -> RunState:
        """What earlier runs know, and what this one adds; set by the session."""
        return RunState.forgotten(self.newsroom, self.arguments, self.crawl_filter)

    def process_article(self, article: Article, response: Response | None) -> Article | None:  # noqa: ARG002 - for subclasses
        """Change an article before the pipelines see it; None leaves it out.

        `response` is that of its page, or None for an article that came with its link.
        """
        return article

    def is_article_url(self, url: str) -> bool | None:  # noqa: ARG002 - for subclasses
        """Whether a URL is that of an article; None leaves it to discovery, and to the classification of the page."""
        return None

    async def start(self) -> AsyncIterator[Any]:
        """Open the session and request the start pages. Raises CloseSpider if the run cannot begin."""
        if self.session:
            self.session.open()
        self.reader.template = self.run.history.read_template()
        self.crawler.signals.connect(self.request_articles, signals.scheduler_empty)
        self.crawler.signals.connect(self.spider_idle, signals.spider_idle)
        for url in self.start_urls:
            yield self.search.request_start_page(url)

    def parse(
        self, response: Response, run: int | None = None, planner: int = -1, source_request: dict[str, Any] | None = None
    ) -> Iterator[Any]:
        """Read a start page, a listing, a feed or whatever else a source requested.

        @newsroom
        """
        if run not in (None, self.run.number):
            return  # a request of the run that JOBDIR resumes: this run's planners make their own
        request = source_request or {"url": response.url, "source": LISTING_SOURCE_NAME}
        yield from self.search.receive(response, planner, SourceRequest(**request))

    async def parse_article(
        self, response: Response, run: int | None = None, candidate: tuple[Any, ...] | None = None
    ) -> AsyncIterator[Any]:
        """Read the page or PDF of an article; without a `candidate` (`scrapy parse -c parse_article`) at once."""
        if candidate is None:
            async for each in self.reader.read_single(response):
                yield each
            return
        found, frontier = parse_row(candidate), self.search.frontier
        if run != self.run.number and frontier.contains(found.link.url) and not frontier.claim(found.link.url):
            return  # JOBDIR: this run has requested the article, too
        async for each in self.reader.read(response, found):
            yield each

    async def parse_pdf(self, response: Response, run: int, candidate: tuple[Any, ...]) -> AsyncIterator[Any]:  # noqa: ARG002
        """Read the PDF with the text of an article whose page says little else."""
        found = parse_row(candidate)
        if not self.reader.has_stub(found):
            yield self.search.request_article(found)  # JOBDIR: the page was read by the run that this one resumes
            return
        for article in await self.reader.complete_stub(response, found):
            yield article

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Take note that a source's request failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if request.cb_kwargs["run"] == self.run.number:
            yield from self.search.receive_failure(request, failure.value)

    def article_failed(self, failure: Failure) -> None:
        """Skip an article whose request failed; a later run requests it again."""
        url: str = failure.request.url  # type: ignore[attr-defined]
        self.skip(url, get_failure_reason(failure.value), describe_failure(failure.value))

    def pdf_failed(self, failure: Failure) -> Iterator[Article]:
        """Take an article's page as it is, where its PDF could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.reader.keep_stub(parse_row(request.cb_kwargs["candidate"]), describe_failure(failure.value))

    def request_articles(self) -> None:
        """Request the next articles: nothing else waits to be requested."""
        for request in self.search.request_articles(is_idle=False):
            self.crawler.engine.crawl(request)

    def spider_idle(self) -> None:
        """Go on where nothing is under way, until nothing is left to do."""
        if not self.is_complete:
            self.crawler.engine.crawl(build_idle_request(self.continue_crawl))
            raise DontCloseSpider

    def continue_crawl(self, failure: Failure) -> Iterator[Any]:  # noqa: ARG002 - it is an errback
        """Do the first of these that has anything to do."""
        for step in (
            self.search.request_articles(is_idle=True),
            self.search.resume(),
            self.reader.read_waiting(),
            self.reader.report_withdrawn(),
        ):
            is_over = True
            for each in step:
                is_over = False
                yield each
            if not is_over:
                return
        self.is_complete = True

    def skip(self, url: str, reason: SkipReason, detail: str = "", *, outcome: str = "") -> None:
        """Log and count a page that gives no article; `outcome` is what the store is to know of it, if it was fetched."""
        self.logger.warning("Skipped <%s>: %s", url, detail or self.crawl_filter.describe(reason))
        self.crawler.stats.inc_value(f"{SKIPPED_STAT_PREFIX}{reason}")
        if outcome:
            self.run.journal.record_page(url, outcome)
