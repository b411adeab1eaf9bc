"""What a page is that a listing's link led to: an article, a listing, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpnews.discovery.anchors import count_words, find_anchors, read_link_text
from corpnews.discovery.articles.article_links import find_article_items, is_listing_url
from corpnews.discovery.pagers.pagination import find_pager_links
from corpnews.discovery.vocabulary import NOT_FOUND_TEXT
from corpnews.page.layout import BlockKind, Zone
from corpnews.web import urls
from corpnews.web.text import split_terms
from corpnews.web.url_vocabulary import OTHER_STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.articles.list_items import ListItem
    from corpnews.discovery.scope import Scope
    from corpnews.page.layout import Block
    from corpnews.page.page import Page

ARTICLE_SCHEMA_TYPES = split_terms("""
Article NewsArticle BlogPosting PressRelease Report ReportageNewsArticle AnalysisNewsArticle TechArticle LiveBlogPosting
SocialMediaPosting
""")
# schema.org types of whole pages that are no article, unless an article type stands beside them
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
    """A page's kind and the reason for it, in words for the log."""

    name: Literal["article", "listing", "other"]
    reason: str

    @property
    def is_article(self) -> bool:
        return self.name == "article"


def classify(
    page: Page, scope: Scope, *, headline: str | None = None, types: Collection[str] = (), dated: bool = False
) -> PageKind:
    """Tell what the page is; one that an article link led to is an article unless something speaks against it.

    `headline` is the page's headline as extracted, `types` the schema.org types that it declares, `dated` whether it states
    a date of publication outside its text.
    """
    charges = _iter_classifications(page, scope, headline, frozenset(types), dated=dated)
    return next(charges, PageKind("article", "nothing speaks against it"))


def _iter_classifications(
    page: Page, scope: Scope, headline: str | None, types: frozenset[str], *, dated: bool
) -> Iterator[PageKind]:
    """What the page is by each sign that decides, the surest and cheapest first."""
    if reason := _find_error_reason(page, headline):
        yield PageKind("other", reason)
    if not urls.split_path_without_edition(page.url) and not urls.has_article_id(page.url):
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
    if not headline and not _has_text(page):
        yield PageKind("other", "no headline and no text")


def _iter_page_titles(page: Page, headline: str | None) -> Iterator[str]:
    """What the page calls itself: headline, first headings, title element."""
    yield headline or ""
    yield from [block.text for block in page.layout.blocks if block.kind is BlockKind.HEADING and block.level < 3][:3]
    yield from [element.text_content() for element in page.root.iter("title")][:1]


def _iter_prose(page: Page) -> Iterator[Block]:
    """The blocks outside navigation that read like sentences."""
    for block in page.layout.blocks:
        running = block.kind is not BlockKind.HEADING and block.link_density < 0.4 and not block.zone & _NON_CONTENT_ZONES
        if running and count_words(block.text) >= _MIN_PROSE_WORDS:
            yield block


def _has_text(page: Page) -> bool:
    """Whether any text outside navigation is more than a label."""
    return any(
        count_words(block.text) > 4 and block.link_density < 0.5 and not block.zone & _NON_CONTENT_ZONES
        for block in page.layout.blocks
    )


def _find_error_reason(page: Page, headline: str | None) -> str | None:
    """An error page sent with status 200 names the error in its title and says little else."""
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
    """A listing has the address of one, or a pager under many items, no prose beside them, and no headline to speak of.

    What looks like a year in the address may be the number of a release, which has a headline and lists little.
    """
    told = count_words(headline or "") >= _MIN_LONG_HEADLINE_WORDS
    if is_listing_url(page.url) and not urls.has_slug(page.url):
        return None if told and urls.is_period_url(page.url) and not _is_list_only(page, scope) else "the address of a listing"
    if told or sum(read_link_text(link.element).isdigit() for link in page.layout.links) < 2:
        return None
    anchors = list(find_anchors(page, scope))
    records = _find_main_items(page, scope, anchors)
    keys = {record.key for record in records}
    others = [anchor for anchor in anchors if anchor.key not in keys]
    if (
        len(keys) < _MIN_LISTED_ARTICLES
        or len(set(find_pager_links(page, scope, others))) < 2
        or _count_prose_outside(page, records) > _MAX_LISTING_PROSE
    ):
        return None
    return f"lists {len(keys)} articles over several pages and says little else"


def _is_list_only(page: Page, scope: Scope) -> bool:
    """Whether the page lists several articles, and says little else."""
    records = _find_main_items(page, scope, list(find_anchors(page, scope)))
    return (
        len({record.key for record in records}) >= _MIN_LISTED_ARTICLES
        and _count_prose_outside(page, records) <= _MAX_LISTING_PROSE
    )


def _find_main_items(page: Page, scope: Scope, anchors: Sequence[Anchor]) -> list[ListItem]:
    """The items that the page lists for their own sake, not beside something else."""
    return [record for record in find_article_items(page, scope, anchors) if not record.box.zone & _RELATED_ZONES]


def _count_prose_outside(page: Page, records: Sequence[ListItem]) -> int:
    """The characters of prose outside the listed items."""
    items = [record for record in records if _get_item_length(page, record) < _MAX_TEASER_LENGTH]
    listed = {index for record in items for index in range(record.first, record.last + 1)}
    return sum(len(block.text) for block in _iter_prose(page) if block.index not in listed)


def _get_item_length(page: Page, record: ListItem) -> int:
    return sum(len(block.text) for block in page.layout.blocks[record.first : record.last + 1])


def _find_url_reason(url: str, scope: Scope) -> str | None:
    """The address of an about, contact or product page, outside the newsroom's section."""
    path = urls.split_path_without_edition(url)
    step = next((step for step in path if step in OTHER_STEPS), None)
    if step is None or scope.is_below_section(url) or urls.has_date_in_path(url) or urls.has_news_step(path):
        return None
    return f"its address has {step!r}"
