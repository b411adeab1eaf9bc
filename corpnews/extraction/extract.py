"""Extraction of an article from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.body import StatedBody, find_region
from corpnews.extraction.dates import ArticleDates
from corpnews.extraction.dates.published import count_days_between
from corpnews.extraction.dates.url_dates import find_date_in_url
from corpnews.extraction.extracted_page import ExtractedPage
from corpnews.extraction.headline import add_lead, find_headline, find_plain_headline, quote_first_sentence
from corpnews.extraction.headline.visible_titles import is_mostly_date
from corpnews.extraction.listing_entry import NO_LISTING_ENTRY, ListingEntry
from corpnews.extraction.media import find_attachments, find_file_line, find_images, find_picture_place, find_videos
from corpnews.extraction.people import find_authors
from corpnews.extraction.publisher_source import find_publisher_source
from corpnews.extraction.section_and_keywords import find_keywords, find_section
from corpnews.extraction.selectors import (
    NO_SELECTORS,
    Selectors,
    remove_selected,
    select_authors,
    select_date,
    select_headline,
    select_images,
    select_region,
    select_section,
)
from corpnews.extraction.structured_data import read_structured_data
from corpnews.extraction.translations import find_own_tag, find_translations
from corpnews.web.languages import detect_language, get_primary_language
from corpnews.web.text import build_comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.headline import Headline
    from corpnews.extraction.site_template import SiteTemplate
    from corpnews.extraction.structured_data import StructuredData
    from corpnews.page.layout import BodyRegion
    from corpnews.page.page import Page

# Characters of the article from which its language is detected.
_MAX_SAMPLE_OF_TEXT: Final = 500
_MAX_DAYS_OF_PREPARATION: Final = 31  # a page, and with it its URL, is often made some days before it is published
_NO_HEADLINE_WARNING: Final = "the page states no headline; the start of the text stands for it"


class NotAnArticle(ValueError):
    """The page contains no article; the message says why."""


def extract_page(
    page: Page,
    template: SiteTemplate | None = None,
    *,
    entry: ListingEntry = NO_LISTING_ENTRY,
    selectors: Selectors = NO_SELECTORS,
) -> ExtractedPage:
    """Extract the article of a page. Its body is not yet cleaned of boilerplate.

    Args:
        page: The page.
        template: The template of the page's site.
        entry: What the listing says about the article.
        selectors: Selectors of the newsroom; what they select wins over what is found.

    Raises:
        NotAnArticle: The page has no text.
        ValueError: A selector is invalid.
    """
    page, removed = remove_selected(page, selectors)
    data = read_structured_data(page)
    headline = select_headline(page, selectors) or find_headline(page, data, entry.title, template)
    stated = get_stated_body(data, template)
    text = select_region(page, selectors) or find_region(page.layout, template, headline, stated, page.host)
    is_text = text is not None and not all(is_mostly_date(block.text) for block in text.blocks)
    region = text if is_text else find_file_line(page, headline)
    pictures = None if region else find_picture_place(page, headline)
    region = region or pictures or text
    if region is None:
        raise NotAnArticle("no text")
    if headline is None or headline.source == "url":
        headline = find_plain_headline(page.layout.blocks, region) or headline
    is_stated = headline is not None
    headline = add_lead(headline, page.layout.blocks, region, stated.description) if headline else quote_first_sentence(region)
    dates = ArticleDates(page, data, headline.block, region)
    found_date = select_date(page, selectors) or dates.find_published(entry.date)
    date = _choose_more_precise_date(found_date, entry)
    if pictures and date is None:
        raise NotAnArticle("no text")
    authors = select_authors(page, selectors) or find_authors(page, data, headline, region, template)
    section = select_section(page, selectors) or find_section(page, data, headline)
    selected = select_images(page, selectors)
    own = None if pictures else region
    names = authors[0] if authors else ()
    images, captions = find_images(page, data, own, headline, selected, authors=names, template=template)
    return ExtractedPage(
        page=page,
        headline=headline,
        region=region,
        canonical_url=data.canonical_url.value if data.canonical_url else None,
        summary=_find_summary(data, headline, template),
        language=_find_language(page, headline, region),
        date_published=date[0] if date else None,
        date_modified=dates.find_modified(date[0] if date else None),
        authors=names,
        section=section[0] if section else headline.section,
        keywords=find_keywords(page, data, headline, region),
        images=images,
        videos=find_videos(page, data, region),
        attachments=find_attachments(page, region, template),
        captions=captions,
        sources=name_sources(headline, date, authors, section),
        translations=find_translations(page, entry.translations),
        publisher_source=find_publisher_source(page, data, headline, region, captions),
        types=data.types,
        template=template,
        warnings=(*_find_date_conflicts(date, entry, page.url), *(() if is_stated else (_NO_HEADLINE_WARNING,))),
        removed=removed,
    )


def name_sources(
    headline: Headline,
    date: tuple[FoundDate, str] | None,
    authors: tuple[tuple[str, ...], str] | None,
    section: tuple[str, str] | None,
) -> dict[str, str]:
    """Return the sources of the fields that were found, by the names of the fields."""
    found = {"date_published": date, "authors": authors, "section": section}
    return {"headline": headline.source} | {name: value[1] for name, value in found.items() if value}


def _choose_more_precise_date(found: tuple[FoundDate, str] | None, entry: ListingEntry) -> tuple[FoundDate, str] | None:
    """Return the date found on the page, or that of the listing if it is more precise or the page has none."""
    if entry.date and (found is None or found[1] == "listing" or _is_more_precise(entry.date, found[0])):
        return entry.date, entry.date_source
    return found


def _is_more_precise(one: FoundDate, other: FoundDate) -> bool:
    return len(one.value) > len(other.value) and one.value.startswith(other.value)


def _find_date_conflicts(found: tuple[FoundDate, str] | None, entry: ListingEntry, url: str) -> Iterator[str]:
    """Yield a warning if the day of the listing differs by more than time zones explain, or that of the URL by a month."""
    if found is None or len(found[0].value) < len("2024-05-03"):
        return
    for source, other, days in ((entry.date_source, entry.date, 1), ("URL", find_date_in_url(url), _MAX_DAYS_OF_PREPARATION)):
        if other and len(other.value) >= len("2024-05-03") and count_days_between(found[0].day, other.day) > days:
            yield f"the {source} has another date: {other.day}"


def get_stated_body(data: StructuredData, template: SiteTemplate | None) -> StatedBody:
    """Return what the structured data says of the article's text."""
    return StatedBody(_find_description(data, template) or "", data.article_body.value if data.article_body else "")


def _find_description(data: StructuredData, template: SiteTemplate | None) -> str | None:
    """Return the page's description, unless it describes the whole site."""
    description = data.description.value if data.description else None
    return None if description and template and template.is_site_wide(description) else description


def _find_summary(data: StructuredData, headline: Headline, template: SiteTemplate | None) -> str | None:
    """Return the description of the article, unless it is the headline once more."""
    summary = _find_description(data, template)
    is_headline = summary is not None and build_comparison_key(summary) == build_comparison_key(headline.text)
    return None if is_headline else summary


def _find_language(page: Page, headline: Headline, region: BodyRegion) -> str | None:
    """Return the tag of the text's language: the one by which the page's translations link to the page, if it is of the same."""
    language = detect_language(sample_text(headline.text, region), page.language_tag)
    own = find_own_tag(page)
    is_same = language and own and get_primary_language(language) == get_primary_language(own)
    return own if is_same else language


def sample_text(headline: str, region: BodyRegion) -> str:
    """Return the start of the article's text."""
    pieces, length = [headline], len(headline)
    for block in region.blocks:
        if length >= _MAX_SAMPLE_OF_TEXT:
            break
        pieces.append(block.text)
        length += len(block.text)
    return "\n".join(pieces)[:_MAX_SAMPLE_OF_TEXT]
