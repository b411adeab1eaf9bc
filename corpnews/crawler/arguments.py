"""The spider arguments (`-a name=value`), parsed and checked before a run starts."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from corpnews import platforms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[\w-]{2,}|\d)(?::\d+)?(?:[/?#]|$)|localhost(?::\d+)?(?:[/?#]|$)")
_NEWSROOM_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}")
_SWITCH_VALUES = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def parse_count(text: str) -> int:
    """Parse a whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("a whole number above 0")
    return int(text)


def _parse_day(text: str) -> str:
    """Parse a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError("a day as YYYY-MM-DD") from None


def _parse_text(text: str) -> str:
    """Parse a text that is not blank, and strip it."""
    if not text.strip():
        raise ValueError("a text")
    return text.strip()


def parse_newsroom_name(text: str) -> str:
    """Parse the name of a newsroom, which is also that of its folder."""
    if not _NEWSROOM_NAME.fullmatch(text.strip()):
        raise ValueError("a name of letters, digits, '.', '_' and '-'")
    return text.strip()


def _parse_language_tags(text: str) -> tuple[str, ...]:
    """Parse languages as BCP 47 tags, separated by commas."""
    tags = tuple(tag.strip().replace("_", "-") for tag in text.split(","))
    if not all(map(_LANGUAGE_TAG.fullmatch, tags)):
        raise ValueError("a list of languages such as en,zh-Hans")
    return tags


def _parse_switch(text: str) -> bool:
    """Parse 1 or 0, yes or no, true or false."""
    if text.strip().lower() not in _SWITCH_VALUES:
        raise ValueError("1 or 0")
    return _SWITCH_VALUES[text.strip().lower()]


def _parse_source_names(text: str) -> frozenset[str]:
    """Parse names of discovery sources, separated by commas."""
    names, known = {name.strip() for name in text.split(",")}, {source.name for source in platforms.load_sources()}
    if not names <= known:
        raise ValueError(f"a list of some of {', '.join(sorted(known))}")
    return frozenset(names)


def parse_http_url(text: str) -> str:
    """Parse an http(s) URL as a browser's address bar does: without a scheme, in quotes, with spaces.

    >>> parse_http_url(" 'example.com/press releases' ")
    'https://example.com/press%20releases'
    """
    url = _unwrap_url(text)
    if is_scheme_missing(text):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_complete = False
    if not is_complete:
        raise ValueError("the URL of a web page, such as https://www.example.com/news/")
    return safe_url_string(url)


def is_scheme_missing(url: str) -> bool:
    """Whether a text is a URL that begins with its host.

    >>> is_scheme_missing("example.com/news"), is_scheme_missing("http://example.com/news")
    (True, False)
    """
    text = _unwrap_url(url)
    return not _SCHEME.match(text) and _HOST.match(text) is not None


def _unwrap_url(text: str) -> str:
    return text.strip().strip("'\"<>").strip()


def _describe_argument(parse: Callable[[str], Any], description: str) -> dict[str, Any]:
    """Return the metadata of an argument's field: how its text is parsed, and what `scrapy crawl --help` says of it."""
    return {"parse": parse, "help": description}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpiderArguments:
    """The arguments that every newsroom spider takes.

    >>> SpiderArguments.parse({"since": "2024-05-03", "_job": "set by scrapyd"}).since
    '2024-05-03'
    >>> SpiderArguments.parse({"max_article": "5"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: unknown argument 'max_article'; did you mean 'max_articles'? (company, ...
    """

    max_articles: int | None = field(default=None, metadata=_describe_argument(parse_count, "only the newest N"))
    since: str | None = field(default=None, metadata=_describe_argument(_parse_day, "only articles since this day, YYYY-MM-DD"))
    company: str | None = field(default=None, metadata=_describe_argument(_parse_text, "the company's name in the lines"))
    languages: tuple[str, ...] = field(
        default=(), metadata=_describe_argument(_parse_language_tags, "only these languages, as en,zh")
    )
    wire: bool = field(default=False, metadata=_describe_argument(_parse_switch, "1 follows links to copies on news wires"))
    render: bool = field(
        default=False,
        metadata=_describe_argument(_parse_switch, "1 renders the start page, and empty pages of releases, in a browser"),
    )
    sources: frozenset[str] = field(
        default=frozenset(), metadata=_describe_argument(_parse_source_names, "only these sources, as feed,sitemap")
    )
    full: bool = field(default=False, metadata=_describe_argument(_parse_switch, "1 visits all articles again"))
    diff: bool = field(
        default=False, metadata=_describe_argument(_parse_switch, "1 writes what changed in the text of an updated article")
    )

    @classmethod
    def describe(cls) -> str:
        """Return a line on each argument."""
        return "; ".join(f"{each.name}: {each.metadata['help']}" for each in fields(cls))

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Self:
        """Parse `given`, without the names that start with an underscore (scrapyd sets them).

        Raises:
            ValueError: an argument is unknown, missing or has a wrong value; the message names it and what is allowed.
        """
        known = {each.name: each for each in fields(cls)}
        values = {name: value for name, value in given.items() if not name.startswith("_")}
        for name, value in values.items():
            if name not in known:
                raise ValueError(_describe_unknown(name, sorted(known)))
            try:
                values[name] = known[name].metadata["parse"](value)
            except ValueError as wanted:
                raise ValueError(f"argument {name!r}: {value!r} is not {wanted}") from None
        for name, each in known.items():
            if each.default is MISSING and name not in values:
                raise ValueError(f"give {each.metadata['help']}: -a {name}=…")
        return cls(**values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomUrlArguments(SpiderArguments):
    """The arguments of every newsroom spider, and the URL of the newsroom."""

    url: str = field(metadata=_describe_argument(parse_http_url, "the page that lists the releases, or the home page"))
    name: str | None = field(
        default=None,
        metadata=_describe_argument(parse_newsroom_name, "the newsroom's name, by default its host"),
    )


def _describe_unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ";"
    return f"unknown argument {name!r}{hint} ({', '.join(known)})"
