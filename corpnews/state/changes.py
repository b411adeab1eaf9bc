"""What becomes of an article between two runs: whether it is new, changed, unchanged or gone."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from corpnews.cleaning.article import compute_content_hash
from corpnews.items import VIA_REVISIT, Article, ArticleSource, CrawlInfo, format_utc, get_day
from corpnews.state.duplicates import Fingerprint, compute_min_hashes, find_original
from corpnews.web.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from corpnews.state.history import History
    from corpnews.state.journal import Journal
    from corpnews.state.records import KnownArticle, StoredText

_MAX_DIFF_PARAGRAPHS: Final = 1000
MAX_DIFF_LENGTH: Final = 20_000  # characters
_MAX_REMOVED_LENGTH: Final = 10_000  # characters
_DUPLICATES_COMPARED: Final = 5


class Change(NamedTuple):
    """How an article differs from what is known of it.

    "reread": its page is the same, but another part of it was taken for the body.
    """

    kind: Literal["new", "updated", "unchanged", "reread"]
    version: int


def apply_history(article: Article, history: History, journal: Journal, *, with_diff: bool) -> Article | None:
    """Set what earlier runs tell of the article, and stage it in the journal; None if it is unchanged. Raises StoreError."""
    if article.status == "withdrawn":
        return article
    if not article.content_hash:  # a newsroom may make articles of its own
        article = replace(article, content_hash=compute_content_hash(article.headline, article.body))
    known = history.find_article(article)
    text = history.read_text(known.id) if known and known.content_hash != article.content_hash else None
    change = detect_change(article, known, text)
    fingerprint = Fingerprint(article.headline, article.body, article.language, article.content_hash)
    if change.kind == "unchanged":
        journal.record_unchanged_article(article, known)
        return None
    hashes = compute_min_hashes(fingerprint)
    if known and change.kind == "reread":
        journal.record_reread_article(article, known, hashes)
        return None
    candidates = {
        each.id: each for each in (*history.find_similar(hashes), *journal.find_similar(hashes)) if each.id != article.id
    }
    changed = replace(
        article,
        status="updated" if change.kind == "updated" else "new",
        version=change.version,
        first_seen=format_utc(known.first_seen) if known else article.first_seen or format_utc(journal.now),
        duplicate_of=find_original(fingerprint, list(candidates.values())[:_DUPLICATES_COMPARED]),
        diff=build_diff((known.headline, text.body), (article.headline, article.body)) if with_diff and known and text else None,
    )
    journal.stage_article(changed, known, hashes)
    return changed


def detect_change(article: Article, known: KnownArticle | None, text: StoredText | None) -> Change:
    """Compare an article with what is known of it; `text` is its last version's.

    An article that was withdrawn and is back has changed.
    """
    if known is None:
        return Change("new", 1)
    if known.status != "withdrawn":
        if known.content_hash == article.content_hash:
            return Change("unchanged", known.version)
        same_headline = fold_text(known.headline) == fold_text(article.headline)
        if text and same_headline and is_same_page(text, (article.body, join_removed_text(article))):
            return Change("reread", known.version)
    return Change("updated", known.version + 1)


def is_withdrawn(known: KnownArticle, run: int) -> bool:
    """Whether an article that the run found gone is withdrawn: an earlier run found it gone too, and none in between found it.

    Gone means 404, 410 or a redirect to a listing; a site that is down tells nothing.
    """
    return known.status != "withdrawn" and known.missing > 0 and known.missing_in != run


def is_same_page(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether two versions, each a body and the removed text of its page, differ only in what was taken for the body.

    The site's template tells boilerplate from articles the better, the more pages it has seen; that changes no article.
    """
    (old_body, old_removed), (new_body, new_removed) = old, new
    before, after = ({fold_text(text) for text in _split_body_paragraphs(body)} for body in (old_body, new_body))
    left, stood = fold_text(new_removed), fold_text(old_removed)
    return all(each in left for each in before - after) and all(each in stood for each in after - before)


def join_removed_text(article: Article) -> str:
    """The text of the article's page that is not in its body, up to _MAX_REMOVED_LENGTH."""
    return "\n".join(each.text for each in article.crawl.removed)[:_MAX_REMOVED_LENGTH]


def build_diff(old: tuple[str, str], new: tuple[str, str]) -> str:
    r"""What changed between two versions, each a headline and a body: a unified diff by paragraphs, of bounded length.

    >>> print(build_diff(("Plant opens", "In May.\n\nIt is large."), ("Plant opens", "In June.\n\nIt is large.")))
    @@ -2 +2 @@
    -In May.
    +In June.
    """
    before, after = ([headline, *_split_body_paragraphs(body)][:_MAX_DIFF_PARAGRAPHS] for headline, body in (old, new))
    diff = "\n".join(list(unified_diff(before, after, n=0, lineterm=""))[2:])
    return diff if len(diff) <= MAX_DIFF_LENGTH else f"{diff[:MAX_DIFF_LENGTH]}…"


def _split_body_paragraphs(body: str) -> Iterator[str]:
    """The paragraphs of a body; blank lines separate them."""
    return filter(None, body.split("\n\n"))


def build_withdrawn_article(known: KnownArticle, newsroom: str, company: str, body: str, now: datetime) -> Article:
    """Return the line that reports an article as withdrawn, with what earlier runs stored of it."""
    return Article(
        id=known.id,
        url=known.url,
        newsroom=newsroom,
        company=company,
        source=ArticleSource(VIA_REVISIT),
        headline=known.headline,
        body=body,
        body_markdown=body,
        language=known.language,
        date_published=known.date_published,
        published_on=get_day(known.date_published),
        status="withdrawn",
        version=known.version,
        first_seen=format_utc(known.first_seen),
        last_seen=format_utc(known.last_seen),
        content_hash=known.content_hash,
        duplicate_of=known.duplicate_of,
        crawl=CrawlInfo(fetched_at=format_utc(now)),
    )
