"""What a page is that a listing's link led to: an article, a listing, or something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpnews.discovery import urls
from corpnews.discovery.anchors import anchors_of, link_text, units
from corpnews.discovery.articles.links import is_listing_url, listed_records
from corpnews.discovery.pagers.pagination import pager_links
from corpnews.discovery.words import NOT_FOUND, OTHER_STEPS, words
from corpnews.extraction.blocks import Kind, Zone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.articles.records import Record
    from corpnews.discovery.scope import Scope
    from corpnews.extraction.blocks import Block
    from corpnews.extraction.page import Page

ARTICLE_TYPES = words("""
Article NewsArticle BlogPosting PressRelease Report ReportageNewsArticle AnalysisNewsArticle TechArticle LiveBlogPosting
SocialMediaPosting
""")
# schema.org types of whole pages that are no article, unless an article type stands beside them
OTHER_TYPES = {
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
CHROME = Zone.NAV | Zone.HEADER | Zone.FOOTER | Zone.FORM | Zone.HIDDEN | Zone.SHARE
SHORTEST_PROSE = 8  # units in a block
ERROR_PROSE = 400  # characters: an error page says little else
LISTING_PROSE = 300
LISTED = 5
LONG_HEADLINE = 6  # units
TEASER = 800  # characters: an item of a listing says no more
ASIDE = Zone.ASIDE | Zone.RELATED


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page's kind and the reason for it, in words for the log."""

    name: Literal["article", "listing", "other"]
    reason: str

    @property
    def is_article(self) -> bool:
        return self.name == "article"


def page_kind(
    page: Page, scope: Scope, *, headline: str | None = None, types: Collection[str] = (), dated: bool = False
) -> PageKind:
    """Tell what the page is; one that an article link led to is an article unless something speaks against it.

    `headline` is the page's headline as extracted, `types` the schema.org types that it declares, `dated` whether it states
    a date of publication outside its text.
    """
    charges = charges_against(page, scope, headline, frozenset(types), dated=dated)
    return next(charges, PageKind("article", "nothing speaks against it"))


def charges_against(page: Page, scope: Scope, headline: str | None, types: frozenset[str], *, dated: bool) -> Iterator[PageKind]:
    """What the page is by each sign that decides, the surest and cheapest first."""
    if reason := error_reason(page, headline):
        yield PageKind("other", reason)
    if not urls.edition_free(page.url) and not urls.has_id(page.url):
        yield PageKind("other", "the home page of the site")
    if urls.article_key(page.url) == urls.article_key(scope.start_url):
        yield PageKind("listing", "the listing that the newsroom begins with")
    if types & ARTICLE_TYPES:
        yield PageKind("article", "says so itself (schema.org)")
    if reason := declared_reason(page, types):
        yield PageKind("other", reason)
    if reason := listing_reason(page, scope, headline):
        yield PageKind("listing", reason)
    if not dated and (reason := address_reason(page.url, scope)):
        yield PageKind("other", reason)
    if not headline and not says_anything(page):
        yield PageKind("other", "no headline and no text")


def title_texts(page: Page, headline: str | None) -> Iterator[str]:
    """What the page calls itself: headline, first headings, title element."""
    yield headline or ""
    yield from [block.text for block in page.layout.blocks if block.kind is Kind.HEADING and block.level < 3][:3]
    yield from [element.text_content() for element in page.root.iter("title")][:1]


def prose_of(page: Page) -> Iterator[Block]:
    """The blocks outside navigation that read like sentences."""
    for block in page.layout.blocks:
        running = block.kind is not Kind.HEADING and block.link_density < 0.4 and not block.zone & CHROME
        if running and units(block.text) >= SHORTEST_PROSE:
            yield block


def says_anything(page: Page) -> bool:
    """Whether any text outside navigation is more than a label."""
    return any(units(block.text) > 4 and block.link_density < 0.5 and not block.zone & CHROME for block in page.layout.blocks)


def error_reason(page: Page, headline: str | None) -> str | None:
    """An error page sent with status 200 names the error in its title and says little else."""
    found = next((found for text in title_texts(page, headline) if len(text) < 120 and (found := NOT_FOUND.search(text))), None)
    if found is None or sum(len(block.text) for block in prose_of(page)) > ERROR_PROSE:
        return None
    return f"an error page ({found[0].strip()!r})"


def declared_reason(page: Page, types: Collection[str]) -> str | None:
    kind = page.meta.get("og:type", "").lower()
    if kind.startswith("article"):
        return None
    if kind.startswith("product") or kind == "profile":
        return f"a {kind.partition('.')[0]} (og:type)"
    name = next((name for name in types if name in OTHER_TYPES), None)
    return f"{OTHER_TYPES[name]} (schema.org {name})" if name else None


def listing_reason(page: Page, scope: Scope, headline: str | None) -> str | None:
    """A listing has the address of one, or a pager under many items, no prose beside them, and no headline to speak of.

    What looks like a year in the address may be the number of a release, which has a headline and lists little.
    """
    told = units(headline or "") >= LONG_HEADLINE
    if is_listing_url(page.url) and not urls.has_slug(page.url):
        return None if told and urls.is_period(page.url) and not lists_alone(page, scope) else "the address of a listing"
    if told or sum(link_text(link.element).isdigit() for link in page.layout.links) < 2:
        return None
    anchors = list(anchors_of(page, scope))
    records = main_records(page, scope, anchors)
    keys = {record.key for record in records}
    others = [anchor for anchor in anchors if anchor.key not in keys]
    if len(keys) < LISTED or len(set(pager_links(page, scope, others))) < 2 or prose_beside(page, records) > LISTING_PROSE:
        return None
    return f"lists {len(keys)} articles over several pages and says little else"


def lists_alone(page: Page, scope: Scope) -> bool:
    """Whether the page lists several articles, and says little else."""
    records = main_records(page, scope, list(anchors_of(page, scope)))
    return len({record.key for record in records}) >= LISTED and prose_beside(page, records) <= LISTING_PROSE


def main_records(page: Page, scope: Scope, anchors: Sequence[Anchor]) -> list[Record]:
    """The items that the page lists for their own sake, not beside something else."""
    return [record for record in listed_records(page, scope, anchors) if not record.box.zone & ASIDE]


def prose_beside(page: Page, records: Sequence[Record]) -> int:
    """The characters of prose outside the listed items."""
    items = [record for record in records if text_length(page, record) < TEASER]
    listed = {index for record in items for index in range(record.first, record.last + 1)}
    return sum(len(block.text) for block in prose_of(page) if block.index not in listed)


def text_length(page: Page, record: Record) -> int:
    return sum(len(block.text) for block in page.layout.blocks[record.first : record.last + 1])


def address_reason(url: str, scope: Scope) -> str | None:
    """The address of an about, contact or product page, outside the newsroom's section."""
    path = urls.edition_free(url)
    step = next((step for step in path if step in OTHER_STEPS), None)
    if step is None or scope.is_below(url) or urls.has_date(url) or urls.is_news(path):
        return None
    return f"its address has {step!r}"
