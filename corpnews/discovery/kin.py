"""Which URLs of a site are its newsroom's articles, by the evidence of the newsroom's first page."""

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

LEAST_PROOF: Final = 3  # links of the first page
LEAST_OF_FAMILY: Final = 2
LEAST_SHARE: Final = 10  # one link in so many makes a family
LEAST_SHARE_BESIDE: Final = 3  # where most of the links stand below the newsroom's section: what stands beside is often a blog
GUESSED_WORDS: Final = 2
ENOUGH_WORDS: Final = 3  # for a URL to be of a family, even if all that are listed have more


class Word(IntEnum):
    """What the name of the file says that a URL stands in: nothing, that it holds posts, that it holds news."""

    NONE = 0
    POSTS = 1
    NEWS = 2


@dataclass(frozen=True)
class Kin:
    """The families of URLs that the first page's articles prove, each with the fewest words that a slug of it has.

    No families: the first page proves nothing, and URLs are judged by what they say themselves.
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
        """Whether the newsroom is a site's home page, whose links may lead to anything."""
        return not self.scope.section and not self.scope.is_news

    def is_here(self, url: str) -> bool:
        """As the scope says it, faster: sitemaps have many URLs."""
        return url.startswith(self.prefixes) or self.scope.is_here(url)

    def may_be_article(self, url: str) -> bool:
        """Whether the URL is a page of the newsroom's host that is no listing, nor anything else by its name."""
        return self.is_here(url) and not urls.is_asset(url) and not is_listing_url(url) and not self.is_other(url)

    def is_other(self, url: str) -> bool:
        """Whether the URL names the newsroom itself, in whatever edition, or a page that no release is."""
        path = steps(url)
        return (bool(path) and path[-1] in OTHER_STEPS) or (edition_free(url) == self.scope.section and not urls.has_id(url))

    def is_proven(self, url: str, word: Word = Word.NONE) -> bool:
        """Whether the URL is built as those of the listed articles are.

        At a site's root anything may stand: there, the file's name or a date or number must speak for the URL as well.
        """
        family = family_of(url, self.scope)
        fewest = self.families.get(family)
        if fewest is None:
            return False
        if not family and word is Word.NONE:
            return urls.has_date(url) or urls.has_id(url)
        return words_of_name(url) >= min(fewest, ENOUGH_WORDS) or is_numbered(url) or reads_like_article(url)

    def is_below(self, url: str) -> bool:
        """Whether the URL stands below the newsroom's section, and has more than a word for a name."""
        return self.scope.is_below(url) and (words_of_name(url) >= GUESSED_WORDS or reads_like_article(url))

    def is_likely(self, url: str, word: Word = Word.NONE) -> bool:
        """Whether the URL, or the name of its file, speaks of news, and it looks like an article's."""
        if not OTHER_STEPS.isdisjoint(edition_free(url)):
            return False
        enough = Word.POSTS if self.scope.is_news else Word.NEWS
        vouched = word >= enough or (self.scope.is_news and not self.scope.section)
        return (vouched or urls.says_news(url)) and reads_like_article(url)

    def picked(self, found: Collection[str], word: Word = Word.NONE) -> set[str]:
        """Those of the URLs, all found in one file, that are articles of the newsroom."""
        if self.families:
            return without_parents([url for url in found if self.is_proven(url, word) and self.may_be_article(url)])
        own = [url for url in found if self.may_be_article(url)]
        below = [url for url in own if self.is_below(url)] if self.scope.is_news else []
        return without_parents(below or self.nearest([url for url in own if self.is_likely(url, word)]))

    def nearest(self, likely: Sequence[str]) -> list[str]:
        """Of URLs that are articles of some kind, those that share a word with the newsroom's, else those of news, else all."""
        own = stems(self.scope.section)
        tiers = [(2 if own & found else bool(found), url) for url in likely for found in [stems(edition_free(url))]]
        nearest = max((tier for tier, _ in tiers), default=0)
        return [url for tier, url in tiers if tier == nearest]

    def is_of_section(self, url: str) -> bool:
        """Whether an article of the whole site's feed may be one of this newsroom's."""
        if not self.is_here(url) or self.is_bare:
            return True
        if self.families:
            return family_of(url, self.scope) in self.families
        named = [step for step in self.scope.family(url) if step != "#"]
        return not self.scope.is_news or self.scope.is_below(url) or not named or any(map(NEWS_STEMS.search, named))


def proven(listed: Collection[str], scope: Scope) -> dict[tuple[str, ...], int]:
    """The families to which several of the listed articles belong; a site's home proves only those that speak of news."""
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
    """The parts of a path's steps that speak of news.

    >>> stems(("company", "press-releases")) == {"press", "releas"}
    True
    """
    return {stem for step in path for stem in NEWS_STEMS.findall(step)}


def words_of_name(url: str) -> int:
    return slug_words(steps(url)[-1]) if steps(url) else 0


def is_numbered(url: str) -> bool:
    """Whether the URL's name has a number and a word: /news/2009-results."""
    return words_of_name(url) >= GUESSED_WORDS and any(map(str.isdigit, steps(url)[-1]))


def without_parents(found: Collection[str]) -> set[str]:
    """The URLs without those below which several others stand: these are listings."""
    above = Counter(steps(url)[:-1] for url in found)
    return {url for url in found if above[steps(url)] < LEAST_OF_FAMILY}


def reads_like_article(url: str) -> bool:
    """Whether the URL has a sentence for a name, a date or a number."""
    return urls.has_slug(url) or urls.has_date(url) or urls.has_id(url)
