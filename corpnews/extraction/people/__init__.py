"""Finding the authors of an article. In doubt none rather than a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpnews.extraction.headline.stated_titles import get_site_names
from corpnews.extraction.people.author_markup import find_blocks_above, find_blocks_below, find_marked_authors
from corpnews.extraction.people.bylines import iter_account_names, iter_byline_names
from corpnews.extraction.people.person_names import (
    MAX_AUTHORS,
    is_department_or_company,
    is_person_name,
    looks_like_name,
    parse_names,
)
from corpnews.web.text import build_comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpnews.extraction.headline import Headline
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import Block, BodyRegion
    from corpnews.page.page import Page


def find_authors(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None
) -> tuple[tuple[str, ...], str] | None:
    """Return the names of the article's authors and their source (json-ld, meta, microdata or visible), or None.

    A person's full name is preferred to the name of an account, and that to the site or an organisation: some pages name
    only these as their author.
    """
    for names, source in _iter_author_candidates(page, data, headline, region):
        if names:
            return tuple({build_comparison_key(name): name for name in reversed(names)}.values())[::-1][:MAX_AUTHORS], source
    return None


def _iter_author_candidates(
    page: Page, data: StructuredData, headline: Headline | None, region: BodyRegion | None
) -> Iterator[tuple[list[str], str]]:
    """Yield names of authors and their source, the most trustworthy first."""
    site_names = get_site_names(page, data)
    stated = {
        source: parse_names((claim.value for claim in data.authors if claim.source == source), site_names)
        for source in ("json-ld", "microdata", "meta")
    }
    persons = {source: [name for name in names if is_person_name(name, site_names)] for source, names in stated.items()}
    yield [name for name in persons["json-ld"] if " " in name], "json-ld"
    above, below = (
        VisibleAuthors(find_blocks_above(page, headline, region), site_names),
        VisibleAuthors(find_blocks_below(page, region), site_names),
    )
    yield above.get_full_names(), "visible"
    for source, names in persons.items():
        yield names, source
    for names in (below.get_full_names(), above.get_accounts(), below.get_accounts()):
        yield names, "visible"
    for source, names in stated.items():
        yield [name for name in names if source != "meta" or not is_department_or_company(name, site_names)], source
    yield above.get_departments() or below.get_departments(), "visible"


class VisibleAuthors:
    """The authors that some blocks name; `site_names` are the comparison keys of the site's names."""

    def __init__(self, blocks: list[Block], site_names: frozenset[str]) -> None:
        self.site_names = site_names
        self.marked_names, self.byline_names, self.account_names = (
            parse_names(find(blocks), site_names) for find in (find_marked_authors, iter_byline_names, iter_account_names)
        )

    def get_full_names(self) -> list[str]:
        """Return the persons with a full name."""
        return self._persons(filter(looks_like_name, self.marked_names)) or self._persons(
            filter(looks_like_name, self.byline_names)
        )

    def get_accounts(self) -> list[str]:
        """Return the persons and accounts."""
        return self._persons(self.marked_names) or self._persons(self.account_names)

    def get_departments(self) -> list[str]:
        """Return everything that is called an author, including the site itself."""
        return self.marked_names or [
            name for name in (*self.byline_names, *self.account_names) if build_comparison_key(name) in self.site_names
        ]

    def _persons(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if is_person_name(name, self.site_names)]
