"""What earlier runs know of a newsroom, as a crawl asks it, and what this one adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery import PriorRuns, article_key
from corpnews.extraction.site_template import SiteTemplate
from corpnews.items import format_utc
from corpnews.state import ArticleRecord, PageVisit, Validators
from corpnews.state.changes import (
    build_diff,
    build_withdrawn_article,
    check_withdrawal,
    compare_with_known,
    get_next_visit,
    is_same_page,
    is_visit_due,
)
from corpnews.state.duplicates import Fingerprint, compute_min_hashes, find_original
from corpnews.web.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpnews.discovery import ArticleLink
    from corpnews.items import Article, ArticleStatus
    from corpnews.state import KnownArticle, KnownPage, NewsroomStore

# So much is written to the store at a time.
_FLUSH_EVERY_ENTRIES: Final = 100
_FLUSH_EVERY_SECONDS: Final = 2.0
# A page that held no release is looked at again after this.
_NO_ARTICLE_RECHECK: Final = timedelta(days=30)
# The most articles that a run looks at again only because it is time to.
_MAX_REVISITS_PER_RUN: Final = 25
# So many characters are kept of what a page held beside its article.
_MAX_REMOVED_LENGTH: Final = 10_000
# Where so many of the articles that were looked at again are gone, at least three, the site is broken rather than they.
_MAX_GONE_SHARE: Final = 0.5
_MIN_DOUBTFUL_GONE: Final = 3


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page that came: under which keys it is known, and by what the server can tell whether it has changed."""

    keys: tuple[str, ...]
    validators: Validators


class RunMemory:
    """A run's view of the store.

    Nothing is written to the store before `sync` has said that the lines of all articles are on disk. Methods raise
    StoreError where the database fails, and OSError where the lines could not be written. `full` has all articles looked at
    again.
    """

    def __init__(self, run: NewsroomStore, sync: Callable[[], None], *, company: str = "", full: bool = False) -> None:
        self.run = run
        self.company = company
        self.now = datetime.now(UTC)
        self._sync = sync
        self._full = full
        self._arrivals: dict[str, FetchedPage] = {}
        self._marks: dict[str, tuple[int, ...]] = {}  # of articles whose lines are being written
        self._gone: list[KnownArticle] = []
        self._looked_at = 0
        self._revisits = 0
        self._flushed = self.now

    def template(self) -> SiteTemplate:
        """The site's template, as earlier runs learned it."""
        data = self.run.template()
        return SiteTemplate.from_bytes(data) if data else SiteTemplate()

    def earlier(self, start_url: str) -> PriorRuns:
        """What a plan that begins at `start_url` is told."""
        learned = self.run.learned().get(start_url, {})
        whole = bool(learned.get("whole")) and not self._full
        return PriorRuns(self.recall, is_complete=whole, productive_sources=frozenset(learned.get("ways", ())))

    def recall(self, links: Sequence[ArticleLink]) -> Mapping[str, bool]:
        """Which of the links are known, by their keys, and whether each is to be looked at again."""
        by_key = {article_key(link.url): link for link in links}
        known = self.run.known(by_key) if by_key else {}
        self.run.mark_listed([each.article.id for each in known.values() if each.article], self.now)
        return {key: self._is_due(by_key[key], each) for key, each in known.items()}

    def due(self) -> Sequence[KnownArticle]:
        """The articles that are to be looked at again, listed or not."""
        return self.run.due(self.now, _MAX_REVISITS_PER_RUN)

    def known(self, url: str) -> KnownPage | None:
        """What is known of a page."""
        key = article_key(url)
        return self.run.known([key]).get(key)

    def arrive(self, url: str, listed: str, validators: Validators) -> None:
        """Note that a page came, from `url`, where the link was to `listed`."""
        self.flush(when_due=True)
        self._looked_at += 1
        self._arrivals[url] = FetchedPage((article_key(url), article_key(listed)), validators)

    def unchanged(self, known: KnownPage, url: str) -> None:
        """Note that a server says that the page is as it was."""
        self._looked_at += 1
        self._visit(FetchedPage((article_key(url),), known.validators), known.article)

    def forget(self, url: str) -> None:
        """Leave the page that came from `url` to later runs."""
        self._arrivals.pop(url, None)

    def nothing(self, url: str) -> None:
        """Note that the page that came from `url` is no article."""
        if arrival := self._arrivals.pop(url, None):
            self._visit(arrival, None)

    def missing(self, url: str) -> None:
        """Note that the server knows no such page."""
        self._looked_at += 1
        known = self.known(url)
        if known and known.article:
            self._gone.append(known.article)
        else:
            self._visit(FetchedPage((article_key(url),), Validators()), None)

    def withdrawals(self) -> Iterator[Article]:
        """The articles that are gone for good, as lines; to be asked for when all pages have come."""
        gone, self._gone = self._gone, []
        if len(gone) >= _MIN_DOUBTFUL_GONE and len(gone) > _MAX_GONE_SHARE * self._looked_at:
            return
        for known in gone:
            change = check_withdrawal(known, self.run.number)
            self.run.record_missing(known, self.now, withdrawn=change is not None)
            if change:
                body, _ = self.run.text(known.id) or ("", "")
                company = self.company or self.run.newsroom
                yield build_withdrawn_article(known, self.run.newsroom, company, body, self.now)

    def judged(self, article: Article, *, tell_difference: bool) -> Article | None:
        """The article with what is to be said of its life; None where that is nothing."""
        if article.status == "withdrawn":
            return article
        known = self._article(article)
        change = compare_with_known(known, article.content_hash)
        old = (self.run.text(known.id) if known and change else None) or ("", "")
        if known and change and known.status != "withdrawn" and _is_reading_difference(known, old, article):
            self.run.record(self._release(article, known.status, known.version, known.first_seen))
            change = None
        if change is None:
            self._settle(article, known)
            return None
        diff = build_diff((known.headline, old[0]), (article.headline, article.body)) if known and tell_difference else None
        return replace(
            article,
            status=change.status,
            version=change.version,
            first_seen=format_utc(known.first_seen) if known else article.first_seen,
            duplicate_of=self._original(article),
            diff=diff,
        )

    def keep(self, article: Article) -> None:
        """Note an article whose line was written."""
        self.flush(when_due=True)  # what was kept before this one has been written by now
        if article.status != "withdrawn":
            first_seen = datetime.fromisoformat(article.first_seen) if article.first_seen else self.now
            self.run.record(self._release(article, article.status or "new", article.version or 1, first_seen))
            self._settle(article, None)

    def recover(self, line: Mapping[str, Any]) -> None:
        """Note an article whose line an earlier run wrote, and had no time to note itself."""
        release = _parse_article_line(line)
        self.run.record(release)
        due = get_next_visit(release.date_published, release.first_seen, self.now)
        self.run.visit(PageVisit(article_key(release.url), self.now, release.id, due=due))

    def flush(self, *, when_due: bool = False) -> None:
        """Write to the store what was noted, once its lines are on disk; `when_due`: if that is worth it."""
        now = datetime.now(UTC)
        if (
            not when_due
            or self.run.waiting >= _FLUSH_EVERY_ENTRIES
            or (now - self._flushed).total_seconds() > _FLUSH_EVERY_SECONDS
        ):
            self._sync()
            self.run.flush()
            self._flushed = now

    def end(self, verdict: str, reasons: Sequence[str], counts: Mapping[str, Any]) -> None:
        """Write how the run ended."""
        self.run.end(datetime.now(UTC), verdict, reasons, counts)

    def learn(self, template: SiteTemplate, start_url: str, ways: Sequence[str], *, whole: bool) -> None:
        """Keep what the run found out about the newsroom."""
        learned = dict(self.run.learned())
        before = learned.get(start_url, {})
        names = sorted({*before.get("ways", ()), *ways})
        learned[start_url] = {"whole": whole or bool(before.get("whole")), "ways": names}
        self.run.remember(template.to_bytes(), learned)

    def _is_due(self, link: ArticleLink, known: KnownPage) -> bool:
        if self._full:
            return True
        if known.article is None:
            return self.now - known.checked > _NO_ARTICLE_RECHECK
        if known.article.status == "withdrawn" or _is_listed_as_modified(link, known.checked):
            return True
        due = is_visit_due(known.article, self.now) and self._revisits < _MAX_REVISITS_PER_RUN
        self._revisits += due
        return due

    def _article(self, article: Article) -> KnownArticle | None:
        """What is known of the article, under its URL or its canonical one."""
        keys = [article_key(url) for url in (article.url, article.canonical_url) if url]
        found = (each.article for each in self.run.known(keys).values() if each.article)
        return next((each for each in found if each.id == article.id), None)

    def _original(self, article: Article) -> str | None:
        """The id of the release that the article repeats."""
        text = _build_fingerprint(article)
        found_by = self._marks[article.id] = compute_min_hashes(text)
        return find_original(text, self.run.candidates(article.id, found_by))

    def _release(self, article: Article, status: ArticleStatus, version: int, first_seen: datetime) -> ArticleRecord:
        return ArticleRecord(
            id=article.id,
            url=article.url,
            canonical_url=article.canonical_url,
            headline=article.headline,
            body=article.body,
            language=article.language,
            date_published=article.date_published,
            content_hash=article.content_hash,
            status=status,
            version=version,
            first_seen=first_seen,
            duplicate_of=article.duplicate_of,
            marks=self._marks.pop(article.id, ()) or compute_min_hashes(_build_fingerprint(article)),
            removed=_join_removed_text(article),
        )

    def _settle(self, article: Article, known: KnownArticle | None) -> None:
        """Note the visit to the page that the article came from."""
        arrival = self._arrivals.pop(article.url, None) or FetchedPage((article_key(article.url),), Validators())
        first_seen = datetime.fromisoformat(article.first_seen) if article.first_seen else self.now
        due = get_next_visit(article.date_published, known.first_seen if known else first_seen, self.now)
        self._write_visits(arrival, article.id, due)

    def _visit(self, arrival: FetchedPage, article: KnownArticle | None) -> None:
        due = get_next_visit(article.date_published, article.first_seen, self.now) if article else None
        self._write_visits(arrival, article.id if article else None, due)

    def _write_visits(self, arrival: FetchedPage, article: str | None, due: datetime | None) -> None:
        for key in dict.fromkeys(arrival.keys):
            self.run.visit(PageVisit(key, self.now, article, arrival.validators, due))


def _is_reading_difference(known: KnownArticle, old: tuple[str, str], article: Article) -> bool:
    """Whether the article differs from what is known only in how its page was read."""
    return fold_text(known.headline) == fold_text(article.headline) and is_same_page(
        old, (article.body, _join_removed_text(article))
    )


def _join_removed_text(article: Article) -> str:
    """What the article's page held beside its text."""
    return "\n".join(each.text for each in article.crawl.removed)[:_MAX_REMOVED_LENGTH]


def _build_fingerprint(article: Article) -> Fingerprint:
    return Fingerprint(article.headline, article.body, article.language, article.content_hash)


def _is_listed_as_modified(link: ArticleLink, checked: datetime) -> bool:
    """Whether the way that leads to an article says that it was changed after a run looked at it."""
    if link.modified is None:
        return False
    value = link.modified.value
    if len(value) > len("2024-05-03T14:30") and value[-6] in "+-":
        return datetime.fromisoformat(value) > checked
    return link.modified.day > checked.date().isoformat()


def _parse_article_line(line: Mapping[str, Any]) -> ArticleRecord:
    """The release that a line tells of."""
    text = Fingerprint(line["headline"], line["body"], line["language"])
    copied = ("id", "url", "canonical_url", "headline", "body", "language", "date_published", "content_hash", "status", "version")
    first_seen = datetime.fromisoformat(line["first_seen"])
    return ArticleRecord(
        **{name: line[name] for name in copied},
        first_seen=first_seen,
        duplicate_of=line["duplicate_of"],
        marks=compute_min_hashes(text),
    )
