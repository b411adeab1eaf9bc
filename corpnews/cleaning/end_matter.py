"""End matter of a release: about the company, contacts, legal notice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.phrases import classify_end_matter_heading
from corpnews.extraction.release.contacts import parse_contacts
from corpnews.items import About
from corpnews.page.layout import BlockKind
from corpnews.web.text import normalize_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpnews.items import Contact
    from corpnews.page.layout import Block

# Kinds that start the end matter; notes to editors belong to the news.
OPENING_KINDS: Final = frozenset(("about", "contact", "legal notice", "end mark", "source line"))
# Kinds whose heading and text may share a paragraph.
_INLINE_KINDS: Final = frozenset(("contact", "legal notice"))
# Minimum share of the text before the end matter.
_MIN_BODY_SHARE: Final = 0.3
_MAX_HEADING_LENGTH: Final = 120
_ABOUT_PREFIX: Final = re.compile(
    r"^(?:about(?: the\b)?|über(?: d(?:ie|as|en)\b)?|[àa] propos d(?:e la\b|e l['’]|['’]|[eu]s?\b)|"
    r"(?:acerca de|sobre)l?(?: (?:el|la|[oa])\b)?|informazioni su\b|о компании|关于|關於|"
    r"(?:نبذة عن|لمحة عن|حول|عن)\b)\s*[:：]?\s*",
    re.IGNORECASE,
)
_GENERIC_NAMES: Final = frozenset(
    "us uns nous nosotros nós company group unternehmen empresa compañía الشركة المجموعة 我们 我們 公司 本公司 "
    "当社 会社 회사".split()
)
_ABOUT_SUFFIX: Final = re.compile(r"(?:について|とは|\s+hakkında|에 대하여|에 대해|\s+소개)$", re.IGNORECASE)
_COLON: Final = re.compile(r"\s*[:：]\s*")
_TRIMMED_CHARACTERS: Final = " :：*_-–—|,;"


@dataclass(frozen=True, slots=True)
class EndMatterSection:
    """A section of the end matter: its kind, its heading without punctuation (empty if it has none), and its lines."""

    kind: str
    heading: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class SectionOpening:
    """A block that starts a section: the section's kind, its heading, and the text after the heading in the same block."""

    kind: str
    heading: str
    rest: str


def split_end_matter(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[EndMatterSection, ...]]:
    """Split the blocks into those of the news and the sections of the end matter after them."""
    openings = {at: opening for at, block in enumerate(blocks) if (opening := parse_section_opening(block))}
    start = next(_find_end_matter_starts(blocks, openings), len(blocks))
    return tuple(blocks[:start]), tuple(_build_sections(blocks, {at: opening for at, opening in openings.items() if at >= start}))


def parse_section_opening(block: Block) -> SectionOpening | None:
    """Return the block as the heading of a section, or as a paragraph that starts with one in bold; else None."""
    kind = classify_end_matter_heading(block.text)
    if kind:
        heading, rest = _split_heading(block.text) if kind in _INLINE_KINDS else (block.text, "")
        return SectionOpening(kind, heading.strip(_TRIMMED_CHARACTERS), rest.strip())
    lead = _get_bold_lead(block)
    kind = classify_end_matter_heading(lead) if lead else None
    # in a running paragraph, "About …" is as often about a programme or a person as about the company
    if kind is None or kind == "about":
        return None
    return SectionOpening(kind, lead.strip(_TRIMMED_CHARACTERS), block.text[len(lead) :].strip(_TRIMMED_CHARACTERS))


def _split_heading(text: str) -> tuple[str, str]:
    """Split a text at its first colon; the heading is empty if it is too long for one.

    >>> _split_heading("Press contact: Jane Doe, Contoso")
    ('Press contact', 'Jane Doe, Contoso')
    """
    heading, *rest = _COLON.split(text, maxsplit=1)
    return (heading, "".join(rest)) if len(heading) <= _MAX_HEADING_LENGTH else ("", text)


def _get_bold_lead(block: Block) -> str:
    """Return the bold words at the start of the block, if other text follows them; else ""."""
    lead = ""
    for text, style in block.runs if block.bold_chars else ():
        if text.strip() and not (style and style.bold):
            break
        lead += text
    lead = normalize_space(lead)
    return lead if len(lead) <= _MAX_HEADING_LENGTH and block.text.startswith(lead) else ""


def _find_end_matter_starts(blocks: Sequence[Block], openings: Mapping[int, SectionOpening]) -> Iterator[int]:
    """Yield the indexes of blocks after which all is end matter: enough text before, and no subheading of the news after it."""
    before = [0, *accumulate(len(block.text) for block in blocks)]
    subheads = (at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING and at not in openings)
    last_subhead = max(subheads, default=-1)
    for at, opening in openings.items():
        if opening.kind in OPENING_KINDS and at > last_subhead and before[at] >= _MIN_BODY_SHARE * before[-1]:
            yield at


def _build_sections(blocks: Sequence[Block], openings: Mapping[int, SectionOpening]) -> Iterator[EndMatterSection]:
    ends = [*openings, len(blocks)][1:]
    for (at, opening), end in zip(openings.items(), ends, strict=False):
        lines = [opening.rest, *(block.text for block in blocks[at + 1 : end])]
        yield EndMatterSection(opening.kind, opening.heading, tuple(line for line in lines if line))


def find_about(parts: Sequence[EndMatterSection]) -> tuple[About, ...]:
    """Return the paragraphs about organisations, each with the name in its heading."""
    return tuple(About(parse_about_heading(part.heading), part.text) for part in parts if part.kind == "about" and part.lines)


def parse_about_heading(heading: str) -> str | None:
    """Return the organisation that an "About …" heading names, or None.

    >>> parse_about_heading("About Contoso Ltd."), parse_about_heading("About us")
    ('Contoso Ltd.', None)
    """
    name = _ABOUT_SUFFIX.sub("", _ABOUT_PREFIX.sub("", heading)).strip(_TRIMMED_CHARACTERS)
    return name if name and name != heading and name.lower() not in _GENERIC_NAMES else None


def find_legal_notice(parts: Sequence[EndMatterSection]) -> str | None:
    return "\n\n".join(part.text for part in parts if part.kind == "legal notice" and part.lines) or None


def find_contacts(parts: Sequence[EndMatterSection]) -> tuple[Contact, ...]:
    """Return the people and departments in the contact sections."""
    return tuple(found for part in parts if part.kind == "contact" for found in parse_contacts((part.heading, *part.lines)))
