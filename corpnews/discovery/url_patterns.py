"""URL patterns of a newsroom's articles, learned from the links on its start page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from corpnews.discovery.articles.article_links import is_listing_url
from corpnews.web import url_features, urls
from corpnews.web.url_features import NEWS_STEM, OTHER_SEGMENTS, count_words_in_slug, split_path_without_edition
from corpnews.web.urls import split_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from corpnews.discovery.scope import Scope
    from corpnews.discovery.source import StartPage

_MIN_LISTED_LINKS: Final = 3  # on the start page
_MIN_LINKS_PER_PATTERN: Final = 2
_MIN_PATTERN_SHARE: Final = 10  # one of so many links suffices for a pattern
_MIN_PATTERN_SHARE_OUTSIDE_SECTION: Final = 3  # if most links are below the newsroom's section: other paths are often a blog
_MIN_GUESSED_SLUG_WORDS: Final = 2
_ENOUGH_SLUG_WORDS: Final = 3  # for a URL to match, even if all listed ones have more


@dataclass(frozen=True)
class ArticleUrlPatterns:
    """The URL patterns of the articles that the start page lists, each with the smallest number of words in a slug.

    Without patterns (the start page lists too few articles) only the newsroom's section is certain. `has_blog` says that the
    start page lists posts of a blog, or no articles at all, `has_numbers_like_years` that the last step of its articles' URLs may
    look like a year.
    """

    scope: Scope
    url_patterns: Mapping[tuple[str, ...], int]
    prefixes: tuple[str, ...] = field(repr=False)
    has_blog: bool = True
    has_numbers_like_years: bool = False

    @classmethod
    def learn(cls, start: StartPage) -> ArticleUrlPatterns:
        scope = start.scope
        listed = [link.url for link in start.listing.articles if scope.contains(link.url)]
        hosts = (scope.host, f"www.{scope.host}")
        prefixes = tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in hosts)
        has_blog = not listed or any(map(url_features.is_blog_url, listed))
        has_numbers_like_years = any(map(url_features.is_period_url, listed))
        return cls(scope, _learn_patterns(listed, scope), prefixes, has_blog, has_numbers_like_years)

    def is_on_host(self, url: str) -> bool:
        """Same as Scope.is_on_host, but faster: sitemaps have many URLs."""
        return url.startswith(self.prefixes) or self.scope.is_on_host(url)

    def may_be_article(self, url: str) -> bool:
        """Whether the URL is a page of the newsroom's host and is not a listing or another kind of page by its URL."""
        is_number = self.has_numbers_like_years and url_features.is_period_url(url) and self.matches(url)
        is_page = self.is_on_host(url) and not urls.is_asset_url(url)
        return is_page and (is_number or not is_listing_url(url)) and not self.is_other(url)

    def is_other(self, url: str) -> bool:
        """Whether the URL is the newsroom's own, in any edition, or that of a page that is never a release."""
        path = split_path(url)
        return (bool(path) and path[-1] in OTHER_SEGMENTS) or (
            split_path_without_edition(url) == self.scope.section and not url_features.has_article_id(url)
        )

    def is_other_blog(self, url: str) -> bool:
        return not self.has_blog and self.scope.is_other_blog(url)

    def matches(self, url: str, *, is_post: bool = False) -> bool:
        """Whether the URL has a pattern of the listed articles.

        At a site's root any page may stand: there the file's name (`is_post`), or a date or number in the URL, must suggest an
        article too.
        """
        family = _build_article_pattern(url, self.scope)
        fewest = self.url_patterns.get(family)
        if fewest is None:
            return False
        if not family and not is_post:
            return url_features.has_date_in_path(url) or url_features.has_article_id(url)
        words = _count_slug_words(url)
        has_words = words >= min(fewest, _ENOUGH_SLUG_WORDS)
        is_numbered = words >= _MIN_GUESSED_SLUG_WORDS and any(map(str.isdigit, split_path(url)[-1]))  # /news/2009-results
        return has_words or is_numbered or _is_article_like_url(url)

    def is_below_section(self, url: str) -> bool:
        """Whether the URL is below the section of a newsroom, and its slug has two words or more."""
        is_below = self.scope.is_news and self.scope.is_below_section(url)
        return is_below and (_count_slug_words(url) >= _MIN_GUESSED_SLUG_WORDS or _is_article_like_url(url))

    def select(self, found: Collection[str], *, is_post: bool = False) -> set[str]:
        """Return those URLs, all found in one file of pages or posts, that are articles of the newsroom."""
        if self.url_patterns:
            chosen = [url for url in found if self.matches(url, is_post=is_post) and self.may_be_article(url)]
        else:
            chosen = [url for url in found if self.is_below_section(url) and self.may_be_article(url)]
        above = Counter(split_path(url)[:-1] for url in chosen)  # a URL above several others is that of a listing
        return {url for url in chosen if above[split_path(url)] < _MIN_LINKS_PER_PATTERN or "?" in url}

    def group(self, found: Iterable[str]) -> list[tuple[tuple[str, ...], list[str]]]:
        """Return the URLs that may be articles by their form, grouped by their patterns, the largest group first."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for url in found:
            is_page = self.may_be_article(url) and OTHER_SEGMENTS.isdisjoint(split_path_without_edition(url))
            if is_page and not self.is_other_blog(url) and _is_article_like_url(url):
                groups.setdefault(_build_article_pattern(url, self.scope), []).append(url)
        large = [(pattern, urls) for pattern, urls in groups.items() if len(urls) >= _MIN_LINKS_PER_PATTERN]
        return sorted(large, key=lambda each: len(each[1]), reverse=True)

    def is_in_section(self, url: str) -> bool:
        """Whether an article of a site-wide feed may belong to this newsroom."""
        if not self.is_on_host(url) or _is_home_page(self.scope):
            return True
        if self.url_patterns:
            return _build_article_pattern(url, self.scope) in self.url_patterns
        named = [step for step in self.scope.url_pattern(url) if step != "#"]
        return not self.scope.is_news or self.scope.is_below_section(url) or not named or any(map(NEWS_STEM.search, named))


def _learn_patterns(listed: Collection[str], scope: Scope) -> dict[tuple[str, ...], int]:
    """Learn the patterns of several listed articles; on a site's home page only URLs that name news or a date count."""
    if len(listed) < _MIN_LISTED_LINKS:
        return {}
    strict = _is_home_page(scope)
    members: dict[tuple[str, ...], list[str]] = {}
    for url in listed:
        if not strict or url_features.is_news_url(url) or url_features.has_date_in_path(url):
            members.setdefault(_build_article_pattern(url, scope), []).append(url)
    has_section = bool(scope.section) and 2 * len(members.get(scope.section, ())) > len(listed)
    least = max(_MIN_LINKS_PER_PATTERN, len(listed) / (_MIN_PATTERN_SHARE_OUTSIDE_SECTION if has_section else _MIN_PATTERN_SHARE))
    return {family: min(map(_count_slug_words, same)) for family, same in members.items() if len(same) >= least}


def _build_article_pattern(url: str, scope: Scope) -> tuple[str, ...]:
    """Return the URL's pattern; if the query identifies the article, the name of the page is part of it."""
    family = scope.url_pattern(url)
    path, _, query = url.partition("?")
    is_told_by_query = query and url_features.has_article_id(url) and not url_features.has_article_id(path)
    return (*family, *split_path(url)[-1:], "?") if is_told_by_query else family


def _is_home_page(scope: Scope) -> bool:
    """Whether the start page is a site's home page, which may link to anything."""
    return not scope.section and not scope.is_news


def _count_slug_words(url: str) -> int:
    return count_words_in_slug(split_path(url)[-1]) if split_path(url) else 0


def _is_article_like_url(url: str) -> bool:
    """Whether the URL has a slug like a sentence, a date or an id."""
    return url_features.has_slug(url) or url_features.has_date_in_path(url) or url_features.has_article_id(url)
