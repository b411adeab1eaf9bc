"""Reads a listing page: its articles and the further listing pages that it links to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpnews.discovery.anchors import count_words, iter_anchors
from corpnews.discovery.articles.article_links import build_article_links, find_item_groups
from corpnews.discovery.articles.document_items import find_document_items
from corpnews.discovery.articles.item_groups import ItemGroup, is_uncertain_group, select_article_items, select_other_items
from corpnews.discovery.data.json_lists import JsonList, iter_json_lists, merge_links
from corpnews.discovery.newsroom_links import find_newsroom_links
from corpnews.discovery.pagers.pagination import find_next_requests, iter_declared_editions
from corpnews.discovery.source import Listing, SourceResponse, StartPage
from corpnews.discovery.uncertain_lists import FEW_ARTICLES, UncertainList
from corpnews.extraction.listing_entry import ArticleLink
from corpnews.extraction.structured_data.json_ld import iter_json_ld_lists
from corpnews.page.garbage import pause_garbage_collection
from corpnews.web.sites import get_host
from corpnews.web.url_features import has_date_in_path, is_news_url
from corpnews.web.urls import article_key, split_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from corpnews.discovery.anchors import Anchor
    from corpnews.discovery.articles.list_items import ListItem, ListPlace
    from corpnews.discovery.scope import Scope
    from corpnews.page.page import Page

_MIN_SIBLING_LINKS: Final = 5
_MAX_TEASERS: Final = 6
_MIN_UNCERTAIN_ROWS: Final = 3
_MIN_HEADLINE_WORDS: Final = 4


def read_start_page(response: SourceResponse, scope: Scope) -> StartPage:
    """Read a newsroom's start page. If it lists no articles on its own host, those on the company's other hosts are taken.

    Hosts of the editions that the page declares are the newsroom's own.
    """
    scope = replace(scope, sibling_hosts=scope.sibling_hosts | _find_edition_hosts(response.page, scope))
    listing = _read_start_listing(response.page, scope)
    siblings = frozenset() if listing.articles else _find_sibling_hosts(response.page, scope)
    if siblings:
        wider = replace(scope, sibling_hosts=siblings)
        elsewhere = _read_start_listing(response.page, wider)
        news = [link for link in elsewhere.articles if link.date or is_news_url(link.url) or has_date_in_path(link.url)]
        if 2 * len(news) > max(_MIN_SIBLING_LINKS, len(elsewhere.articles)):
            return StartPage(response, wider, elsewhere, set(elsewhere.places))
    return StartPage(response, scope, listing, set(listing.places))


def _read_start_listing(page: Page, scope: Scope) -> Listing:
    listing = read_listing(page, scope)
    if _has_only_teasers(page, scope, listing):
        return replace(listing, articles=(), other_articles=(*listing.other_articles, *listing.articles))
    return listing


def _has_only_teasers(page: Page, scope: Scope, listing: Listing) -> bool:
    """Whether a page lists nothing but a few posts of a blog, and leads to a newsroom."""
    here = split_path(page.url)
    has_more = any(split_path(url)[: len(here)] == here for url in listing.next_pages)
    if not listing.articles or len(listing.articles) > _MAX_TEASERS or has_more:
        return False
    newsrooms = (url for url in find_newsroom_links(page, scope) if not scope.is_other_blog(url))
    return all(scope.is_other_blog(link.url) for link in listing.articles) and any(newsrooms)


def _find_edition_hosts(page: Page, scope: Scope) -> frozenset[str]:
    """Return the hosts of the company on which the same page stands in other languages, if each language has its own."""
    editions = (edition for edition in iter_declared_editions(page) if edition[0] != "x-default")
    hosts = {tag: get_host(url) for tag, url in editions if scope.is_on_company_site(url)}
    own = scope.host in hosts.values() and len(set(hosts.values())) == len(hosts)
    return frozenset(hosts.values()) - {scope.host} if own else frozenset()


def _find_sibling_hosts(page: Page, scope: Scope) -> frozenset[str]:
    linked = filter(None, (page.resolve_url(mark.element.get("href")) for mark in page.layout.links))
    return frozenset(get_host(url) for url in linked if scope.is_on_company_site(url)) - {scope.host}


@pause_garbage_collection()
def read_listing(
    page: Page, scope: Scope, known_places: Collection[ListPlace] = (), shared_sections: Collection[tuple[str, ...]] = ()
) -> Listing:
    """Find the articles that `page` lists and the pages that list more, within `scope`.

    At `known_places` other pages of the newsroom list articles; some are in `shared_sections` of the site.
    """
    entries = list(iter_anchors(page, scope.contains_entry))
    anchors = [anchor for anchor in entries if scope.contains(anchor.url)]
    groups = find_item_groups(page, scope, entries, known_places)
    items = list(_iter_own_entries(select_article_items(groups, scope), scope, known_places))
    files = find_document_items(page, scope, anchors, items)
    articles = build_article_links(sorted((*items, *files), key=lambda item: item.first) if files else items)
    # the page's data for scripts, the lists that it states for search engines, and what its components have
    values = [*page.embedded_values, *iter_json_ld_lists(page), *_iter_component_rows(page)]
    listed = list(iter_json_lists(values, page.base_url, [link.url for link in articles]))
    data = [each for each in listed if each.is_certain or each.place in known_places]
    articles = _apply_declarations(_add_embedded_articles(scope, articles, data), anchors, scope)
    uncertain = tuple(_find_uncertain(scope, groups, listed, articles))
    blog = articles if uncertain and all(scope.is_other_blog(link.url) for link in articles) else []
    articles = [] if blog else articles
    keys = {article_key(link.url) for link in articles}
    places = frozenset(place for item in items for place in (item.place, item.place_in_fragment)) | {each.place for each in data}
    others = (*blog, *build_article_links(select_other_items(groups, scope, keys, shared_sections)))
    totals = tuple(each.total for each in data if each.total and keys.issuperset(article_key(link.url) for link in each.links))
    return Listing(tuple(articles), find_next_requests(page, scope, anchors, keys), uncertain, others, totals, places)


def _iter_own_entries(items: Sequence[ListItem], scope: Scope, known_places: Collection[ListPlace]) -> Iterator[ListItem]:
    """Yield the items on the newsroom's hosts, and those on other hosts of the company that are in one list with these.

    A dated item whose URL has the pattern of these may stand elsewhere, as the newest release does.
    """
    own = {item for item in items if scope.contains(item.url)}
    lists, patterns = {item.box.parent for item in own}, {scope.url_pattern(item.url) for item in own}
    for item in items:
        is_listed = item in own or item.box.parent in lists or item.is_at(known_places)
        if is_listed or (item.date and scope.url_pattern(item.url) in patterns):
            yield item


def _find_uncertain(
    scope: Scope, groups: Sequence[ItemGroup], data: Iterable[JsonList], articles: Sequence[ArticleLink]
) -> Iterator[UncertainList]:
    """Yield the lists that may be of articles, the likeliest first, where few `articles` or only posts of a blog are certain.

    Next to certain articles a blog and what a sidebar lists are none. The lists in data are of dated entries or headlines.
    """
    if len(articles) >= FEW_ARTICLES and not all(scope.is_other_blog(link.url) for link in articles):
        return
    possible = (group for group in groups if not (articles and (group.is_blog or group.is_aside)))
    uncertain = (group for group in possible if is_uncertain_group(group) and not group.names_events)
    for group in sorted(uncertain, key=lambda group: -group.score):
        first = group.list_items[0]
        yield UncertainList(frozenset((first.place, first.place_in_fragment)), tuple(build_article_links(group.list_items)))
    for each in data:
        named = (link for link in each.links if link.date or count_words(link.title or "") >= _MIN_HEADLINE_WORDS)
        own = tuple(link for link in named if scope.contains(link.url))
        if len(own) >= _MIN_UNCERTAIN_ROWS and 2 * len(own) > len(each.links):
            yield UncertainList(frozenset((each.place,)), own)


def _iter_component_rows(page: Page) -> Iterator[list[dict[str, str]]]:
    """Yield the attributes in which links of one component differ: <acme-tile href="…" description="…" label="Read more">."""
    components: dict[str, list[dict[str, str]]] = {}
    for box in page.layout.boxes:
        if "-" in box.tag and box.element.get("href"):
            components.setdefault(box.tag, []).append(dict(box.element.items()))
    for same in components.values():
        names = {name for attributes in same for name in attributes}
        telling = [name for name in names if len({attributes.get(name) for attributes in same}) > 1]
        yield [{name: attributes.get(name, "") for name in telling} for attributes in same]


def _add_embedded_articles(scope: Scope, articles: list[ArticleLink], data: Iterable[JsonList]) -> list[ArticleLink]:
    """Add the articles that the page's embedded data list."""
    listed = [link for each in data for link in each.links]
    has_own = any(scope.contains(link.url) for link in listed)
    own = [link for link in listed if scope.contains(link.url) or (has_own and scope.contains_entry(link.url))]
    if not all(scope.is_other_blog(link.url) for link in own) and all(scope.is_other_blog(link.url) for link in articles):
        articles = []  # a blog's box next to the data's list
    return list(merge_links((*articles, *own)))


def _apply_declarations(articles: Sequence[ArticleLink], anchors: Iterable[Anchor], scope: Scope) -> list[ArticleLink]:
    """Add the links, and leave out the articles, that the newsroom itself says are articles or are none."""
    kept = {article_key(link.url): link for link in articles if scope.is_article_url(link.url) is not False}
    for anchor in anchors:
        if anchor.key not in kept and scope.is_article_url(anchor.url):
            kept[anchor.key] = ArticleLink(anchor.url, anchor.text or None)
    return list(kept.values())
