"""Extraction of an article from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.body import StatedBody, find_region
from corpnews.extraction.dates import find_modification_date, find_publication_date
from corpnews.extraction.dates.published import count_days_between
from corpnews.extraction.extracted_page import ExtractedPage
from corpnews.extraction.headline import find_headline
from corpnews.extraction.listing_entry import NO_LISTING_ENTRY, ListingEntry
from corpnews.extraction.media import find_attachments, find_images, find_videos
from corpnews.extraction.people import find_authors
from corpnews.extraction.section_and_keywords import find_keywords, find_section
from corpnews.extraction.selectors import NO_SELECTORS, Selectors, select_date, select_headline, select_region
from corpnews.extraction.structured_data import read_structured_data
from corpnews.extraction.translations import find_translations
from corpnews.web.languages import detect_language

if TYPE_CHECKING:
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page

# Characters of the article from which its language is detected.
_MAX_SAMPLE_OF_TEXT: Final = 500


class NotAnArticle(ValueError):
    """The page contains no article; the message says why."""


def extract_page(
    page: Page,
    template: SiteTemplate | None = None,
    *,
    listed: ListingEntry = NO_LISTING_ENTRY,
    selectors: Selectors = NO_SELECTORS,
) -> ExtractedPage:
    """Extract the article of a page. Its body is not yet cleaned of boilerplate.

    Args:
        page: The page.
        template: The template of the page's site.
        listed: What the listing says about the article.
        selectors: Selectors of the newsroom; what they select wins over what is found.

    Raises:
        NotAnArticle: The page has no headline or no text.
    """
    facts = read_structured_data(page)
    headline = select_headline(page, selectors) or find_headline(page, facts, listed.title)
    if headline is None:
        raise NotAnArticle("no headline" if page.layout.blocks else "no text")
    region = select_region(page, selectors) or find_region(page.layout, template, headline, get_stated_body(facts))
    if region is None:
        raise NotAnArticle("no text")
    told = select_date(page, selectors) or find_publication_date(page, facts, headline.block, region, listed.date)
    dated = _choose_more_precise_date(told, listed)
    written = find_authors(page, facts, headline, region)
    section = find_section(page, facts, headline)
    images, captions = find_images(page, facts, region, headline)
    publisher = facts.publisher or facts.site_name
    found = {"headline": headline.source, "date_published": dated, "authors": written, "section": section}
    return ExtractedPage(
        page=page,
        headline=headline,
        region=region,
        canonical_url=facts.canonical_url.value if facts.canonical_url else None,
        summary=_find_summary(facts, template),
        language=detect_language(sample_text(headline.text, region), page.language_tag),
        date_published=dated[0] if dated else None,
        date_modified=find_modification_date(page, facts, headline.block, region, dated[0] if dated else None),
        authors=written[0] if written else (),
        section=section[0] if section else headline.section,
        keywords=find_keywords(page, facts),
        images=tuple(image for image in images if not (template and template.is_site_wide(image.url))),
        videos=find_videos(page, facts, region),
        attachments=find_attachments(page, region),
        captions=captions,
        publisher=publisher.value if publisher else None,
        types=facts.types,
        template=template,
        sources={name: value if isinstance(value, str) else value[1] for name, value in found.items() if value},
        translations=find_translations(page, listed.translations),
        warnings=_find_date_conflicts(dated, listed),
    )


def _choose_more_precise_date(told: tuple[FoundDate, str] | None, listed: ListingEntry) -> tuple[FoundDate, str] | None:
    """Return the date found on the page, or that of the listing if it is more precise or the page has none."""
    if listed.date and (told is None or told[1] == "listing" or _is_more_precise(listed.date, told[0])):
        return listed.date, listed.date_source
    return told


def _is_more_precise(one: FoundDate, other: FoundDate) -> bool:
    return len(one.value) > len(other.value) and one.value.startswith(other.value)


def _find_date_conflicts(dated: tuple[FoundDate, str] | None, listed: ListingEntry) -> tuple[str, ...]:
    """Return a warning if the days of the page and the listing differ by more than time zones explain."""
    if dated is None or listed.date is None or min(len(dated[0].value), len(listed.date.value)) < len("2024-05-03"):
        return ()
    if count_days_between(dated[0].day, listed.date.day) <= 1:
        return ()
    return (f"the {listed.date_source} says {listed.date.day} of the date",)


def get_stated_body(facts: StructuredData) -> StatedBody:
    return StatedBody(*(claim.value if claim else "" for claim in (facts.description, facts.article_body)))


def _find_summary(facts: StructuredData, template: SiteTemplate | None) -> str | None:
    """Return the page's description, unless it describes the whole site."""
    summary = facts.description.value if facts.description else None
    return None if summary and template and template.is_site_wide(summary) else summary


def sample_text(headline: str, region: BodyRegion) -> str:
    """Return the start of the article's text."""
    pieces, length = [headline], len(headline)
    for block in region.blocks:
        if length >= _MAX_SAMPLE_OF_TEXT:
            break
        pieces.append(block.text)
        length += len(block.text)
    return "\n".join(pieces)[:_MAX_SAMPLE_OF_TEXT]
