"""Data that a script writes as the result of a function, with the values that come again and again as its arguments.

    (function(a,b){b.title="Plant opens";return {posts:[b],next:a}}(null,{}))

Nuxt 2 and other frameworks that use "devalue" write the state of a page in this way. TanStack and Solid Start ("seroval") number
the values instead: $R[0]={posts:[$R[1]={title:"Plant opens"}]}.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = re.compile(r"\(\s*function\s*\(([\w$,\s]*)\)\s*\{")
_ASSIGNMENT: Final = re.compile(r"([\w$]+)(?:\.([\w$]+)|\[(?:\"([^\"\\]{1,200})\"|(\d{1,6}))\])\s*=")
_RETURN: Final = re.compile(r"return\b\s*")
_ARGUMENTS: Final = re.compile(r"\s*;?\s*\}\s*\)?\s*\(")
_TOKEN: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\[\]{}(),;]|[^\[\]{}(),;\"']+|.", re.DOTALL)
# What JSON has not: keys without quotes, names and dates as values, nothing, empty lists by their length, numbers without a digit
# before the point. Strings are skipped.
_NOT_JSON: Final = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|(?<=[{,])([A-Za-z_$][\w$]*|\d+)(?=:)"
    r"|(?<=[:\[,])(?:([A-Za-z_$][\w$]*)|new Date\((-?\d{1,16}|\"[^\"\\]{1,40}\")\)|![01]|void 0"
    r"|\$R\[\d{1,7}\]|(Array)\(\d{1,9}\)"
    r"|(-?)(\.\d+))(?=[,\]}])"
)
_ESCAPE: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|.)", re.DOTALL)  # of a character; JSON has \u003c for \x3c
_NUMBERED: Final = re.compile(r"\$R\[\d{1,7}\]=(?=[\[{])")
_NUMBER: Final = re.compile(r"(\"(?:[^\"\\]|\\.)*\")|\$R\[\d{1,7}\]=")
_MARK: Final = "\ue000"  # starts the strings that stand for names
_LITERALS: Final = frozenset(("true", "false", "null"))
_NOTHING: Final = frozenset(("undefined", "NaN", "Infinity"))
_CONSTANTS: Final = {"!0": "true", "!1": "false"}
_DECODER: Final = json.JSONDecoder(strict=False)
_MAX_DEPTH: Final = 60


def evaluate_call(text: str, start: int) -> object:
    """Return what the call of a function literal that starts there returns; None if it is none, or does more than fill in data.

    >>> evaluate_call('(function(a,b){b.title="Plant";return {posts:[b],next:a,kind:"a"}}(null,{}))', 0)
    {'posts': [{'title': 'Plant'}], 'next': None, 'kind': 'a'}
    """
    head = _HEAD.match(text, start)
    if not head:
        return None
    at, assigned = head.end(), []
    while found := _ASSIGNMENT.match(text, at):
        end = _find_end(text, found.end())
        assigned.append((found, text[found.end() : end]))
        at = end + 1
    returned = _RETURN.match(text, at)
    if not returned:
        return None
    end = _find_end(text, returned.end())
    called = _ARGUMENTS.match(text, end)
    if not called:
        return None
    try:
        arguments = _parse(f"[{text[called.end() : _find_end(text, called.end(), separators=')')]}]", {})
        names = [name.strip() for name in head[1].split(",")]
        values = dict(zip(names, arguments if isinstance(arguments, list) else [], strict=False))
        for found, value in assigned:
            _assign(values.get(found[1]), found[2] or found[3], found[4], _parse(value, values))
        return _parse(text[returned.end() : end], values)
    except (ValueError, RecursionError):
        return None


def iter_numbered_values(text: str) -> Iterator[object]:
    """Yield the numbered values of a script that are in no other one; None stands for those that come again.

    >>> list(iter_numbered_values('fill($R[0]={posts:$R[1]=[$R[2]={title:"Plant",hot:!0},$R[2]]})'))
    [{'posts': [{'title': 'Plant', 'hot': True}, None]}]
    """
    at = 0
    while found := _NUMBERED.search(text, at):
        at = _find_end(text, found.end())
        with suppress(ValueError, RecursionError):
            yield _parse(_NUMBER.sub(lambda number: number[1] or "", text[found.end() : at]), {})


def _find_end(text: str, start: int, separators: str = ",;)}]") -> int:
    """Return where the value ends that starts there: at a separator outside brackets and strings."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        sign = token[0]
        if not depth and sign in separators:
            return token.start()
        depth += (sign in "[{(") - (sign in ")]}")
    return len(text)


def _parse(text: str, values: dict[str, Any]) -> object:
    """Parse a JavaScript value in which names stand for `values`. Raises ValueError if it is none."""
    return _resolve(_DECODER.decode(_NOT_JSON.sub(_write_as_json, f"[{text}]")), values, 0)[0]


def _write_as_json(found: re.Match[str]) -> str:
    """Write a key in quotes, a name as a string that stands for it, a date as its number or text."""
    key, name, date, array, sign, fraction = found.groups()
    if key:
        return f'"{key}"'
    if name:
        return name if name in _LITERALS else "null" if name in _NOTHING else f'"{_MARK}{name}"'
    if found[0].startswith('"'):
        return _ESCAPE.sub(lambda escape: f"\\u00{escape[1]}" if escape[1] else escape[0], found[0])
    if fraction:
        return f"{sign}0{fraction}"
    return date or _CONSTANTS.get(found[0]) or ("[]" if array else "null")


def _resolve(node: Any, values: dict[str, Any], depth: int) -> Any:
    if isinstance(node, str) and node.startswith(_MARK):
        return values.get(node[1:])
    if depth > _MAX_DEPTH:
        return node
    if isinstance(node, dict):
        return {name: _resolve(child, values, depth + 1) for name, child in node.items()}
    return [_resolve(child, values, depth + 1) for child in node] if isinstance(node, list) else node


def _assign(target: object, name: str | None, index: str | None, value: object) -> None:
    """Set a property of an object, or a value of a list, which may have been made without it."""
    if isinstance(target, dict) and name:
        target[name] = value
    elif isinstance(target, list) and index:
        target[int(index) :] = [value]
