"""What walls and error pages say: phrases in many languages, from status_phrases.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from corpnews.web.text import has_cjk, normalize_label, split_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_START_LENGTH: Final = 4  # letters


class StatusPhrase(NamedTuple):
    """A phrase in the form in which it is searched for, and the sort of wall or error that says it."""

    text: str
    sort: str

    @property
    def is_number(self) -> bool:
        """Whether it is an HTTP status."""
        return self.text.strip().isdigit()


class StatusMatch(NamedTuple):
    """The phrases found in a text, and the share of its letters that they make up."""

    phrases: tuple[StatusPhrase, ...]
    share: float


@cache
def _read_sorts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("status_phrases.toml").read_text("utf-8"))


class PhraseIndex:
    """The phrases by their first word, single words by how they begin; those of scripts without spaces in one list."""

    def __init__(self, tables: Iterable[tuple[str, str]]) -> None:
        self.unspaced: list[StatusPhrase] = []
        self.by_word: dict[str, list[StatusPhrase]] = {}
        self.by_start: dict[str, list[StatusPhrase]] = {}
        for sort, table in tables:
            for phrase in sorted(split_labels(table)):
                self._add(phrase, sort)

    def _add(self, phrase: str, sort: str) -> None:
        word, space, _ = phrase.partition(" ")
        if has_cjk(phrase):
            self.unspaced.append(StatusPhrase(phrase, sort))
        elif space:
            self.by_word.setdefault(word, []).append(StatusPhrase(f" {phrase}", sort))
        else:
            self.by_start.setdefault(word[:_START_LENGTH], []).append(StatusPhrase(f" {phrase}", sort))

    def match(self, text: str) -> StatusMatch:
        """Find the phrases in a text."""
        label = f" {normalize_label(text)}"
        found = self._find(label)
        if not found:
            return StatusMatch((), 0.0)
        covered = bytearray(len(label))
        for phrase in found:
            at = label.find(phrase.text)
            covered[at : at + len(phrase.text)] = b"\1" * len(phrase.text)
        return StatusMatch(tuple(found), sum(covered) / len(label))

    def _find(self, label: str) -> list[StatusPhrase]:
        words = set(label.split())
        starts = {word[:_START_LENGTH] for word in words}
        candidates = [phrase for word in words & self.by_word.keys() for phrase in self.by_word[word]]
        candidates += [phrase for start in starts & self.by_start.keys() for phrase in self.by_start[start]]
        if has_cjk(label):
            candidates += self.unspaced
        return [
            phrase for phrase in candidates if phrase.text in label and not (phrase.is_number and _is_amount(phrase.text, label))
        ]


def _is_amount(number: str, label: str) -> bool:
    """Whether a number is neither the first nor the last word: "Acme recycles 451 tonnes" states no HTTP status."""
    words = label.split()
    return number.strip() not in (words[0], words[-1])


def iter_status_tables() -> Iterator[tuple[str, str]]:
    """Yield the sorts of walls and errors with their phrases."""
    for sorts in _read_sorts().values():
        yield from sorts.items()


@cache
def _read_index() -> PhraseIndex:
    return PhraseIndex(iter_status_tables())


def is_wall_sort(sort: str) -> bool:
    return sort in _read_sorts()["wall"]


def match_status_phrases(text: str) -> StatusMatch:
    """Find the phrases in a text.

    >>> match_status_phrases("Access denied!").share
    1.0
    >>> match_status_phrases("Plant opens").phrases
    ()
    """
    return _read_index().match(text)


def iter_title_parts(title: str) -> Iterator[str]:
    """Yield the parts of a page's title, of which one may be the name of the site.

    >>> list(iter_title_parts("Log in | Acme - Newsroom"))
    ['Log in', 'Acme', 'Newsroom']
    """
    for mark in (" | ", " – ", " — ", " · ", " » ", " :: ", "_", "|", "｜"):
        title = title.replace(mark, " - ")
    yield from filter(None, map(str.strip, title.split(" - ")))
