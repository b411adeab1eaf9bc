"""What the names of sitemaps say of their content, and which of several to read first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from corpnews.discovery.kin import Word
from corpnews.discovery.urls import YEAR
from corpnews.discovery.words import NEWS_STEMS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.discovery.sitemaps.reader import Child

# Words of names behind which posts stand; stems that speak of news stand in NEWS_STEMS.
POST_NAMES = words("post posts blog blogs article articles artikel artikelen story stories")
# Words of names behind which no article stands, whatever other words stand beside them.
LABEL_NAMES = words("""
category categories cat tag tags author authors user users taxonomy taxonomies tax image images video videos kategorie
kategorien categorie categoria categorias term terms label labels
""")
# Words of names behind which other pages stand, unless a word of posts or news stands beside them.
OTHER_NAMES = words("""
page pages product products produkt produkte produits productos store stores shop collection collections location
locations job jobs career careers event events faq faqs help support landing people team staff member members property
properties project projects portfolio course courses testimonial testimonials service services solution solutions
resource resources document documents download downloads attachment attachments dealer dealers archives
""")
# WordPress's own sitemaps of every kind of content are "posts": the kind follows.
KIND_OF_POST = re.compile(r"wp-sitemap-posts-")
NAME_WORD = re.compile(r"[^\W\d_]+")
YEAR_IN_NAME = re.compile(rf"(?<!\d){YEAR}(?!\d)(?:[-_/]?(?:0[1-9]|1[0-2])(?!\d))?")
NOT_AT_ALL: Final = -1
# Words that stand in the name of any sitemap, and so say nothing.
USUAL = words("sitemap sitemaps sitemapindex index xml gz txt html wp wordpress php main site google")


def words_of(url: str) -> set[str]:
    """The words of a sitemap's name; of those above it where the name itself says nothing.

    >>> sorted(words_of("https://example.com/blog/sitemap-1.xml")), sorted(words_of("https://example.com/files/news-sitemap.xml"))
    (['blog'], ['news'])
    """
    parts = urlsplit(url)
    path = KIND_OF_POST.sub("", unquote(parts.path).lower())
    named = set(NAME_WORD.findall(f"{path.rpartition('/')[2]}?{unquote(parts.query).lower()}")) - USUAL
    return named or set(NAME_WORD.findall(path)) - USUAL


def value_of(url: str, section: Sequence[str] = ()) -> int:
    """What a sitemap of that name holds: a Word of news or posts, nothing that is told, or NOT_AT_ALL: no articles.

    >>> value_of("https://example.com/press_release-sitemap.xml"), value_of("https://example.com/post-sitemap2.xml")
    (<Word.NEWS: 2>, <Word.POSTS: 1>)
    >>> value_of("https://example.com/post_tag-sitemap.xml"), value_of("https://example.com/sitemap-1.xml")
    (-1, <Word.NONE: 0>)
    """
    found = words_of(url)
    if not LABEL_NAMES.isdisjoint(found):
        return NOT_AT_ALL
    if any(map(NEWS_STEMS.search, found)) or any(found.issuperset(NAME_WORD.findall(step)) for step in section[-1:]):
        return Word.NEWS
    if not POST_NAMES.isdisjoint(found):
        return Word.POSTS if OTHER_NAMES.isdisjoint(found) else Word.NONE
    return Word.NONE if OTHER_NAMES.isdisjoint(found) else NOT_AT_ALL


def word_of(url: str) -> Word:
    """What the name of the file itself vouches for."""
    return Word(max(Word.NONE, value_of(url)))


def in_reading_order(children: Iterable[Child], section: Sequence[str]) -> list[Child]:
    """The sitemaps that are worth reading: of news first, the newest first; those of other things only if none is of news."""
    valued = [(value_of(child.url, section), child) for child in children]
    if any(value >= Word.POSTS for value, _ in valued):
        valued = [(value, child) for value, child in valued if value != NOT_AT_ALL]
    return [child for _, child in sorted(valued, key=lambda each: (each[0], age_key(each[1])), reverse=True)]


def age_key(child: Child) -> str:
    """A text that is the greater, the newer the sitemap is; the year in its name says more than the day of its last change."""
    named = YEAR_IN_NAME.search(child.url)
    return re.sub(r"[_/]", "-", named[0]) if named else child.lastmod
