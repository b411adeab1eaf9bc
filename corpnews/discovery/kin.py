"""URL patterns of a newsroom's articles, learned from the links on its start page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from corpnews.discovery import urls
from corpnews.discovery.articles.links import is_listing_url
from corpnews.discovery.urls import edition_free, slug_words, steps
from corpnews.discovery.words import NEWS_STEMS, OTHER_STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from corpnews.discovery.scope import Scope
    from corpnews.discovery.way import Start

LEAST_PROOF: Final = 3  # on the start page
LEAST_OF_FAMILY: Final = 2
LEAST_SHARE: Final = 10  # one of so many links suffices for a pattern
LEAST_SHARE_BESIDE: Final = 3  # if most links are below the newsroom's section: other paths are often a blog
GUESSED_WORDS: Final = 2
ENOUGH_WORDS: Final = 3  # for a URL to match, even if all listed ones have more


class Word(IntEnum):
    """What the name of the file that contains a URL says of its content: nothing, posts, or news."""

    NONE = 0
    POSTS = 1
    NEWS = 2


@dataclass(frozen=True)
class Kin:
    """The URL patterns of the articles that the start page lists, each with the smallest number of words in a slug.

    Without patterns (the start page lists too few articles) URLs are judged by their own words.
    """

    scope: Scope
    families: Mapping[tuple[str, ...], int]
    prefixes: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, start: Start) -> Kin:
        scope = start.scope
        listed = [link.url for link in start.listing.articles if scope.contains(link.url)]
        hosts = (scope.host, f"www.{scope.host}")
        prefixes = tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in hosts)
        return cls(scope, proven(listed, scope), prefixes)

    @property
    def is_bare(self) -> bool:
        """Whether the start page is a site's home page, which may link to anything."""
        return not self.scope.section and not self.scope.is_news

    def is_here(self, url: str) -> bool:
        """Same as Scope.is_on_host, but faster: sitemaps have many URLs."""
        return url.startswith(self.prefixes) or self.scope.is_here(url)

    def may_be_article(self, url: str) -> bool:
        """Whether the URL is a page of the newsroom's host and is not a listing or another kind of page by its URL."""
        return self.is_here(url) and not urls.is_asset(url) and not is_listing_url(url) and not self.is_other(url)

    def is_other(self, url: str) -> bool:
        """Whether the URL is the newsroom's own, in any edition, or that of a page that is never a release."""
        path = steps(url)
        return (bool(path) and path[-1] in OTHER_STEPS) or (edition_free(url) == self.scope.section and not urls.has_id(url))

    def is_proven(self, url: str, word: Word = Word.NONE) -> bool:
        """Whether the URL has a pattern of the listed articles.

        At a site's root any page may stand: there the file's name, or a date or number in the URL, must suggest an article too.
        """
        family = family_of(url, self.scope)
        fewest = self.families.get(family)
        if fewest is None:
            return False
        if not family and word is Word.NONE:
            return urls.has_date(url) or urls.has_id(url)
        return words_of_name(url) >= min(fewest, ENOUGH_WORDS) or is_numbered(url) or reads_like_article(url)

    def is_below(self, url: str) -> bool:
        """Whether the URL is below the newsroom's section, and its slug has two words or more."""
        return self.scope.is_below(url) and (words_of_name(url) >= GUESSED_WORDS or reads_like_article(url))

    def is_likely(self, url: str, word: Word = Word.NONE) -> bool:
        """Whether the URL, or the name of the file that contains it, names news, and it looks like an article's."""
        if not OTHER_STEPS.isdisjoint(edition_free(url)):
            return False
        enough = Word.POSTS if self.scope.is_news else Word.NEWS
        vouched = word >= enough or (self.scope.is_news and not self.scope.section)
        return (vouched or urls.says_news(url)) and reads_like_article(url)

    def picked(self, found: Collection[str], word: Word = Word.NONE) -> set[str]:
        """Return those URLs, all found in one file, that are articles of the newsroom."""
        if self.families:
            return without_parents([url for url in found if self.is_proven(url, word) and self.may_be_article(url)])
        own = [url for url in found if self.may_be_article(url)]
        below = [url for url in own if self.is_below(url)] if self.scope.is_news else []
        return without_parents(below or self.nearest([url for url in own if self.is_likely(url, word)]))

    def nearest(self, likely: Sequence[str]) -> list[str]:
        """Return the URLs that share a news word with the newsroom's path, else those with any news word, else all."""
        own = stems(self.scope.section)
        tiers = [(2 if own & found else bool(found), url) for url in likely for found in [stems(edition_free(url))]]
        nearest = max((tier for tier, _ in tiers), default=0)
        return [url for tier, url in tiers if tier == nearest]

    def is_of_section(self, url: str) -> bool:
        """Whether an article of a site-wide feed may belong to this newsroom."""
        if not self.is_here(url) or self.is_bare:
            return True
        if self.families:
            return family_of(url, self.scope) in self.families
        named = [step for step in self.scope.family(url) if step != "#"]
        return not self.scope.is_news or self.scope.is_below(url) or not named or any(map(NEWS_STEMS.search, named))


def proven(listed: Collection[str], scope: Scope) -> dict[tuple[str, ...], int]:
    """Learn the patterns of several listed articles; on a site's home page only URLs that name news or a date count."""
    if len(listed) < LEAST_PROOF:
        return {}
    strict = not scope.section and not scope.is_news
    members: dict[tuple[str, ...], list[str]] = {}
    for url in listed:
        if not strict or urls.says_news(url) or urls.has_date(url):
            members.setdefault(family_of(url, scope), []).append(url)
    has_section = bool(scope.section) and 2 * len(members.get(scope.section, ())) > len(listed)
    least = max(LEAST_OF_FAMILY, len(listed) / (LEAST_SHARE_BESIDE if has_section else LEAST_SHARE))
    return {family: min(map(words_of_name, same)) for family, same in members.items() if len(same) >= least}


def family_of(url: str, scope: Scope) -> tuple[str, ...]:
    """What URLs of one kind share; where the query tells the article, that is the page's own name as well."""
    family = scope.family(url)
    path, _, query = url.partition("?")
    return (*family, *steps(url)[-1:], "?") if query and urls.has_id(url) and not urls.has_id(path) else family


def stems(path: Iterable[str]) -> set[str]:
    """Return the news words in a path's steps.

    >>> stems(("company", "press-releases")) == {"press", "releas"}
    True
    """
    return {stem for step in path for stem in NEWS_STEMS.findall(step)}


def words_of_name(url: str) -> int:
    return slug_words(steps(url)[-1]) if steps(url) else 0


def is_numbered(url: str) -> bool:
    """Whether the slug has a number and a word: /news/2009-results."""
    return words_of_name(url) >= GUESSED_WORDS and any(map(str.isdigit, steps(url)[-1]))


def without_parents(found: Collection[str]) -> set[str]:
    """Return the URLs without those above several others: these are listings."""
    above = Counter(steps(url)[:-1] for url in found)
    return {url for url in found if above[steps(url)] < LEAST_OF_FAMILY}


def reads_like_article(url: str) -> bool:
    """Whether the URL has a slug like a sentence, a date or an id."""
    return urls.has_slug(url) or urls.has_date(url) or urls.has_id(url)
