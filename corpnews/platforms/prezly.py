"""Prezly: the JSON behind the "load more" button of its newsrooms."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from w3lib.url import add_or_replace_parameter, url_query_parameter

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data import json_values
from corpnews.discovery.listing import ArticleLink, Found
from corpnews.discovery.urls import is_language, steps
from corpnews.discovery.way import Way
from corpnews.extraction.language import declared_tag
from corpnews.extraction.page import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

FILES = re.compile(r"^(?:https?:)?//(?:[\w-]+\.)*prezly\.(?:com|net)(?:/|$)")
STORIES: Final = "/api/stories?offset=0&limit=50"
LISTS: Final = ("stories", "data", "results", "items")
TOTALS: Final = ("total", "storiesTotal", "totalStories", "matched_records_number")
MOST_STORIES: Final = 50_000
DATES: Final = ("published_at", "publishedAt", "publish_date", "created_at")
SLUG = re.compile(r"[^\s/?#]{1,300}")
# Stories that only readers with the link should see.
HIDDEN = re.compile(r"/(?:preview|secret)/")


class Prezly(Way):
    """All stories, fifty a request."""

    name: ClassVar[str] = "prezly"
    platform: ClassVar[str | None] = "Prezly"

    def openings(self, start: Start) -> Iterable[Ask]:
        url = joined(start.page.url, STORIES)
        if url and is_prezly(start.page):
            yield Ask(url, self.name)

    def read(self, answer: Answer, start: Start) -> Found:
        stories = stories_of(answer.json)
        links = tuple(link for story in stories if (link := link_of(story, start.page)))
        if stories and not links:
            raise WayEnded("no story of the response has a URL")
        return Found(links, tuple(following(answer, len(stories))))


def is_prezly(page: Page) -> bool:
    """Whether Prezly is the page's generator or hosts its files."""
    if "prezly" in page.meta.get("generator", "").lower():
        return True
    elements = page.root.iter("script", "link", "img", "source")
    return any(FILES.match(element.get("src") or element.get("href") or element.get("srcset") or "") for element in elements)


def stories_of(value: object) -> Sequence[Mapping[str, Any]]:
    """The stories of a response. Raises SourceError if it has no list of stories."""
    lists = [value, *(json_values.mapping(value).get(key) for key in LISTS)]
    found = next((each for each in lists if isinstance(each, list)), None)
    if found is None:
        raise WayEnded("the response is not a list of stories")
    return json_values.objects(found)


def link_of(story: Mapping[str, Any], page: Page) -> ArticleLink | None:
    """The link of a public story: its own, or its slug below the root or the language of the start page."""
    slug = json_values.string(story.get("slug"))
    stated = json_values.string(json_values.mapping(story.get("links")).get("newsroom_view"))
    here = steps(page.url)[:1]
    folder = f"/{here[0]}/" if here and is_language(here[0]) else "/"
    url = json_values.address(page.url, stated or (f"{folder}{slug}" if SLUG.fullmatch(slug) else ""))
    if not url or HIDDEN.search(url) or story.get("visibility") not in (None, "public"):
        return None
    culture = json_values.first(json_values.mapping(story.get("culture")), ("code", "locale"))
    published = json_values.date(json_values.first(story, DATES))
    modified = json_values.date(json_values.first(story, ("updated_at", "updatedAt")))
    language = declared_tag(culture) if isinstance(culture, str) else None
    return ArticleLink(url, json_values.text(story.get("title")), published, modified, language)


def following(answer: Answer, count: int) -> Iterator[Ask]:
    """The request for the next stories, unless the total says that these were the last."""
    at = json_values.number(url_query_parameter(answer.ask.url, "offset")) or 0
    said = json_values.mapping(answer.json)
    inner = json_values.mapping(said.get("pagination"))
    totals = [total for each in (said, inner) if (total := json_values.number(json_values.first(each, TOTALS))) is not None]
    if count and at + count < min((*totals, MOST_STORIES)):
        yield replace(answer.ask, url=add_or_replace_parameter(answer.ask.url, "offset", str(at + count)))
