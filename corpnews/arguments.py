"""What may be said with `-a name=value`, read and checked before a run starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from corpnews.ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SWITCH = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def read_count(text: str) -> int:
    """Read a whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        message = "a whole number above 0"
        raise ValueError(message)
    return int(text)


def read_day(text: str) -> str:
    """Read a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = "a day as YYYY-MM-DD"
        raise ValueError(message) from None


def read_text(text: str) -> str:
    """Read a text that is not blank."""
    if not text.strip():
        message = "a text"
        raise ValueError(message)
    return text.strip()


def read_tags(text: str) -> tuple[str, ...]:
    """Read languages as BCP 47 tags, parted by commas."""
    tags = tuple(tag.strip().replace("_", "-") for tag in text.split(","))
    if not all(map(TAG.fullmatch, tags)):
        message = "a list of languages such as en,zh-Hans"
        raise ValueError(message)
    return tags


def read_switch(text: str) -> bool:
    """Read 1 or 0, yes or no."""
    if text.strip().lower() not in SWITCH:
        message = "1 or 0"
        raise ValueError(message)
    return SWITCH[text.strip().lower()]


def read_ways(text: str) -> frozenset[str]:
    """Read the names of ways of discovery, parted by commas."""
    names, known = {name.strip() for name in text.split(",")}, {way.name for way in WAYS}
    if not names <= known:
        message = f"a list of some of {', '.join(sorted(known))}"
        raise ValueError(message)
    return frozenset(names)


def read_url(text: str) -> str:
    """Read an absolute http(s) URL."""
    try:
        parts = urlsplit(text.strip())
        complete = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        complete = False
    if not complete:
        message = "an address that starts with http:// or https://"
        raise ValueError(message)
    return text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The arguments that every newsroom takes.

    >>> Arguments.read({"since": "2024-05-03", "_job": "set by scrapyd"}).since
    '2024-05-03'
    >>> Arguments.read({"max_article": "5"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: unknown argument 'max_article'; did you mean 'max_articles'? (company, ...
    """

    max_articles: int | None = field(default=None, metadata={"read": read_count})
    since: str | None = field(default=None, metadata={"read": read_day})
    company: str | None = field(default=None, metadata={"read": read_text})
    languages: tuple[str, ...] = field(default=(), metadata={"read": read_tags})
    wire: bool = field(default=False, metadata={"read": read_switch})
    render: bool = field(default=False, metadata={"read": read_switch})
    ways: frozenset[str] = field(default=frozenset(), metadata={"read": read_ways})
    full: bool = field(default=False, metadata={"read": read_switch})
    diff: bool = field(default=False, metadata={"read": read_switch})

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read and check `given`; names that start with an underscore are the host's business.

        Raises ValueError that names the argument: unknown, missing, or with a value that cannot be read.
        """
        known = {each.name: each for each in fields(cls)}
        values = {name: value for name, value in given.items() if not name.startswith("_")}
        for name, value in values.items():
            if name not in known:
                raise ValueError(_unknown(name, sorted(known)))
            try:
                values[name] = known[name].metadata["read"](value)
            except ValueError as wanted:
                message = f"argument {name!r}: {value!r} is not {wanted}"
                raise ValueError(message) from None
        try:
            return cls(**values)  # type: ignore[arg-type]
        except TypeError as missing:
            raise ValueError(str(missing).partition("() ")[2]) from None


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ";"
    return f"unknown argument {name!r}{hint} ({', '.join(known)})"
