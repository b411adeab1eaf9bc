"""The plan of a run: which ways of discovery to go, in which order, and when enough was found."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from corpnews.discovery.asks import WayEnded
from corpnews.discovery.earlier import FIRST_RUN
from corpnews.discovery.frontier import Lead
from corpnews.discovery.languages import edition_language
from corpnews.discovery.listing_pages import ListingPages
from corpnews.discovery.progress import Progress, Step
from corpnews.discovery.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.asks import Answer, Ask
    from corpnews.discovery.earlier import Earlier
    from corpnews.discovery.frontier import Frontier
    from corpnews.discovery.limits import Limits
    from corpnews.discovery.listing import ArticleLink
    from corpnews.discovery.way import Start, Way

# A chain of answers ends after so many in a row without an article that the run has not found before.
PATIENCE: Final = 3
MOST_ASKS: Final = 3000
# So many requests of one way are under way at a time.
WIDTH: Final = 4
# So many requests does a plan make of each way that it only surveys.
SURVEYED: Final = 4

logger = logging.getLogger(__name__)


class Plan:
    """Goes one way after the other, the cheapest and fullest first, and ends when they add nothing.

    What the ways find stands in the frontier. The first page's own links are the evidence: a way that leads to the whole past
    and names them all has the newsroom complete; the listing is then only sampled, and no further way is gone. A plan that
    `surveys` goes each way a little instead. After a run that had the newsroom whole, only the ways that led to articles are
    gone, each until it names nothing but what is known.
    """

    def __init__(
        self,
        start: Start,
        ways: Iterable[Way],
        frontier: Frontier,
        limits: Limits,
        earlier: Earlier = FIRST_RUN,
        *,
        number: int = 0,
        surveys: bool = False,
    ) -> None:
        self.start = start
        self.frontier = frontier
        self.limits = limits
        self.earlier = earlier
        self.number = number
        self.surveys = surveys
        self.gone: list[Progress] = []
        asked = {identity(start.answer.ask), article_key(start.answer.url)}
        self._barren = dict.fromkeys(asked, 0)  # what was asked for: answers in a row before it that added nothing
        self._refused: set[str] = set()
        self._holds = False  # as many articles were found as are wanted: it is to be seen whether they are some
        openings = ((way, list(way.openings(start))) for way in ways)
        self._to_go = deque(Progress(way, asks, listed_keys(start)) for way, asks in openings if asks)

    @property
    def awaits_text(self) -> bool:
        """Whether a way that brings the articles' text along has not ended, so that detail pages had better wait."""
        return any(progress.way.is_whole for progress in (*self._open(), *self._to_go))

    @property
    def has_ended(self) -> bool:
        return not self._to_go and not self._open()

    def begin(self) -> Step:
        """Take in what the first page lists, and begin the first way."""
        step, answer, links = Step(), self.start.answer, self.start.listing.articles
        step.outcomes[answer.ask.url] = told(links)
        added = self._add(links, ListingPages.name, answer.url, step)
        if self._is_past(links):  # first pages list the newest
            self._to_go.clear()
        if self.earlier.is_whole:
            self._to_go = deque(each for each in self._to_go if self._may_bring_news(each.way))
            if links and not added:
                self._to_go = deque(each for each in self._to_go if begins_with_the_newest(each.way))
        return self._go_on(step)

    def _may_bring_news(self, way: Way) -> bool:
        """Whether the way led to articles before; where listing pages lead may have changed."""
        return way.name == ListingPages.name or way.name in self.earlier.ways

    def read(self, answer: Answer) -> Step:
        """Read what came for an ask."""
        progress, step = self._progress_of(answer.ask), Step()
        progress.open -= 1
        progress.answers += 1
        self._take_in(progress, answer, step)
        return self._go_on(step)

    def failed(self, ask: Ask, reason: str) -> Step:
        """Note that nothing came for an ask; its way may know another one."""
        progress, step = self._progress_of(ask), Step(outcomes={ask.url: reason})
        progress.open -= 1
        further = list(progress.way.failed(ask, self.start))
        if not further and not (progress.found and is_past_the_end(reason)):
            progress.gave_up = reason
        self._queue(progress, further, 0)
        return self._go_on(step)

    def lead_on(self, answer: Answer) -> Step:
        """Read a detail page that turned out to be a listing page."""
        step = Step()
        progress = next((each for each in self.gone if each.way.name == ListingPages.name), None)
        if progress is None:
            progress = Progress(ListingPages(), [], set())
            self.gone.append(progress)
        self._take_in(progress, answer, step)
        return self._go_on(step)

    def has_asked(self, url: str) -> bool:
        """Whether the page at `url` is one of the newsroom's listing pages."""
        return article_key(url) in self._barren

    def go_on(self) -> Step:
        """Go on where nothing is under way: with what waits for the articles found so far to be read, or without an answer.

        What was asked for and never answered is given up: a redirect may have led elsewhere.
        """
        self._holds = False
        for progress in self._open():
            if progress.open:
                progress.open = 0
                progress.gave_up = progress.gave_up or "no answer"
        return self._go_on(Step())

    def _open(self) -> list[Progress]:
        return [progress for progress in self.gone if not progress.has_ended]

    def _progress_of(self, ask: Ask) -> Progress:
        return next(each for each in reversed(self.gone) if each.way.name == ask.way)

    def _take_in(self, progress: Progress, answer: Answer, step: Step) -> None:
        try:
            found = progress.way.read(answer, self.start)
        except WayEnded as ended:
            progress.gave_up = step.outcomes[answer.ask.url] = str(ended)
            return
        step.outcomes[answer.ask.url] = told(found.articles)
        added = self._add(found.articles, progress.way.name, answer.url, step)
        progress.found += len(found.articles)
        progress.added += added
        progress.missing -= {article_key(link.url) for link in found.articles}
        barren = 0 if added else self._barren.get(identity(answer.ask), 0)
        if not added and (found.articles or progress.way.name == ListingPages.name):  # indexes only lead on
            barren += PATIENCE if self.earlier.is_whole and found.articles else 1
        if added and progress.kept:
            self._queue(progress, progress.kept, 0)
            progress.kept = ()
        if barren < PATIENCE and not self._is_past(found.articles):
            self._queue(progress, found.following, barren)

    def _is_past(self, links: Iterable[ArticleLink]) -> bool:
        """Whether all that came is too old, and so what would follow."""
        dates = [link.date for link in links if link.date]
        return bool(dates) and all(map(self.limits.is_too_old, dates))

    def _add(self, links: Iterable[ArticleLink], via: str, source: str, step: Step) -> int:
        """Put the links that are the newsroom's articles into the frontier; how many of them are new.

        What earlier runs know is no news after a run that had the newsroom whole; before that it shows how far they came.
        """
        added = 0
        wanted = [link for link in links if self._is_ours(link.url) and not self._is_refused(link, step)]
        known = self.earlier.recall(wanted)
        for link in wanted:
            key = article_key(link.url)
            lead = Lead(link, via, source, self.number)
            is_new = self.frontier.add(lead)
            added += is_new and not (key in known and self.earlier.is_whole)
            if not known.get(key, True):
                self.frontier.claim(link.url)
            elif link.written and self.frontier.claim(link.url):
                step.written.append(lead)
        return added

    def _is_ours(self, url: str) -> bool:
        """Whether the URL is a page or PDF of the newsroom's site, and none that was read as a listing."""
        scope = self.start.scope
        return (scope.contains(url) or scope.contains_document(url)) and article_key(url) not in self._barren

    def _is_refused(self, link: ArticleLink, step: Step) -> bool:
        """Whether the link is none of what was asked for; each is counted once."""
        objection, key = self.limits.objection(link), article_key(link.url)
        if objection and key not in self._refused and not self.frontier.names(link.url):
            self._refused.add(key)
            step.refused[objection] += 1
        return objection is not None

    def _queue(self, progress: Progress, asks: Iterable[Ask], barren: int) -> None:
        """Put the asks that have not been made before in line."""
        for ask in asks:
            key = f"{ask.way} on the first page" if self._is_answered(ask) else identity(ask)
            if key in self._barren or len(self._barren) >= MOST_ASKS or not self._may_ask(ask):
                continue
            if self.surveys and progress.asks + len(progress.pending) >= SURVEYED:
                break
            self._barren[key] = barren
            progress.pending.append(ask)

    def _may_ask(self, ask: Ask) -> bool:
        """Whether the ask is for the company's own servers, in a language that is wanted, and for no article."""
        listing = ask.way == ListingPages.name
        in_scope = self.start.scope.contains(ask.url) if listing else self.start.scope.is_own(ask.url)
        return in_scope and self.limits.has_language(edition_language(ask.url)) and not (listing and self.frontier.names(ask.url))

    def _go_on(self, step: Step) -> Step:
        """Make the next asks of the ways that are being gone; when all have ended, go the next one."""
        while not self._holds:
            for progress in self.gone:
                self._make(progress, step)
            if self._open() or not self._begin_next_way():
                break
            self._holds = self.limits.most is not None and len(self.frontier) >= self.limits.most
        return step

    def _make(self, progress: Progress, step: Step) -> None:
        while progress.pending and progress.open < WIDTH:
            ask = progress.pending.popleft()
            progress.asks += 1
            if self._is_answered(ask):
                self._take_in(progress, self.start.answer.asked_as(ask), step)
            else:
                progress.open += 1
                step.asks.append(ask)

    def _is_answered(self, ask: Ask) -> bool:
        """Whether the first page is what the ask is for."""
        return ask.url == self.start.answer.url and ask.body is None and not ask.renders

    def _begin_next_way(self) -> bool:
        """Begin the next way that is needed; False when there is none."""
        for progress in self.gone:
            if not progress.is_reported:
                progress.is_reported = True
                logger.info("By %s", progress)
        while self._to_go:
            progress = self._to_go.popleft()
            if self._is_needed(progress.way):
                self._begin(progress)
                return True
        return False

    def _is_needed(self, way: Way) -> bool:
        if way.is_last_resort:
            return not len(self.frontier)
        return way.name == ListingPages.name or self.surveys or not self._is_complete

    @property
    def _is_complete(self) -> bool:
        """Whether a way that leads to the whole past was confirmed by all that came after it."""
        complete = next((at for at, progress in enumerate(self.gone) if progress.is_complete), None)
        return complete is not None and not any(progress.added for progress in self.gone[complete + 1 :])

    def _begin(self, progress: Progress) -> None:
        """Begin a way; where the newsroom is complete, with its first and last page, the others to follow if these add any."""
        sampled = self._is_complete and not self.surveys
        openings = progress.openings
        if sampled and len(openings) > 1:
            openings, progress.kept = [openings[0], openings[-1]], tuple(openings[1:-1])
        self.gone.append(progress)
        self._queue(progress, openings, PATIENCE - 1 if sampled else 0)


def told(links: Sequence[ArticleLink]) -> str:
    return f"{len(links)} links to articles"


def listed_keys(start: Start) -> set[str]:
    return {article_key(link.url) for link in start.listing.articles}


def is_past_the_end(reason: str) -> bool:
    """Whether a request failed as one does for the page after the last one.

    >>> is_past_the_end("HTTP 404"), is_past_the_end("HTTP 403"), is_past_the_end("timed out")
    (True, False, False)
    """
    return reason in ("HTTP 400", "HTTP 404", "HTTP 410", "HTTP 416")


def begins_with_the_newest(way: Way) -> bool:
    """Whether the way's first answer has what is new, even where the first listing page has not."""
    return way.name != ListingPages.name and (way.platform is not None or not way.is_full)


def identity(ask: Ask) -> str:
    """What tells one request from another: its URL, however spelt, what is sent, and whether a browser is to draw it."""
    further = " ".join(filter(None, (ask.body, "drawn" if ask.renders else None)))
    return f"{article_key(ask.url)} {further}" if further else article_key(ask.url)
