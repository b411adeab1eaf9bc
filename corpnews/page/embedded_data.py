"""JSON that a page carries for its own scripts, whatever framework wrote it.

Read are JSON scripts (`__NEXT_DATA__` and the like), variables set to JSON or to a JavaScript literal, the data with which a
script starts an application (SvelteKit), attributes that hold JSON (custom elements, Astro islands), React's flight stream
(`self.__next_f.push`), and the indexed lists in which Nuxt 3 ("devalue") and React Router ("turbo-stream") write their state.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from chompjs import parse_js_object

from corpnews.page.called_functions import evaluate_call, iter_numbered_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MIN_DATA_LENGTH: Final = 40
_MAX_DATA_LENGTH: Final = 10_000_000
_MAX_LITERAL_LENGTH: Final = 2_000_000  # of an object that is JavaScript, not JSON
_MAX_DATA_VALUES: Final = 60
_MAX_START_CALLS: Final = 10
_MAX_FUNCTION_CALLS: Final = 3  # each may be as long as the script
_MAX_DATA_DEPTH: Final = 40
_MAX_REVIVED_VALUES: Final = 200_000  # an indexed list may name a value again and again

_ASSIGNMENT = re.compile(
    r"(?:\b(?:window|self|globalThis)\s*(?:\.\s*[\w$]+|\[\s*(?:Symbol\.for\(\s*)?[\"'][^\"']{1,80}[\"']\s*\)?\s*\])|\b(?:var|let|const)\s+[\w$]+)\s*=\s*(?=[\[{J]|\(\s*function\b)"
)
_JSON_PARSE_CALL = re.compile(r"JSON\.parse\(\s*(?=\")")
# The call that starts an application with its data: kit.start(app, element, {…}), hydrate("#app", {…}), enqueue("[…]").
_START_CALL = re.compile(
    r"\b(?:start|mount|hydrate|render|init|bootstrap|enqueue)\(\s*(?:[\w$.#\"']{1,60}\s*,\s*){0,3}(?=[\[{\"])"
    r"|\A\s*[\w$.]{1,60}\(\s*(?:\"[^\"]{1,500}\"\s*,\s*)?(?=[\[{]|\(\s*function\b)"  # a file of its own: callback("/news", {…})
)
_FLIGHT_PUSH = re.compile(r"__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = re.compile(r"^[0-9a-f]*:(?=[\[{])", re.MULTILINE)
_ISLAND_TEXT_TYPES: Final = (3, 7)  # a date, a URL
_NUMBERED_KEY = re.compile(r"_\d{1,7}")
_LENIENT_DECODER = json.JSONDecoder(strict=False)


def iter_embedded_values(root: _Element) -> Iterator[object]:
    """Yield the JSON values that a page carries, in document order; JSON-LD is left out, and no more than 60 are read."""
    return islice(_iter_values(root), _MAX_DATA_VALUES)


def _iter_values(root: _Element) -> Iterator[object]:
    flight: list[str] = []
    for element in root.iter("*"):
        if element.tag == "script":
            text = element.text or ""
            if _MIN_DATA_LENGTH < len(text) < _MAX_DATA_LENGTH:
                yield from _iter_script_values(element.get("type") or "", text, flight)
            continue
        for value in element.values():
            if _MIN_DATA_LENGTH < len(value) < _MAX_DATA_LENGTH and value.lstrip()[:2] in ("[{", '{"', "[["):
                yield from map(unwrap_island, _decode(value.strip(), 0))
    text = "".join(flight)
    for row in _FLIGHT_ROW.finditer(text):
        yield from _decode_json(text, row.end())


def _iter_script_values(media_type: str, text: str, flight: list[str]) -> Iterator[object]:
    """Yield the values of a script; the pieces of a flight stream are added to `flight`."""
    media_type = media_type.partition(";")[0].strip().lower()
    if media_type == "application/ld+json":
        return
    is_json = media_type.endswith("json") or (text.lstrip().startswith(("{", "[")) and any(_decode_json(text.strip(), 0)))
    if is_json:
        yield from map(revive_indexed, _decode(text.strip(), 0))
    elif "__next_f" in text:
        for found in _FLIGHT_PUSH.finditer(text):
            pushed = (value for value in _decode_json(text, found.end()) if isinstance(value, list) and len(value) > 1)
            flight.extend(value[1] for value in pushed if isinstance(value[1], str))
    elif "$R[" in text:
        yield from iter_numbered_values(text[:_MAX_LITERAL_LENGTH])
    else:
        yield from _iter_assigned_values(text)
        for found in islice(_START_CALL.finditer(text), _MAX_START_CALLS):
            for value in _decode(text, found.end()):
                yield from map(revive_indexed, _decode(value.strip(), 0) if isinstance(value, str) else (value,))


def _iter_assigned_values(text: str) -> Iterator[object]:
    """Yield the values to which a script sets variables."""
    function_calls = 0
    for found in islice(_ASSIGNMENT.finditer(text), _MAX_DATA_VALUES):
        function_calls += text[found.end()] == "("
        if function_calls > _MAX_FUNCTION_CALLS:
            return
        call = _JSON_PARSE_CALL.match(text, found.end())
        for value in _decode(text, call.end() if call else found.end()):
            yield from map(revive_indexed, _decode(value, 0) if call and isinstance(value, str) else (value,))


def _decode(text: str, start: int) -> Iterator[object]:
    """Yield the value that starts there, as JSON or else as a JavaScript literal; nothing if it is neither."""
    found = list(_decode_json(text, start))
    if not found and text.startswith(("{", "["), start) and len(text) - start < _MAX_LITERAL_LENGTH:
        try:
            found.append(parse_js_object(text[start:]))
        except (ValueError, RecursionError):
            return
    is_call = text.startswith("(", start) and len(text) - start < _MAX_LITERAL_LENGTH
    if not found and is_call and (value := evaluate_call(text, start)) is not None:
        found.append(value)
    yield from found


def _decode_json(text: str, start: int) -> Iterator[object]:
    try:
        yield _LENIENT_DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return


def revive_indexed(value: object) -> object:
    """Return the value that an indexed list stands for; any other value as it is.

    >>> revive_indexed([{"title": 1, "tags": 2}, "Plant opens", [3], "energy"])
    {'title': 'Plant opens', 'tags': ['energy']}
    """
    if isinstance(value, list) and len(value) > 2 and _names_by_number(value[0], len(value)):
        return _Reviver(value).revive(0, 0)
    if isinstance(value, dict) and isinstance(value.get("nodes"), list):  # a file with an indexed list for each part of the page
        parts = (part.get("data") if isinstance(part, dict) else part for part in value["nodes"])
        return [revive_indexed(part) if isinstance(part, list) else part for part in parts]
    return value


def _names_by_number(head: object, length: int) -> bool:
    """Return whether the first value of a list names the others by their numbers, and nothing else.

    In React Router's lists the keys of an object are numbers too: {"_1": 2}.
    """
    if isinstance(head, list) and head and isinstance(head[0], str):
        head = head[1:]
    numbers = list(head.values()) if isinstance(head, dict) else head if isinstance(head, list) else []
    return bool(numbers) and all(type(number) is int and -10 < number < length for number in numbers)


class _Reviver:
    """Builds values out of an indexed list."""

    def __init__(self, values: list[object]) -> None:
        self.values = values
        self.left = _MAX_REVIVED_VALUES

    def revive(self, index: object, depth: int) -> object:
        """Return the value with that number; None for numbers that stand for undefined, and beyond the bounds."""
        self.left -= 1
        if not isinstance(index, int) or not 0 <= index < len(self.values) or depth > _MAX_DATA_DEPTH or self.left < 0:
            return None
        found = self.values[index]
        if isinstance(found, dict):
            return {self._get_name(name): self.revive(at, depth + 1) for name, at in found.items()}
        if not isinstance(found, list):
            return found
        if found and isinstance(found[0], str):  # a type and its content: ["Date", "2024-05-03"], ["Reactive", 7], ["D", 17…]
            content = found[1] if len(found) > 1 else None
            is_number = isinstance(content, int) and content >= len(self.values)
            return content if is_number or isinstance(content, str) else self.revive(content, depth + 1)
        return [self.revive(at, depth + 1) for at in found]

    def _get_name(self, key: str) -> str:
        """Return the name that a key stands for: itself, or the string with the number in it."""
        number = int(key[1:]) if _NUMBERED_KEY.fullmatch(key) else len(self.values)
        name = self.values[number] if number < len(self.values) else key
        return name if isinstance(name, str) else key


def unwrap_island(value: object, depth: int = 0) -> object:
    """Return the properties of an Astro island without its type numbers; any other value as it is.

    >>> unwrap_island({"posts": [1, [[0, {"title": [0, "Plant opens"]}]]]})
    {'posts': [{'title': 'Plant opens'}]}
    """
    if depth > _MAX_DATA_DEPTH:
        return value
    if isinstance(value, dict):
        return {name: unwrap_island(child, depth + 1) for name, child in value.items()}
    if isinstance(value, list) and len(value) == 2 and type(value[0]) is int:
        if value[0] in (0, 1) and type(value[1]) is not int:
            return unwrap_island(value[1], depth + 1)
        if value[0] in _ISLAND_TEXT_TYPES and isinstance(value[1], str):
            return value[1]
    return [unwrap_island(child, depth + 1) for child in value] if isinstance(value, list) else value
