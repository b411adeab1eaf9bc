"""What earlier runs know of a newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import func, select

from corpnews.extraction.site_template import SiteTemplate
from corpnews.state.database import repeat_if_lost
from corpnews.state.pending import hash_page_key
from corpnews.state.queries import SELECT_TEXT, find_due, find_duplicate_candidates, find_online, find_pages, find_past_runs
from corpnews.state.records import KnownListing, StoredText, Validators
from corpnews.state.tables import articles, listings, newsrooms, profiles
from corpnews.state.uploads import find_uploads
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from corpnews.items import Article
    from corpnews.state.records import DuplicateCandidate, KnownArticle, KnownPage, PastRun
    from corpnews.state.store import StoreRun
    from corpnews.state.uploads import Upload

_MAX_CACHED_PAGES: Final = 20_000


class History:
    """State that earlier runs of the newsroom wrote. It reads only; methods raise StoreError if the database fails.

    A page and a past run are looked up once a run: they stay what they were before the run.
    """

    def __init__(self, run: StoreRun) -> None:
        self._run = run
        self._pages: dict[str, KnownPage | None] = {}
        self._read: dict[str, Any] = {}  # columns of the newsroom's row
        self._listings: dict[bytes, KnownListing] | None = None
        self._past_runs: Sequence[PastRun] = ()
        self._past_runs_asked = 0

    @repeat_if_lost
    def find_pages(self, keys: Collection[str]) -> dict[str, KnownPage]:
        """The known ones of the pages with these keys (`article_key`), such as all links of a listing, in one query."""
        asked = {hash_page_key(key): key for key in keys if key not in self._pages}
        found = {}
        if asked:
            with self._run.reading() as connection:
                rows = find_pages(connection, self._run.newsroom_number, asked)
            found = {key: rows.get(digest) for digest, key in asked.items()}
            self._pages |= found
        known = {key: page for key in keys if (page := self._pages.get(key))}
        while len(self._pages) > _MAX_CACHED_PAGES:
            del self._pages[next(iter(self._pages))]
        return known

    def find_page(self, url: str) -> KnownPage | None:
        """The page at `url`, if it is known."""
        key = article_key(url)
        return self.find_pages([key]).get(key)

    @repeat_if_lost
    def find_listing(self, url: str) -> KnownListing | None:
        """What the last run that came to its end kept of the listing requested at `url`."""
        if self._listings is None:  # there are few
            with self._run.reading() as connection:
                rows = connection.execute(select(listings).where(listings.c.newsroom == self._run.newsroom_number))
                self._listings = {row.key: _build_listing(row) for row in rows}
        return self._listings.get(hash_page_key(url))

    def find_article(self, article: Article) -> KnownArticle | None:
        """The known article with the same id, under the article's URL or its canonical one."""
        keys = [article_key(url) for url in (article.url, article.canonical_url) if url]
        known = (page.article for page in self.find_pages(keys).values())
        return next((each for each in known if each and each.id == article.id), None)

    @repeat_if_lost
    def find_due(self, now: datetime, most: int) -> Sequence[KnownArticle]:
        """The articles that are due for another visit, the longest overdue first, listed or not."""
        with self._run.reading() as connection:
            return find_due(connection, self._run.newsroom_number, now, most)

    @repeat_if_lost
    def find_online(self) -> Sequence[KnownArticle]:
        """All articles of the newsroom that are not withdrawn."""
        with self._run.reading() as connection:
            return find_online(connection, self._run.newsroom_number)

    @repeat_if_lost
    def read_text(self, article: str) -> StoredText | None:
        """The text of an article's last version, by the article's id."""
        with self._run.reading() as connection:
            row = connection.execute(SELECT_TEXT, {"id": article}).one_or_none()
        return StoredText(row.body, row.removed) if row else None

    @repeat_if_lost
    def find_similar(self, hashes: Collection[int], most: int = 5) -> Sequence[DuplicateCandidate]:
        """Articles of any newsroom that share these hashes, the most similar first; none is itself a duplicate."""
        with self._run.reading() as connection:
            return find_duplicate_candidates(connection, hashes, most)

    @repeat_if_lost
    def past_runs(self, last: int = 10) -> Sequence[PastRun]:
        """The newsroom's last runs before this one, the latest first."""
        if last > self._past_runs_asked:
            with self._run.reading() as connection:
                self._past_runs = find_past_runs(connection, self._run.newsroom, last + 1)[1:]
            self._past_runs_asked = last
        return self._past_runs[:last]

    @repeat_if_lost
    def count_articles(self) -> int:
        """How many articles of the newsroom the store has by now."""
        with self._run.reading() as connection:
            own = articles.c.newsroom == self._run.newsroom_number
            return connection.execute(select(func.count()).where(own)).scalar_one()

    def unfinished_files(self) -> dict[str, tuple[int, int]]:
        """Output files that killed runs had not published: how many bytes and articles of each are known, by path."""
        killed = [run.counts.get("unfinished", {}) for run in reversed(self.past_runs(50)) if not run.ended]
        return {path: (size, articles) for files in killed for path, (size, articles) in files.items()}

    @repeat_if_lost
    def find_uploads(self) -> Sequence[Upload]:
        """Output files that killed runs were about to upload."""
        with self._run.reading() as connection:
            return find_uploads(connection, self._run.newsroom_number)

    def read_template(self) -> SiteTemplate:
        """The site's template, as earlier runs learned it; an empty one if they kept it in another format."""
        data: bytes | None = self._read_newsroom("template")
        try:
            return SiteTemplate.from_bytes(data) if data else SiteTemplate()
        except ValueError:
            return SiteTemplate()

    @repeat_if_lost
    def read_profile(self) -> str | None:
        """What reports show of the newsroom's lines, as an earlier run kept it."""
        with self._run.reading() as connection:
            row = select(profiles.c.profile).where(profiles.c.newsroom == self._run.newsroom_number)
            profile: str | None = connection.execute(row).scalar_one_or_none()
            return profile

    def read_learned(self) -> Mapping[str, Any]:
        """What earlier runs learned of the newsroom's sources, by start page."""
        return self._read_newsroom("learned") or {}

    @repeat_if_lost
    def _read_newsroom(self, column: Literal["template", "learned"]) -> Any:
        if not self._read:
            with self._run.reading() as connection:
                row = select(newsrooms.c.template, newsrooms.c.learned).where(newsrooms.c.number == self._run.newsroom_number)
                self._read = dict(connection.execute(row).mappings().one())
        return self._read[column]

    def is_learned(self, template: bytes, learned: Mapping[str, Any]) -> bool:
        """Whether the store has this template and this of the sources already."""
        return self._read_newsroom("template") == template and self.read_learned() == learned


def _build_listing(row: Row[Any]) -> KnownListing:
    return KnownListing(row.url, row.media_type, row.body, Validators(row.etag, row.last_modified), row.fetched)
