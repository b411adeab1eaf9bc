"""WordPress: the REST API returns a hundred posts a request, with text and times in GMT."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import unquote, urlencode

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery import urls
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, Found, Written
from corpnews.discovery.way import Way
from corpnews.extraction.dates.published import read_claim
from corpnews.extraction.facts.values import plain
from corpnews.platforms.wordpress_newsroom import Archive, categories, is_newsroom, shared_category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.dates import FoundDate

API: Final = "https://api.w.org/"
LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;[^<]{0,200}?rel=\"?https://api\.w\.org/")
FILES = re.compile(r"^(https?://[^?#]*?/)wp-(?:content|includes)/")
# _embed has no effect unless _fields includes _links and _embedded.
FIELDS: Final = "date_gmt,modified_gmt,link,title,content,excerpt,categories,_links,_embedded"
PER_PAGE: Final = 100
MOST_PAGES: Final = 1_000
MOST_TYPES: Final = 5
NO_LABEL: Final[Mapping[str, str]] = MappingProxyType({})
NAMESPACE: Final = "wp/v2"
ROUTE = re.compile(r"[\w.-]{1,80}")
OTHER_TYPES = re.compile(r"(?:post|page|attachment|nav_menu_item|product|elementor_library|e-landing-page|acf-.*|wp_.*)$")
EXCERPT: Final = 60

# Notes on requests: for the site's posts, which may not be the newsroom's; for a post type that may be the newsroom's
# (the routes of further types follow); for the list of types.
FIRST, TRIED, TYPES = "first", "tried", "types"


class WordPress(Way):
    """All posts, the posts of a category, or those of a custom type: whichever the start page lists."""

    name: ClassVar[str] = "wordpress"
    platform: ClassVar[str | None] = "WordPress"
    is_whole: ClassVar[bool] = True

    def openings(self, start: Start) -> Iterable[Ask]:
        root = api_root(start)
        if not root:
            return
        archive = Archive.of(start.page)
        if archive.post_type or archive.taxonomy:
            yield self._types(root)
        elif archive.label:
            parameter, number = archive.label
            yield self._posts(root, "wp/v2/posts", {parameter: number})
        else:
            yield self._posts(root, "wp/v2/posts", note=FIRST)

    def read(self, answer: Answer, start: Start) -> Found:
        root, (note, _, others) = root_in(answer.ask.url), answer.ask.note.partition(" ")
        if note == TYPES:
            return Found(following=(self._of_types(answer, start),))
        posts = posts_of(answer)
        links = [link_of(post) for post in posts]
        listed = {urls.article_key(link.url) for link in start.listing.articles}
        category = shared_category(posts, listed) if note == FIRST else None
        if note and not category and not is_newsroom([link.url for link in links if link], listed):
            return Found(following=(self._elsewhere(root, note, others.split()),))
        if category:
            kept = [link for post, link in zip(posts, links, strict=True) if category in categories(post)]
            further = self._posts(root, "wp/v2/posts", {"categories": str(category)})
            return Found(tuple(filter(None, kept)), (further,))
        return Found(tuple(filter(None, links)), tuple(self._next(answer, len(posts))))

    def failed(self, ask: Ask, start: Start) -> Iterable[Ask]:  # noqa: ARG002 - the request is enough
        """The API as a query parameter, for sites without rewritten URLs that do not link to their API."""
        site, path, _ = root_in(ask.url).partition("wp-json/")
        if path and ask.note == FIRST:
            yield self._posts(f"{site}?rest_route=/", "wp/v2/posts", note=FIRST)

    def _elsewhere(self, root: str, note: str, others: list[str]) -> Ask:
        """The next request if posts are not the newsroom's: the list of types, then the next type."""
        if note == FIRST:
            return self._types(root)
        if not others:
            raise WayEnded("no posts of the site match the start page")
        return self._posts(root, others[0], note=" ".join((TRIED, *others[1:])))

    def _posts(self, root: str, route: str, label: Mapping[str, str] = NO_LABEL, note: str = "") -> Ask:
        query = {"per_page": str(PER_PAGE), "page": "1", **label, "_fields": FIELDS, "_embed": "wp:featuredmedia"}
        return Ask(endpoint(root, route, query), self.name, note=note)

    def _types(self, root: str) -> Ask:
        return Ask(endpoint(root, "wp/v2/types", {}), self.name, note=TYPES)

    def _of_types(self, answer: Answer, start: Start) -> Ask:
        """The request for the posts of the most likely custom type."""
        root, archive = root_in(answer.ask.url), Archive.of(start.page)
        types = [each for each in map(json_values.mapping, json_values.mapping(answer.json).values()) if route_of(each)]
        declared = [each for each in types if archive.is_of(each)]
        routes = [route_of(each) for each in declared[:1] or likeliest(types, start)[:MOST_TYPES]]
        if not routes:
            raise WayEnded("the REST API has no other post types")
        if not declared:
            return self._posts(root, routes[0], note=" ".join((TRIED, *routes[1:])))
        label = {archive.taxonomy[0]: archive.taxonomy[1]} if archive.taxonomy else {}
        return self._posts(root, routes[0], label)

    def _next(self, answer: Answer, count: int) -> Iterator[Ask]:
        """The request for the next page, up to the number in the header; without it, while pages are full."""
        at, pages = json_values.number(url_query_parameter(answer.ask.url, "page")), answer.headers.get("x-wp-totalpages")
        last = json_values.number(pages)
        if at and at < MOST_PAGES and (count >= PER_PAGE if last is None else at < last):
            yield Ask(add_or_replace_parameter(answer.ask.url, "page", str(at + 1)), self.name)


def route_of(post_type: Mapping[str, Any]) -> str:
    """The API route of a post type; empty if it is not in WordPress's own namespace."""
    base = json_values.string(post_type.get("rest_base"))
    own = post_type.get("rest_namespace") in (None, NAMESPACE)
    return f"{NAMESPACE}/{base}" if own and ROUTE.fullmatch(base) else ""


def root_in(url: str) -> str:
    """The root of the API, from the URL of one of its routes."""
    return f"{url.partition(f'/{NAMESPACE}/')[0]}/"


def api_root(start: Start) -> str | None:
    """The root of the REST API: from a link element or header, or next to the folder wp-content of this site."""
    page = start.page
    declared = [page.absolute(element.get("href")) for element in page.links(API)]
    header = LINK_HEADER.search(start.answer.headers.get("link", ""))
    if header:
        declared.append(page.absolute(header[1]))
    for element in page.root.iter("link", "script", "img"):
        files = FILES.match(page.absolute(element.get("href") or element.get("src")) or "")
        if files and start.scope.contains(files[1]):
            declared.append(f"{files[1]}wp-json/")
            break
    return next((root for root in declared if root), None)


def endpoint(root: str, route: str, query: Mapping[str, str]) -> str:
    """The URL of a route, whether the root of the API is a path or a query parameter.

    >>> endpoint("https://example.com/?rest_route=/", "wp/v2/posts", {"page": "1"})
    'https://example.com/?rest_route=/wp/v2/posts&page=1'
    """
    root = unquote(root) if "rest_route=" in root else root
    mark = "&" if "?" in root else "?"
    return f"{root.rstrip('/')}/{route}{mark if query else ''}{urlencode(query, safe=',:')}"


def posts_of(answer: Answer) -> list[Mapping[str, Any]]:
    value = answer.json
    if not isinstance(value, list):
        code = json_values.text(json_values.mapping(value).get("code"))
        raise WayEnded(f"REST API error: {code}" if code else "the response is not a list of posts")
    return json_values.objects(value)


def link_of(post: Mapping[str, Any]) -> ArticleLink | None:
    url = json_values.address("", post.get("link"))
    if not url:
        return None
    published, modified = gmt(post.get("date_gmt")), gmt(post.get("modified_gmt"))
    return ArticleLink(url, json_values.text(post.get("title")), published, modified, written=written(post))


def gmt(value: object) -> FoundDate | None:
    """A time in GMT, which WordPress writes without a zone."""
    stated = json_values.string(value)
    return read_claim(f"{stated}+00:00" if re.fullmatch(r"[\d-]{10}T[\d:]{8}", stated) else stated)


def written(post: Mapping[str, Any]) -> Written | None:
    """The article in a post; None if its text is empty or protected by a password."""
    content = json_values.mapping(post.get("content"))
    html = json_values.string(content.get("rendered"))
    said = plain(html)
    if content.get("protected") or not said:
        return None
    excerpt = json_values.text(post.get("excerpt"))
    own = excerpt and not said.startswith(excerpt.rstrip("[]….→ ")[:EXCERPT])
    return Written(html, summary=excerpt if own else None, images=tuple(featured(post)))


def featured(post: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """URL and caption of the featured image."""
    for media in json_values.objects(json_values.mapping(post.get("_embedded")).get("wp:featuredmedia")):
        url = json_values.string(media.get("source_url"))
        if url and media.get("media_type", "image") == "image":
            yield url, json_values.text(media.get("caption"))


def likeliest(types: list[Mapping[str, Any]], start: Start) -> list[Mapping[str, Any]]:
    """Custom post types: first those named in the listed URLs, then those with a word for news in their name."""
    listed = {step.replace("-", "_") for link in start.listing.articles for step in urls.steps(link.url)[:-1]}

    def rank(each: Mapping[str, Any]) -> int:
        names = {str(each.get(key)).replace("-", "_") for key in ("slug", "rest_base")}
        return 0 if names & listed else 1 if urls.is_news(tuple(names)) else 2

    custom = [each for each in types if not OTHER_TYPES.match(str(each.get("slug")))]
    return sorted(custom, key=rank)
