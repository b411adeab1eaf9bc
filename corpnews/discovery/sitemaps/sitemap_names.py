"""What the names of sitemaps say about their content, and which of several to read first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.discovery.url_patterns import SitemapSubject
from corpnews.web.text import split_terms
from corpnews.web.url_vocabulary import NEWS_STEM
from corpnews.web.urls import YEAR_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.sitemaps.sitemap_parser import ChildSitemap

# Names of sitemaps of posts; those of news are matched by NEWS_STEM.
_POST_NAMES = split_terms("post posts blog blogs article articles artikel artikelen story stories")
# Names of sitemaps without articles, whatever other words the name has.
_LABEL_NAMES = split_terms("""
category categories cat tag tags author authors user users taxonomy taxonomies tax image images video videos kategorie
kategorien categorie categoria categorias term terms label labels
""")
# Names of sitemaps of other pages, unless the name has a word for posts or news too.
_OTHER_NAMES = split_terms("""
page pages product products produkt produkte produits productos store stores shop collection collections location
locations job jobs career careers event events faq faqs help support landing people team staff member members property
properties project projects portfolio course courses testimonial testimonials service services solution solutions
resource resources document documents download downloads attachment attachments dealer dealers archives
""")
# WordPress calls sitemaps of every content type "posts"; the type follows.
_KIND_OF_POST = re.compile(r"wp-sitemap-posts-")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_YEAR_IN_SITEMAP_NAME = re.compile(rf"(?<!\d){YEAR_PATTERN}(?!\d)(?:[-_/]?(?:0[1-9]|1[0-2])(?!\d))?")
_NO_ARTICLES: Final = -1
# Words in the names of all sitemaps.
_USUAL_NAME_WORDS = split_terms("sitemap sitemaps sitemapindex index xml gz txt html wp wordpress php main site google")


def _find_name_words(url: str) -> set[str]:
    """Return the words of a sitemap's file name and query, or of its whole path if these say nothing.

    >>> sorted(_find_name_words("https://example.com/blog/sitemap-1.xml")), sorted(_find_name_words("https://example.com/files/news-sitemap.xml"))
    (['blog'], ['news'])
    """
    parts = urlsplit(url)
    path = _KIND_OF_POST.sub("", unquote(parts.path).lower())
    named = set(_NAME_WORD.findall(f"{path.rpartition('/')[2]}?{unquote(parts.query).lower()}")) - _USUAL_NAME_WORDS
    return named or set(_NAME_WORD.findall(path)) - _USUAL_NAME_WORDS


def _rate_sitemap(url: str, section: Sequence[str] = ()) -> int:
    """Rate a sitemap by its name: a SitemapSubject, or NO_ARTICLES.

    >>> _rate_sitemap("https://example.com/press_release-sitemap.xml"), _rate_sitemap("https://example.com/post-sitemap2.xml")
    (<SitemapSubject.NEWS: 2>, <SitemapSubject.POSTS: 1>)
    >>> _rate_sitemap("https://example.com/post_tag-sitemap.xml"), _rate_sitemap("https://example.com/sitemap-1.xml")
    (-1, <SitemapSubject.NONE: 0>)
    """
    found = _find_name_words(url)
    if not _LABEL_NAMES.isdisjoint(found):
        return _NO_ARTICLES
    if any(map(NEWS_STEM.search, found)) or any(found.issuperset(_NAME_WORD.findall(step)) for step in section[-1:]):
        return SitemapSubject.NEWS
    if not _POST_NAMES.isdisjoint(found):
        return SitemapSubject.POSTS if _OTHER_NAMES.isdisjoint(found) else SitemapSubject.NONE
    return SitemapSubject.NONE if _OTHER_NAMES.isdisjoint(found) else _NO_ARTICLES


def get_sitemap_subject(url: str) -> SitemapSubject:
    """Return the subject that the file's name states."""
    return SitemapSubject(max(SitemapSubject.NONE, _rate_sitemap(url)))


def sort_sitemaps(children: Iterable[ChildSitemap], section: Sequence[str]) -> list[ChildSitemap]:
    """Return the sitemaps to read: news first, then newest first; those without articles only if no name states news or posts."""
    valued = [(_rate_sitemap(child.url, section), child) for child in children]
    if any(value >= SitemapSubject.POSTS for value, _ in valued):
        valued = [(value, child) for value, child in valued if value != _NO_ARTICLES]
    return [child for _, child in sorted(valued, key=lambda each: (each[0], _get_sort_age(each[1])), reverse=True)]


def _get_sort_age(child: ChildSitemap) -> str:
    """Return a sort key by age: the year in the sitemap's name, else its last modification."""
    named = _YEAR_IN_SITEMAP_NAME.search(child.url)
    return re.sub(r"[_/]", "-", named[0]) if named else child.lastmod
