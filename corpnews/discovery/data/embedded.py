"""The source "embedded": JSON in the start page from which scripts render the newest articles."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from corpnews.discovery.asks import Ask, WayEnded
from corpnews.discovery.data.json_lists import articles_in
from corpnews.discovery.listing import Found
from corpnews.discovery.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.discovery.asks import Answer
    from corpnews.discovery.way import Start
    from corpnews.extraction.page import Page

LONGEST_STATE: Final = 10_000_000
SHORTEST_STATE: Final = 40
MOST_STATES: Final = 50
ASSIGNED = re.compile(
    r"(?:\b(?:window|self|globalThis)\s*(?:\.\s*[\w$]+|\[\s*[\"'][^\"']{1,80}[\"']\s*\])|\bvar\s+[\w$]+)\s*=\s*(?=[\[{J])"
)
PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
DECODER = json.JSONDecoder(strict=False)


class EmbeddedJson(Way):
    """The newest articles, from the JSON in the start page."""

    name: ClassVar[str] = "embedded"
    is_full: ClassVar[bool] = False

    def openings(self, start: Start) -> Iterable[Ask]:
        if next(state_texts(start.page), None):
            yield Ask(start.answer.url, self.name)

    def read(self, response: Answer, start: Start) -> Found:
        known = [link.url for link in start.listing.articles]
        states = (state for text in state_texts(response.page) for state in values_in(text))
        links = articles_in(list(islice(states, MOST_STATES)), response.page.base_url, known)
        if not links:
            message = "the page's JSON lists no articles"
            raise WayEnded(message)
        return Found(links)


def state_texts(page: Page) -> Iterator[str]:
    """Yield the texts of scripts that are JSON or assign JSON to a variable."""
    for script in page.root.iter("script"):
        text = script.text or ""
        if SHORTEST_STATE < len(text) < LONGEST_STATE and (is_json(script.get("type")) or ASSIGNED.search(text)):
            yield text


def is_json(media_type: str | None) -> bool:
    return (media_type or "").partition(";")[0].strip().lower().endswith("json")


def values_in(text: str) -> Iterator[object]:
    """Yield the JSON values of a script: the whole script, or what it assigns to variables.

    >>> list(values_in('window.__STATE__ = {"a": 1}; window.b = JSON.parse("[2]")'))
    [{'a': 1}, [2]]
    """
    if text.lstrip().startswith(("{", "[")):
        yield from decoded(text.strip(), 0)
        return
    for count, found in enumerate(ASSIGNED.finditer(text)):
        if count >= MOST_STATES:
            return
        wrapped = PARSED.match(text, found.end())
        for value in decoded(text, wrapped.end() if wrapped else found.end()):
            yield from decoded(value, 0) if wrapped and isinstance(value, str) else (value,)


def decoded(text: str, start: int) -> Iterator[object]:
    """Yield the value at `start` if it is JSON; script objects often are not."""
    try:
        yield DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return
