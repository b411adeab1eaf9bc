"""WordPress: the REST API returns a hundred posts a request, with text and times in GMT."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlencode

from corpnews.discovery import ArticleLink, InlineArticle, Source, SourceError, SourceRequest, SourceResult
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.extraction.structured_data import json_values
from corpnews.extraction.structured_data.values import strip_html
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.web import url_features, urls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_API_RELATION: Final = "https://api.w.org/"
_API_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;[^<]{0,200}?rel=\"?https://api\.w\.org/")
_WORDPRESS_FILE_URL = re.compile(r"^(https?://[^?#]*?/)wp-(?:content|includes)/")
# _embed has no effect unless _fields includes _links and _embedded.
_POST_FIELDS: Final = "date_gmt,modified_gmt,link,title,content,excerpt,categories,_links,_embedded"
_EMBEDDED: Final = "wp:featuredmedia,wp:term"
_POSTS_PER_PAGE: Final = 100
_MAX_POST_PAGES: Final = 1_000
_MAX_POST_TYPES: Final = 5
_NO_TERM: Final[Mapping[str, str]] = MappingProxyType({})
_API_NAMESPACE: Final = "wp/v2"
_POSTS_ROUTE: Final = f"{_API_NAMESPACE}/posts"
_ROUTE_NAME = re.compile(r"[\w.-]{1,80}")
_NON_NEWS_TYPES = re.compile(r"(?:post|page|attachment|nav_menu_item|product|elementor_library|e-landing-page|acf-.*|wp_.*)$")
_EXCERPT_LENGTH: Final = 60

_TERM_CLASS = re.compile(r"(?:^|\s)(category|tag)-(\d{1,9})(?=\s|$)")
_CUSTOM_TERM_CLASS = re.compile(r"(?:^|\s)term-(\d{1,9})(?=\s|$)")
_TAXONOMY_CLASS = re.compile(r"(?:^|\s)tax-([\w-]{1,60})(?=\s|$)")
_POST_TYPE_CLASS = re.compile(r"(?:^|\s)post-type-archive-([\w-]{1,60})(?=\s|$)")
_TERM_PARAMETERS: Final = {"category": "categories", "tag": "tags"}
# At least one listed article in so many must be among the posts for these to be the newsroom's.
_MIN_LISTED_SHARE: Final = 3
_MIN_LISTED_POSTS: Final = 3
_MAX_UNLISTED_SHARE: Final = 10

# Notes on requests: for the site's posts, which may not be the newsroom's; for a post type that may be the newsroom's
# (the routes of further types follow); for the list of types.
_FIRST_NOTE, _GUESSED_TYPE_NOTE, _TYPES_NOTE = "first", "tried", "types"


class WordPressSource(Source):
    """All posts, the posts of a category, or those of a custom type: whichever the start page lists."""

    name = "wordpress"
    platform = "WordPress"
    has_full_text = True

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        root = _find_api_root(start)
        if not root:
            return
        archive = _PostArchive.from_page(start.page)
        if archive.post_type or archive.taxonomy:
            yield self._build_types_request(root)
        elif archive.term:
            parameter, number = archive.term
            yield self._build_posts_request(root, _POSTS_ROUTE, {parameter: number})
        else:
            yield self._build_posts_request(root, _POSTS_ROUTE, note=_FIRST_NOTE)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        root, (note, _, others) = _get_api_root(response.request.url), response.request.note.partition(" ")
        if note == _TYPES_NOTE:
            return SourceResult(next_requests=(self._read_types(response, start),))
        posts = _get_posts(response)
        shared = set.intersection(*map(_get_categories, posts)) if len(posts) > 1 else set()
        links = [_parse_wordpress_post(post, shared) for post in posts]
        listed = {urls.article_key(link.url) for link in start.listing.articles}
        category = _find_shared_category(posts, listed) if note == _FIRST_NOTE else None
        if note and not category and not _has_listed_posts([link.url for link in links if link], listed):
            return SourceResult(next_requests=(self._build_next_guess(root, note, others.split()),))
        if category:
            kept = [link for post, link in zip(posts, links, strict=True) if category in _get_categories(post)]
            further = self._build_posts_request(root, _POSTS_ROUTE, {"categories": str(category)})
            return SourceResult(tuple(filter(None, kept)), (further,))
        return SourceResult(tuple(filter(None, links)), tuple(self._build_next_page(response, len(posts))))

    def fallback_requests(self, request: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002 - the request is enough
        """The API as a query parameter, for sites without rewritten URLs that do not link to their API."""
        site, path, _ = _get_api_root(request.url).partition("wp-json/")
        if path and request.note == _FIRST_NOTE:
            yield self._build_posts_request(f"{site}?rest_route=/", _POSTS_ROUTE, note=_FIRST_NOTE)

    def _build_next_guess(self, root: str, note: str, others: list[str]) -> SourceRequest:
        """The next request if posts are not the newsroom's: the list of types, then the next type."""
        if note == _FIRST_NOTE:
            return self._build_types_request(root)
        if not others:
            raise SourceError("no posts of the site match the start page")
        return self._build_posts_request(root, others[0], note=" ".join((_GUESSED_TYPE_NOTE, *others[1:])))

    def _build_posts_request(self, root: str, route: str, term: Mapping[str, str] = _NO_TERM, note: str = "") -> SourceRequest:
        query = {"per_page": str(_POSTS_PER_PAGE), "page": "1", **term, "_fields": _POST_FIELDS, "_embed": _EMBEDDED}
        return SourceRequest(_build_endpoint_url(root, route, query), self.name, note=note)

    def _build_types_request(self, root: str) -> SourceRequest:
        return SourceRequest(_build_endpoint_url(root, f"{_API_NAMESPACE}/types", {}), self.name, note=_TYPES_NOTE)

    def _read_types(self, response: SourceResponse, start: StartPage) -> SourceRequest:
        """The request for the posts of the most likely custom type."""
        root, archive = _get_api_root(response.request.url), _PostArchive.from_page(start.page)
        types = [
            each for each in map(json_values.as_mapping, json_values.as_mapping(response.json).values()) if _get_type_route(each)
        ]
        declared = [each for each in types if archive.lists(each)]
        routes = [_get_type_route(each) for each in declared[:1] or _rank_post_types(types, start)[:_MAX_POST_TYPES]]
        if not routes:
            raise SourceError("the REST API has no other post types")
        if not declared:
            return self._build_posts_request(root, routes[0], note=" ".join((_GUESSED_TYPE_NOTE, *routes[1:])))
        term = {archive.taxonomy[0]: archive.taxonomy[1]} if archive.taxonomy else {}
        return self._build_posts_request(root, routes[0], term)

    def _build_next_page(self, response: SourceResponse, count: int) -> Iterator[SourceRequest]:
        """The request for the next page, up to the number in the header; without it, while pages are full."""
        at, pages = get_query_number(response.request.url, "page"), response.headers.get("x-wp-totalpages")
        last = json_values.as_integer(pages)
        if at and at < _MAX_POST_PAGES and (count >= _POSTS_PER_PAGE if last is None else at < last):
            yield SourceRequest(set_query_parameters(response.request.url, page=at + 1), self.name)


@dataclass(frozen=True, slots=True)
class _PostArchive:
    """The kind of posts that an archive page lists, from the classes of its body.

    `term` is (parameter, number) of a category or tag, `taxonomy` (name, number) of a term in a custom taxonomy.
    """

    post_type: str | None = None
    term: tuple[str, str] | None = None
    taxonomy: tuple[str, str] | None = None

    @classmethod
    def from_page(cls, page: Page) -> _PostArchive:
        body = page.root.find("body")
        classes = (body.get("class") or "") if body is not None else ""
        kind, term = _POST_TYPE_CLASS.search(classes), _TERM_CLASS.search(classes)
        name, number = _TAXONOMY_CLASS.search(classes), _CUSTOM_TERM_CLASS.search(classes)
        return cls(
            kind[1] if kind else None,
            (_TERM_PARAMETERS[term[1]], term[2]) if term else None,
            (name[1], number[1]) if name and number else None,
        )

    def lists(self, post_type: Mapping[str, Any]) -> bool:
        """Whether the archive lists posts of this type, given as the REST API describes it."""
        if self.post_type:
            return post_type.get("slug") == self.post_type
        return self.taxonomy is not None and self.taxonomy[0] in json_values.as_list(post_type.get("taxonomies"))


def _has_listed_posts(found: Iterable[str], listed: Collection[str]) -> bool:
    """Whether the URLs `found` include enough of the articles on the start page (`listed`, as article keys)."""
    keys = set(map(urls.article_key, found))
    return not listed or len(keys.intersection(listed)) * _MIN_LISTED_SHARE >= len(listed)


def _find_shared_category(posts: Sequence[Mapping[str, Any]], listed: Collection[str]) -> int | None:
    """The category of all listed posts, if most unlisted posts of the same age have other categories; None otherwise.

    `posts` are newest first. Posts older than the median of the listed ones do not count: an old post may be pinned.
    """
    positions = [
        position for position, post in enumerate(posts) if urls.article_key(json_values.as_string(post.get("link"))) in listed
    ]
    if len(positions) < _MIN_LISTED_POSTS:
        return None
    newer = range(positions[len(positions) // 2])
    unlisted = [_get_categories(posts[position]) for position in newer if position not in positions]
    shared = set.intersection(*(_get_categories(posts[position]) for position in positions))
    counts = {category: sum(category in each for each in unlisted) for category in sorted(shared)}
    best = min(counts, key=lambda category: counts[category], default=None)
    return best if best is not None and unlisted and counts[best] * _MAX_UNLISTED_SHARE <= len(unlisted) else None


def _get_categories(post: Mapping[str, Any]) -> set[int]:
    return {number for each in json_values.as_list(post.get("categories")) if (number := json_values.as_integer(each))}


def _get_type_route(post_type: Mapping[str, Any]) -> str:
    """The API route of a post type; empty if it is not in WordPress's own namespace."""
    base = json_values.as_string(post_type.get("rest_base"))
    is_core = post_type.get("rest_namespace") in (None, _API_NAMESPACE)
    return f"{_API_NAMESPACE}/{base}" if is_core and _ROUTE_NAME.fullmatch(base) else ""


def _get_api_root(url: str) -> str:
    """The root of the API, from the URL of one of its routes."""
    return f"{url.partition(f'/{_API_NAMESPACE}/')[0]}/"


def _find_api_root(start: StartPage) -> str | None:
    """The root of the REST API: from a link element or header, or next to the folder wp-content of this site."""
    page = start.page
    declared = [page.resolve_url(element.get("href")) for element in page.find_links(_API_RELATION)]
    if header := _API_LINK_HEADER.search(start.response.headers.get("link", "")):
        declared.append(page.resolve_url(header[1]))
    for element in page.root.iter("link", "script", "img"):
        files = _WORDPRESS_FILE_URL.match(page.resolve_url(element.get("href") or element.get("src")) or "")
        if files and start.scope.contains(files[1]):
            declared.append(f"{files[1]}wp-json/")
            break
    return next((root for root in declared if root), None)


def _build_endpoint_url(root: str, route: str, query: Mapping[str, str]) -> str:
    """The URL of a route, whether the root of the API is a path or a query parameter.

    >>> _build_endpoint_url("https://example.com/?rest_route=/", "wp/v2/posts", {"page": "1"})
    'https://example.com/?rest_route=/wp/v2/posts&page=1'
    """
    root = unquote(root) if "rest_route=" in root else root
    separator = "&" if "?" in root else "?"
    return f"{root.rstrip('/')}/{route}{separator if query else ''}{urlencode(query, safe=',:')}"


def _get_posts(response: SourceResponse) -> list[Mapping[str, Any]]:
    value = response.json
    if not isinstance(value, list):
        code = json_values.as_text(json_values.as_mapping(value).get("code"))
        raise SourceError(f"REST API error: {code}" if code else "the response is not a list of posts")
    return json_values.as_mappings(value)


def _parse_wordpress_post(post: Mapping[str, Any], shared: Collection[int]) -> ArticleLink | None:
    """The link of a post; the `shared` categories, which all posts have, are its section only if it has no other."""
    url = json_values.as_url("", post.get("link"))
    if not url:
        return None
    published, modified = _parse_gmt(post.get("date_gmt")), _parse_gmt(post.get("modified_gmt"))
    return ArticleLink(
        url, json_values.as_text(post.get("title")), published, modified, inline_article=_parse_post_article(post, shared)
    )


def _parse_gmt(value: object) -> FoundDate | None:
    """A time in GMT, which WordPress writes without a zone."""
    stated = json_values.as_string(value)
    return parse_stated_date(f"{stated}+00:00" if re.fullmatch(r"[\d-]{10}T[\d:]{8}", stated) else stated)


def _parse_post_article(post: Mapping[str, Any], shared: Collection[int]) -> InlineArticle | None:
    """The article in a post; None if its text is empty or protected by a password."""
    content = json_values.as_mapping(post.get("content"))
    html = json_values.as_string(content.get("rendered"))
    text = strip_html(html)
    if content.get("protected") or not text:
        return None
    excerpt = json_values.as_text(post.get("excerpt"))
    is_summary = excerpt and not text.startswith(excerpt.rstrip("[]….→ ")[:_EXCERPT_LENGTH])
    categories = sorted(_iter_terms(post, "category"), key=lambda term: term[0] in shared)
    return InlineArticle(
        html,
        summary=excerpt if is_summary else None,
        section=categories[0][1] if categories else None,
        keywords=tuple(name for _, name in _iter_terms(post, "post_tag")),
        images=tuple(_find_featured_images(post)),
    )


def _iter_terms(post: Mapping[str, Any], taxonomy: str) -> Iterator[tuple[int | None, str]]:
    """Yield number and name of the post's categories or tags."""
    for terms in json_values.as_list(json_values.as_mapping(post.get("_embedded")).get("wp:term")):
        for term in json_values.as_mappings(terms):
            if term.get("taxonomy") == taxonomy and (name := json_values.as_text(term.get("name"))):
                yield json_values.as_integer(term.get("id")), name


def _find_featured_images(post: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """URL and caption of the featured image."""
    for media in json_values.as_mappings(json_values.as_mapping(post.get("_embedded")).get("wp:featuredmedia")):
        url = json_values.as_string(media.get("source_url"))
        if url and media.get("media_type", "image") == "image":
            yield url, json_values.as_text(media.get("caption"))


def _rank_post_types(types: list[Mapping[str, Any]], start: StartPage) -> list[Mapping[str, Any]]:
    """Custom post types: first those named in the listed URLs, then those with a word for news in their name."""
    listed = {step.replace("-", "_") for link in start.listing.articles for step in urls.split_path(link.url)[:-1]}

    def rank(each: Mapping[str, Any]) -> int:
        names = {str(each.get(key)).replace("-", "_") for key in ("slug", "rest_base")}
        return 0 if names & listed else 1 if url_features.has_news_segment(tuple(names)) else 2

    custom = [each for each in types if not _NON_NEWS_TYPES.match(str(each.get("slug")))]
    return sorted(custom, key=rank)
