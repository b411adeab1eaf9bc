"""End matter of a release: about the company, contacts, legal notice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.contacts import read_contacts
from corpnews.cleaning.wordings import end_matter_heading
from corpnews.extraction.blocks import Kind
from corpnews.extraction.text import folded
from corpnews.items import About

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpnews.extraction.blocks import Block
    from corpnews.items import Contact

# Kinds that start the end matter; notes to editors belong to the news.
OPENINGS: Final = frozenset(("about", "contact", "legal notice", "end mark", "source line"))
# Kinds whose heading and text may share a paragraph.
GO_ON: Final = frozenset(("contact", "legal notice"))
# Minimum share of the text before the end matter.
BODY_SHARE: Final = 0.3
LONGEST_LEAD: Final = 120
ABOUT: Final = re.compile(
    r"^(?:about(?: the\b)?|über(?: d(?:ie|as|en)\b)?|[àa] propos d(?:e la\b|e l['’]|['’]|[eu]s?\b)|"
    r"(?:acerca de|sobre)l?(?: (?:el|la|[oa])\b)?|informazioni su\b|о компании|关于|關於|"
    r"(?:نبذة عن|لمحة عن|حول|عن)\b)\s*[:：]?\s*",
    re.IGNORECASE,
)
NAMELESS: Final = frozenset(
    "us uns nous nosotros nós company group unternehmen empresa compañía الشركة المجموعة 我们 我們 公司 本公司 "
    "当社 会社 회사".split()
)
ABOUT_BEHIND: Final = re.compile(r"(?:について|とは|\s+hakkında|에 대하여|에 대해|\s+소개)$", re.IGNORECASE)
COLON: Final = re.compile(r"\s*[:：]\s*")
TRIM: Final = " :：*_-–—|,;"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the end matter: its kind, its heading without punctuation (empty if it has none), and its lines."""

    kind: str
    heading: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Opening:
    """A block that starts a section: the section's kind, its heading, and the text after the heading in the same block."""

    kind: str
    heading: str
    rest: str


def split_end_matter(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Split the blocks into those of the news and the sections of the end matter after them."""
    openings = {at: opening for at, block in enumerate(blocks) if (opening := read_opening(block))}
    start = next(ends(blocks, openings), len(blocks))
    return tuple(blocks[:start]), tuple(sections(blocks, {at: opening for at, opening in openings.items() if at >= start}))


def read_opening(block: Block) -> Opening | None:
    """Return the block as the heading of a section, or as a paragraph that starts with one in bold; else None."""
    kind = end_matter_heading(block.text)
    if kind:
        heading, rest = heading_and_rest(block.text) if kind in GO_ON else (block.text, "")
        return Opening(kind, heading.strip(TRIM), rest.strip())
    lead = bold_lead(block)
    kind = end_matter_heading(lead) if lead else None
    # "About …" in a running paragraph tells of a programme or a person as often as of the company
    if kind is None or kind == "about":
        return None
    return Opening(kind, lead.strip(TRIM), block.text[len(lead) :].strip(TRIM))


def heading_and_rest(text: str) -> tuple[str, str]:
    """Split a text at its first colon; the heading is empty if it is too long for one.

    >>> heading_and_rest("Press contact: Jane Doe, Contoso")
    ('Press contact', 'Jane Doe, Contoso')
    """
    heading, *rest = COLON.split(text, maxsplit=1)
    return (heading, "".join(rest)) if len(heading) <= LONGEST_LEAD else ("", text)


def bold_lead(block: Block) -> str:
    """Return the bold words at the start of the block, if other text follows them; else ""."""
    lead = ""
    for text, style in block.runs if block.bold_chars else ():
        if text.strip() and not (style and style.bold):
            break
        lead += text
    lead = folded(lead)
    return lead if len(lead) <= LONGEST_LEAD and block.text.startswith(lead) else ""


def ends(blocks: Sequence[Block], openings: Mapping[int, Opening]) -> Iterator[int]:
    """Yield the indexes of blocks after which all is end matter: enough text before, and no subheading of the news after it."""
    before = [0, *accumulate(len(block.text) for block in blocks)]
    subheads = (at for at, block in enumerate(blocks) if block.kind is Kind.HEADING and at not in openings)
    last_subhead = max(subheads, default=-1)
    for at, opening in openings.items():
        if opening.kind in OPENINGS and at > last_subhead and before[at] >= BODY_SHARE * before[-1]:
            yield at


def sections(blocks: Sequence[Block], openings: Mapping[int, Opening]) -> Iterator[Section]:
    ends = [*openings, len(blocks)][1:]
    for (at, opening), end in zip(openings.items(), ends, strict=False):
        lines = [opening.rest, *(block.text for block in blocks[at + 1 : end])]
        yield Section(opening.kind, opening.heading, tuple(line for line in lines if line))


def find_about(parts: Sequence[Section]) -> tuple[About, ...]:
    """Return the paragraphs about organisations, each with the name in its heading."""
    return tuple(About(organization(part.heading), part.text) for part in parts if part.kind == "about" and part.lines)


def organization(heading: str) -> str | None:
    """Return the organisation that an "About …" heading names, or None.

    >>> organization("About Contoso Ltd."), organization("About us")
    ('Contoso Ltd.', None)
    """
    name = ABOUT_BEHIND.sub("", ABOUT.sub("", heading)).strip(TRIM)
    return name if name and name != heading and name.lower() not in NAMELESS else None


def find_legal_notice(parts: Sequence[Section]) -> str | None:
    return "\n\n".join(part.text for part in parts if part.kind == "legal notice" and part.lines) or None


def find_contacts(parts: Sequence[Section]) -> tuple[Contact, ...]:
    """Return the people and departments in the contact sections."""
    return tuple(found for part in parts if part.kind == "contact" for found in read_contacts((part.heading, *part.lines)))
