"""Searches without an end: what the URLs that a run requested have in common."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from corpnews.web import url_features, urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpnews.extraction.listing_entry import ArticleLink

_SESSION_PARAMETER = re.compile(r"s(?:ess(?:ion)?)?_?id$|^s$|token|sess", re.IGNORECASE)
# A matrix parameter, or a step of the path: /(S(4f1a…))/, a long mix of letters and digits with or without a name, a time
_SESSION_PART = (
    r";[\w.-]+=[^/;]*|/(?:\([^/]{4,}\)|(?:[~!@$*]|[A-Za-z]{1,12}[-_.~:=])?"
    r"(?:(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}|\d{10,}))"
)
_SESSION_STEP = re.compile(rf"{_SESSION_PART}(?=/[^/])")  # not the last one, which tells articles apart
_SESSION_ANYWHERE = re.compile(rf"{_SESSION_PART}(?=/|$)")
_NUMBER = re.compile(r"\d+")
_MIN_TOKEN_LENGTH: Final = 12
_MIN_SHARE_OF_PATTERN: Final = 0.3  # of the requests; URLs that share less have but their beginning in common
_MIN_COPIES: Final = 3  # links

logger = logging.getLogger(__name__)


def describe_trap(requested: Iterable[str]) -> tuple[str, str]:
    """Return the pattern that most of the requested URLs share, and what they are, with their number.

    >>> describe_trap(f"https://example.com/news/?page={number}" for number in range(3000))
    ('https://example.com/news/?page=*', 'a pager without an end, 3000 requests')
    """
    patterns: defaultdict[str, list[str]] = defaultdict(list)
    for url in requested:
        patterns[_build_url_pattern(url)].append(url)
    pattern, alike = max(patterns.items(), key=lambda each: len(each[1]))
    total = sum(map(len, patterns.values()))
    if len(alike) < _MIN_SHARE_OF_PATTERN * total:
        alike = [url for each in patterns.values() for url in each]
        shared = takewhile(lambda steps: len(set(steps)) == 1, zip(*(url.split("/") for url in alike), strict=False))
        pattern = "/".join([*(steps[0] for steps in shared), "**"])
    return pattern, f"{_name_trap(max(alike, key=len))}, {len(alike)} requests"


class SessionCopies:
    """Recognises pages that list known articles again, under URLs that differ in a session's id (query or path)."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[str, str, str], str] = {}

    def contains_all(self, links: Sequence[ArticleLink], url: str) -> bool:
        """Whether all links of the page at `url` are copies of those of other pages; if they are not, they are remembered."""
        known = dict(map(_identify, links))
        if len(known) >= _MIN_COPIES and all(self._sessions.get(key, session) != session for key, session in known.items()):
            logger.info("<%s> lists known articles under URLs with other queries, such as session ids", url)
            return True
        self._sessions |= known
        return False


def _identify(link: ArticleLink) -> tuple[tuple[str, str, str], str]:
    """Return what the copies of a link share, its URL without a session's id, its title and its date; and what may be that id."""
    url, _, query = link.url.partition("?")
    parts = _SESSION_ANYWHERE if link.title and link.date else _SESSION_STEP
    tokens = "".join(parts.findall(url))
    key = parts.sub("", url) if tokens else url, link.title or "", link.date.value if link.date else ""
    return key, f"{tokens}?{query}"


def _name_trap(url: str) -> str:
    query = urls.get_query(url)
    if any(_SESSION_PARAMETER.search(name) for name in query) or ";" in urlsplit(url).path or _SESSION_STEP.search(url):
        return "session ids in links"
    if url_features.is_calendar_url(url) or url_features.is_period_url(url) or set(query) & url_features.PERIOD_PARAMETERS:
        return "a calendar without an end"
    if url_features.has_page_number_in_path(url) or any(map(url_features.is_page_parameter, query)):
        return "a pager without an end"
    path = urls.split_path(url)
    return "pages that link to ever deeper copies of themselves" if len(set(path)) < len(path) else "ever more pages"


def _build_url_pattern(url: str) -> str:
    """Return the URL with "*" for numbers, long tokens, and the values of parameters.

    >>> _build_url_pattern("https://example.com/news/2031/05/?sid=4f1a")
    'https://example.com/news/*/*/?sid=*'
    """
    parts = urlsplit(url)
    steps = [_NUMBER.sub("*", step) if len(step) < _MIN_TOKEN_LENGTH or step.isalpha() else "*" for step in parts.path.split("/")]
    query = "&".join(f"{name}=*" for name in sorted(urls.get_query(url)))
    return f"{parts.scheme}://{parts.netloc}{'/'.join(steps)}{'?' if query else ''}{query}"
