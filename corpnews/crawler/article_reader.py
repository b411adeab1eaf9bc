"""From the pages of articles to Article items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from corpnews.browser.render_request import RENDER_KEY
from corpnews.cleaning.article import Provenance, build_article
from corpnews.cleaning.pdf_stub import find_stub_pdf
from corpnews.crawler.doubtful_articles import DoubtfulArticle, DoubtfulArticles, has_own_date, is_doubtful, is_other_page
from corpnews.crawler.http import GONE_STATUSES, NOT_MODIFIED, is_pdf_response, read_validators
from corpnews.crawler.pdf_articles import StubPage, extract_pdf
from corpnews.crawler.refusals import find_challenge_vendor, leads_back
from corpnews.discovery import ArticleCandidate, ArticleLink, SkipReason, SourceRequest, classify
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.discovery.page_classifier.page_kind import PageKind
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.discovery.sources.rendered_listing_source import RenderedListingSource
from corpnews.extraction.company import CompanyNames
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import ArticleSource, format_utc
from corpnews.state.changes import build_withdrawn_article
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response

    from corpnews.crawler.newsroom_spider import NewsroomSpider
    from corpnews.discovery import SourceResponse
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.items import Article
    from corpnews.page.page import Page

# The articles of an ordinary newsroom wait until the site's template has seen all pages of the run, so that their texts do not
# depend on the order in which the pages come. Of a larger newsroom, so many wait; they are sample enough of the site.
MAX_WAITING_PAGES: Final = 100
_MAX_WAITING_BYTES: Final = 32_000_000
# Pages that wait stay parsed up to this size of their HTML; a tree takes many times as much memory.
_MAX_PARSED_BYTES: Final = 4_000_000
_SCRIPT_SHELL: Final = "script shell"
_OBSTACLE_REASONS: Final = {
    "wall": SkipReason.WALL,
    "error": SkipReason.ERROR_PAGE,
    _SCRIPT_SHELL: SkipReason.SCRIPT_SHELL,
}


@dataclass(frozen=True, slots=True)
class _DetailPage:
    """A page that should hold an article, with the Scrapy response that brought it."""

    candidate: ArticleCandidate
    source_response: SourceResponse
    response: Response


class ArticleReader:
    """Reads the pages of articles. The first pages wait until the site's template has seen all pages of the run, or many.

    The company's name is decided by the pages observed until the first article is built, once for all articles of the run.
    """

    def __init__(self, spider: NewsroomSpider) -> None:
        self.template = SiteTemplate()
        self.waiting: list[_DetailPage] = []
        self._company_names = CompanyNames()
        self.max_waiting_pages = MAX_WAITING_PAGES
        self.doubtful = DoubtfulArticles()
        self._spider = spider
        self._has_seen_many = False
        self._stubs: dict[str, StubPage] = {}  # by the article's URL, until their PDFs have come

    def observe(self, page: Page) -> None:
        """Let the site's template and the company's name follow from a page."""
        self.template.observe(page)
        self._company_names.observe(page)

    @cached_property
    def company(self) -> str:
        """The company's name in all lines of the run: as declared, else as the pages say, else the newsroom's name."""
        return self._spider.company or self._company_names.name or self._spider.newsroom

    async def read(self, response: Response, candidate: ArticleCandidate) -> AsyncIterator[Article | Request]:
        """Read what came for an article: a page, a PDF, or the news that it is unchanged or gone."""
        spider, url = self._spider, candidate.link.url
        if response.status == NOT_MODIFIED:
            if page := spider.run.history.find_page(url):
                spider.run.journal.record_not_modified(url, page)
            return
        if response.status in GONE_STATUSES or any(each.intake.has_requested(response.url) for each in spider.search.planners):
            self._take_as_gone(url, response)
            return
        spider.run.journal.add_fetched(response.url, url, read_validators(response))
        spider.run.dead_links.discard(article_key(url))
        if is_pdf_response(response):
            for article in await self._read_pdf(response, candidate):
                yield article
            return
        source_response = spider.search.read_response(response, SourceRequest(url, LISTING_SOURCE_NAME))
        if not source_response.is_html:
            detail = f"not HTML ({source_response.media_type})"
            spider.search.skip(response.url, SkipReason.NOT_HTML, detail, outcome=SkipReason.NOT_HTML)
            return
        self._let_wait(_DetailPage(candidate, source_response, response))
        if self._has_seen_many or spider.is_stopping:
            for each in chain(self.read_waiting(), self.read_doubtful() if spider.is_stopping else ()):
                yield each

    def _take_as_gone(self, url: str, response: Response) -> None:
        """Take note that an article is gone: its page has a status that says so, or redirects to a page that listed it."""
        run, key = self._spider.run, article_key(url)
        run.journal.record_gone(url, run.history.find_page(url))
        is_gone = response.status in GONE_STATUSES
        if (is_gone or key != article_key(response.url)) and key not in run.dead_links:
            detail = f"HTTP {response.status}" if is_gone else f"redirected to the listing <{response.url}>"
            self._spider.search.skip(url, SkipReason.GONE, detail)

    def _let_wait(self, detail: _DetailPage) -> None:
        self.waiting.append(detail)
        if (size := sum(len(each.response.body) for each in self.waiting)) > _MAX_PARSED_BYTES:
            detail.source_response.forget_page()
        if len(self.waiting) >= self.max_waiting_pages or size > _MAX_WAITING_BYTES:
            self._has_seen_many = True

    async def read_single(self, response: Response) -> AsyncIterator[Article | Request]:
        """Read an article's page of which nothing is known but its URL, without waiting for other pages."""
        async for each in self.read(response, ArticleCandidate(ArticleLink(response.url), LISTING_SOURCE_NAME, "")):
            yield each
        for each in chain(self.read_waiting(), self.read_doubtful()):
            yield each

    def read_waiting(self) -> Iterator[Article | Request]:
        """Read the pages that wait, in the order of their links; one that fails with an exception leaves the others waiting.

        Which of two copies is the original must not depend on whose page came first.
        """
        if len(self.waiting) > 1:
            self.waiting.sort(key=lambda each: self._spider.search.frontier.get_number(each.candidate.link.url))
        while self.waiting:
            yield from self._read_page(self.waiting.pop(0))

    def read_doubtful(self) -> Iterator[Article | Request]:
        """Take the articles that do not bear the title of their link; to be called when no more pages will come."""
        for article in self.doubtful.release(is_end=True):
            if is_other_page(article):
                self._skip_obstacle(article.response.url, PageKind("error", "neither its title nor a date is on the page"))
            else:
                yield from self._take_article(*article)

    def read_inline(self, candidate: ArticleCandidate) -> Iterator[Article]:
        """Read an article that came with its link."""
        url = candidate.link.url
        self._spider.run.journal.add_fetched(url, url)
        try:
            draft = extract_inline(candidate.link, candidate.via)
        except NotAnArticle as error:
            self._spider.search.skip(url, SkipReason.NO_ARTICLE, f"no article: {error}", outcome=SkipReason.NO_ARTICLE)
        else:
            yield from self._build_article(draft, candidate, None)

    def report_withdrawn(self) -> Iterator[Article]:
        """Yield the articles that are gone for good; to be called when all pages have been read."""
        spider = self._spider
        for known in spider.run.journal.record_missing():
            text = spider.run.history.read_text(known.id)
            body = text.body if text else ""
            yield build_withdrawn_article(known, spider.newsroom, self.company, body, spider.run.journal.now)

    def has_stub(self, candidate: ArticleCandidate) -> bool:
        """Whether the article's page was read, and only its PDF is awaited."""
        return candidate.link.url in self._stubs

    async def complete_stub(self, pdf: Response, candidate: ArticleCandidate) -> list[Article]:
        """Read the PDF with the text of an article whose page says little else."""
        stub = self._stubs.pop(candidate.link.url)
        return list(self._build_article(await stub.read_pdf(pdf, candidate.via), candidate, stub.response))

    def keep_stub(self, candidate: ArticleCandidate, reason: str) -> Iterator[Article]:
        """Take the article as its page has it, where its PDF could not be fetched."""
        if stub := self._stubs.pop(candidate.link.url, None):
            draft = stub.without_pdf(f"which could not be fetched: {reason}")
            yield from self._build_article(draft, candidate, stub.response)

    async def _read_pdf(self, response: Response, candidate: ArticleCandidate) -> list[Article]:
        try:
            draft = await extract_pdf(response, candidate)
        except ValueError as error:
            self._spider.search.skip(response.url, SkipReason.UNREADABLE_PDF, str(error), outcome=SkipReason.UNREADABLE_PDF)
            return []
        return list(self._build_article(draft, candidate, response))

    def _read_page(self, detail: _DetailPage) -> Iterator[Article | Request]:
        """Read the article on a page; a page that turns out to be a listing is followed as one."""
        spider, url, page = self._spider, detail.response.url, detail.source_response.page
        # other sources may have found it since
        candidate = spider.search.frontier.get(detail.candidate.link.url) or detail.candidate
        draft, reason = None, ""
        try:
            draft = extract_article(page, self.template, entry=candidate.listing_entry, selectors=spider.selectors)
        except NotAnArticle as error:
            reason = str(error)
        kind = self._classify(detail, draft)
        if self._may_render(detail, kind):
            yield spider.search.requests.for_rendered_article(candidate)
        elif kind.is_obstacle:
            self._skip_obstacle(url, kind)
        elif kind.is_listing:
            spider.run.journal.record_page(url, "listing")
            yield from spider.search.follow_as_listing(detail.source_response, candidate)
        elif (draft is None or is_doubtful(draft, candidate)) and (listing := self.doubtful.find_same_listing(page)):
            # of a release that bears its link's title, the archive of its month may have the same text
            spider.search.skip(url, SkipReason.REPEATED_TEXT, f"no article: the same page as <{listing}>")
        elif draft is None or not kind.is_article or (candidate.needs_date and draft.date_published is None):
            reason = f"no article: {reason or ('no date' if kind.is_article else kind.reason)}"
            spider.search.skip(url, SkipReason.NO_ARTICLE, reason, outcome=SkipReason.NO_ARTICLE)
        elif is_doubtful(draft, candidate):
            yield from self._doubt_article(DoubtfulArticle(draft, candidate, detail.response))
        else:
            yield from self._take_article(draft, candidate, detail.response)

    def _classify(self, detail: _DetailPage, draft: ExtractedPage | None) -> PageKind:
        scope, page = self._spider.search.get_scope(detail.candidate.planner), detail.source_response.page
        title, response = detail.candidate.link.title, detail.response
        if vendor := find_challenge_vendor(response.status, detail.source_response.headers, response.body):
            return PageKind("wall", f"a challenge of {vendor}", "challenge")
        if leads_back(response.url, detail.candidate.link.url) and not (draft and has_own_date(draft, detail.candidate)):
            return PageKind("wall", "redirected to a page that is to lead back", "login")
        if draft is None:
            return classify(page, scope, PageClaims(title=title))
        claims = PageClaims.from_extracted(draft, title, is_dated=has_own_date(draft, detail.candidate))
        return classify(page, scope, claims, is_known=self._spider.search.frontier.contains)

    def _may_render(self, detail: _DetailPage, kind: PageKind) -> bool:
        """Whether a browser may fill an empty page: where the run has one for the listing, and it was not rendered yet."""
        if kind.name != _SCRIPT_SHELL and kind.sort != "javascript":
            return False
        has_browser = self._spider.render or self._spider.arguments.render or detail.candidate.via == RenderedListingSource.name
        return has_browser and RENDER_KEY not in detail.response.flags

    def _skip_obstacle(self, url: str, kind: PageKind) -> None:
        """Skip a page that stands in the place of an article; a later run requests it again."""
        self._spider.run.journal.forget(url)
        reason, sort = _OBSTACLE_REASONS[kind.name], kind.sort or kind.name.replace(" ", "_")
        hint = "; -a render=1 has a browser run them" if kind.name == _SCRIPT_SHELL else ""
        self._spider.search.skip(url, reason, f"no article: {kind.reason}{hint}", obstacle=sort)

    def _doubt_article(self, article: DoubtfulArticle) -> Iterator[Article | Request]:
        """Let an article wait, and skip those that several links lead to."""
        for same in self.doubtful.add(article):
            self._spider.run.journal.forget(same.response.url)
            self._spider.search.skip(same.response.url, SkipReason.REPEATED_TEXT, "no article: several links lead to this text")
        for waited in self.doubtful.release():
            yield from self._take_article(*waited)

    def _take_article(self, draft: ExtractedPage, candidate: ArticleCandidate, response: Response) -> Iterator[Article | Request]:
        """Take the page for an article; its text may still be in a PDF."""
        yield from self._spider.search.record_article(candidate, draft.page)
        if pdf := find_stub_pdf(draft):
            self._stubs[candidate.link.url] = StubPage(draft, response)
            yield self._spider.search.requests.for_pdf(pdf, candidate)
        else:
            yield from self._build_article(draft, candidate, response)

    def _build_article(self, draft: ExtractedPage, candidate: ArticleCandidate, response: Response | None) -> Iterator[Article]:
        """The article, if the run's limits and the newsroom's `process_article` let it through."""
        spider, url, published = self._spider, draft.page.url, draft.date_published
        if published and spider.crawl_filter.is_too_old(published):
            spider.search.skip(url, SkipReason.TOO_OLD, outcome=f"{SkipReason.TOO_OLD} {published.value}")
            return
        if draft.language and not spider.crawl_filter.has_language(draft.language):
            spider.search.skip(url, SkipReason.WRONG_LANGUAGE, outcome=f"{SkipReason.WRONG_LANGUAGE} {draft.language}")
            return
        provenance = Provenance(
            spider.newsroom,
            self.company,
            ArticleSource(candidate.via, candidate.source_url or None),
            format_utc(datetime.now(UTC)),
            response.status if response else 200,
            spider.languages,
            is_rendered=response is not None and RENDER_KEY in response.flags,
            robots_tag=b", ".join(response.headers.getlist("X-Robots-Tag")).decode("latin-1") if response else "",
        )
        if article := spider.process_article(build_article(draft, provenance), response):
            if not spider.search.hold(article, candidate):
                yield article
        else:
            spider.search.skip(url, SkipReason.DROPPED, "left out by process_article", outcome=SkipReason.DROPPED)
