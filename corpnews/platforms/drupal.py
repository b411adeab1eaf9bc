"""Drupal: nodes of the listed type through JSON:API, and views whose pager is a script."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlencode

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery import urls
from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data import json_values
from corpnews.discovery.finder import find
from corpnews.discovery.listing import ArticleLink, Found
from corpnews.discovery.scope import host_of
from corpnews.discovery.way import Way
from corpnews.extraction.language import declared_tag
from corpnews.extraction.page import Page, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.dates import FoundDate

NODE_TYPE = re.compile(r"(?:^|\s)node--type-([a-z][a-z0-9-]{1,40})(?=\s|$)")
LEAST_NODES: Final = 2
# Node types of Notified, which has a source of its own.
VENDORS_TYPES: Final = "nir_"
PER_PAGE: Final = 50
MOST_PAGES: Final = 1_000
MOST_VIEWS: Final = 4
# Names of fields that hold the date of publication, the most reliable first; `created` is when an editor began.
DATE_FIELDS = tuple(map(re.compile, (r"publi\w*date|date\w*publi", r"(?:press|release|news)\w*date", r"^field_date$")))
VIEW_KEYS = ("view_name", "view_display_id", "view_args", "view_path", "view_base_path", "view_dom_id", "pager_element")


class DrupalNodes(Way):
    """All nodes of the type that the start page lists, newest first, if the site has JSON:API enabled."""

    name: ClassVar[str] = "drupal"
    platform: ClassVar[str | None] = "Drupal"

    def openings(self, start: Start) -> Iterable[Ask]:
        kind = listed_type(start.page) if is_drupal(start.page) else None
        if kind:
            query = urlencode({"page[limit]": PER_PAGE, "sort": "-created", "filter[status]": 1}, safe="[]")
            url = joined(start.page.url, f"{folder_of(start.page)}jsonapi/node/{kind}?{query}")
            if url:
                yield Ask(url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        value = json_values.mapping(answer.json)
        if not isinstance(value.get("data"), list):
            errors = json_values.objects(value.get("errors"))
            raise WayEnded(
                f"JSON:API error: {json_values.text(errors[0].get('title'))}" if errors else "the response is not JSON:API"
            )
        prefix = prefix_of(json_values.objects(value["data"]), start)
        nodes = map(node_of, json_values.objects(value["data"]))
        links = tuple(link for node in nodes if (link := link_of(node, start.page, prefix)))
        further = json_values.mapping(json_values.mapping(value.get("links")).get("next")).get("href")
        url = json_values.address(answer.url, further)
        same = url is not None and host_of(url) == host_of(answer.url)
        return Found(links, (replace(answer.ask, url=url),) if url and same and links else ())


class DrupalViews(Way):
    """The later pages of the views on the start page, requested as the pager's script does."""

    name: ClassVar[str] = "drupal-views"
    platform: ClassVar[str | None] = "Drupal"

    def openings(self, start: Start) -> Iterable[Ask]:
        settings = settings_of(start.page)
        views = json_values.mapping(settings.get("views"))
        path = json_values.string(views.get("ajax_path")) or f"{folder_of(start.page)}views/ajax"
        url = joined(start.page.url, path)
        for view in list(json_values.mapping(views.get("ajaxViews")).values())[:MOST_VIEWS]:
            named = {key: json_values.string(str(json_values.mapping(view).get(key) or "")) for key in VIEW_KEYS}
            if url and named["view_name"]:
                query = urlencode({**named, "pager_element": named["pager_element"] or "0", "page": "1", "_drupal_ajax": "1"})
                yield Ask(f"{url}?{query}", self.name, headers=(("X-Requested-With", "XMLHttpRequest"),))

    def read(self, answer: Answer, start: Start) -> Found:
        commands = json_values.objects(answer.json)
        html = "".join(json_values.string(each.get("data")) for each in commands if each.get("command") == "insert")
        if not commands:
            raise WayEnded("the response is not a list of AJAX commands")
        articles = find(Page.from_html(f"<main>{html}</main>", start.page.url), start.scope).articles
        at = json_values.number(url_query_parameter(answer.ask.url, "page")) or MOST_PAGES
        if not articles or at >= MOST_PAGES:
            return Found(articles)
        if at == 1:  # the start page shows page 0
            articles = (*start.listing.articles, *articles)
        return Found(articles, (replace(answer.ask, url=add_or_replace_parameter(answer.ask.url, "page", str(at + 1))),))


def is_drupal(page: Page) -> bool:
    """Whether the page names Drupal as its generator or has Drupal's settings."""
    return page.meta.get("generator", "").startswith("Drupal") or bool(settings_of(page))


def settings_of(page: Page) -> Mapping[str, Any]:
    """The settings that the page hands to its scripts."""
    for script in page.root.iter("script"):
        if script.get("data-drupal-selector") == "drupal-settings-json":
            try:
                return json_values.mapping(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                return {}
    return {}


def folder_of(page: Page) -> str:
    """The path that the site's URLs start with: its folder and the language prefix of the page."""
    path = json_values.mapping(settings_of(page).get("path"))
    base = json_values.string(path.get("baseUrl")) or "/"
    return f"{base}{json_values.string(path.get('pathPrefix'))}"


def listed_type(page: Page) -> str | None:
    """The machine name of the most frequent node type among the items of the page; the body names the type of the page itself."""
    elements = page.root.iter("article", "div", "li", "section", "tr")
    seen = Counter(found[1] for element in elements if (found := NODE_TYPE.search(element.get("class") or "")))
    kind, count = seen.most_common(1)[0] if seen else ("", 0)
    name = kind.replace("-", "_")
    return name if count >= LEAST_NODES and not name.startswith(VENDORS_TYPES) else None


def node_of(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return json_values.mapping(entry.get("attributes"))


def alias_of(node: Mapping[str, Any]) -> str:
    """The path of the node: its alias, or /node/<number>."""
    number = json_values.number(node.get("drupal_internal__nid"))
    return json_values.string(json_values.mapping(node.get("path")).get("alias")) or (f"/node/{number}" if number else "")


def prefix_of(entries: list[Mapping[str, Any]], start: Start) -> str:
    """What precedes the aliases in the URLs of the start page: aliases lack the site's folder and language."""
    aliases = [alias for entry in entries if (alias := alias_of(node_of(entry)))]
    listed = [link.url for link in start.listing.articles]
    known = next((url.removesuffix(alias) for alias in aliases for url in listed if url.endswith(alias)), None)
    return known or folder_of(start.page).rstrip("/")


def link_of(node: Mapping[str, Any], page: Page, prefix: str) -> ArticleLink | None:
    alias = alias_of(node)
    url = json_values.address(page.url, f"{prefix}{alias}") if alias.startswith("/") else None
    if not url or node.get("status") is False or urls.is_asset(url):
        return None
    tag = json_values.string(node.get("langcode"))
    language = None if tag in ("und", "zxx") else declared_tag(tag)
    modified = json_values.date(node.get("changed"))
    return ArticleLink(url, json_values.text(node.get("title")), published(node), modified, language)


def published(node: Mapping[str, Any]) -> FoundDate | None:
    names = [name for pattern in DATE_FIELDS for name in node if pattern.search(name)]
    return next((date for name in (*names, "created") if (date := json_values.date(node.get(name)))), None)
