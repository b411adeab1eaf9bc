"""Articles that do not bear the title of their link: they wait, since several links may lead to the same wall or home page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from corpnews.discovery.page_classifier.page_features import bears_slug, bears_title
from corpnews.page.layout import hash_text
from corpnews.web.urls import article_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response

    from corpnews.discovery import ArticleCandidate
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.page.page import Page

_MIN_EQUAL: Final = 3  # two links to one release are no wonder
_MAX_WAITING: Final = 24
_MAX_LISTINGS: Final = 1_000
_LATIN: Final = re.compile(r"[\u0000-\u024f\u1e00-\u206f]*")
_OF_LINK: Final = ("listing", "url")  # sources of headlines
_MAX_OTHER_TEXT: Final = 600  # characters
_Key: TypeAlias = tuple[str, int]


class DoubtfulArticle(NamedTuple):
    """An article that waits, with its link and the response that brought it."""

    draft: ExtractedPage
    candidate: ArticleCandidate
    response: Response


class DoubtfulArticles:
    """Tells articles from a page that stands in the place of several: headline and text are the same for three links or more."""

    def __init__(self) -> None:
        self._waiting: dict[_Key, list[DoubtfulArticle]] = {}
        self._repeated: set[_Key] = set()
        self._listings: dict[int, str] = {}  # URLs by the hash of the page's text

    def add_listing(self, page: Page) -> None:
        """Note what a start page or another listing says."""
        if len(self._listings) < _MAX_LISTINGS:
            self._listings.setdefault(_hash_page(page), page.url)

    def find_same_listing(self, page: Page) -> str | None:
        """Return the URL of another page, a listing, that says word for word what the page says."""
        url = self._listings.get(_hash_page(page))
        return url if url and article_key(url) != article_key(page.url) else None

    def add(self, article: DoubtfulArticle) -> list[DoubtfulArticle]:
        """Let an article wait. Returns those that prove to be the same page, this one included; none if there are too few."""
        body = "\n".join(block.text for block in article.draft.region.blocks)
        key = article.draft.headline.text, hash_text(body)
        same = self._waiting.setdefault(key, [])
        same.append(article)
        if len(same) < _MIN_EQUAL and key not in self._repeated:
            return []
        self._repeated.add(key)
        return self._waiting.pop(key)

    def release(self, *, is_end: bool = False) -> Iterator[DoubtfulArticle]:
        """Yield the articles that have waited long enough: all at the end, before it those for which there is no room."""
        while self._waiting and (is_end or sum(map(len, self._waiting.values())) > _MAX_WAITING):
            yield from self._waiting.pop(next(iter(self._waiting)))


def has_own_date(draft: ExtractedPage, candidate: ArticleCandidate) -> bool:
    """Whether the page itself states its date, and not only the listing."""
    return draft.date_published is not None and draft.sources.get("date_published") != candidate.listing_entry.date_source


def is_doubtful(draft: ExtractedPage, candidate: ArticleCandidate) -> bool:
    """Whether neither its link's title nor its URL's slug is on the page, nor, where the link has no title, a date of its own."""
    headline = _get_own_headline(draft)
    is_named = bears_title(draft.page, candidate.link.title, headline)
    if is_named or (is_named is None and has_own_date(draft, candidate)):
        return False
    return not bears_slug(draft.page, candidate.link.url, headline)


def is_other_page(article: DoubtfulArticle) -> bool:
    """Whether a page that lacks the words of its link or URL is short and undated, as walls and errors are and hardly a release.

    URLs transliterate the words of other scripts than the Latin one.
    """
    draft, link, headline = article.draft, article.candidate.link, _get_own_headline(article.draft)
    if has_own_date(draft, article.candidate):
        return False
    has_other_slug = _LATIN.fullmatch(headline) and bears_slug(draft.page, link.url, headline) is False
    if not has_other_slug and bears_title(draft.page, link.title, headline) is None:
        return False
    return sum(len(block.text) for block in draft.region.blocks) < _MAX_OTHER_TEXT


def _get_own_headline(draft: ExtractedPage) -> str:
    """The headline, if the page has one of its own and not only its link."""
    return "" if draft.headline.source in _OF_LINK else draft.headline.text


def _hash_page(page: Page) -> int:
    return hash_text("\n".join(block.text for block in page.layout.blocks))
