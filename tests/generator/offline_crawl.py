"""A crawl of a generated newsroom in this process, without Scrapy; planner, extraction and cleaning are the real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from corpnews.cleaning.article import Provenance, build_article
from corpnews.cleaning.pdf_stub import find_stub_pdf
from corpnews.crawler.newsroom_choice import NewsroomChoice
from corpnews.discovery import CrawlFilter, Frontier, Planner, Scope, SourceRequest, SourceResponse, classify, read_start_page
from corpnews.discovery.page_classifier.page_features import PageClaims
from corpnews.extraction.data_article import extract_article
from corpnews.extraction.extract import NotAnArticle
from corpnews.extraction.inline_article import extract_inline
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import Article, ArticleSource
from corpnews.platforms.source_registry import load_sources
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from corpnews.discovery import ArticleCandidate, StartPage
    from corpnews.discovery.source_progress import PlannerActions
    from corpnews.extraction.extracted_page import ExtractedPage
    from tests.generator.newsroom import GeneratedNewsroom
    from tests.generator.releases import Release

BATCH = 16
LISTING = "listing"
NOW = "2026-11-01T00:00:00Z"


def page_key(url: str) -> str:
    """Return the key of a page: on a generated site `/2024` and `/2024/` are the same page."""
    return article_key(url).rstrip("/")


@dataclass
class CrawlResult:
    """What came of a newsroom: articles by URL, the number of requests, the requested lists, and why pages gave no article."""

    newsroom: GeneratedNewsroom
    articles: dict[str, Article] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    stubs: set[str] = field(default_factory=set)

    @property
    def found(self) -> float:
        return 1 - len(self.missing) / len(self.newsroom.releases)

    @property
    def missing(self) -> list[str]:
        found = set(map(page_key, self.articles))
        return [url for url in self.newsroom.releases if page_key(url) not in found]

    @property
    def wrong(self) -> list[str]:
        """The articles that are no releases, and those that came twice."""
        releases, taken, wrong = set(map(page_key, self.newsroom.releases)), set[str](), []
        for url in self.articles:
            if page_key(url) not in releases or page_key(url) in taken:
                wrong.append(url)
            taken.add(page_key(url))
        return wrong

    @cached_property
    def faulty(self) -> dict[str, str]:
        """The found releases of which headline, date or text are not as they should be, with the first fault."""
        articles = {page_key(url): article for url, article in self.articles.items()}
        releases = ((url, release, articles.get(page_key(url))) for url, release in self.newsroom.releases.items())
        pairs = ((url, release, article) for url, release, article in releases if article)
        faults = (
            (url, find_fault(release, article, has_text=page_key(url) not in self.stubs)) for url, release, article in pairs
        )
        return {url: fault for url, fault in faults if fault}


def find_fault(release: Release, article: Article, *, has_text: bool) -> str:
    if article.headline != release.headline:
        return f"headline {article.headline!r}"
    if (article.date_published or "")[:10] != f"{release.day}":
        return f"date {article.date_published!r}, not {release.day}"
    missing = [paragraph for paragraph in release.paragraphs if paragraph not in (article.body or "")]
    return f"paragraph {missing[0]!r}" if missing and has_text else ""


def crawl_offline(newsroom: GeneratedNewsroom) -> CrawlResult:
    """Crawl a newsroom from its start URL alone."""
    return OfflineCrawl(newsroom).run()


class OfflineCrawl:
    """The loop that the spider and Scrapy's engine are in a real crawl."""

    def __init__(self, newsroom: GeneratedNewsroom) -> None:
        self.result = CrawlResult(newsroom)
        self.site = newsroom.site
        self.start = self.find_start()
        self.frontier = Frontier()
        self.planner = Planner(self.start, load_sources(), self.frontier, CrawlFilter())
        self.template = SiteTemplate()
        self.queue: list[SourceRequest] = []

    def read_start(self, url: str) -> StartPage | None:
        response = self.fetch(SourceRequest(url, LISTING))
        return read_start_page(response, Scope.from_start_url(url)) if response else None

    def find_start(self) -> StartPage:
        """Read the start page; a site's home page leads to its newsroom."""
        given = self.read_start(self.result.newsroom.start_url)
        assert given, "the start page is missing"
        choice = NewsroomChoice(given)
        for url in choice.urls:
            chosen = choice.add(url, self.read_start(url))
        return chosen or given if choice.urls else given

    def run(self) -> CrawlResult:
        self.take(self.planner.begin())
        while True:
            if self.queue:
                self.request(self.queue.pop(0))
            elif candidates := self.next_candidates():
                self.read(candidates)
            elif self.planner.has_ended:
                self.take(self.planner.adjacent.take_unlisted())
                if not self.frontier.list_pending():
                    self.take(self.planner.fall_back())
                if not self.frontier.list_pending():
                    return self.result
            else:
                self.take(self.planner.resume())

    def next_candidates(self) -> list[ArticleCandidate]:
        return [] if self.planner.sources.awaits_inline_articles else self.frontier.next_batch(BATCH)

    def fetch(self, request: SourceRequest) -> SourceResponse | None:
        self.result.requests += 1
        if request.needs_browser:
            return None
        answer = self.site.respond(request.url, request.body)
        if answer.status != 200:
            return None
        headers = {"content-type": answer.content_type, **answer.headers}
        return SourceResponse(request, request.url, answer.body, answer.content_type, headers)

    def take(self, actions: PlannerActions) -> None:
        self.queue.extend(actions.requests)
        for candidate in actions.inline_articles:
            try:
                self.keep(candidate, extract_inline(candidate.link, candidate.via))
            except NotAnArticle as error:
                self.result.skipped[candidate.link.url] = str(error)

    def request(self, request: SourceRequest) -> None:
        response = self.fetch(request)
        if response is None:
            self.take(self.planner.receive_failure(request, "HTTP 404", 404))
            return
        self.result.lists.append(f"{request.source} {request.url}")
        self.take(self.planner.receive(response))

    def read(self, candidates: list[ArticleCandidate]) -> None:
        """Read the pages of a batch of articles, once the site's template has seen them all."""
        fetched = [(each, self.fetch(SourceRequest(each.link.url, LISTING))) for each in candidates]
        pages = [(each, response) for each, response in fetched if response is not None and response.is_html]
        for _, response in pages:
            self.template.observe(response.page)
        for candidate, response in pages:
            self.read_page(candidate, response)
        unread = {each.link.url for each, _ in fetched} - {each.link.url for each, _ in pages}
        self.result.skipped.update(dict.fromkeys(unread, "no page"))

    def read_page(self, candidate: ArticleCandidate, response: SourceResponse) -> None:
        url, page, scope = candidate.link.url, response.page, self.start.scope
        try:
            draft = extract_article(page, self.template, entry=candidate.listing_entry)
        except NotAnArticle as error:
            kind = classify(page, scope)
            self.result.skipped[url] = str(error)
        else:
            claims = PageClaims.from_extracted(draft, candidate.link.title)
            kind = classify(page, scope, claims, is_known=self.frontier.contains)
            if kind.is_article and not (candidate.needs_date and draft.date_published is None):
                self.keep(candidate, draft)
                self.planner.record_article_page(page)
                self.take(self.planner.record_article(candidate))
            else:
                self.result.skipped[url] = kind.reason
        if kind.name == LISTING:
            self.take(self.planner.follow_as_listing(response))

    def keep(self, candidate: ArticleCandidate, draft: ExtractedPage) -> None:
        provenance = Provenance(
            "generated",
            self.result.newsroom.traits["language"],
            ArticleSource(candidate.via, candidate.source_url or None),
            NOW,
            200,
            (),
        )
        url = candidate.link.url
        self.result.articles[url] = build_article(draft, provenance)
        if find_stub_pdf(draft):
            self.result.stubs.add(page_key(url))
