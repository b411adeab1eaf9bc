"""Drupal: nodes of the listed type through JSON:API."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult
from corpnews.discovery.data.json_paging import build_next_json_request
from corpnews.extraction.structured_data import json_values
from corpnews.web import urls
from corpnews.web.languages import normalize_language_tag
from corpnews.web.urls import join_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery import SourceResponse, StartPage
    from corpnews.extraction.dates import FoundDate
    from corpnews.page.page import Page

_NODE_TYPE = re.compile(r"(?:^|\s)node--type-([a-z][a-z0-9-]{1,40})(?=\s|$)")
_MIN_NODES: Final = 2
# Node types of Notified, which has a source of its own.
_NOTIFIED_TYPE_PREFIX: Final = "nir_"
_NODES_PER_PAGE: Final = 50
# Names of fields that hold the date of publication, the most reliable first; `created` is when an editor began.
_DATE_FIELD_PATTERNS = tuple(map(re.compile, (r"publi\w*date|date\w*publi", r"(?:press|release|news)\w*date", r"^field_date$")))


class DrupalSource(Source):
    """All nodes of the type that the start page lists, newest first, if the site has JSON:API enabled."""

    name = "drupal"
    platform = "Drupal"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        node_type = _find_listed_node_type(start.page) if _is_drupal_page(start.page) else None
        if node_type:
            query = urlencode({"page[limit]": _NODES_PER_PAGE, "sort": "-created", "filter[status]": 1}, safe="[]")
            if url := join_url(start.page.url, f"{_get_base_path(start.page)}jsonapi/node/{node_type}?{query}"):
                yield SourceRequest(url, self.name)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        document = json_values.as_mapping(response.json)
        if not isinstance(document.get("data"), list):
            errors = [json_values.as_text(error.get("title")) for error in json_values.as_mappings(document.get("errors"))]
            raise SourceError(f"JSON:API error: {errors[0]}" if errors else "the response is not JSON:API")
        nodes = [json_values.as_mapping(entry.get("attributes")) for entry in json_values.as_mappings(document["data"])]
        prefix = _find_path_prefix(nodes, start)
        links = tuple(link for node in nodes if (link := _parse_drupal_node(node, start.page, prefix)))
        following = build_next_json_request(response, len(links))
        return SourceResult(links, (following,) if following else ())


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
    classes = (element.get("class") or "" for element in page.root.iter("article", "div", "li", "section", "tr"))
    counts = Counter(match[1] for each in classes if (match := _NODE_TYPE.search(each)))
    node_type, count = counts.most_common(1)[0] if counts else ("", 0)
    name = node_type.replace("-", "_")
    return name if count >= _MIN_NODES and not name.startswith(_NOTIFIED_TYPE_PREFIX) else None


def _get_node_path(node: Mapping[str, Any]) -> str:
    """The path of the node: its alias, or /node/<number>."""
    number = json_values.as_integer(node.get("drupal_internal__nid"))
    return json_values.as_string(json_values.as_mapping(node.get("path")).get("alias")) or (f"/node/{number}" if number else "")


def _find_path_prefix(nodes: list[Mapping[str, Any]], start: StartPage) -> str:
    """What precedes the aliases in the URLs of the start page: aliases lack the site's folder and language."""
    aliases = [alias for node in nodes if (alias := _get_node_path(node))]
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
