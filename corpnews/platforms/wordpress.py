"""WordPress: the REST API returns a hundred posts a request, with text and times in GMT."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import unquote, urlencode

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, InlineArticle, SourceResult
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.extraction.dates.published import parse_stated_date
from corpnews.extraction.structured_data.values import strip_html
from corpnews.platforms.wordpress_newsroom import PostArchive, find_shared_category, get_categories, has_listed_posts
from corpnews.web import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.extraction.dates import FoundDate

_API_RELATION: Final = "https://api.w.org/"
_API_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;[^<]{0,200}?rel=\"?https://api\.w\.org/")
_WORDPRESS_FILE_URL = re.compile(r"^(https?://[^?#]*?/)wp-(?:content|includes)/")
# _embed has no effect unless _fields includes _links and _embedded.
_POST_FIELDS: Final = "date_gmt,modified_gmt,link,title,content,excerpt,categories,_links,_embedded"
_POSTS_PER_PAGE: Final = 100
_MAX_POST_PAGES: Final = 1_000
_MAX_POST_TYPES: Final = 5
_NO_TERM: Final[Mapping[str, str]] = MappingProxyType({})
_API_NAMESPACE: Final = "wp/v2"
_ROUTE_NAME = re.compile(r"[\w.-]{1,80}")
_NON_NEWS_TYPES = re.compile(r"(?:post|page|attachment|nav_menu_item|product|elementor_library|e-landing-page|acf-.*|wp_.*)$")
_EXCERPT_LENGTH: Final = 60

# Notes on requests: for the site's posts, which may not be the newsroom's; for a post type that may be the newsroom's
# (the routes of further types follow); for the list of types.
_FIRST_NOTE, _GUESSED_TYPE_NOTE, _TYPES_NOTE = "first", "tried", "types"


class WordPressSource(Source):
    """All posts, the posts of a category, or those of a custom type: whichever the start page lists."""

    name: ClassVar[str] = "wordpress"
    platform: ClassVar[str | None] = "WordPress"
    has_full_text: ClassVar[bool] = True

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        root = _find_api_root(start)
        if not root:
            return
        archive = PostArchive.of(start.page)
        if archive.post_type or archive.taxonomy:
            yield self._types(root)
        elif archive.label:
            parameter, number = archive.label
            yield self._posts(root, "wp/v2/posts", {parameter: number})
        else:
            yield self._posts(root, "wp/v2/posts", note=_FIRST_NOTE)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        root, (note, _, others) = _get_api_root(answer.request.url), answer.request.note.partition(" ")
        if note == _TYPES_NOTE:
            return SourceResult(next_requests=(self._of_types(answer, start),))
        posts = _get_posts(answer)
        links = [_parse_wordpress_post(post) for post in posts]
        listed = {urls.article_key(link.url) for link in start.listing.articles}
        category = find_shared_category(posts, listed) if note == _FIRST_NOTE else None
        if note and not category and not has_listed_posts([link.url for link in links if link], listed):
            return SourceResult(next_requests=(self._elsewhere(root, note, others.split()),))
        if category:
            kept = [link for post, link in zip(posts, links, strict=True) if category in get_categories(post)]
            further = self._posts(root, "wp/v2/posts", {"categories": str(category)})
            return SourceResult(tuple(filter(None, kept)), (further,))
        return SourceResult(tuple(filter(None, links)), tuple(self._next(answer, len(posts))))

    def fallback_requests(self, ask: SourceRequest, start: StartPage) -> Iterable[SourceRequest]:  # noqa: ARG002 - the request is enough
        """The API as a query parameter, for sites without rewritten URLs that do not link to their API."""
        site, path, _ = _get_api_root(ask.url).partition("wp-json/")
        if path and ask.note == _FIRST_NOTE:
            yield self._posts(f"{site}?rest_route=/", "wp/v2/posts", note=_FIRST_NOTE)

    def _elsewhere(self, root: str, note: str, others: list[str]) -> SourceRequest:
        """The next request if posts are not the newsroom's: the list of types, then the next type."""
        if note == _FIRST_NOTE:
            return self._types(root)
        if not others:
            raise SourceError("no posts of the site match the start page")
        return self._posts(root, others[0], note=" ".join((_GUESSED_TYPE_NOTE, *others[1:])))

    def _posts(self, root: str, route: str, label: Mapping[str, str] = _NO_TERM, note: str = "") -> SourceRequest:
        query = {"per_page": str(_POSTS_PER_PAGE), "page": "1", **label, "_fields": _POST_FIELDS, "_embed": "wp:featuredmedia"}
        return SourceRequest(_build_endpoint_url(root, route, query), self.name, note=note)

    def _types(self, root: str) -> SourceRequest:
        return SourceRequest(_build_endpoint_url(root, "wp/v2/types", {}), self.name, note=_TYPES_NOTE)

    def _of_types(self, answer: SourceResponse, start: StartPage) -> SourceRequest:
        """The request for the posts of the most likely custom type."""
        root, archive = _get_api_root(answer.request.url), PostArchive.of(start.page)
        types = [
            each for each in map(json_values.as_mapping, json_values.as_mapping(answer.json).values()) if _get_type_route(each)
        ]
        declared = [each for each in types if archive.is_of(each)]
        routes = [_get_type_route(each) for each in declared[:1] or _rank_post_types(types, start)[:_MAX_POST_TYPES]]
        if not routes:
            raise SourceError("the REST API has no other post types")
        if not declared:
            return self._posts(root, routes[0], note=" ".join((_GUESSED_TYPE_NOTE, *routes[1:])))
        label = {archive.taxonomy[0]: archive.taxonomy[1]} if archive.taxonomy else {}
        return self._posts(root, routes[0], label)

    def _next(self, answer: SourceResponse, count: int) -> Iterator[SourceRequest]:
        """The request for the next page, up to the number in the header; without it, while pages are full."""
        at, pages = json_values.as_integer(url_query_parameter(answer.request.url, "page")), answer.headers.get("x-wp-totalpages")
        last = json_values.as_integer(pages)
        if at and at < _MAX_POST_PAGES and (count >= _POSTS_PER_PAGE if last is None else at < last):
            yield SourceRequest(add_or_replace_parameter(answer.request.url, "page", str(at + 1)), self.name)


def _get_type_route(post_type: Mapping[str, Any]) -> str:
    """The API route of a post type; empty if it is not in WordPress's own namespace."""
    base = json_values.as_string(post_type.get("rest_base"))
    own = post_type.get("rest_namespace") in (None, _API_NAMESPACE)
    return f"{_API_NAMESPACE}/{base}" if own and _ROUTE_NAME.fullmatch(base) else ""


def _get_api_root(url: str) -> str:
    """The root of the API, from the URL of one of its routes."""
    return f"{url.partition(f'/{_API_NAMESPACE}/')[0]}/"


def _find_api_root(start: StartPage) -> str | None:
    """The root of the REST API: from a link element or header, or next to the folder wp-content of this site."""
    page = start.page
    declared = [page.resolve_url(element.get("href")) for element in page.links(_API_RELATION)]
    header = _API_LINK_HEADER.search(start.response.headers.get("link", ""))
    if header:
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
    mark = "&" if "?" in root else "?"
    return f"{root.rstrip('/')}/{route}{mark if query else ''}{urlencode(query, safe=',:')}"


def _get_posts(answer: SourceResponse) -> list[Mapping[str, Any]]:
    value = answer.json
    if not isinstance(value, list):
        code = json_values.as_text(json_values.as_mapping(value).get("code"))
        raise SourceError(f"REST API error: {code}" if code else "the response is not a list of posts")
    return json_values.as_mappings(value)


def _parse_wordpress_post(post: Mapping[str, Any]) -> ArticleLink | None:
    url = json_values.as_url("", post.get("link"))
    if not url:
        return None
    published, modified = _parse_gmt(post.get("date_gmt")), _parse_gmt(post.get("modified_gmt"))
    return ArticleLink(url, json_values.as_text(post.get("title")), published, modified, inline_article=_parse_post_article(post))


def _parse_gmt(value: object) -> FoundDate | None:
    """A time in GMT, which WordPress writes without a zone."""
    stated = json_values.as_string(value)
    return parse_stated_date(f"{stated}+00:00" if re.fullmatch(r"[\d-]{10}T[\d:]{8}", stated) else stated)


def _parse_post_article(post: Mapping[str, Any]) -> InlineArticle | None:
    """The article in a post; None if its text is empty or protected by a password."""
    content = json_values.as_mapping(post.get("content"))
    html = json_values.as_string(content.get("rendered"))
    said = strip_html(html)
    if content.get("protected") or not said:
        return None
    excerpt = json_values.as_text(post.get("excerpt"))
    own = excerpt and not said.startswith(excerpt.rstrip("[]….→ ")[:_EXCERPT_LENGTH])
    return InlineArticle(html, summary=excerpt if own else None, images=tuple(_find_featured_images(post)))


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
        return 0 if names & listed else 1 if urls.has_news_step(tuple(names)) else 2

    custom = [each for each in types if not _NON_NEWS_TYPES.match(str(each.get("slug")))]
    return sorted(custom, key=rank)
