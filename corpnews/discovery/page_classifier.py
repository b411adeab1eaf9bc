"""The page classifier: whether a page is an article, a listing, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpnews.discovery.anchors import Anchor, count_words, find_anchors, read_link_text
from corpnews.discovery.articles.article_links import find_article_items, is_listing_url
from corpnews.discovery.newsroom_links import NEWS_LABELS, PRESS_LABELS
from corpnews.discovery.pagers.pagination import find_pager_links
from corpnews.discovery.scope import Scope
from corpnews.discovery.vocabulary import NOT_FOUND_TEXT
from corpnews.page.layout import Block, BlockKind, Zone
from corpnews.web import url_features, urls
from corpnews.web.text import normalize_label, split_terms
from corpnews.web.url_features import OTHER_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.page.page import Page

ARTICLE_SCHEMA_TYPES = split_terms("""
Article NewsArticle BlogPosting PressRelease Report ReportageNewsArticle AnalysisNewsArticle TechArticle LiveBlogPosting
SocialMediaPosting
""")
# schema.org types of pages that are no articles, unless the page declares an article type too
_OTHER_SCHEMA_TYPES = {
    "Product": "a product",
    "ProductGroup": "a product",
    "JobPosting": "a job",
    "AboutPage": "an about page",
    "ContactPage": "a contact page",
    "ProfilePage": "a profile",
    "SearchResultsPage": "search results",
    "CollectionPage": "a collection",
    "LocalBusiness": "a place of business",
    "Recipe": "a recipe",
}
_NON_CONTENT_ZONES = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.FORM | Zone.HIDDEN | Zone.SHARE
_MIN_PROSE_WORDS = 8  # units in a block
_MAX_ERROR_PAGE_PROSE = 400  # characters: an error page says little else
_MAX_LISTING_PROSE = 300
_MIN_LISTED_ARTICLES = 5
_MIN_LONG_HEADLINE_WORDS = 6  # units
_MAX_TEASER_LENGTH = 800  # characters: an item of a listing says no more
_RELATED_ZONES = Zone.ASIDE | Zone.RELATED


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page's kind and the reason for it, as a phrase for the log."""

    name: Literal["article", "listing", "other"]
    reason: str

    @property
    def is_article(self) -> bool:
        return self.name == "article"


def classify(
    page: Page, scope: Scope, *, headline: str | None = None, types: Collection[str] = (), dated: bool = False
) -> PageKind:
    """Classify a page that an article link led to: it is an article unless one of the checks decides otherwise.

    Known of the page are its `headline`, as extracted, the schema.org `types` that it declares, and whether it is `dated`: states
    its date of publication outside its text.
    """
    if headline is not None and scope.is_article_url(page.url):
        return PageKind("article", "the newsroom says so")
    charges = _iter_classifications(page, scope, headline, frozenset(types), dated=dated)
    return next(charges, PageKind("article", "nothing speaks against it"))


def classify_unlinked(page: Page, *, headline: str | None = None, types: Collection[str] = (), dated: bool = False) -> PageKind:
    """Classify a page of which nobody knows whether an article link leads to it, such as one of a WARC file."""
    kind = classify(page, Scope.from_start_url(f"https://{page.host}/"), headline=headline, types=types, dated=dated)
    if kind.is_article and ARTICLE_SCHEMA_TYPES.isdisjoint(types) and is_newsroom_url(page.url):
        return PageKind("listing", "the URL of a listing page")
    return kind


def is_newsroom_url(url: str) -> bool:
    """Whether the last step of the URL's path consists of newsroom words only, such as `press-releases`.

    >>> is_newsroom_url("https://acme.example/en/press-releases/"), is_newsroom_url("https://acme.example/news/?id=17")
    (True, False)
    """
    words = urls.SLUG_WORD.findall("".join(url_features.split_path_without_edition(url)[-1:]))
    return bool(words) and "?" not in url and all(word.isalpha() and url_features.has_news_segment((word,)) for word in words)


def _iter_classifications(
    page: Page, scope: Scope, headline: str | None, types: frozenset[str], *, dated: bool
) -> Iterator[PageKind]:
    """Yield a classification for each check that decides, the most reliable and cheapest first."""
    if reason := _find_error_reason(page, headline):
        yield PageKind("other", reason)
    if url_features.is_home_page_url(page.url):
        yield PageKind("other", "the home page of the site")
    if urls.article_key(page.url) == urls.article_key(scope.start_url):
        yield PageKind("listing", "the listing that the newsroom begins with")
    if types & ARTICLE_SCHEMA_TYPES:
        yield PageKind("article", "says so itself (schema.org)")
    if reason := _find_declared_reason(page, types):
        yield PageKind("other", reason)
    if reason := _find_listing_reason(page, scope, headline):
        yield PageKind("listing", reason)
    if not dated and (reason := _find_url_reason(page.url, scope)):
        yield PageKind("other", reason)
    if not dated and headline and normalize_label(headline) in PRESS_LABELS | NEWS_LABELS:
        yield PageKind("listing", "its headline names a newsroom")
    if not headline and not _has_text(page):
        yield PageKind("other", "no headline and no text")


def _iter_page_titles(page: Page, headline: str | None) -> Iterator[str]:
    """Yield the page's headline, first headings and title element."""
    yield headline or ""
    yield from [block.text for block in page.layout.blocks if block.kind is BlockKind.HEADING and block.level < 3][:3]
    yield from [element.text_content() for element in page.root.iter("title")][:1]


def _iter_prose(page: Page) -> Iterator[Block]:
    """Yield the blocks of running text outside navigation."""
    for block in page.layout.blocks:
        running = block.kind is not BlockKind.HEADING and block.link_density < 0.4 and not block.zone & _NON_CONTENT_ZONES
        if running and count_words(block.text) >= _MIN_PROSE_WORDS:
            yield block


def _has_text(page: Page) -> bool:
    """Whether any text outside navigation is longer than a label."""
    return any(
        count_words(block.text) > 4 and block.link_density < 0.5 and not block.zone & _NON_CONTENT_ZONES
        for block in page.layout.blocks
    )


def _find_error_reason(page: Page, headline: str | None) -> str | None:
    """Return the reason if this is an error page sent with status 200: its title names the error, and it has little text."""
    found = next(
        (found for text in _iter_page_titles(page, headline) if len(text) < 120 and (found := NOT_FOUND_TEXT.search(text))), None
    )
    if found is None or sum(len(block.text) for block in _iter_prose(page)) > _MAX_ERROR_PAGE_PROSE:
        return None
    return f"an error page ({found[0].strip()!r})"


def _find_declared_reason(page: Page, types: Collection[str]) -> str | None:
    kind = page.meta.get("og:type", "").lower()
    if kind.startswith("article"):
        return None
    if kind.startswith("product") or kind == "profile":
        return f"a {kind.partition('.')[0]} (og:type)"
    name = next((name for name in types if name in _OTHER_SCHEMA_TYPES), None)
    return f"{_OTHER_SCHEMA_TYPES[name]} (schema.org {name})" if name else None


def _find_listing_reason(page: Page, scope: Scope, headline: str | None) -> str | None:
    """Return the reason if this is a listing: by its URL, or by a pager, many items, and little other text.

    A number in the URL that looks like a year may be a release's: such a page has a long headline and lists little.
    """
    has_long_headline = count_words(headline or "") >= _MIN_LONG_HEADLINE_WORDS
    if is_listing_url(page.url) and not url_features.has_slug(page.url):
        return (
            None
            if has_long_headline and url_features.is_period_url(page.url) and not _is_list_only(page, scope)
            else "the address of a listing"
        )
    if has_long_headline or sum(read_link_text(link.element).isdigit() for link in page.layout.links) < 2:
        return None
    anchors = list(find_anchors(page, scope))
    items = _find_main_items(page, scope, anchors)
    keys = {item.key for item in items}
    others = [anchor for anchor in anchors if anchor.key not in keys]
    if (
        len(keys) < _MIN_LISTED_ARTICLES
        or len(set(find_pager_links(page, scope, others))) < 2
        or _count_prose_outside(page, items) > _MAX_LISTING_PROSE
    ):
        return None
    return f"lists {len(keys)} articles over several pages and says little else"


def _is_list_only(page: Page, scope: Scope) -> bool:
    """Whether the page lists several articles and has little other text."""
    items = _find_main_items(page, scope, list(find_anchors(page, scope)))
    return len({item.key for item in items}) >= _MIN_LISTED_ARTICLES and _count_prose_outside(page, items) <= _MAX_LISTING_PROSE


def _find_main_items(page: Page, scope: Scope, anchors: Sequence[Anchor]) -> list[ListItem]:
    """Return the listed items, without those in asides and related links."""
    return [item for item in find_article_items(page, scope, anchors) if not item.box.zone & _RELATED_ZONES]


def _count_prose_outside(page: Page, items: Sequence[ListItem]) -> int:
    """Count the characters of prose outside the listed items."""
    items = [item for item in items if _get_item_length(page, item) < _MAX_TEASER_LENGTH]
    listed = {index for item in items for index in range(item.first, item.last + 1)}
    return sum(len(block.text) for block in _iter_prose(page) if block.index not in listed)


def _get_item_length(page: Page, item: ListItem) -> int:
    return sum(len(block.text) for block in page.layout.blocks[item.first : item.last + 1])


def _find_url_reason(url: str, scope: Scope) -> str | None:
    """Return the reason if the URL is that of an about, contact or product page outside the newsroom's section."""
    path = url_features.split_path_without_edition(url)
    step = next((step for step in path if step in OTHER_SEGMENTS), None)
    if step is None or scope.is_below_section(url) or url_features.has_date_in_path(url) or url_features.has_news_segment(path):
        return None
    return f"its address has {step!r}"
