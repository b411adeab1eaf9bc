"""Prezly: the JSON behind the "load more" button of its newsrooms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery import ArticleLink
from corpnews.extraction.structured_data import json_values
from corpnews.platforms.json_list_source import JsonListSource
from corpnews.web.languages import normalize_language_tag
from corpnews.web.url_features import is_edition_segment
from corpnews.web.urls import join_url, split_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpnews.discovery import StartPage
    from corpnews.page.page import Page

_PREZLY_URL = re.compile(r"^(?:https?:)?//(?:[\w-]+\.)*prezly\.(?:com|net)(?:/|$)")
_STORIES_PATH: Final = "/api/stories?offset=0&limit=50"
_LIST_KEYS: Final = ("stories", "data", "results", "items")
_TOTAL_KEYS: Final = ("total", "storiesTotal", "totalStories", "matched_records_number")
_MAX_STORIES: Final = 50_000
_STORY_DATE_KEYS: Final = ("published_at", "publishedAt", "publish_date", "created_at")
_STORY_SLUG = re.compile(r"[^\s/?#]{1,300}")
# Stories that only readers with the link should see.
_HIDDEN_STORY_PATH = re.compile(r"/(?:preview|secret)/")


class PrezlySource(JsonListSource):
    """All stories, fifty a request."""

    name = "prezly"
    platform = "Prezly"
    position = "offset"

    def find_list_url(self, page: Page) -> str | None:
        return join_url(page.url, _STORIES_PATH) if _is_prezly_page(page) else None

    def find_rows(self, value: object) -> object:
        candidates = [value, *(json_values.as_mapping(value).get(key) for key in _LIST_KEYS)]
        return next((each for each in candidates if isinstance(each, list)), None)

    def find_total(self, value: object) -> int:
        body = json_values.as_mapping(value)
        pagination = json_values.as_mapping(body.get("pagination"))
        totals = [json_values.as_integer(json_values.get_first(each, _TOTAL_KEYS)) for each in (body, pagination)]
        return min((each for each in totals if each is not None), default=_MAX_STORIES)

    def read_row(self, row: Mapping[str, Any], start: StartPage) -> ArticleLink | None:
        """The link of a public story: its own, or its slug below the root or the language of the start page."""
        slug, base_url = json_values.as_string(row.get("slug")), start.page.url
        stated = json_values.as_string(json_values.as_mapping(row.get("links")).get("newsroom_view"))
        first_step = split_path(base_url)[:1]
        folder = f"/{first_step[0]}/" if first_step and is_edition_segment(first_step[0]) else "/"
        url = json_values.as_url(base_url, stated or (f"{folder}{slug}" if _STORY_SLUG.fullmatch(slug) else ""))
        if not url or _HIDDEN_STORY_PATH.search(url) or row.get("visibility") not in (None, "public"):
            return None
        culture = json_values.get_first(json_values.as_mapping(row.get("culture")), ("code", "locale"))
        published = json_values.as_date(json_values.get_first(row, _STORY_DATE_KEYS))
        modified = json_values.as_date(json_values.get_first(row, ("updated_at", "updatedAt")))
        language = normalize_language_tag(culture) if isinstance(culture, str) else None
        return ArticleLink(url, json_values.as_text(row.get("title")), published, modified, language)


def _is_prezly_page(page: Page) -> bool:
    """Whether Prezly is the page's generator or hosts its files."""
    if "prezly" in page.meta.get("generator", "").lower():
        return True
    elements = page.root.iter("script", "link", "img", "source")
    return any(
        _PREZLY_URL.match(element.get("src") or element.get("href") or element.get("srcset") or "") for element in elements
    )
