"""The news wire that distributed a release: its name, and the identifier and URL of the release there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.items import Wire

if TYPE_CHECKING:
    from collections.abc import Iterable

# Maximum length of the start of a line in which the wire's name stands as in a dateline.
_MAX_OPENING: Final = 250


class _WireService(NamedTuple):
    """A news wire: its name, how texts mention it as the source of a release, and the URLs of its releases with their ids."""

    name: str
    mention: re.Pattern[str]
    url: re.Pattern[str]


# Texts without any of these words are of no wire, nor are URLs without one of the second.
_WIRE_WORD: Final = re.compile(
    r"wire|newsfile|\bcnw\b|\bots\b|prweb|eqs|dgap|\brns\b|cision|pr ?times|kyodo|美通|뉴스와이어", re.IGNORECASE
)
# One of these parts, casefolded, is in every one of these words.
_PARTS_OF_WIRE_WORDS: Final = tuple("wire newsfile cnw ots prweb eqs dgap rns cision times kyodo 美通 뉴스".split())
_WORDS_IN_URLS: Final = tuple("wire newsfile prweb eqs dgap stockexchange presseportal cision prtimes prnasia".split())


@cache
def _load_services() -> tuple[_WireService, ...]:
    """Return the services; a mention is a name in brackets, between slashes, at the start, or after words such as "via"."""
    data = tomllib.loads(files(__package__).joinpath("wires.toml").read_text(encoding="utf-8"))
    return tuple(_describe_service(**wire) for wire in data["wire"])


def _describe_service(name: str, spelling: str, url: str) -> _WireService:
    mention = (
        rf"[(/]\s?(?:{spelling})(?!\w)[^()/]{{0,40}}[)/]|\b(?:via|through|über|source:)\s(?:{spelling})(?!\w)|"
        rf"^(?:{spelling})[:\s–-]|\d(?:,\s)?\s(?:{spelling})\s?[–-]"
    )
    return _WireService(name, re.compile(mention, re.IGNORECASE), re.compile(url, re.IGNORECASE))


def _has_wire_word(opening: str) -> bool:
    folded = opening.casefold()
    return any(map(folded.__contains__, _PARTS_OF_WIRE_WORDS)) and _WIRE_WORD.search(opening) is not None


def may_be_wire_url(url: str) -> bool:
    return any(word in url for word in _WORDS_IN_URLS)


def find_wire(lines: Iterable[str], urls: Iterable[str]) -> Wire | None:
    """Return the wire of a release; None if neither its text names one nor it links to its copy there.

    >>> find_wire(["OSLO, May 3, 2024 /PRNewswire/ -- Acme opens a plant."], [])
    Wire(name='PR Newswire', id=None, url=None)
    """
    for url in filter(may_be_wire_url, urls):
        for service in _load_services():
            found = service.url.match(url)
            if found:
                return Wire(service.name, found["id"], url)
    openings = [opening for line in lines if _has_wire_word(opening := line[:_MAX_OPENING])]
    named = (each for line in openings for each in _load_services() if each.mention.search(line))
    return next((Wire(each.name) for each in named), None)
