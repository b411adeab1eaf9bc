"""The source "embedded": JSON in the start page from which scripts render the newest articles."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from chompjs import parse_js_object

from corpnews.discovery.data.json_lists import find_json_articles
from corpnews.discovery.source import Source, SourceError, SourceRequest, SourceResponse, SourceResult, StartPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.page.page import Page

_MAX_SCRIPT_LENGTH: Final = 10_000_000
_MAX_OBJECT_LENGTH: Final = 2_000_000  # of an object that is JavaScript, not JSON
_MIN_STATE_LENGTH: Final = 40
_MAX_STATES: Final = 50
_ASSIGNMENT = re.compile(
    r"(?:\b(?:window|self|globalThis)\s*(?:\.\s*[\w$]+|\[\s*[\"'][^\"']{1,80}[\"']\s*\])|\bvar\s+[\w$]+)\s*=\s*(?=[\[{J])"
)
_JSON_PARSE_CALL = re.compile(r"JSON\.parse\(\s*(?=\")")
_LENIENT_DECODER = json.JSONDecoder(strict=False)


class EmbeddedDataSource(Source):
    """The newest articles, from the JSON in the start page."""

    name: ClassVar[str] = "embedded"
    is_exhaustive: ClassVar[bool] = False

    def initial_requests(self, start: StartPage) -> Iterable[SourceRequest]:
        if next(_iter_data_scripts(start.page), None):
            yield SourceRequest(start.response.url, self.name)

    def parse(self, response: SourceResponse, start: StartPage) -> SourceResult:
        known = [link.url for link in start.listing.articles]
        states = (state for text in _iter_data_scripts(response.page) for state in _iter_json_values(text))
        links = find_json_articles(list(islice(states, _MAX_STATES)), response.page.base_url, known)
        if not links:
            raise SourceError("the page's JSON lists no articles")
        return SourceResult(links)


def _iter_data_scripts(page: Page) -> Iterator[str]:
    """Yield the texts of scripts that are JSON or assign JSON to a variable."""
    for script in page.root.iter("script"):
        text = script.text or ""
        if _MIN_STATE_LENGTH < len(text) < _MAX_SCRIPT_LENGTH and (
            _is_json_media_type(script.get("type")) or _ASSIGNMENT.search(text)
        ):
            yield text


def _is_json_media_type(media_type: str | None) -> bool:
    return (media_type or "").partition(";")[0].strip().lower().endswith("json")


def _iter_json_values(text: str) -> Iterator[object]:
    """Yield the JSON values of a script: the whole script, or what it assigns to variables.

    >>> list(_iter_json_values('window.__STATE__ = {"a": 1}; window.b = JSON.parse("[2]")'))
    [{'a': 1}, [2]]
    """
    if text.lstrip().startswith(("{", "[")):
        yield from _decode_json(text.strip(), 0)
        return
    for count, found in enumerate(_ASSIGNMENT.finditer(text)):
        if count >= _MAX_STATES:
            return
        wrapped = _JSON_PARSE_CALL.match(text, found.end())
        for value in _decode_json(text, wrapped.end() if wrapped else found.end()):
            yield from _decode_json(value, 0) if wrapped and isinstance(value, str) else (value,)


def _decode_json(text: str, start: int) -> Iterator[object]:
    """Yield the value at `start`: JSON, else a JavaScript object or array (single quotes, bare keys, comments)."""
    try:
        yield _LENIENT_DECODER.raw_decode(text, start)[0]
        return
    except (ValueError, RecursionError):
        pass
    if text.startswith(("{", "["), start):
        with suppress(ValueError, RecursionError):
            yield parse_js_object(text[start : start + _MAX_OBJECT_LENGTH])
