"""The newest articles of a newsroom, for a run that is limited to a number of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from corpnews.items import VIA_REVISIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery import ArticleCandidate
    from corpnews.items import Article

_MARGIN: Final = 2  # undated articles that are read beyond those that are wanted
_PROBES: Final = 3  # two from the head of an undated list and the last one show in which direction it is sorted
_MAX_UNSORTED: Final = 100  # articles of an unsorted list without dates that are read to find the newest
_MAX_HELD: Final = 1000  # articles in memory; a run that wants more takes undated articles in the order of their list


class NewestArticles:
    """Chooses which candidates to read and which articles to keep, so that the newest `limit` ones come out.

    A candidate's date is what its list says, or that of the dated entry above it. Of lists without dates, which may begin with
    the oldest article, some pages are read first; then articles are held back until the newest of them are known.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held: list[Article] = []
        self._holds = False
        self._probes: list[str] | None = None  # the URLs of the articles that show how an undated list is sorted
        self._dates: dict[str, str] = {}  # of the articles that were read, by the URL of their link

    def hold(self, article: Article, url: str) -> bool:
        """Whether to keep the article, to which the link `url` led, back for now."""
        self._dates[url] = article.date_published or ""
        if self._holds and len(self.held) < _MAX_HELD:
            self.held.append(article)
            return True
        return False

    def choose(self, pending: Sequence[ArticleCandidate], needed: int) -> list[ArticleCandidate]:
        """The candidates to read next, where `needed` articles are still to come out; none if enough are held."""
        days = _fill_days(pending)
        undated = [each for each, day in zip(pending, days, strict=True) if not day]
        dated = sorted(((day, -at) for at, day in enumerate(days) if day), reverse=True)
        if undated and self.limit <= _MAX_HELD:
            self._holds = True
            if self._probes is None:
                probes = undated if len(undated) <= _PROBES else [*undated[: _PROBES - 1], undated[-1]]
                self._probes = [each.link.url for each in probes]
                return probes
        self.held.sort(key=_get_published, reverse=True)
        worst = _get_published(self.held[needed - 1]) if len(self.held) >= needed else ""
        newer = [pending[-at] for day, at in islice(dated, needed) if day > worst[: len(day)]]
        return [*self._choose_undated(undated, needed), *newer][: needed + _MARGIN if self._holds else needed]

    def take(self, needed: int) -> list[Article]:
        """The newest articles that are held, up to the number that is needed."""
        self.held.sort(key=_get_published, reverse=True)
        taken, self.held = self.held[:needed], self.held[needed:]
        return taken

    def _choose_undated(self, undated: list[ArticleCandidate], needed: int) -> list[ArticleCandidate]:
        """The candidates of a list without dates that may be among the newest."""
        dates = [date for url in self._probes or () if (date := self._dates.get(url))] or [""]
        first, last = dates[0], dates[-1]
        is_ascending, is_descending = dates == sorted(dates), first >= max(dates)
        if first != last and not is_ascending and not is_descending:
            return undated[:_MAX_UNSORTED]
        missing = max(needed + _MARGIN - len(self.held), 0)
        return (undated[::-1] if is_ascending and first < last else undated)[:missing]


def _get_published(article: Article) -> str:
    return article.date_published or ""


def _fill_days(candidates: Iterable[ArticleCandidate]) -> list[str]:
    """The date of each candidate: its own, else that of the last dated one of the same list; "" if the list has none so far."""
    days, latest = [], dict[str, str]()
    for each in candidates:
        found = each.link.date or each.link.modified
        if each.via == VIA_REVISIT:
            days.append("0")  # earlier runs have it
            continue
        if found:
            latest[each.source_url] = found.value
        days.append(latest.get(each.source_url, ""))
    return days
