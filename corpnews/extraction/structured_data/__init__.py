"""Structured data of a page: JSON-LD, meta elements and microdata.

Pages state wrong values in their structured data, so each value is a Claim that keeps its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from weakref import WeakKeyDictionary

from corpnews.extraction.structured_data.json_ld import read_json_ld
from corpnews.extraction.structured_data.meta_tags import read_canonical_url, read_meta_tags
from corpnews.extraction.structured_data.microdata import read_microdata
from corpnews.extraction.structured_data.values import strip_html

if TYPE_CHECKING:
    from corpnews.extraction.structured_data.values import StatedValues
    from corpnews.page.page import Page

_ClaimSource: TypeAlias = Literal["json-ld", "meta", "microdata"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that the page states, with white space folded and entities resolved, and the syntax that states it."""

    value: str
    source: _ClaimSource


@dataclass(frozen=True, slots=True)
class StructuredData:
    """The claims about the page's article: JSON-LD first, then meta elements, then microdata. Missing values are empty or None.

    `page_keywords` come from <meta name="keywords">, which many templates set to one value on all pages.
    `types` are names of schema.org types.
    """

    headlines: tuple[Claim, ...] = ()
    description: Claim | None = None
    article_body: Claim | None = None
    date_published: tuple[Claim, ...] = ()
    date_modified: tuple[Claim, ...] = ()
    authors: tuple[Claim, ...] = ()
    sections: tuple[Claim, ...] = ()
    keywords: tuple[Claim, ...] = ()
    page_keywords: tuple[Claim, ...] = ()
    publisher: Claim | None = None
    site_name: Claim | None = None
    images: tuple[Claim, ...] = ()
    videos: tuple[Claim, ...] = ()
    canonical_url: Claim | None = None
    types: tuple[str, ...] = ()


# The site's template, the company's name and the article are each read from the page's data.
_DATA_BY_PAGE: Final[WeakKeyDictionary[Page, StructuredData]] = WeakKeyDictionary()


def read_structured_data(page: Page) -> StructuredData:
    """Return all structured data of the page, which are read once."""
    data = _DATA_BY_PAGE.get(page)
    if data is None:
        data = _DATA_BY_PAGE[page] = _read_all(page)
    return data


def _read_all(page: Page) -> StructuredData:
    found: list[tuple[_ClaimSource, StatedValues]] = [
        ("json-ld", read_json_ld(page)),
        ("meta", read_meta_tags(page)),
        ("microdata", read_microdata(page)),
    ]

    def claims(field: str) -> tuple[Claim, ...]:
        by_value: dict[str, Claim] = {}
        for source, fields in found:
            for raw in fields.get(field, ()):
                value = strip_html(raw)
                if value:
                    by_value.setdefault(value, Claim(value, source))
        return tuple(by_value.values())

    def claim(field: str) -> Claim | None:
        return next(iter(claims(field)), None)

    canonical_url = read_canonical_url(page)
    return StructuredData(
        headlines=claims("headline"),
        description=claim("description"),
        article_body=claim("article_body"),
        date_published=claims("date_published"),
        date_modified=claims("date_modified"),
        authors=claims("author"),
        sections=claims("section"),
        keywords=claims("keyword"),
        page_keywords=claims("page_keyword"),
        publisher=claim("publisher"),
        site_name=claim("site_name"),
        images=claims("image"),
        videos=claims("video"),
        canonical_url=Claim(canonical_url, "meta") if canonical_url else None,
        types=tuple(claim.value for claim in claims("type")),
    )
