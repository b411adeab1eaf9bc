"""Extraction of an article from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpnews.extraction.body import Stated, find_region
from corpnews.extraction.dates import modification_date, publication_date
from corpnews.extraction.dates.published import days_between
from corpnews.extraction.draft import Draft
from corpnews.extraction.facts import read_facts
from corpnews.extraction.headline import find_headline
from corpnews.extraction.labels import find_keywords, find_section
from corpnews.extraction.language import detect_language
from corpnews.extraction.listed import UNLISTED, Listed
from corpnews.extraction.media import find_attachments, find_images, find_videos
from corpnews.extraction.people import find_authors
from corpnews.extraction.selectors import NO_SELECTORS, Selectors, select_date, select_headline, select_region
from corpnews.extraction.translations import find_translations

if TYPE_CHECKING:
    from corpnews.extraction.blocks import Region
    from corpnews.extraction.dates import FoundDate
    from corpnews.extraction.facts import Facts
    from corpnews.extraction.page import Page
    from corpnews.extraction.template import SiteTemplate

# Characters of the article from which its language is detected.
SAMPLE: Final = 500


class NotAnArticle(ValueError):
    """The page contains no article; the message says why."""


def extract(
    page: Page,
    template: SiteTemplate | None = None,
    *,
    listed: Listed = UNLISTED,
    selectors: Selectors = NO_SELECTORS,
) -> Draft:
    """Extract the article of a page. Its body is not yet cleaned of boilerplate.

    Args:
        page: The page.
        template: The template of the page's site.
        listed: What the listing says about the article.
        selectors: Selectors of the newsroom; what they select wins over what is found.

    Raises:
        NotAnArticle: The page has no headline or no text.
    """
    facts = read_facts(page)
    headline = select_headline(page, selectors) or find_headline(page, facts, listed.title)
    if headline is None:
        raise NotAnArticle("no headline" if page.layout.blocks else "no text")
    region = select_region(page, selectors) or find_region(page.layout, template, headline, stated(facts))
    if region is None:
        raise NotAnArticle("no text")
    told = select_date(page, selectors) or publication_date(page, facts, headline.block, region, listed.date)
    dated = completed(told, listed)
    written = find_authors(page, facts, headline, region)
    section = find_section(page, facts, headline)
    images, captions = find_images(page, facts, region, headline)
    publisher = facts.publisher or facts.site_name
    found = {"headline": headline.source, "date_published": dated, "authors": written, "section": section}
    return Draft(
        page=page,
        headline=headline,
        region=region,
        canonical_url=facts.canonical_url.value if facts.canonical_url else None,
        summary=summary_of(facts, template),
        language=detect_language(page, sample(headline.text, region)),
        date_published=dated[0] if dated else None,
        date_modified=modification_date(page, facts, headline.block, region, dated[0] if dated else None),
        authors=written[0] if written else (),
        section=section[0] if section else headline.section,
        keywords=find_keywords(page, facts),
        images=tuple(image for image in images if not (template and template.is_shown_often(image.url))),
        videos=find_videos(page, facts, region),
        attachments=find_attachments(page, region),
        captions=captions,
        publisher=publisher.value if publisher else None,
        types=facts.types,
        template=template,
        sources={name: value if isinstance(value, str) else value[1] for name, value in found.items() if value},
        translations=find_translations(page, listed.translations),
        remarks=doubts(dated, listed),
    )


def completed(told: tuple[FoundDate, str] | None, listed: Listed) -> tuple[FoundDate, str] | None:
    """Return the date found on the page, or that of the listing if it is more precise or the page has none."""
    if listed.date and (told is None or told[1] == "listing" or is_more_precise(listed.date, told[0])):
        return listed.date, listed.dated_by
    return told


def is_more_precise(one: FoundDate, other: FoundDate) -> bool:
    return len(one.value) > len(other.value) and one.value.startswith(other.value)


def doubts(dated: tuple[FoundDate, str] | None, listed: Listed) -> tuple[str, ...]:
    """Return a warning if the days of the page and the listing differ by more than time zones explain."""
    if dated is None or listed.date is None or min(len(dated[0].value), len(listed.date.value)) < len("2024-05-03"):
        return ()
    if days_between(dated[0].day, listed.date.day) <= 1:
        return ()
    return (f"the {listed.dated_by} says {listed.date.day} of the date",)


def stated(facts: Facts) -> Stated:
    return Stated(*(claim.value if claim else "" for claim in (facts.description, facts.article_body)))


def summary_of(facts: Facts, template: SiteTemplate | None) -> str | None:
    """Return the page's description, unless it describes the whole site."""
    summary = facts.description.value if facts.description else None
    return None if summary and template and template.is_shown_often(summary) else summary


def sample(headline: str, region: Region) -> str:
    """Return the start of the article's text."""
    pieces, length = [headline], len(headline)
    for block in region.blocks:
        if length >= SAMPLE:
            break
        pieces.append(block.text)
        length += len(block.text)
    return "\n".join(pieces)[:SAMPLE]
