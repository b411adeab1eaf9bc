"""What a run adds to the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import update

from corpnews.state.changes import is_withdrawn, join_removed_text
from corpnews.state.database import repeat_if_lost, upsert
from corpnews.state.pending import MissingArticle, PendingWrites, hash_page_key, write_listings
from corpnews.state.queries import delete_old_runs
from corpnews.state.records import ArticleRecord, DuplicateCandidate, PageVisit, Validators
from corpnews.state.revisit import GONE_OUTCOME, get_next_visit
from corpnews.state.tables import newsrooms, profiles
from corpnews.state.uploads import Upload, add_upload, delete_uploads, merge_stored_writes
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corpnews.items import Article
    from corpnews.state.records import KnownArticle, KnownListing, KnownPage
    from corpnews.state.store import StoreRun

_FLUSH_EVERY_ENTRIES: Final = 100
_FLUSH_EVERY: Final = timedelta(seconds=2)
# Where more of the fetched articles than this share are gone, and at least so many, the site is broken rather than they
_MAX_GONE_SHARE: Final = 0.5
_MIN_DOUBTFUL_GONE: Final = 3
# The first listings of a run are the start page, feeds and sitemaps; of these the next run asks whether they have changed
_MAX_LISTINGS: Final = 8
_MAX_LISTING_BYTES: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page that was fetched: the keys under which it is known, and its validators."""

    keys: tuple[str, ...]
    validators: Validators


class Journal:
    """What a run has found out, on its way into the store. Methods that write raise StoreError; then nothing is written.

    A fetched page is recorded when it is known what it was. An article is staged first, committed when its line is durable,
    and written by the next flush; `discard` leaves it to later runs.
    """

    def __init__(self, run: StoreRun, now: datetime) -> None:
        self.now = now
        self.fetched_count = 0
        self.gone: list[KnownArticle] = []
        self._run = run
        self._fetched: dict[str, FetchedPage] = {}
        self._listings: dict[bytes, KnownListing] = {}
        self._staged: dict[str, PendingWrites] = {}
        self._pending = PendingWrites()
        self._flushed: datetime | None = None
        self._unfinished: Mapping[str, tuple[int, int]] = {}
        self._learned: dict[str, Any] = {}
        self._profile = ""
        self._uploads: dict[str, frozenset[str]] = {}  # the articles of the files that are uploaded, by the files' URIs

    @property
    def pending_count(self) -> int:
        """How many entries the next flush writes."""
        return len(self._pending)

    @property
    def unwritten_count(self) -> int:
        """How many articles are staged or committed, and not written."""
        return len(self._staged) + len(self._pending.articles)

    def add_fetched(self, url: str, listed_url: str, validators: Validators = Validators()) -> None:  # noqa: B008 - it is frozen
        """Note that the page at `url` was fetched, to which the link `listed_url` led."""
        self.fetched_count += 1
        self._fetched[url] = FetchedPage((article_key(url), article_key(listed_url)), validators)

    def keep_listing(self, requested: str, listing: KnownListing) -> None:
        """Keep a listing for the next run, if it is among the first ones of this run and not too large."""
        if len(self._listings) < _MAX_LISTINGS and len(listing.body) <= _MAX_LISTING_BYTES:
            self._listings[hash_page_key(requested)] = listing

    def record_page(self, url: str, outcome: str) -> None:
        """Record what the fetched page at `url` was, if it held no article; of another page nothing is recorded."""
        if fetched := self._fetched.pop(url, None):
            self._add_visits(self._pending, fetched, None, None, outcome)

    def record_not_modified(self, url: str, page: KnownPage) -> None:
        """Record that a known page is as it was, by the server's word."""
        self.fetched_count += 1
        article = page.article
        due = get_next_visit(article.date_published, article.first_seen, self.now) if article else None
        fetched = FetchedPage((article_key(url),), page.validators)
        self._add_visits(self._pending, fetched, article.id if article else None, due, page.outcome)

    def record_gone(self, url: str, page: KnownPage | None) -> None:
        """Record that the server has no such page any more."""
        self.fetched_count += 1
        if page and page.article:
            self.gone.append(page.article)
        else:
            self._add_visits(self._pending, FetchedPage((article_key(url),), Validators()), None, None, GONE_OUTCOME)

    def forget(self, url: str) -> None:
        """Leave the fetched page at `url` to later runs."""
        self._fetched.pop(url, None)

    def mark_listed(self, articles: Collection[str]) -> None:
        """Note that a source still lists these articles, by their ids."""
        self._pending.listed.update(dict.fromkeys(articles, self.now))

    def record_missing(self) -> list[KnownArticle]:
        """Record the articles that were gone. Returns those to withdraw, which are staged; none if the site looks broken."""
        gone, self.gone = self.gone, []
        if len(gone) >= _MIN_DOUBTFUL_GONE and len(gone) > _MAX_GONE_SHARE * self.fetched_count:
            return []
        withdrawn = [known for known in gone if is_withdrawn(known, self._run.number)]
        for known in gone:
            times = known.missing + (known.missing_in != self._run.number)
            writes = PendingWrites(missing={known.id: MissingArticle(self.now, times, withdrawn=known in withdrawn)})
            if known in withdrawn:
                self._staged[known.id] = writes
            else:
                self._pending.add(writes)
        return withdrawn

    def add_article(self, record: ArticleRecord) -> None:
        """Record an article."""
        self._pending.articles[record.id] = record

    def add_visit(self, visit: PageVisit) -> None:
        """Record a visit to a page; an article that it shows is there, whatever was thought of it."""
        self._pending.visits[hash_page_key(visit.key)] = visit

    def record_unchanged_article(self, article: Article, known: KnownArticle | None) -> None:
        """Record that a page shows its article as it is known."""
        self._add_article_visits(self._pending, article, known)

    def record_reread_article(self, article: Article, known: KnownArticle, hashes: tuple[int, ...]) -> None:
        """Record an article whose page is unchanged and was read differently."""
        kept = {"status": known.status, "version": known.version, "first_seen": known.first_seen, "changed": known.changed}
        record = _build_article_record(article, hashes, **kept)
        self.add_article(record)
        self._add_article_visits(self._pending, article, known)

    def stage_article(self, article: Article, known: KnownArticle | None, hashes: tuple[int, ...]) -> None:
        """Prepare the record of an article whose line is about to be written."""
        record = _build_article_record(article, hashes, first_seen=_read_first_seen(article, self.now), changed=self.now)
        writes = self._staged[article.id] = PendingWrites(articles={article.id: record})
        self._add_article_visits(writes, article, known)

    def commit(self, article: str) -> None:
        """Let the next flush write a staged article: its line is durable."""
        if writes := self._staged.pop(article, None):
            self._pending.add(writes)

    def discard(self, article: str, outcome: str | None = None) -> None:
        """Leave a staged article to later runs; with an `outcome`, record its page as one without an article."""
        writes = self._staged.pop(article, None)
        if writes and outcome:
            for key, visit in writes.visits.items():
                self._pending.visits[key] = replace(visit, article=None, due=None, outcome=outcome)

    def find_similar(self, hashes: Collection[int], most: int = 5) -> Sequence[DuplicateCandidate]:
        """The articles of this run that share these hashes and are not in the store yet."""
        found = [each for writes in (self._pending, *self._staged.values()) for each in writes.find_similar(hashes, most)]
        return [
            DuplicateCandidate(each.id, self._run.newsroom, each.language, each.headline, each.body, each.content_hash)
            for each in found[:most]
        ]

    @property
    def is_flush_due(self) -> bool:
        """Whether a flush is worth a transaction; the first article is written at once."""
        if self._flushed is None:
            return bool(self._pending.articles)
        return len(self._pending) >= _FLUSH_EVERY_ENTRIES or (datetime.now(UTC) - self._flushed) > _FLUSH_EVERY

    @repeat_if_lost
    def flush(self, unfinished: Mapping[str, tuple[int, int]] | None = None) -> None:
        """Write what is pending in one transaction; after an error it is pending still.

        `unfinished` are the unpublished output files: how many bytes and articles of each are known, by path.
        """
        done = [uri for uri, articles in self._uploads.items() if articles.isdisjoint(self._staged)]
        if not self._pending and not done and (unfinished is None or unfinished == self._unfinished):
            return
        with self._run.writing() as connection:
            self._pending.write(connection, self._run.newsroom_number, self._run.number)
            if done:
                delete_uploads(connection, done)
            if unfinished is not None and unfinished != self._unfinished:
                self._run.update(connection, counts={"unfinished": dict(unfinished)})
                self._unfinished = dict(unfinished)
        self._pending = PendingWrites()
        self._flushed = datetime.now(UTC)
        for uri in done:
            del self._uploads[uri]

    @repeat_if_lost
    def begin_upload(self, uri: str, size: int, articles: Collection[str]) -> None:
        """Write what is to be known of the staged articles in a file once that is uploaded, should this run not live to do so."""
        upload = Upload(uri, size, {each: self._staged[each] for each in articles if each in self._staged})
        with self._run.writing() as connection:
            add_upload(connection, self._run.newsroom_number, self._run.number, upload)

    def end_upload(self, uri: str, articles: Collection[str]) -> None:
        """Let the flush that writes the last of the file's articles forget the upload, as the file is there."""
        self._uploads[uri] = frozenset(articles)

    @repeat_if_lost
    def recover_uploads(self, uploads: Sequence[Upload], stored: Collection[str]) -> int:
        """Write what is known by the uploads of killed runs, of which those at the URIs `stored` are there. Returns how many
        articles that are.
        """
        writes = merge_stored_writes(uploads, stored)
        with self._run.writing() as connection:
            writes.write(connection, self._run.newsroom_number, self._run.number)
            delete_uploads(connection, [each.uri for each in uploads])
        return len({*writes.articles, *writes.missing})

    def save_learned(self, template: bytes, learned: Mapping[str, Any]) -> None:
        """Have `finish` keep the site's template, and what JSON can say of the newsroom's sources, for later runs."""
        self._learned = {"learned": dict(learned), "template": template}

    def save_profile(self, profile: str) -> None:
        """Have `finish` keep what reports show of the newsroom's lines, as JSON."""
        self._profile = profile

    @repeat_if_lost
    def finish(
        self,
        at: datetime,
        verdict: str,
        reasons: Sequence[str],
        counts: Mapping[str, Any],
        *,
        oldest_run: datetime | None = None,
    ) -> None:
        """Write what is pending and how the run ended, and release the newsroom; runs from before `oldest_run` are forgotten."""
        number = self._run.newsroom_number
        with self._run.writing() as connection:
            self._pending.write(connection, number, self._run.number)
            write_listings(connection, number, self._listings)
            if self._learned:
                connection.execute(update(newsrooms).where(newsrooms.c.number == number).values(**self._learned))
            if self._profile:
                row = {"newsroom": number, "profile": self._profile}
                connection.execute(upsert(connection, profiles, ["newsroom"]), row)
            self._run.update(connection, ended=at, verdict=verdict, reasons=[*reasons], counts=dict(counts))
            if oldest_run:
                delete_old_runs(connection, number, oldest_run)
        self._pending = PendingWrites()
        self._run.close()

    @repeat_if_lost
    def abandon(self) -> None:
        """Have the newsroom forget that there was this run, of which nothing is known, and release it."""
        with self._run.writing() as connection:
            self._run.delete(connection)
        self._run.close()

    def _take_fetched(self, url: str) -> FetchedPage:
        return self._fetched.pop(url, None) or FetchedPage((article_key(url),), Validators())

    def _add_article_visits(self, writes: PendingWrites, article: Article, known: KnownArticle | None) -> None:
        first_seen = known.first_seen if known else _read_first_seen(article, self.now)
        due = get_next_visit(article.date_published, first_seen, self.now)
        self._add_visits(writes, self._take_fetched(article.url), article.id, due)

    def _add_visits(
        self, writes: PendingWrites, page: FetchedPage, article: str | None, due: datetime | None, outcome: str | None = None
    ) -> None:
        for key in dict.fromkeys(page.keys):
            writes.visits[hash_page_key(key)] = PageVisit(key, self.now, article, page.validators, due, outcome)


def _read_first_seen(article: Article, now: datetime) -> datetime:
    """When the article was first seen: now, unless it says so."""
    return datetime.fromisoformat(article.first_seen) if article.first_seen else now


def _build_article_record(article: Article, hashes: tuple[int, ...], **known: Any) -> ArticleRecord:
    """The article as the store keeps it; `known` are fields that an earlier run's record keeps."""
    fields: dict[str, Any] = {"status": article.status or "new", "version": article.version or 1} | known
    return ArticleRecord(
        id=article.id,
        url=article.url,
        canonical_url=article.canonical_url,
        headline=article.headline,
        body=article.body,
        language=article.language,
        date_published=article.date_published,
        content_hash=article.content_hash,
        duplicate_of=article.duplicate_of,
        hashes=hashes,
        removed=join_removed_text(article),
        **fields,
    )
