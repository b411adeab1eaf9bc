"""Releases: headline, date and paragraphs, from a language's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tests.generator.languages import Language

NEWEST = date(2026, 10, 30)
SIZES = {"few": (3, 9), "some": (10, 30), "many": (31, 80)}


@dataclass(frozen=True)
class Release:
    """A release: its address (path and query, or URL on another host), and what its page should give.

    `section` is its place in a hub. Of a dead release there is nothing but its entry in lists.
    """

    number: int
    language: Language
    headline: str
    day: date
    paragraphs: tuple[str, ...]
    section: int = 0
    path: str = ""
    is_dead: bool = False

    @property
    def teaser(self) -> str:
        return self.paragraphs[0][:90]


class Writer:
    """Writes the texts of one company in one language; no headline comes twice."""

    def __init__(self, rng: Random, language: Language, company: str) -> None:
        self.rng = rng
        self.language = language
        self.company = company
        self.headlines: set[str] = set()

    def fill(self, template: str) -> str:
        pick, words = self.rng.choice, self.language
        return template.format(
            company=self.company, partner=pick(words.partners), person=pick(words.people), product=pick(words.products),
            city=pick(words.cities), number=self.rng.randrange(12, 980),
        )  # fmt: skip

    def write_headline(self) -> str:
        for _ in range(50):
            found = self.fill(self.rng.choice(self.language.headlines))
            if found not in self.headlines:
                break
        else:
            found = f"{found} ({len(self.headlines)})"
        self.headlines.add(found)
        return found

    def write_paragraphs(self) -> tuple[str, ...]:
        sentences = self.rng.sample(self.language.sentences, self.rng.randrange(6, 10))
        filled = [self.fill(sentence) for sentence in sentences]
        paragraphs = [self.language.space.join(filled[at : at + 2]) for at in range(0, len(filled), 2)]
        paragraphs.insert(2, self.fill(self.rng.choice(self.language.quotes)))
        return tuple(paragraphs)

    def write_releases(self, count: int, sections: int = 1, first_number: int = 0) -> list[Release]:
        """Write `count` releases, the newest first; the higher the number, the newer the release."""
        day = NEWEST - timedelta(days=self.rng.randrange(20))
        longest_gap = self.rng.choice((8, 25, 45))
        written = []
        for at in range(count):
            written.append(
                Release(
                    first_number + count - at, self.language, self.write_headline(), day, self.write_paragraphs(), at % sections
                )
            )
            day -= timedelta(days=self.rng.randrange(1, longest_gap))
        return written
