"""Prezly: the JSON behind the "load more" button of its newsrooms."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from corpnews.discovery import ArticleLink, Source, SourceError, SourceRequest, SourceResult
from corpnews.extraction.structured_data import json_values
from corpnews.platforms.numbered_pages import get_query_number, set_query_parameters
from corpnews.web.languages import normalize_language_tag
from corpnews.web.url_features import is_edition_segment
from corpnews.web.urls import join_url, split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery import SourceResponse, StartPage
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


class PrezlySource(Source):
    """All stories, fifty a request."""

    name = "prezly"
    platform = "Prezly"

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        url = join_url(start.page.url, _STORIES_PATH)
        if url and _is_prezly_page(start.page):
            yield SourceRequest(url, self.name)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        stories = _get_stories(response.json)
        links = tuple(link for story in stories if (link := _parse_prezly_story(story, start.page)))
        if stories and not links:
            raise SourceError("no story of the response has a URL")
        return SourceResult(links, tuple(_build_next_stories_requests(response, len(stories))))


def _is_prezly_page(page: Page) -> bool:
    """Whether Prezly is the page's generator or hosts its files."""
    if "prezly" in page.meta.get("generator", "").lower():
        return True
    elements = page.root.iter("script", "link", "img", "source")
    return any(
        _PREZLY_URL.match(element.get("src") or element.get("href") or element.get("srcset") or "") for element in elements
    )


def _get_stories(value: object) -> Sequence[Mapping[str, Any]]:
    """The stories of a response. Raises SourceError if it has no list of stories."""
    candidates = [value, *(json_values.as_mapping(value).get(key) for key in _LIST_KEYS)]
    found = next((each for each in candidates if isinstance(each, list)), None)
    if found is None:
        raise SourceError("the response is not a list of stories")
    return json_values.as_mappings(found)


def _parse_prezly_story(story: Mapping[str, Any], page: Page) -> ArticleLink | None:
    """The link of a public story: its own, or its slug below the root or the language of the start page."""
    slug = json_values.as_string(story.get("slug"))
    stated = json_values.as_string(json_values.as_mapping(story.get("links")).get("newsroom_view"))
    first_step = split_path(page.url)[:1]
    folder = f"/{first_step[0]}/" if first_step and is_edition_segment(first_step[0]) else "/"
    url = json_values.as_url(page.url, stated or (f"{folder}{slug}" if _STORY_SLUG.fullmatch(slug) else ""))
    if not url or _HIDDEN_STORY_PATH.search(url) or story.get("visibility") not in (None, "public"):
        return None
    culture = json_values.get_first(json_values.as_mapping(story.get("culture")), ("code", "locale"))
    published = json_values.as_date(json_values.get_first(story, _STORY_DATE_KEYS))
    modified = json_values.as_date(json_values.get_first(story, ("updated_at", "updatedAt")))
    language = normalize_language_tag(culture) if isinstance(culture, str) else None
    return ArticleLink(url, json_values.as_text(story.get("title")), published, modified, language)


def _build_next_stories_requests(response: SourceResponse, count: int) -> Iterator[SourceRequest]:
    """The request for the next stories, unless the total says that these were the last."""
    at = get_query_number(response.request.url, "offset") or 0
    body = json_values.as_mapping(response.json)
    pagination = json_values.as_mapping(body.get("pagination"))
    totals = [json_values.as_integer(json_values.get_first(each, _TOTAL_KEYS)) for each in (body, pagination)]
    total = min((each for each in totals if each is not None), default=_MAX_STORIES)
    if count and at + count < min(total, _MAX_STORIES):
        yield replace(response.request, url=set_query_parameters(response.request.url, offset=at + count))
