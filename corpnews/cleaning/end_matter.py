"""The end of a release that is not its news: who the company is, whom to ask, what the lawyers say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpnews.cleaning.wordings import end_matter_heading
from corpnews.extraction.blocks import Kind
from corpnews.extraction.segment import folded
from corpnews.items import About, Contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpnews.extraction.blocks import Block

# What may open the end matter; notes to editors belong to the release.
OPENINGS: Final = frozenset(("about", "contact", "legal notice", "end mark", "source line"))
# So much of the text, at least, comes before the end matter.
BODY_SHARE: Final = 0.3
LONGEST_LEAD: Final = 120
ABOUT: Final = re.compile(
    r"^(?:about(?: the\b)?|über(?: d(?:ie|as|en)\b)?|[àa] propos d(?:e la\b|e l['’]|['’]|[eu]s?\b)|"
    r"(?:acerca de|sobre)l?(?: (?:el|la|[oa])\b)?|informazioni su\b|о компании|关于|關於)\s*[:：]?\s*",
    re.IGNORECASE,
)
NAMELESS: Final = frozenset(
    "us uns nous nosotros nós company group unternehmen empresa compañía 我们 我們 公司 本公司 当社 会社".split()
)
ABOUT_BEHIND: Final = re.compile(r"(?:について|とは|\s+hakkında)$", re.IGNORECASE)
EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE: Final = re.compile(r"\+?\(?\d[\d ()./–-]{6,24}\d")
TRIM: Final = " :：*_-–—|,;"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the end matter: what it is, its heading without ornament (empty if it has none), and its text, line by line."""

    kind: str
    heading: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Opening:
    """A block that opens a section: the section's kind, its heading, and what of its first line stands in the same block."""

    kind: str
    heading: str
    rest: str


def split_end_matter(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks of the news itself, and the sections of the end matter behind them."""
    openings = {at: opening for at, block in enumerate(blocks) if (opening := read_opening(block))}
    start = next((at for at in openings if is_end(blocks, at, openings)), len(blocks))
    return tuple(blocks[:start]), tuple(sections(blocks, {at: opening for at, opening in openings.items() if at >= start}))


def read_opening(block: Block) -> Opening | None:
    """The block as the heading of a section, or as a paragraph that starts with one in bold."""
    kind = end_matter_heading(block.text)
    if kind:
        return Opening(kind, block.text.strip(TRIM), "")
    lead = bold_lead(block)
    kind = end_matter_heading(lead) if lead else None
    # "About …" in a running paragraph tells of a programme or a person as often as of the company
    if kind is None or kind == "about":
        return None
    return Opening(kind, lead.strip(TRIM), block.text[len(lead) :].strip(TRIM))


def bold_lead(block: Block) -> str:
    """The words in bold that the block's text begins with, if it goes on after them."""
    lead = ""
    for text, style in block.runs:
        if text.strip() and not (style and style.bold):
            break
        lead += text
    lead = folded(lead)
    return lead if len(lead) <= LONGEST_LEAD and block.text.startswith(lead) else ""


def is_end(blocks: Sequence[Block], at: int, openings: Mapping[int, Opening]) -> bool:
    """Whether only end matter follows: enough text comes before, and no subhead of the news behind."""
    if openings[at].kind not in OPENINGS:
        return False
    before = sum(len(block.text) for block in blocks[:at])
    if before < BODY_SHARE * sum(len(block.text) for block in blocks):
        return False
    return not any(blocks[behind].kind is Kind.HEADING and behind not in openings for behind in range(at + 1, len(blocks)))


def sections(blocks: Sequence[Block], openings: Mapping[int, Opening]) -> Iterator[Section]:
    ends = [*openings, len(blocks)][1:]
    for (at, opening), end in zip(openings.items(), ends, strict=False):
        lines = [opening.rest, *(block.text for block in blocks[at + 1 : end])]
        yield Section(opening.kind, opening.heading, tuple(line for line in lines if line))


def find_about(parts: Sequence[Section]) -> tuple[About, ...]:
    """The paragraphs on organisations, each with the name that its heading gives."""
    return tuple(About(organization(part.heading), part.text) for part in parts if part.kind == "about" and part.lines)


def organization(heading: str) -> str | None:
    """The name that an "About …" heading gives, if it gives one.

    >>> organization("About Contoso Ltd."), organization("About us")
    ('Contoso Ltd.', None)
    """
    name = ABOUT_BEHIND.sub("", ABOUT.sub("", heading)).strip(TRIM)
    return name if name and name != heading and name.lower() not in NAMELESS else None


def find_legal_notice(parts: Sequence[Section]) -> str | None:
    return "\n\n".join(part.text for part in parts if part.kind == "legal notice" and part.lines) or None


def find_contacts(parts: Sequence[Section]) -> tuple[Contact, ...]:
    """One contact a mail address or, without any, a telephone number of the contact sections; the first line may be the name."""
    return tuple(contact for part in parts if part.kind == "contact" for contact in contacts_in(part))


def contacts_in(part: Section) -> Iterator[Contact]:
    text = " ".join((part.heading, *part.lines))
    mails, phones = EMAIL.findall(text), [phone.strip() for phone in PHONE.findall(text)]
    name = next((line for line in part.lines if is_person(line)), None)
    for at in range(max(len(mails), 1 if phones else 0)):
        mail = mails[at] if at < len(mails) else None
        yield Contact(name=name if at == 0 else None, email=mail, phone=phones[at] if at < len(phones) else None)


def is_person(line: str) -> bool:
    """Whether the line is two to four capitalised words and nothing else.

    >>> is_person("Maria van der Berg"), is_person("Contoso Ltd., 12 Main Street")
    (True, False)
    """
    words = line.split()
    capitals = [word for word in words if word[:1].isupper()]
    return 2 <= len(words) <= 4 and len(capitals) >= 2 and capitals[0] is words[0] and all(map(is_plain_word, words))


def is_plain_word(word: str) -> bool:
    return word.replace("-", "").replace("'", "").replace("’", "").rstrip(".").isalpha()
