"""Finding the authors of an article. In doubt none rather than a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.extraction.headline.titles import site_names, squeezed
from corpnews.extraction.people.bylines import bylines, handles
from corpnews.extraction.people.marked import blocks_above, blocks_below, marked_authors
from corpnews.extraction.people.names import MOST_AUTHORS, is_office, is_person, looks_like_a_name, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.extraction.blocks import Block, Region
    from corpnews.extraction.facts import Facts
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.page import Page


def find_authors(
    page: Page, facts: Facts, headline: Headline | None, region: Region | None
) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the article's authors and their source (json-ld, meta, microdata or visible), or None.

    A person's full name is preferred to the name of an account, and that to the site or an organisation: some pages name
    only these as their author.
    """
    for names, source in candidates(page, facts, headline, region):
        if names:
            return tuple({squeezed(name): name for name in reversed(names)}.values())[::-1][:MOST_AUTHORS], source
    return None


def candidates(page: Page, facts: Facts, headline: Headline | None, region: Region | None) -> Iterator[tuple[list[str], str]]:
    """Yield names of authors and their source, the most trustworthy first."""
    nobody = site_names(page, facts)
    stated = {
        source: names_in((claim.value for claim in facts.authors if claim.source == source), nobody)
        for source in ("json-ld", "microdata", "meta")
    }
    persons = {source: [name for name in names if is_person(name, nobody)] for source, names in stated.items()}
    yield [name for name in persons["json-ld"] if " " in name], "json-ld"
    above, below = Printed(blocks_above(page, headline, region), nobody), Printed(blocks_below(page, region), nobody)
    yield above.full_names(), "visible"
    for source, names in persons.items():
        yield names, source
    for names in (below.full_names(), above.accounts(), below.accounts()):
        yield names, "visible"
    for source, names in stated.items():
        yield [name for name in names if source != "meta" or not is_office(name, nobody)], source
    yield above.offices() or below.offices(), "visible"


class Printed:
    """The authors that some blocks name; `nobody` are the comparison keys of the site's names."""

    def __init__(self, blocks: list[Block], nobody: frozenset[str]) -> None:
        self.nobody = nobody
        self.marked, self.lines, self.data = (names_in(find(blocks), nobody) for find in (marked_authors, bylines, handles))

    def full_names(self) -> list[str]:
        """Return the persons with a full name."""
        return self._persons(filter(looks_like_a_name, self.marked)) or self._persons(filter(looks_like_a_name, self.lines))

    def accounts(self) -> list[str]:
        """Return the persons and accounts."""
        return self._persons(self.marked) or self._persons(self.data)

    def offices(self) -> list[str]:
        """Return everything that is called an author, including the site itself."""
        return self.marked or [name for name in (*self.lines, *self.data) if squeezed(name) in self.nobody]

    def _persons(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if is_person(name, self.nobody)]
