"""Drupal: nodes of the listed type through JSON:API, and views whose pager is a script."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlencode

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, SourceResult
from corpnews.discovery.listing_reader import read_listing
from corpnews.discovery.source import Source
from corpnews.discovery.source_requests import SourceError, SourceRequest
from corpnews.page.page import Page, join_url
from corpnews.web import urls
from corpnews.web.languages import normalize_language_tag
from corpnews.web.sites import get_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery.source import StartPage
    from corpnews.discovery.source_requests import SourceResponse
    from corpnews.extraction.dates import FoundDate

_NODE_TYPE = re.compile(r"(?:^|\s)node--type-([a-z][a-z0-9-]{1,40})(?=\s|$)")
_MIN_NODES: Final = 2
# Node types of Notified, which has a source of its own.
_NOTIFIED_TYPE_PREFIX: Final = "nir_"
_NODES_PER_PAGE: Final = 50
_MAX_DRUPAL_PAGES: Final = 1_000
_MAX_VIEWS: Final = 4
# Names of fields that hold the date of publication, the most reliable first; `created` is when an editor began.
_DATE_FIELD_PATTERNS = tuple(map(re.compile, (r"publi\w*date|date\w*publi", r"(?:press|release|news)\w*date", r"^field_date$")))
_VIEW_KEYS = ("view_name", "view_display_id", "view_args", "view_path", "view_base_path", "view_dom_id", "pager_element")


class DrupalNodesSource(Source):
    """All nodes of the type that the start page lists, newest first, if the site has JSON:API enabled."""

    name: ClassVar[str] = "drupal"
    platform: ClassVar[str | None] = "Drupal"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        kind = _find_listed_node_type(start.page) if _is_drupal_page(start.page) else None
        if kind:
            query = urlencode({"page[limit]": _NODES_PER_PAGE, "sort": "-created", "filter[status]": 1}, safe="[]")
            url = join_url(start.page.url, f"{_get_base_path(start.page)}jsonapi/node/{kind}?{query}")
            if url:
                yield SourceRequest(url, self.name)

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        value = json_values.as_mapping(answer.json)
        if not isinstance(value.get("data"), list):
            errors = json_values.as_mappings(value.get("errors"))
            raise SourceError(
                f"JSON:API error: {json_values.as_text(errors[0].get('title'))}" if errors else "the response is not JSON:API"
            )
        prefix = _find_path_prefix(json_values.as_mappings(value["data"]), start)
        nodes = map(_get_node_attributes, json_values.as_mappings(value["data"]))
        links = tuple(link for node in nodes if (link := _parse_drupal_node(node, start.page, prefix)))
        further = json_values.as_mapping(json_values.as_mapping(value.get("links")).get("next")).get("href")
        url = json_values.as_url(answer.url, further)
        same = url is not None and get_host(url) == get_host(answer.url)
        return SourceResult(links, (replace(answer.request, url=url),) if url and same and links else ())


class DrupalViewsSource(Source):
    """The later pages of the views on the start page, requested as the pager's script does."""

    name: ClassVar[str] = "drupal-views"
    platform: ClassVar[str | None] = "Drupal"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        settings = _read_drupal_settings(start.page)
        views = json_values.as_mapping(settings.get("views"))
        path = json_values.as_string(views.get("ajax_path")) or f"{_get_base_path(start.page)}views/ajax"
        url = join_url(start.page.url, path)
        for view in list(json_values.as_mapping(views.get("ajaxViews")).values())[:_MAX_VIEWS]:
            named = {key: json_values.as_string(str(json_values.as_mapping(view).get(key) or "")) for key in _VIEW_KEYS}
            if url and named["view_name"]:
                query = urlencode({**named, "pager_element": named["pager_element"] or "0", "page": "1", "_drupal_ajax": "1"})
                yield SourceRequest(f"{url}?{query}", self.name, headers=(("X-Requested-With", "XMLHttpRequest"),))

    def parse(self, answer: SourceResponse, start: StartPage) -> SourceResult:
        commands = json_values.as_mappings(answer.json)
        html = "".join(json_values.as_string(each.get("data")) for each in commands if each.get("command") == "insert")
        if not commands:
            raise SourceError("the response is not a list of AJAX commands")
        articles = read_listing(Page.from_html(f"<main>{html}</main>", start.page.url), start.scope).articles
        at = json_values.as_integer(url_query_parameter(answer.request.url, "page")) or _MAX_DRUPAL_PAGES
        if not articles or at >= _MAX_DRUPAL_PAGES:
            return SourceResult(articles)
        if at == 1:  # the start page shows page 0
            articles = (*start.listing.articles, *articles)
        return SourceResult(
            articles, (replace(answer.request, url=add_or_replace_parameter(answer.request.url, "page", str(at + 1))),)
        )


def _is_drupal_page(page: Page) -> bool:
    """Whether the page names Drupal as its generator or has Drupal's settings."""
    return page.meta.get("generator", "").startswith("Drupal") or bool(_read_drupal_settings(page))


def _read_drupal_settings(page: Page) -> Mapping[str, Any]:
    """The settings that the page hands to its scripts."""
    for script in page.root.iter("script"):
        if script.get("data-drupal-selector") == "drupal-settings-json":
            try:
                return json_values.as_mapping(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                return {}
    return {}


def _get_base_path(page: Page) -> str:
    """The path that the site's URLs start with: its folder and the language prefix of the page."""
    path = json_values.as_mapping(_read_drupal_settings(page).get("path"))
    base = json_values.as_string(path.get("baseUrl")) or "/"
    return f"{base}{json_values.as_string(path.get('pathPrefix'))}"


def _find_listed_node_type(page: Page) -> str | None:
    """The machine name of the most frequent node type among the items of the page; the body names the type of the page itself."""
    elements = page.root.iter("article", "div", "li", "section", "tr")
    seen = Counter(found[1] for element in elements if (found := _NODE_TYPE.search(element.get("class") or "")))
    kind, count = seen.most_common(1)[0] if seen else ("", 0)
    name = kind.replace("-", "_")
    return name if count >= _MIN_NODES and not name.startswith(_NOTIFIED_TYPE_PREFIX) else None


def _get_node_attributes(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return json_values.as_mapping(entry.get("attributes"))


def _get_node_path(node: Mapping[str, Any]) -> str:
    """The path of the node: its alias, or /node/<number>."""
    number = json_values.as_integer(node.get("drupal_internal__nid"))
    return json_values.as_string(json_values.as_mapping(node.get("path")).get("alias")) or (f"/node/{number}" if number else "")


def _find_path_prefix(entries: list[Mapping[str, Any]], start: StartPage) -> str:
    """What precedes the aliases in the URLs of the start page: aliases lack the site's folder and language."""
    aliases = [alias for entry in entries if (alias := _get_node_path(_get_node_attributes(entry)))]
    listed = [link.url for link in start.listing.articles]
    known = next((url.removesuffix(alias) for alias in aliases for url in listed if url.endswith(alias)), None)
    return known or _get_base_path(start.page).rstrip("/")


def _parse_drupal_node(node: Mapping[str, Any], page: Page, prefix: str) -> ArticleLink | None:
    alias = _get_node_path(node)
    url = json_values.as_url(page.url, f"{prefix}{alias}") if alias.startswith("/") else None
    if not url or node.get("status") is False or urls.is_asset_url(url):
        return None
    tag = json_values.as_string(node.get("langcode"))
    language = None if tag in ("und", "zxx") else normalize_language_tag(tag)
    modified = json_values.as_date(node.get("changed"))
    return ArticleLink(url, json_values.as_text(node.get("title")), _find_node_date(node), modified, language)


def _find_node_date(node: Mapping[str, Any]) -> FoundDate | None:
    names = [name for pattern in _DATE_FIELD_PATTERNS for name in node if pattern.search(name)]
    return next((date for name in (*names, "created") if (date := json_values.as_date(node.get(name)))), None)
