"""The search for further listings: which listing candidates are fetched, in which order, and when it ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import count_words
from corpnews.discovery.completeness.omissions import Omission, OmissionKind
from corpnews.discovery.listing_candidates import ListingCandidate, find_listing_candidates
from corpnews.discovery.newsroom_links import find_newsroom_links
from corpnews.discovery.own_list import OwnList
from corpnews.discovery.page_classifier.classifier import is_likely_article
from corpnews.discovery.pagers.load_more import find_dead_end, guess_next_pages
from corpnews.discovery.pagers.pagination import find_frames, may_be_listing
from corpnews.discovery.source import LISTING_SOURCE_NAME, SourceRequest
from corpnews.discovery.traps import SessionCopies, describe_trap
from corpnews.web.url_features import OTHER_SEGMENTS, is_event_url, is_home_page_url, is_news_url, split_path_without_edition
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpnews.discovery.intake import Intake
    from corpnews.discovery.source import SourceResponse, StartPage
    from corpnews.discovery.source_progress import SourceQueue
    from corpnews.extraction.listing_entry import ArticleLink
    from corpnews.page.page import Page

_MAX_FRUITLESS_REQUESTS: Final = 12
_NEW_ARTICLES_PER_REQUEST: Final = 3  # so many new articles allow for one more fruitless request
_MIN_PROBABILITY: Final = 0.09
_MIN_PROBABILITY_WITHOUT_ARTICLES: Final = 0.05  # where nothing was found yet, unlikely links are worth a request
_LIKELY: Final = 0.5
_ENOUGH_OF_A_PLACE: Final = 3  # pages
_MANY_LINKS: Final = 100
_MANY_COPIES: Final = 5
_MAX_PAGES_OF_ONE: Final = 3  # that list the same single article; several articles are the same list when they come again
_PROBABILITY_ABOVE_SECTION: Final = 0.3  # of the page above a section of which the start page lists several articles
_PROBABILITY_OF_GUESS: Final = 0.3  # of the next page's usual URL, where a button that leads to it has none
_PROBABILITY_OF_FRAME: Final = 0.5  # of a page inside one that lists no articles
_PROBABILITY_OF_NEWSROOM: Final = 0.5  # of a newsroom to which the pages of articles lead, where the home page lists them
_MIN_HEADLINE_WORDS: Final = 5
_MIN_DATED_LIST: Final = 5  # links
_MIN_DATED_SHARE: Final = 0.8
_PRIOR_WEIGHT: Final = 2.0  # the model's probability counts as much as so many fetched links of the same place
_KNOWN_ARTICLES_SUCCESS: Final = 0.5  # of a page that lists only known articles, as the first months of an archive do


class Exploration:
    """The listing candidates of a newsroom.

    The likeliest is fetched first. What the fetched pages list corrects the probability of the other links of the same place:
    after one good month of an archive all its months are fetched, after three empty categories the others are not. The budget
    of requests that bring nothing grows with the new articles.

    `intake` says which requests may be made and which articles are known; it learns of articles that are none of the newsroom's.
    Where one of the `sources` is the vendor's, no URLs of further pages are guessed. `productive_urls` are the pages that brought
    new articles.
    """

    def __init__(self, start: StartPage, intake: Intake, sources: SourceQueue) -> None:
        self.productive_urls: list[str] = []
        self._start = start
        self._intake = intake
        self._sources = sources
        self._session_copies = SessionCopies()
        self._session_copies.contains_all(start.listing.articles, start.response.url)
        self._seen_lists: Counter[frozenset[str]] = Counter()
        self._copies: list[str] = []  # pages that list exactly what another page lists
        self._patterns = {start.scope.url_pattern(link.url) for link in start.listing.articles}
        self._new_articles = 0
        self._has_article = False
        self._candidates: dict[str, ListingCandidate] = {}
        self._fetched: dict[str, ListingCandidate] = {}
        self._origins: dict[str, ListingCandidate | None] = {}  # of further pages: what led to the first one, None for the start
        self._own_list = OwnList(start)
        self._has_events = is_event_url(start.response.url) or any(is_event_url(link.url) for link in start.listing.articles)
        self._fetched_by_place: Counter[int] = Counter()
        self._successes_by_place: defaultdict[int, float] = defaultdict(float)

    def add_candidates(self, response: SourceResponse, links: Sequence[ArticleLink], totals: Sequence[int] = ()) -> None:
        """Add the candidates of a page that lists `links`; of several links to one page the likeliest counts.

        Where it lists none, a page inside it may. A "Load more" button without an address gives the usual URLs of the next page,
        as do `totals` of its data that are more.
        """
        scope, url = self._start.scope, response.url
        is_off_section = is_home_page_url(url) or scope.is_above_section(url) or self._is_from_frame(response)
        keys = {article_key(link.url) for link in links}
        has_articles = bool(self._patterns)
        for candidate in find_listing_candidates(response.page, scope, keys, is_off_section=is_off_section):
            known = self._candidates.get(candidate.key)
            is_better = known is None or known.probability < candidate.probability
            is_needless = candidate.key in self._fetched or (has_articles and is_home_page_url(candidate.url))
            if is_better and not is_needless and may_be_listing(response.page, scope, candidate.url):
                is_above = self._start.is_above_shared_section(candidate.url)
                probability = max(candidate.probability, _PROBABILITY_ABOVE_SECTION if is_above else 0.0)
                self._candidates[candidate.key] = replace(candidate, probability=probability)
        if not links:
            for frame in filter(scope.contains, find_frames(response.page)):
                self._add_guess(frame, "frame", url, _PROBABILITY_OF_FRAME)
        elif not self._sources.has_vendors_source and (max(totals, default=0) > len(links) or find_dead_end(response.page)):
            for way, guess in guess_next_pages(url).items():
                self._add_guess(guess, way, url, _PROBABILITY_OF_GUESS)

    def add_newsroom(self, article_page: Page) -> None:
        """Add what the page of the first article links to as the newsroom, if the start page is a home page."""
        if is_home_page_url(self._start.response.url) and not self._has_article:
            for url in find_newsroom_links(article_page, self._start.scope):
                self._add_guess(url, "newsroom", article_page.url, _PROBABILITY_OF_NEWSROOM)
        self._has_article = True

    def _add_guess(self, url: str, way: str, page_url: str, probability: float) -> None:
        key = article_key(url)
        if key not in self._fetched:
            self._candidates.setdefault(key, ListingCandidate(url, key, hash(way), probability, page_url))

    def next_request(self, *, has_articles: bool) -> SourceRequest | None:
        """Return the request to make next; None if the budget is spent or no candidate is likely enough.

        Where the run has found articles, a candidate must be likelier than where it has not.
        """
        least = _MIN_PROBABILITY if has_articles else _MIN_PROBABILITY_WITHOUT_ARTICLES
        while not self.is_budget_spent:
            best = max(self._candidates.values(), key=self._get_probability, default=None)
            if best is None or self._get_probability(best) < least:
                return None
            del self._candidates[best.key]
            if self._intake.may_explore(best.url):
                self._fetched[best.key] = best
                self._fetched_by_place[best.place] += 1
                return SourceRequest(best.url, LISTING_SOURCE_NAME)
        return None

    def find_likely_listings(self) -> list[str]:
        """Return the likely listings that were not fetched, the likeliest first.

        After some pages of the same place without a new article the others are not likely any more.
        """
        fruitless = self._find_fruitless_places()
        likely = sorted(self._candidates.values(), key=self._get_probability, reverse=True)
        return [
            each.url
            for each in likely
            if self._get_probability(each) >= _LIKELY and each.place not in fruitless and self._intake.may_explore(each.url)
        ]

    def find_omissions(self) -> Iterator[Omission]:
        """Yield the patterns of similar links that were not followed, as a few of them listed nothing new, and of copies.

        If the budget is spent, the likely listings that are left follow.
        """
        found: list[tuple[Sequence[str], str]] = []
        for place in self._find_fruitless_places():
            alike = [candidate.url for candidate in self._candidates.values() if candidate.place == place]
            if len(alike) >= _MANY_LINKS:
                fetched = self._fetched_by_place[place]
                found.append((alike, f"{len(alike)} links not followed, {fetched} like them listed nothing new"))
        if len(self._copies) >= _MANY_COPIES and not found:
            found.append((self._copies, f"{len(self._copies)} pages that list what another page lists"))
        for urls, text in found:
            yield Omission(OmissionKind.NOT_FOLLOWED, describe_trap(urls)[0], text, is_minor=True)
        for url in self.find_likely_listings() if self.is_budget_spent else ():
            yield Omission(OmissionKind.NOT_FOLLOWED, url, "")

    def _find_fruitless_places(self) -> set[int]:
        productive = {self._fetched[article_key(url)].place for url in self.productive_urls}
        return {place for place, count in self._fetched_by_place.items() if count >= _ENOUGH_OF_A_PLACE} - productive

    def select_articles(self, response: SourceResponse, links: Sequence[ArticleLink]) -> tuple[ArticleLink, ...]:
        """Return the links that are this newsroom's, none if they are copies of those of another page.

        On a page that the site's menus lead to these are only links built like those of other listings, unless the page is the
        newsroom in another language, or the newsroom lists articles of several sections itself and the page is a dated list. Of
        the posts of a blog next to the newsroom, too, these are only such. Events are none, unless the start page lists some. Of
        the lists of a whole site, none are a topic's, nor are articles that the newsroom's own list would have by their dates.
        """
        if self._start.is_off_topic(response.url):
            return ()
        if self._is_own_list(article_key(response.request.url), links):
            self._own_list.add(links)
        selected = self._leave_out_strange(response, links) if self._patterns else tuple(links)
        if not self._session_copies.contains_all(selected, response.request.url):
            return selected
        self._copies.append(response.request.url)
        return ()

    def _leave_out_strange(self, response: SourceResponse, links: Sequence[ArticleLink]) -> tuple[ArticleLink, ...]:
        scope, is_from_frame = self._start.scope, self._is_from_frame(response)
        is_edition = self._start.has_edition(response)
        if is_edition or (self._start.shared_sections and _are_dated_news(links)):
            is_from_frame = False
        doubtful = (link for link in links if is_from_frame or scope.is_other_blog(link.url))
        strange = {link.url for link in doubtful if scope.url_pattern(link.url) not in self._patterns}
        if not self._has_events and self._origins.get(article_key(response.request.url), self) is not None:
            strange.update(link.url for link in links if is_event_url(link.url))
        if not (is_edition or self._start.shared_sections or self._is_news(response.url)):
            lacking = self._own_list.find_lacking(links, self._intake.frontier.contains)
            self._intake.refused.update(map(article_key, lacking))
            strange.update(lacking)
        return tuple(link for link in links if link.url not in strange)

    def _is_news(self, url: str) -> bool:
        """Whether a page is the newsroom's, or names news."""
        is_own = self._origins.get(article_key(url), self) is None
        return is_own or self._start.scope.is_below_section(url) or is_news_url(url)

    def record_next(self, response: SourceResponse, requests: Iterable[SourceRequest]) -> None:
        """Record that a page leads to further ones of its list, which are the newsroom's own if it is."""
        key = article_key(response.request.url)
        if key in self._fetched or key in self._origins or response is self._start.response:
            for request in requests:
                self._origins.setdefault(article_key(request.url), self._find_origin(key))

    def find_article(self, response: SourceResponse) -> ListingCandidate | None:
        """Return the link that led to a page, if that was requested as a listing and is an article of the newsroom.

        The text of a link to an article is its headline, and no label.
        """
        candidate, scope = self._fetched.get(article_key(response.request.url)), self._start.scope
        if candidate is None or candidate.is_from_frame or self._start.is_one_topic or scope.is_other_blog(response.url):
            return None
        is_label = 0 < count_words(candidate.text) < _MIN_HEADLINE_WORDS
        return None if is_label or not is_likely_article(response.page, scope, candidate.text) else candidate

    def record(
        self, response: SourceResponse, links: Sequence[ArticleLink], new_articles: int, totals: Sequence[int] = ()
    ) -> None:
        """Record what a listing page brought, and add its candidates; a copy of another page has none of its own."""
        if self.is_copy(response):
            return
        candidate = self._fetched.get(article_key(response.request.url))
        keys = frozenset(article_key(link.url) for link in links)
        self._seen_lists[keys] += 1
        if keys and not new_articles and self._seen_lists[keys] > (1 if len(keys) > 1 else _MAX_PAGES_OF_ONE):
            self._copies.append(response.request.url)  # as every page after the last one may be
            return
        if candidate is not None and links:
            self._new_articles += new_articles
            self._successes_by_place[candidate.place] += 1.0 if new_articles else _KNOWN_ARTICLES_SUCCESS
        if candidate is not None and new_articles:
            self.productive_urls.append(response.request.url)
        is_from_frame = self._is_from_frame(response)
        if links or not is_from_frame:  # the page of a year may list its months alone
            self.add_candidates(response, links, totals)
        if links and not is_from_frame:
            self._patterns.update(self._start.scope.url_pattern(link.url) for link in links)

    def is_copy(self, response: SourceResponse) -> bool:
        """Whether a page lists exactly what another page lists."""
        return response.request.url in self._copies

    @property
    def request_count(self) -> int:
        return len(self._fetched)

    @property
    def is_budget_spent(self) -> bool:
        """Whether as many requests brought nothing as the new articles allow for."""
        fruitless = len(self._fetched) - len(self.productive_urls)
        return fruitless >= _MAX_FRUITLESS_REQUESTS + self._new_articles / _NEW_ARTICLES_PER_REQUEST

    def _is_from_frame(self, response: SourceResponse) -> bool:
        candidate = self._find_origin(article_key(response.request.url))
        return candidate is not None and candidate.is_from_frame

    def _find_origin(self, key: str) -> ListingCandidate | None:
        """Return the link that led to a page, or to the first page of its list; None for the start page's list."""
        return self._origins[key] if key in self._origins else self._fetched.get(key)

    def _is_own_list(self, key: str, links: Sequence[ArticleLink]) -> bool:
        """Whether a page is a further one of the start page's list, or the first one of a list that begins with the same."""
        if key not in self._origins and self._own_list.begins(links):
            self._origins[key] = None
        return self._origins.get(key, self) is None

    def _get_probability(self, candidate: ListingCandidate) -> float:
        fetched, successes = self._fetched_by_place[candidate.place], self._successes_by_place[candidate.place]
        return (candidate.probability * _PRIOR_WEIGHT + successes) / (_PRIOR_WEIGHT + fetched)


def _are_dated_news(links: Sequence[ArticleLink]) -> bool:
    """Whether these are a list of dated articles, and none of products, events or the like by their URLs."""
    dated = sum(link.date is not None for link in links)
    is_list = len(links) >= _MIN_DATED_LIST and dated >= _MIN_DATED_SHARE * len(links)
    return is_list and all(OTHER_SEGMENTS.isdisjoint(split_path_without_edition(link.url)) for link in links)
