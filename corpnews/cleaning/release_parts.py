"""The parts of a release that have fields of their own: dateline, contacts, about, legal notice, tickers, wire, embargo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.end_matter import find_about, find_contacts, find_legal_notice
from corpnews.cleaning.legal_phrases import is_embargo
from corpnews.extraction.release.dateline import find_dateline
from corpnews.extraction.release.phones import guess_phone_regions
from corpnews.extraction.release.tickers import find_tickers
from corpnews.extraction.release.wires import find_wire, may_be_wire_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpnews.cleaning.clean import CleanedPage
    from corpnews.extraction.extracted_page import ExtractedPage
    from corpnews.items import About, Contact, Dateline, Ticker, Wire

# Blocks after the body whose links may lead to the copy of the release at its wire.
_MAX_BLOCKS_AFTER: Final = 12
_MAX_OPENING_BLOCKS: Final = 3
_OPENING_SIGNS: Final = (":", "：", "–", "—", "-")
_URL: Final = re.compile(r"https?://[^\s<>\"“”]{8,300}")


@dataclass(frozen=True, slots=True)
class ReleaseParts:
    dateline: Dateline | None
    contacts: tuple[Contact, ...]
    about: tuple[About, ...]
    legal_notice: str | None
    tickers: tuple[Ticker, ...]
    wire: Wire | None
    embargo: str | None


def find_release_parts(extracted: ExtractedPage, cleaned: CleanedPage, company: str) -> ReleaseParts:
    languages = [extracted.language] if extracted.language else []
    opening = [block.text for block in cleaned.blocks[:_MAX_OPENING_BLOCKS]]
    about = find_about(cleaned.end_matter)
    organizations = (company, *(each.organization for each in about if each.organization))
    end_lines = [line for part in cleaned.end_matter for line in (part.heading, *part.lines) if line]
    texts = [extracted.headline.text, *cleaned.head_lines, *(block.text for block in cleaned.blocks), *end_lines]
    wire_urls = chain(_find_wire_urls(extracted, cleaned), _find_printed_urls(end_lines))
    return ReleaseParts(
        dateline=_find_dateline(cleaned, languages),
        contacts=find_contacts(cleaned.end_matter, guess_phone_regions(extracted.page, extracted.language), organizations),
        about=about,
        legal_notice=find_legal_notice(cleaned.end_matter),
        tickers=find_tickers(texts),
        wire=find_wire([*cleaned.head_lines, *opening, *end_lines], wire_urls),
        embargo=next(filter(is_embargo, (*cleaned.head_lines, *opening)), None),
    )


def _find_dateline(cleaned: CleanedPage, languages: list[str]) -> Dateline | None:
    """Return the dateline of the text, or one on a line above it: that has the place's region, or a sign that opens the text."""
    found = find_dateline((block.text for block in cleaned.blocks), languages)
    if found is not None:
        return found
    above = find_dateline(cleaned.head_lines, languages)
    if above and above.date and "," in (above.location or ""):
        return above
    opened = find_dateline((line for line in cleaned.head_lines if line.endswith(_OPENING_SIGNS)), languages)
    return opened if opened and opened.date and opened.location else None


def _find_wire_urls(extracted: ExtractedPage, cleaned: CleanedPage) -> Iterator[str]:
    """Yield the URLs that may be of a wire, to which links from the last line of the text on lead; those above are of others."""
    page, last = extracted.page, cleaned.blocks[-1].index if cleaned.blocks else extracted.region.last
    for link in page.layout.links:
        if not last <= link.index <= extracted.region.last + _MAX_BLOCKS_AFTER:
            continue
        href = link.element.get("href") or ""
        if may_be_wire_url(href) and (url := page.resolve_url(href)):
            yield url


def _find_printed_urls(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield from (url.rstrip(".,;)") for url in _URL.findall(line))
