"""The spider of all newsrooms: from the start pages over the sources of discovery to each article."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.utils.misc import load_object

from corpnews.crawler.arguments import SpiderArguments
from corpnews.crawler.article_reader import MAX_WAITING_PAGES, ArticleReader
from corpnews.crawler.http import BudgetSpent, LeftSite, describe_failure, get_failure_reason
from corpnews.crawler.run_state import RunState
from corpnews.crawler.search import NewsroomSearch
from corpnews.discovery import CrawlFilter
from corpnews.discovery.frontier import parse_row
from corpnews.extraction.selectors import NO_SELECTORS, Selectors
from corpnews.platforms.source_registry import load_sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from corpnews.crawler.run_session import RunSession
    from corpnews.discovery import Source
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
    url_without_https: str = ""  # to start from where no server answers at the start page
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

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Enable the add-on, which a project need not do for its newsrooms then."""
        super().update_settings(settings)
        settings.setdefault_in_component_priority_dict("ADDONS", load_object("corpnews.addon.CorpnewsAddon"), 300)
        settings.set("ADDONS", settings.getdict("ADDONS"), "spider")  # CrawlerProcess applies the project's settings again

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.reader.max_waiting_pages = crawler.settings.getint("CORPNEWS_MAX_WAITING_PAGES", MAX_WAITING_PAGES)
        if limit := spider.arguments.max_articles:
            crawler.settings.set("CLOSESPIDER_ITEMCOUNT", limit, priority="cmdline")
            spider.reader.max_waiting_pages = min(limit, spider.reader.max_waiting_pages)
        return spider

    @property
    def is_stopping(self) -> bool:
        """Whether the run was told to stop, and only waits for what is under way."""
        return self.session is not None and self.session.has_begun and not self.crawler.crawling

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

    def __dir__(self) -> list[str]:
        """All names but `run`: for the URIs of feeds, Scrapy reads every attribute before the run has begun."""
        return [name for name in super().__dir__() if name != "run"]

    async def start(self) -> AsyncIterator[Any]:
        """Open the session and request the start pages. Raises CloseSpider if the run cannot begin."""
        if self.session:
            self.session.open()
        self.reader.template = self.run.history.read_template()
        self.crawler.signals.connect(self.search.scheduler_empty, signals.scheduler_empty)
        self.crawler.signals.connect(self.search.spider_idle, signals.spider_idle)
        for url in self.start_urls:
            yield self.search.start_pages.request(url)

    def parse(self, response: Response, **carried: Any) -> Iterator[Any]:
        """Read a start page, a listing, a feed or whatever else a source requested.

        @newsroom
        """
        yield from self.search.receive(response, **carried)
        if not (self.session and self.session.has_begun):
            yield from self.search.request_articles(is_idle=False)  # for `scrapy parse` to show

    async def parse_article(self, response: Response, run: int = -1, candidate: tuple[Any, ...] = ()) -> AsyncIterator[Any]:
        """Read the page or PDF of an article; without a `candidate` (`scrapy parse -c parse_article`) at once."""
        found = parse_row(candidate) if candidate else None
        if not found or self.search.wants_response(found, run):
            async for each in self.reader.read(response, found) if found else self.reader.read_single(response):
                yield each

    async def parse_pdf(self, response: Response, run: int, candidate: tuple[Any, ...]) -> AsyncIterator[Any]:  # noqa: ARG002
        """Read the PDF with the text of an article whose page says little else."""
        found = parse_row(candidate)
        if not self.reader.has_stub(found):
            yield self.search.requests.for_article(found)  # JOBDIR: the page was read by the run that this one resumes
            return
        for article in await self.reader.complete_stub(response, found):
            yield article

    def failed(self, failure: Failure) -> Iterator[Any]:
        """Take note that a source's request failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if request.cb_kwargs["run"] == self.run.number and not isinstance(failure.value, BudgetSpent):
            yield from self.search.receive_failure(request, failure.value)

    def article_failed(self, failure: Failure) -> None:
        """Skip an article whose request failed; a later run requests it again."""
        url: str = failure.request.url  # type: ignore[attr-defined]
        if not isinstance(failure.value, (BudgetSpent, LeftSite)):
            self.search.skip(url, get_failure_reason(failure.value), describe_failure(failure.value))

    def pdf_failed(self, failure: Failure) -> Iterator[Article]:
        """Take an article's page as it is, where its PDF could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.reader.keep_stub(parse_row(request.cb_kwargs["candidate"]), describe_failure(failure.value))

    def continue_crawl(self, failure: Failure) -> Iterator[Any]:
        """Go on where nothing is under way; the errback of the search's idle request."""
        if failure.request.cb_kwargs["run"] == self.run.number:  # type: ignore[attr-defined]
            yield from self.search.advance()
