"""Whether a run found all that the newsroom has: what its lists announce and what they listed, pages that were lost, traps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.discovery.completeness.announced_counts import (
    AnnouncedCount,
    find_announced_counts,
    find_archive_counts,
)
from corpnews.discovery.completeness.list_record import ListRecord, build_list_key, get_page_number, strip_page_number
from corpnews.discovery.completeness.omissions import ListedPage, Omission, OmissionKind
from corpnews.discovery.pagers.load_more import find_dead_end
from corpnews.discovery.source import LISTING_SOURCE_NAME
from corpnews.extraction.dates.url_dates import find_date_in_url
from corpnews.web import urls
from corpnews.web.languages import get_edition_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from corpnews.discovery.source import SourceRequest, SourceResponse, StartPage
    from corpnews.extraction.listing_entry import ArticleLink

_MAX_LISTINGS_RECORDED: Final = 40
# A page that lists more has them all, and a script shows them by and by
_MIN_LISTED_BEFORE_MORE: Final = 3
_MAX_LISTED_BEFORE_MORE: Final = 30
_MIN_MISSING: Final = 2  # one release fewer than announced is a link that the page has twice
_MIN_MISSING_SHARE: Final = 0.03  # of the releases of an archive
_MIN_WHOLE_PERIODS: Final = 3  # releases of periods that lack none: otherwise the archive may be that of other pages as well
_MAX_FOUND_SHARE: Final = 0.5  # of the releases that so many pages may have; their number is no more than an estimate
_MAX_HIDDEN_PAGE_SIZE: Final = 5  # releases: a script may show a list that is whole in the page in portions as small as this


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of an article's link."""

    pattern: tuple[str, ...]
    language: str | None
    month: str


class Completeness:
    """Records what the responses of a planner list and announce.

    `listed` are the listing pages without a page number, by URL; `urls` are those of all responses, in order; `patterns` are the
    URL patterns of the releases that were listed.
    """

    def __init__(self, start: StartPage) -> None:
        self.listed: dict[str, ListedPage] = {}
        self.urls: list[str] = []
        self.patterns: set[tuple[str, ...]] = set()
        self._start = start
        self._articles: dict[str, _Seen] = {}
        self._lists: dict[str, ListRecord] = {}
        self._found_on: dict[str, ListRecord] = {}  # by request key: the list on whose page the request was found
        self._archives: dict[str, AnnouncedCount] = {}

    @property
    def found(self) -> Collection[str]:
        """The article keys of the releases that were listed."""
        return self._articles.keys()

    @property
    def has_followed_pager(self) -> bool:
        """Whether more than one numbered page of a list was read."""
        return any(len(at.numbers) > 1 for at in self.lists)

    @property
    def has_counts(self) -> bool:
        """Whether the newsroom announces how many releases it has."""
        return bool(self._archives) or any(at.counts for at in self._lists.values())

    def record(
        self,
        response: SourceResponse,
        links: Sequence[ArticleLink],
        totals: Sequence[int] = (),
        *,
        known: int = 0,
        is_partial: bool = False,
    ) -> None:
        """Record what a response lists; `totals` are stated in its data, `known` is how many of `links` earlier runs know.

        What a page announces that lists other articles as well (`is_partial`) is not the number of the newsroom's.
        """
        request = response.request
        at = self._get_list(request)
        self.urls.append(request.url)
        keys = {urls.article_key(link.url): link for link in links}
        if get_page_number(response.url) == 1 < get_page_number(request.url) and keys.keys() <= at.articles:
            self.record_failure(request, f"redirected to {response.url}", is_past_end=True)
            return
        at.numbers.add(get_page_number(request.url))
        for key, link in keys.items():
            self._articles.setdefault(key, self._describe(link))
        at.patterns.update(self._articles[key].pattern for key in keys)
        self.patterns |= at.patterns
        for each in at.with_lists_above():
            each.articles.update(keys)
            each.pages.add(request.key)
        if not is_partial:
            at.counts.update(dict.fromkeys(find_announced_counts(response, links, totals)))
        if request.source == LISTING_SOURCE_NAME and response.is_html:
            if links and not is_partial and not at.dead_end:
                at.dead_end = find_dead_end(response.page)
            self._record_listing(response, ListedPage(len(keys), known))

    def _record_listing(self, response: SourceResponse, listed: ListedPage) -> None:
        url = response.request.url
        if listed.releases and get_page_number(url) == 1 and len(self.listed) < _MAX_LISTINGS_RECORDED:
            self.listed.setdefault(url, listed)
        if get_edition_language(url) == get_edition_language(self._start.response.url):
            self._archives = find_archive_counts(response.page) | self._archives

    def record_adjacent(self, link: ArticleLink) -> None:
        """Record an article that only the pages of other articles lead to."""
        self._articles.setdefault(urls.article_key(link.url), self._describe(link))

    @property
    def lists(self) -> list[ListRecord]:
        """The lists that have releases, each with those of the lists that it led to, in the order of their requests."""
        return [at for at in self._lists.values() if at.articles and at.is_listing]

    def record_next(self, response: SourceResponse, requests: Iterable[SourceRequest]) -> None:
        at = self._get_list(response.request)
        for request in requests:
            at.leads_on = at.leads_on or request.source == LISTING_SOURCE_NAME
            self._found_on.setdefault(request.key, at)

    def record_failure(self, request: SourceRequest, reason: str, *, is_past_end: bool = False) -> None:
        """Record that a page of a listing could not be fetched or read, or that there is none (`is_past_end`)."""
        if request.source != LISTING_SOURCE_NAME or request.key not in self._found_on:
            return
        at = self._get_list(request)
        if is_past_end:
            for each in at.with_lists_above():
                each.gone_pages[request.url] = reason
        else:
            at.lost_pages[request.url] = reason

    def find_omissions(self, *, is_whole: bool) -> Iterator[Omission]:
        """Yield the lost pages and, if the search `is_whole`, the list that announces the most releases more than were found."""
        short = {id(at): omission for at in self._lists.values() if (omission := self._find_shortfall(at))}
        for at in self._lists.values():
            has_all = any(count.number for count in at.counts) and id(at) not in short
            for url, reason in () if has_all else at.lost_pages.items():
                is_passed = max(at.numbers, default=0) > get_page_number(url) > 1
                yield Omission(OmissionKind.LOST_PAGE, url, reason, is_minor=is_passed)
        yield from self._find_gone_pages()
        if is_whole and not short:
            yield from self._find_dead_ends()
        missing = [*short.values(), *self._find_archive_shortfalls()]
        if is_whole and missing:
            yield max(missing, key=lambda omission: (not omission.is_minor, omission.number))

    def _get_list(self, request: SourceRequest) -> ListRecord:
        """Return the list of a request: pages whose URLs differ in the page number alone are of one list."""
        key = build_list_key(request)
        if key not in self._lists:
            above = self._found_on.get(request.key) or next(iter(self._lists.values()), None)
            is_other_edition = above and get_edition_language(above.url) != get_edition_language(request.url)
            self._lists[key] = ListRecord(request.url, None if is_other_edition else above, request.source == LISTING_SOURCE_NAME)
        return self._lists[key]

    def _describe(self, link: ArticleLink) -> _Seen:
        date = link.date or find_date_in_url(link.url)
        pattern = self._start.scope.url_pattern(link.url)
        return _Seen(pattern, link.language or get_edition_language(link.url), date.value[:7] if date else "")

    def _count_found(self, at: ListRecord) -> int:
        """Count the articles of a list, with those like them that other lists and sources have."""
        edition = get_edition_language(at.url)
        similar = (
            key
            for key, seen in self._articles.items()
            if seen.pattern in at.patterns and (edition is None or seen.language in (None, edition))
        )
        return len(at.articles.union(similar))

    def _find_shortfall(self, at: ListRecord) -> Omission | None:
        """Return what a list lacks by its own account; a list of which all pages were read lacks nothing."""
        count = max(at.counts, key=lambda each: (each.number, each.pages), default=None)
        if count is None or (1 < at.last_page <= len(at.pages)):
            return None
        found = self._count_found(at)
        if count.number:
            missing = count.number - found
            hint = "; -a render=1 may show the others" if at.dead_end and not at.leads_on else ""
            text = f"{found} of {count.number} releases found, by “{count.basis}”{hint}"
            is_short = missing >= _MIN_MISSING and missing > count.others * count.number
            return Omission(OmissionKind.MISSING, count.url, text, missing) if is_short else None
        return self._find_missing_pages(at, count, found)

    def _find_missing_pages(self, at: ListRecord, count: AnnouncedCount, found: int) -> Omission | None:
        """Return how many pages of a list were not read, unless they are of a list above, or their releases were found."""
        above = [each for each in at.with_lists_above() if each is not at and each.last_page >= count.pages]
        size = len(at.articles) // max(1, len(at.pages))
        least = size if len(at.pages) > 1 else min(size, _MAX_HIDDEN_PAGE_SIZE)
        if above or found > least * (count.pages - 1) or found > _MAX_FOUND_SHARE * size * count.pages:
            return None
        text = f"{len(at.pages)} of {count.pages} pages read, by “{count.basis}”"
        missing = max(1, size * count.pages - found)
        return Omission(OmissionKind.MISSING, count.url, text, missing, is_minor=bool(at.gone_pages))

    def _find_gone_pages(self) -> Iterator[Omission]:
        """Yield the page after the last one read of the start page's list, if its pager names it, and no source has more of them.

        A page that is gone behind the last one that a pager names is the end of the list.
        """
        for at in islice(self._lists.values(), 1):
            last = max(at.numbers, default=1)
            gone = {get_page_number(url): url for url in at.gone_pages if strip_page_number(url) == strip_page_number(at.url)}
            number = min((number for number in gone if last < number <= at.last_page), default=0)
            if number and _MIN_LISTED_BEFORE_MORE <= len(at.articles) == self._count_found(at):
                yield Omission(OmissionKind.LOST_PAGE, gone[number], at.gone_pages[gone[number]])

    def _find_dead_ends(self) -> Iterator[Omission]:
        """Yield the lists that end with a control that nothing came of, if no source has more of their releases."""
        for at in self._lists.values():
            is_ended = at.dead_end and not at.leads_on and not at.counts and len(at.pages) == 1
            if is_ended and _MIN_LISTED_BEFORE_MORE <= len(at.articles) == self._count_found(at) <= _MAX_LISTED_BEFORE_MORE:
                yield Omission(OmissionKind.LOST_PAGE, at.url, f"“{at.dead_end}” leads nowhere")

    def _find_archive_shortfalls(self) -> Iterator[Omission]:
        """Yield what the archive's years or months lack; if the newest lacks any, the archive is not that of the list."""
        lengths = Counter(map(len, self._archives))
        length = max(lengths, key=lengths.__getitem__, default=0)
        by_period = Counter(seen.month[:length] for seen in self._articles.values())
        counts = [self._archives[period] for period in sorted(self._archives, reverse=True) if len(period) == length]
        listed = {key: len(at.articles) for key, at in self._lists.items()}
        found = (max(by_period[each.basis], listed.get(strip_page_number(each.url), 0)) for each in counts)
        missing = [max(0, each.number - number) for each, number in zip(counts, found, strict=True)]
        short = [count for count, number in zip(counts, missing, strict=True) if number]
        total, lost = sum(count.number for count in counts), sum(missing) - by_period[""]
        whole = total - sum(count.number for count in short)
        is_certain = lost >= _MIN_MISSING and lost > _MIN_MISSING_SHARE * total and whole >= _MIN_WHOLE_PERIODS
        if is_certain and short[0] is not counts[0]:
            newest = short[0]
            text = f"{total - lost} of {total} releases found, by its archive: {newest.number} of {newest.basis}"
            yield Omission(OmissionKind.MISSING, newest.url, text, lost)
